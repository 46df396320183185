package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/match"
	"passerelle/store"
)

type checkJSON struct {
	Version    string   `json:"version"`
	Go         string   `json:"go"`
	Base       string   `json:"base"`
	Size       int64    `json:"octets"`
	Rule       string   `json:"regle_appariement"`
	Lots       int      `json:"lots"`
	Structures int      `json:"structures"`
	Sound      bool     `json:"saine"`
	Problems   []string `json:"problemes"`
}

// checkCmd is « verifier »: is the file sound, and what is in it.
func (p *program) checkCmd() *cobra.Command {
	return &cobra.Command{
		Use: "verifier", Aliases: []string{"doctor", "check"}, Short: "Vérifier la base et dire ce qu'elle contient",
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if path, err := p.path(); err != nil {
				return err
			} else if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("%s n'existe pas, il n'y a rien à vérifier : nommez votre base avec --base", path)
			}
			return p.with(cmd.Context(), func(s *store.Store) error {
				ctx := cmd.Context()
				problems, err := s.Check(ctx)
				if err != nil {
					return err
				}
				lots, err := s.CountLots(ctx, insertion.LotFilter{}, 1<<30)
				if err != nil {
					return err
				}
				structures, err := s.AllStructures(ctx)
				if err != nil {
					return err
				}
				out := checkJSON{
					Version: version(), Go: runtime.Version(), Base: s.Path(), Rule: match.Rule, Lots: lots.N,
					Structures: len(structures), Sound: len(problems) == 0, Problems: list(problems),
				}
				if info, err := os.Stat(s.Path()); err == nil {
					out.Size = info.Size()
				}
				return p.tellCheck(out)
			})
		},
	}
}

func (p *program) tellCheck(c checkJSON) error {
	err := p.answer(c, func() {
		p.facts([][2]string{
			{"version", c.Version + ", " + c.Go}, {"base", c.Base}, {"taille", insertion.Thousands(c.Size/1024) + " Ko"},
			{"lots", insertion.Thousands(int64(c.Lots))}, {"structures", insertion.Thousands(int64(c.Structures))}, {"règle", c.Rule},
		})
		if c.Sound {
			p.say("La base est saine.")
		}
		for _, problem := range c.Problems {
			p.say("  problème : %s", problem)
		}
	})
	if err == nil && !c.Sound {
		return errors.New("la base est abîmée : reprenez une sauvegarde (« passerelle restaurer »)")
	}
	return err
}
