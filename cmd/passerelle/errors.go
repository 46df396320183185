package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"passerelle/internal/document"
	"passerelle/internal/insertion"
)

// misuse is an error of the person at the keyboard: exit status 2.
type misuse struct{ text string }

func (m misuse) Error() string { return m.text }

func misusef(format string, args ...any) error { return misuse{fmt.Sprintf(format, args...)} }

// silent is a failure already told in full.
type silent struct{ status int }

func (s silent) Error() string { return "déjà dit" }

// explain makes one French sentence of an error, and the exit status.
func explain(err error) (text string, status int) {
	var wrong misuse
	var told silent
	var field *insertion.FieldError
	var wording *document.WordingError
	switch {
	case errors.As(err, &told):
		return "", told.status
	case errors.As(err, &wrong):
		return wrong.text, misused
	case errors.As(err, &field):
		name := field.Field
		if name == "base" {
			name = "calcul"
		}
		return "--" + name + " : " + field.Reason, misused
	case errors.As(err, &wording):
		text = err.Error()
		if wording.Unknown != "" {
			text += " ; la liste : passerelle modele " + string(wording.Unknown) + " --champs"
		}
		return text, misused
	case errors.Is(err, context.DeadlineExceeded):
		return "le temps donné à la commande est passé avant sa fin", failure
	case errors.Is(err, context.Canceled):
		return "interrompu", failure
	}
	var file *fs.PathError
	if errors.As(err, &file) {
		return fileWords(file), failure
	}
	text = err.Error()
	if what := remedy(err); what != "" {
		first, _, _ := strings.Cut(text, "\n") // the rest is the database's own English
		return first + what, failure
	}
	return strings.ReplaceAll(text, "\n", " ; "), failure
}

// fileWords says in French what the system refused.
func fileWords(err *fs.PathError) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return err.Path + " : vous n'avez pas le droit d'y toucher ; nommez un autre fichier, ou changez ses droits"
	case errors.Is(err, fs.ErrNotExist):
		if _, missing := os.Stat(filepath.Dir(err.Path)); missing != nil {
			return err.Path + " : son dossier n'existe pas ; vérifiez le chemin"
		}
		return err.Path + " n'existe pas : vérifiez son nom"
	case errors.Is(err, syscall.ENOSPC):
		return err.Path + " : il n'y a plus de place ; libérez-en puis recommencez"
	case errors.Is(err, fs.ErrExist):
		return err.Path + " existe déjà"
	}
	return err.Path + " : le système refuse (" + err.Err.Error() + ")"
}

// remedy says what the person can do.
func remedy(err error) string {
	for _, r := range []struct {
		is   error
		text string
	}{
		{insertion.ErrNewer, " : installez la version de Passerelle qui l'a écrite, ou nommez une autre base avec --base"},
		{insertion.ErrNotOurs, " : nommez une autre base avec --base ; rien n'a été modifié"},
		{insertion.ErrReadOnly, " : ouvrez le fichier et son dossier en écriture, ou travaillez sur une copie avec --base"},
		{insertion.ErrDiskFull, " : libérez de la place puis recommencez ; rien n'a été écrit à moitié"},
		{insertion.ErrCorrupt, " : lancez « passerelle verifier », puis reprenez une sauvegarde"},
		{insertion.ErrBusy, " : un autre programme y écrit, recommencez dans un instant"},
		{insertion.ErrStale, " : relisez puis recommencez"},
	} {
		if errors.Is(err, r.is) {
			return r.text
		}
	}
	return ""
}

// flagError says in French what pflag says in English.
func flagError(cmd *cobra.Command, err error) error {
	see := " (voir « " + cmd.CommandPath() + " --help »)"
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var bad *pflag.InvalidValueError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			name = "-" + unknown.GetSpecifiedName()
		}
		return misusef("l'option %s n'existe pas%s", name, see)
	case errors.As(err, &bare):
		return misusef("l'option --%s attend une valeur%s", bare.GetFlag().Name, see)
	case errors.As(err, &bad):
		return misusef("--%s : %s", bad.GetFlag().Name, badValue(bad))
	case errors.As(err, &syntax):
		return misusef("l'option « %s » est mal écrite%s", syntax.GetSpecifiedFlag(), see)
	}
	return misusef("%v%s", err, see)
}

// badValue says what a flag expected.
func badValue(bad *pflag.InvalidValueError) string {
	switch bad.GetFlag().Value.Type() {
	case "int", "int64":
		return fmt.Sprintf("« %s » n'est pas un nombre entier", bad.GetValue())
	case "bool":
		return fmt.Sprintf("« %s » n'est ni true ni false", bad.GetValue())
	case "float64":
		return fmt.Sprintf("« %s » n'est pas un nombre", bad.GetValue())
	case "duration":
		return fmt.Sprintf("« %s » n'est pas une durée comme 90s, 30m ou 12h", bad.GetValue())
	}
	cause := errors.Unwrap(bad)
	if cause == nil {
		return fmt.Sprintf("« %s » ne convient pas", bad.GetValue())
	}
	if strings.Contains(cause.Error(), bad.GetValue()) {
		return cause.Error()
	}
	return fmt.Sprintf("« %s » : %v", bad.GetValue(), cause)
}

// noCommand refuses what is not a command, with the nearest names.
func noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	text := fmt.Sprintf("la commande « %s » n'existe pas", args[0])
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		text += " ; vouliez-vous dire : " + strings.Join(near, ", ") + " ?"
	}
	return misuse{text + " (voir « passerelle --help »)"}
}

// takes checks the number of arguments and names the first one missing.
func takes(least, most int, names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return misusef("il manque %s (voir « %s --help »)", names[min(len(args), len(names)-1)], cmd.CommandPath())
		case most >= 0 && len(args) > most:
			return misusef("« %s » est en trop (voir « %s --help »)", args[most], cmd.CommandPath())
		}
		return nil
	}
}
