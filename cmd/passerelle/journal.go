package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
	"passerelle/tui"
)

type changeJSON struct {
	ID     insertion.ChangeID `json:"changement"`
	At     time.Time          `json:"quand"`
	By     string             `json:"par"`
	What   string             `json:"quoi"`
	Lot    insertion.LotID    `json:"lot,omitempty"`
	Undoes insertion.ChangeID `json:"annule,omitempty"`
	Undone bool               `json:"annulee"`
	Values []string           `json:"valeurs"` // before and after, in words
}

func changeOf(c insertion.Change) changeJSON {
	return changeJSON{c.ID, c.At, c.By, c.What, c.Lot, c.Undoes, c.Undone, tui.ChangeLines(c)}
}

// journalCmd says who changed what.
func (p *program) journalCmd() *cobra.Command {
	var limit int
	var name string
	var door, values bool
	cmd := &cobra.Command{
		Use: "journal", Short: "Qui a changé quoi, du plus récent au plus ancien ; qui est entré (--porte)",
		Long:    "Les changements, avec leur auteur. --porte : les connexions, les refus et les commandes reçues par SSH.\nRien ne s'y réécrit.",
		Example: "passerelle journal --lot 12 --valeurs\npasserelle journal --porte --json",
		Args:    takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				if door {
					return p.tellDoor(cmd.Context(), s, "", limit)
				}
				var lot insertion.LotID
				if name != "" {
					found, err := p.lotNamed(cmd.Context(), s, name)
					if err != nil {
						return err
					}
					lot = found.ID
				}
				changes, err := s.Changes(cmd.Context(), lot, 0, limit)
				if err != nil {
					return err
				}
				return p.tellChanges(changes, values)
			})
		},
	}
	limitFlag(cmd.Flags(), &limit, 50, false, "au plus `N` lignes")
	cmd.Flags().StringVar(&name, "lot", "", "seulement ce `LOT`")
	cmd.Flags().BoolVar(&door, "porte", false, "le journal de la porte : connexions, refus, commandes")
	cmd.Flags().BoolVar(&values, "valeurs", false, "sous chaque changement, les valeurs avant → après (--json les donne toujours)")
	cmd.MarkFlagsMutuallyExclusive("lot", "porte")
	cmd.MarkFlagsMutuallyExclusive("valeurs", "porte")
	return cmd
}

func (p *program) tellChanges(changes []insertion.Change, values bool) error {
	out := []changeJSON{}
	t := table{head: []string{"n°", "quand", "par", "quoi"}, right: []int{0}}
	for _, c := range changes {
		out = append(out, changeOf(c))
		what := c.What
		if c.Undone {
			what += " (annulé)"
		}
		t.add(strconv.FormatInt(int64(c.ID), 10), c.At.Local().Format("02/01/2006 15:04"), c.By, what)
		if values {
			for _, line := range tui.ChangeLines(c) {
				t.add("", "", "", "  "+line)
			}
		}
	}
	return p.answer(out, func() { p.print(&t, "Le journal est vide.") })
}

// undoCmd undoes the person's last change, after saying which.
func (p *program) undoCmd() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "annuler", Aliases: []string{"undo"}, Short: "Annuler votre dernier changement",
		Long: "Dit quel est votre dernier changement et, après un oui, remet tout comme avant. L'annulation est elle-même au journal.",
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error { return p.undo(cmd.Context(), s, yes) })
		},
	}
	cmd.Flags().BoolVar(&yes, "oui", false, "ne pas demander")
	return cmd
}

func (p *program) undo(ctx context.Context, s *store.Store, yes bool) error {
	c, err := s.LastUndoable(ctx, p.who())
	if err != nil {
		return err
	}
	question := fmt.Sprintf("Annuler %s du %s ?", insertion.Quoted(c.What), c.At.Local().Format("02/01/2006 à 15 h 04"))
	if !yes && !p.agreed(question) {
		return misusef("%s Rien n'a été annulé ; ajoutez --oui pour le faire", question)
	}
	if err := s.Undo(ctx, p.who(), c.ID); err != nil {
		return err
	}
	return p.answer(changeOf(c), func() { p.say("Annulé : %s.", c.What) })
}

// agreed asks on the terminal; without one, or without an answer, it is no.
func (p *program) agreed(question string) bool {
	in, ok := p.stdin.(*os.File)
	if !ok || !term.IsTerminal(in.Fd()) {
		return false
	}
	fmt.Fprint(p.errs, question+" (o/N) ")
	line, _ := bufio.NewReader(in).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "o", "oui", "y", "yes":
		return true
	}
	return false
}
