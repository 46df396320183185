package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

type backupJSON struct {
	File    string  `json:"fichier"`
	Bytes   int64   `json:"octets"`
	SHA256  string  `json:"sha256"`
	Sealed  bool    `json:"chiffree"`
	Lots    int     `json:"lots"`
	Lines   int     `json:"lignes_heures"`
	Seconds float64 `json:"secondes"`
}

// backupCmd is « sauvegarder »: a copy of the file, found sound, while it serves.
func (p *program) backupCmd() *cobra.Command {
	var to []string
	var yes bool
	cmd := &cobra.Command{
		Use: "sauvegarder [FICHIER]", Aliases: []string{"backup"}, Short: "Écrire une copie vérifiée de la base, même pendant qu'elle sert",
		Long: "La copie est celle d'un seul instant ; personne n'attend pendant qu'elle s'écrit. Elle ne prend son nom qu'une fois relue et trouvée\n" +
			"saine. Sans FICHIER, elle va à côté de la base, sous un nom daté.",
		Example: "passerelle sauvegarder\npasserelle sauvegarder /media/cle/copie.db\npasserelle sauvegarder --pour age1…", Args: takes(0, 1),
	}
	cmd.Flags().StringArrayVar(&to, "pour", nil, "chiffrer pour cette `CLÉ` publique « age1… » ou « ssh-ed25519 … », ou ce fichier de clés ; peut se répéter")
	cmd.Flags().BoolVar(&yes, "oui", false, "remplacer le fichier s'il existe")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		who, err := recipients("pour", to)
		if err != nil {
			return err
		}
		base, err := p.path()
		if err != nil {
			return err
		}
		if _, err := os.Stat(base); p.shared == nil && errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s n'existe pas, il n'y a rien à copier : nommez votre base avec --base", base)
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			file := copyPath(filepath.Dir(s.Path()), s.Path(), p.now(), len(who) > 0)
			if len(args) == 1 {
				file = args[0]
				if _, err := os.Stat(filepath.Dir(file)); errors.Is(err, fs.ErrNotExist) { // a stick that is not plugged in
					return fmt.Errorf("le dossier %s n'existe pas : branchez le support ou créez-le, puis recommencez", filepath.Dir(file))
				}
			}
			return p.backup(cmd.Context(), s, file, store.BackupOptions{By: p.who(), Overwrite: yes, Seal: sealFor(who)})
		})
	}
	return cmd
}

func (p *program) backup(ctx context.Context, s *store.Store, file string, o store.BackupOptions) error {
	b, err := s.Backup(ctx, file, o)
	if errors.Is(err, fs.ErrExist) {
		return misusef("%s existe déjà : nommez un autre fichier, ou ajoutez --oui pour le remplacer", file)
	}
	if err != nil {
		return err
	}
	out := backupJSON{b.File, b.Bytes, b.SHA256, o.Seal != nil, b.Lots, b.Lines, b.Took.Round(time.Millisecond).Seconds()}
	return p.answer(out, func() {
		p.facts([][2]string{{"copie", b.File}, {"taille", insertion.Thousands((b.Bytes+1023)/1024) + " Ko"}, {"SHA-256", b.SHA256}})
		p.say("Copie saine : %s.", inCopy(b.Copy))
	})
}

// inCopy says what a copy holds.
func inCopy(c store.Copy) string {
	return insertion.Thousands(int64(c.Lots)) + " lots, " + insertion.Thousands(int64(c.Lines)) + " lignes d'heures"
}

// copyPath is the name of a copy made at a moment: it says of which base, and
// names sort as days pass.
func copyPath(folder, base string, at time.Time, sealed bool) string {
	name := copyStem(base) + "." + at.Format(store.Stamp) + ".sauvegarde.db"
	if sealed {
		name += ".age"
	}
	return filepath.Join(folder, name)
}

func copyStem(base string) string { return strings.TrimSuffix(filepath.Base(base), ".db") }
