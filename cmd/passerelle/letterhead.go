package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"passerelle/internal/insertion"
	"passerelle/internal/report"
	"passerelle/store"
)

// letterheadCmd is « entete »: what stands at the top of the documents.
func (p *program) letterheadCmd() *cobra.Command {
	var typed insertion.Letterhead
	var image string
	var bare, remove bool
	cmd := &cobra.Command{
		Use: "entete [ACHETEUR]", Aliases: []string{"letterhead", "entetes"}, Short: "L'en-tête des documents : le vôtre, et celui de chaque acheteur",
		Long: "Sans acheteur, l'en-tête de votre service. Avec des options, l'écrit ; sans, le montre. Les lignes de l'adresse se séparent par « | ».",
		Example: "passerelle entete --nom \"Délégation à l'ESS\" --adresse \"1 place du Marché | 92000 Rocreuse\" --facilitateur \"Camille Exemple\" --image logo.png\n" +
			"passerelle entete \"Ville de Rocreuse\" --service \"Commande publique\"\npasserelle entete",
		Args: takes(0, 1, "ACHETEUR"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&typed.Name, "nom", "", "`NOM` en tête")
	flags.StringVar(&typed.Service, "service", "", "`SERVICE`, direction ou bureau")
	flags.StringVar(&typed.Address, "adresse", "", "`ADRESSE`, ses lignes séparées par « | »")
	flags.StringVar(&typed.Facilitator, "facilitateur", "", "qui signe, `NOM` et qualité")
	flags.StringVar(&typed.Contact, "contact", "", "`TÉLÉPHONE` et courriel")
	flags.StringVar(&typed.Place, "lieu", "", "`LIEU` de « Fait à… »")
	flags.StringVar(&typed.Foot, "pied", "", "`TEXTE` du pied de page (le nom du document sinon)")
	flags.StringVar(&image, "image", "", "`FICHIER` PNG ou JPEG du logo ; « - » pour l'entrée")
	flags.BoolVar(&bare, "sans-image", false, "retirer le logo")
	flags.BoolVar(&remove, "retirer", false, "retirer tout l'en-tête")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		return p.with(ctx, func(s *store.Store) error {
			now, err := letterheadNamed(ctx, s, args)
			if err != nil {
				return err
			}
			given := map[string]bool{}
			flags.Visit(func(f *pflag.Flag) {
				if cmd.InheritedFlags().Lookup(f.Name) == nil {
					given[f.Name] = true
				}
			})
			switch {
			case remove:
				if err := s.RemoveLetterhead(ctx, p.who(), now.Organisation); errors.Is(err, insertion.ErrNotFound) {
					return errors.New("aucun en-tête n'est écrit là")
				} else if err != nil {
					return err
				}
				return p.answer(map[string]any{"retire": true}, func() { p.say("En-tête retiré (« passerelle annuler » le rend).") })
			case len(given) == 0 && len(args) == 0:
				return p.listLetterheads(ctx, s)
			case len(given) == 0:
				return p.showLetterhead(now)
			}
			overlay(&now, typed, given)
			if bare {
				now.Image = nil
			}
			if image != "" {
				if now.Image, err = p.imageFrom(image); err != nil {
					return err
				}
			}
			if err := s.SaveLetterhead(ctx, p.who(), now); err != nil {
				return err
			}
			return p.showLetterhead(now)
		})
	}
	return cmd
}

// letterheadNamed reads that of a buyer, or ours.
func letterheadNamed(ctx context.Context, s *store.Store, args []string) (insertion.Letterhead, error) {
	if len(args) == 0 {
		return s.Letterhead(ctx, 0)
	}
	found, err := buyersNamed(ctx, s, args)
	if err != nil {
		return insertion.Letterhead{}, err
	}
	if len(found) != 1 {
		return insertion.Letterhead{}, misusef("nommez un seul acheteur")
	}
	orgs, err := s.Organisations(ctx, found)
	if err != nil {
		return insertion.Letterhead{}, err
	}
	l, err := s.Letterhead(ctx, orgs[0].ID)
	if l.Name == "" {
		l.Name = orgs[0].Party.Label()
	}
	return l, err
}

// overlay lays the options given over a letterhead.
func overlay(l *insertion.Letterhead, typed insertion.Letterhead, given map[string]bool) {
	for name, to := range map[string]struct {
		field *string
		text  string
	}{
		"nom": {&l.Name, typed.Name}, "service": {&l.Service, typed.Service}, "adresse": {&l.Address, addressLines(typed.Address)}, "facilitateur": {&l.Facilitator, typed.Facilitator},
		"contact": {&l.Contact, typed.Contact}, "lieu": {&l.Place, typed.Place}, "pied": {&l.Foot, typed.Foot},
	} {
		if given[name] {
			*to.field = strings.TrimSpace(clean(to.text))
		}
	}
}

// addressLines reads the lines of an address typed on one.
func addressLines(text string) string {
	var out []string
	for _, l := range strings.Split(text, "|") {
		out = append(out, strings.TrimSpace(l))
	}
	return strings.Join(out, "\n")
}

func (p *program) imageFrom(from string) ([]byte, error) {
	if from != "-" {
		return readImage(from)
	}
	return checkedImage(p.stdin)
}

// readImage reads a file that must be an image a head can carry.
func readImage(path string) (data []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return checkedImage(f)
}

func checkedImage(in io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, report.MaxImageBytes+1))
	if err != nil {
		return nil, fmt.Errorf("lire l'image : %w", err)
	}
	return data, report.CheckImage(data)
}

type letterheadJSON struct {
	insertion.Letterhead
	Image int `json:"image_octets"`
}

func (p *program) showLetterhead(l insertion.Letterhead) error {
	return p.answer(letterheadJSON{l, len(l.Image)}, func() {
		for _, row := range [][2]string{{"nom", l.Name}, {"service", l.Service}, {"adresse", strings.ReplaceAll(l.Address, "\n", " | ")}, {"facilitateur", l.Facilitator},
			{"contact", l.Contact}, {"lieu", l.Place}, {"pied", l.Foot}} {
			if row[1] != "" {
				p.say("%-14s%s", row[0], row[1])
			}
		}
		if len(l.Image) > 0 {
			p.say("%-14s%d Ko", "image", (len(l.Image)+1023)>>10)
		}
		if l.Version == 0 && l.Name == "" {
			p.say("Aucun en-tête n'est encore écrit.")
		}
	})
}

func (p *program) listLetterheads(ctx context.Context, s *store.Store) error {
	all, err := s.Letterheads(ctx)
	if err != nil {
		return err
	}
	out := []letterheadJSON{}
	t := table{head: []string{"pour", "nom", "service", "lieu", "image"}}
	for _, l := range all {
		who, image := "votre service", ""
		if l.Organisation != 0 {
			who = "acheteur"
		}
		if len(l.Image) > 0 {
			image = "oui"
		}
		out = append(out, letterheadJSON{l, len(l.Image)})
		t.add(who, l.Name, l.Service, l.Place, image)
	}
	return p.answer(out, func() { p.print(&t, "Aucun en-tête n'est encore écrit : « passerelle entete --nom … ».") })
}
