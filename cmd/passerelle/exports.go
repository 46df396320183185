package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// exportsCmd is « exports »: what left the file, by whom, when.
func (p *program) exportsCmd() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "exports", Short: "Le registre des exports : ce qui est sorti de la base, par qui, quand",
		Long: "Tout ce qui sort de la base y est inscrit avant de sortir, avec son empreinte SHA-256 : documents, bilans, relevés, droits d'accès, refus,\n" +
			"copies. Rien ne s'y réécrit. Lire une liste, à l'écran ou en JSON, n'est pas un export ; reçue par SSH, la commande est au journal de la\n" +
			"porte (« passerelle journal --porte »).\n\nCe que chaque rôle peut exporter :\n\n" + exportMatrix(),
		Example: "passerelle exports\npasserelle exports --limite 500 --json",
		Args:    takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				exports, err := s.Exports(cmd.Context(), 0, limit)
				if err != nil {
					return err
				}
				return p.tellExports(exports)
			})
		},
	}
	limitFlag(cmd.Flags(), &limit, 50, false, "au plus `N` lignes")
	return cmd
}

func (p *program) tellExports(exports []insertion.Export) error {
	t := table{head: []string{"n°", "quand", "par", "genre", "quoi", "format", "personnes", "empreinte"}, right: []int{0, 6}}
	for _, e := range exports {
		what := e.What
		if e.Void {
			what += " (non écrit, rien n'est sorti)"
		}
		t.add(strconv.FormatInt(e.ID, 10), e.At.Local().Format("02/01/2006 15:04"), e.By, string(e.Kind), what, e.Format, strconv.Itoa(e.Persons), e.Hash[:min(12, len(e.Hash))])
	}
	return p.answer(list(exports), func() { p.print(&t, "Rien n'est encore sorti de cette base.") })
}

// exportMatrix is the table of kinds and roles, as the help prints it.
func exportMatrix() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  %-20s", "")
	for _, r := range insertion.Roles() {
		fmt.Fprintf(&b, " %-12s", r)
	}
	b.WriteString(" ce qu'on y lit")
	for _, k := range insertion.ExportKinds() {
		fmt.Fprintf(&b, "\n  %-20s", k)
		for _, r := range insertion.Roles() {
			fmt.Fprintf(&b, " %-12s", r.Exports(k))
		}
		b.WriteString(" " + k.Holds())
	}
	return b.String() + "\n\n  * sauf si l'accès est limité à certains acheteurs ; les autres n'y trouvent alors que leurs marchés."
}
