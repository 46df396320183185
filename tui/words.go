package tui

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"passerelle/internal/insertion"
)

// sentence turns an error into one French sentence that says what happened and
// what can be done now.
func sentence(err error) string {
	var field *insertion.FieldError
	var no *insertion.Forbidden
	switch {
	case err == nil:
		return ""
	case errors.As(err, &field):
		return field.Reason
	case errors.As(err, &no):
		return capital(no.Error()) + "."
	case errors.Is(err, insertion.ErrStale):
		return "Quelqu'un a modifié ceci entre-temps : relisez, puis recommencez si besoin."
	case errors.Is(err, insertion.ErrReadOnly):
		return "La base est en lecture seule : rien n'a été enregistré. Vérifiez les droits du fichier."
	case errors.Is(err, insertion.ErrDiskFull):
		return "Le disque est plein : rien n'a été enregistré. Libérez de la place, puis recommencez."
	case errors.Is(err, insertion.ErrBusy):
		return "La base est occupée par un autre travail : recommencez dans un instant."
	case errors.Is(err, insertion.ErrCorrupt):
		return "La base est endommagée : restaurez une copie (passerelle restaurer)."
	case errors.Is(err, insertion.ErrNothing):
		return "Il n'y a rien à annuler."
	case errors.Is(err, insertion.ErrNotFound):
		return "Introuvable : cela a peut-être été supprimé entre-temps."
	case errors.Is(err, insertion.ErrLastFacilitator):
		return "Plus aucun facilitateur n'entrerait par SSH : nommez-en d'abord un autre."
	case errors.Is(err, insertion.ErrDuplicate):
		return "Cela existe déjà : rien n'a été ajouté."
	case errors.Is(err, fs.ErrNotExist):
		return "Ce fichier n'existe pas : vérifiez le chemin."
	case errors.Is(err, fs.ErrExist):
		return "Ce fichier existe déjà : choisissez un autre nom."
	case errors.Is(err, fs.ErrPermission):
		return "Ce fichier ne peut être ni lu ni écrit ici : vérifiez ses droits."
	case errors.Is(err, context.Canceled):
		return "Interrompu."
	}
	return "Cela n'a pas abouti : " + err.Error()
}

// fold makes a text comparable: lower case, without accents.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		if r < 0x300 || r > 0x36f {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// mark is a sign for each stage, so that colour is never the only one.
func mark(s insertion.Stage) (string, tone) {
	switch s {
	case insertion.StageToWrite:
		return "!", warn
	case insertion.StageToMatch:
		return "○", warn
	case insertion.StageProposed:
		return "◔", accent
	case insertion.StagePlaced:
		return "◑", good
	case insertion.StageBehind:
		return "▼", bad
	case insertion.StageOver:
		return "✗", bad
	case insertion.StageMet:
		return "✓", good
	}
	return " ", plain
}

// capital begins a sentence.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
