package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

type restoreJSON struct {
	Base    string  `json:"base"`
	From    string  `json:"fichier"`
	Kept    string  `json:"ancienne_base,omitempty"`
	Lots    int     `json:"lots"`
	Lines   int     `json:"lignes_heures"`
	Seconds float64 `json:"secondes"`
}

// restoreCmd is « restaurer »: a copy takes the place of the base.
func (p *program) restoreCmd() *cobra.Command {
	var key string
	var yes bool
	cmd := &cobra.Command{
		Use: "restaurer FICHIER", Aliases: []string{"restore"}, Short: "Remettre une copie à la place de la base",
		Long: "La copie est déchiffrée s'il le faut et vérifiée en entier avant que rien ne soit touché. La base d'avant est gardée à côté, sous un nom\n" +
			"daté. Aucun autre programme ne doit l'utiliser. Sur une machine neuve, la base est créée.",
		Example: "passerelle restaurer passerelle.2026-11-24-030000.sauvegarde.db\npasserelle restaurer copie.db.age --identite cle.txt --base essai.db", Args: takes(1, 1, "FICHIER"),
	}
	cmd.Flags().StringVar(&key, "identite", "", "le `FICHIER` de la clé privée, age ou SSH, qui ouvre une copie chiffrée")
	cmd.Flags().BoolVar(&yes, "oui", false, "remplacer la base sans le demander")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		base, err := p.path()
		if err != nil {
			return err
		}
		return p.restore(cmd.Context(), args[0], base, key, yes)
	}
	return cmd
}

func (p *program) restore(ctx context.Context, from, base, key string, yes bool) (err error) {
	began := time.Now()
	if same(from, base) {
		return misusef("%s est la base elle-même : nommez la copie à remettre, ou une autre base avec --base", from)
	}
	r, err := store.Unpack(ctx, from, base, unseal(from, key))
	if err != nil {
		return badCopy(from, err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if _, err := os.Stat(base); err == nil && !yes {
		question := fmt.Sprintf("Remplacer %s par cette copie saine (%s) ? L'ancienne sera gardée à côté.", base, inCopy(r.Copy))
		if !p.agreed(question) {
			return misusef("%s Rien n'a été touché ; ajoutez --oui pour le faire", question)
		}
	}
	kept, err := r.Replace(ctx, p.now())
	if errors.Is(err, store.ErrInUse) {
		return fmt.Errorf("un autre programme utilise %s : arrêtez « passerelle servir », les écrans ouverts et la réplication, puis recommencez ; rien n'a été touché", base)
	}
	if err != nil {
		return err
	}
	out := restoreJSON{base, from, kept, r.Lots, r.Lines, time.Since(began).Round(time.Millisecond).Seconds()}
	return p.answer(out, func() {
		p.say("%s est remise à partir de %s : %s.", base, from, inCopy(r.Copy))
		if kept != "" {
			p.say("La base d'avant est gardée : %s.", kept)
		}
	})
}

// same tells whether two names are one file.
func same(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// badCopy says what is wrong with a copy: the remedies of the base are not its
// own.
func badCopy(file string, err error) error {
	const safe = " ; rien n'a été touché"
	switch {
	case errors.Is(err, insertion.ErrNotOurs):
		return errors.New(file + " n'est pas une sauvegarde de Passerelle : nommez un fichier écrit par « passerelle sauvegarder »" + safe)
	case errors.Is(err, insertion.ErrNewer):
		return errors.New(file + " vient d'une version plus récente de Passerelle : installez cette version, puis restaurez" + safe)
	case errors.Is(err, insertion.ErrCorrupt):
		return errors.New(file + " est endommagée : restaurez une copie plus ancienne" + safe)
	case errors.Is(err, store.ErrUnfolded):
		return errors.New("une partie de " + file + " est dans son journal, " + file + "-wal : faites-en d'abord une copie, « passerelle --base " + file + " sauvegarder », et restaurez celle-ci")
	}
	return err
}
