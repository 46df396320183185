package main

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/document"
	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/internal/report"
	"passerelle/store"
)

// documentCmd is « document »: what leaves the desk on paper.
func (p *program) documentCmd() *cobra.Command {
	var d delivery
	var on about
	var possibleFor string
	cmd := &cobra.Command{
		Use: "document [GENRE SUJET [PRÉCISION]]", Aliases: []string{"documents"}, Short: "Les documents : attestations, lettres, fiches, convention ; en PDF ou en texte",
		Long: "Sans argument, liste les genres. SUJET : un lot, ou une personne (P-0042). PRÉCISION : pour la convention une structure,\n" +
			"pour l'attestation de présence un placement. Aucun document destiné à d'autres ne nomme une personne.",
		Example: "passerelle document\npasserelle document --possibles 12\npasserelle document attestation 12 -o attestation.pdf\n" +
			"passerelle document relance 12 --avant 15/12/2026\npasserelle document presence P-0042 --du 01/2026 --au 03/2026 -o presence.pdf",
		Args: takes(0, 3, "GENRE", "SUJET", "PRÉCISION"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if possibleFor != "" {
				return p.listPossible(cmd.Context(), possibleFor)
			}
			if len(args) == 0 {
				return p.listDocuments()
			}
			return p.makeDocument(cmd.Context(), args[0], args[1:], on, d)
		},
	}
	cmd.Flags().SortFlags = false
	d.add(cmd, "texte", "pdf", "json")
	on.flags(cmd)
	cmd.Flags().StringVar(&possibleFor, "possibles", "", "dire lesquels sont possibles pour ce `LOT` ou cette personne, et pourquoi pas les autres")
	cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		var names []string
		if len(args) == 0 {
			for _, k := range insertion.DocumentKinds() {
				names = append(names, string(k))
			}
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

// doneCmd is « attestation », the document asked for most.
func (p *program) doneCmd() *cobra.Command {
	var d delivery
	cmd := &cobra.Command{
		Use: "attestation LOT", Aliases: []string{"certificate"}, Short: "L'attestation des heures faites sur un lot",
		Long:    "Comme « passerelle document attestation LOT ».",
		Example: "passerelle attestation 12 -o attestation.pdf", Args: takes(1, 1, "LOT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.makeDocument(cmd.Context(), string(insertion.DocDone), args, about{}, d)
		},
	}
	d.add(cmd, "texte", "pdf", "json")
	return cmd
}

// about is what flags add to the subject of a document.
type about struct {
	before   insertion.Date
	from, to insertion.Month
}

func (a *about) flags(cmd *cobra.Command) {
	readFlag(cmd.Flags(), &a.before, insertion.ParseDate, "avant", "lettres : répondre avant ce `JOUR` (dans 15 jours sinon)")
	readFlag(cmd.Flags(), &a.from, insertion.ParseMonth, "du", "présence : premier `MOIS` (03/2026)")
	readFlag(cmd.Flags(), &a.to, insertion.ParseMonth, "au", "présence : dernier `MOIS`")
}

func (p *program) makeDocument(ctx context.Context, kind string, names []string, on about, d delivery) error {
	sheet, err := document.SheetOf(kind)
	if err != nil {
		return misuse{err.Error()}
	}
	if len(names) == 0 {
		return misusef("il manque %s : passerelle document %s %s", strings.Fields(sheet.About)[0], sheet.Kind, sheet.About)
	}
	if p.json && d.to == "" {
		d.format = "json"
	}
	format, err := d.chosen()
	if err != nil {
		return err
	}
	return p.with(ctx, func(s *store.Store) error {
		subject, err := p.lotOfSubject(ctx, s, sheet, names)
		if err != nil {
			return err
		}
		subject.Deadline, subject.From, subject.To = on.before, on.from, on.to
		c, err := compose(ctx, s, sheet.Kind, subject)
		if err != nil {
			return err
		}
		d.reread = c.reread
		return p.deliver(ctx, s, d, c.export(format), c.writer(format), c.undrawn(format)...)
	})
}

// writer writes the document in a format.
func (c composed) writer(format string) func(io.Writer) error {
	return func(w io.Writer) error {
		switch format {
		case "pdf":
			return report.WritePDF(w, c.paper)
		case "json":
			plain := c.sheet.Plain(c.facts, c.paper)
			plain.Reread = c.reread
			return writeJSON(w, plain, "  ")
		}
		return report.WriteText(w, c.paper)
	}
}

// undrawn are the letters a format cannot show.
func (c composed) undrawn(format string) []string {
	if format != "pdf" {
		return nil
	}
	return report.Undrawn(c.paper)
}

type documentJSON struct {
	Kind  insertion.DocumentKind `json:"genre"`
	Label string                 `json:"document"`
	For   string                 `json:"pour"`
	About string                 `json:"sujet"`
	What  string                 `json:"quoi"`
	Why   *string                `json:"pourquoi_pas,omitempty"` // "" when it is possible
}

func (p *program) listDocuments() error {
	var out []documentJSON
	t := table{head: []string{"genre", "document", "pour", "sujet"}}
	for _, s := range document.Sheets() {
		out = append(out, documentJSON{Kind: s.Kind, Label: s.Label, For: s.For, About: s.About, What: s.What})
		t.add(string(s.Kind), s.Label, s.For, s.About)
	}
	return p.answer(out, func() { p.print(&t, "") })
}

func (p *program) listPossible(ctx context.Context, name string) error {
	return p.with(ctx, func(s *store.Store) error {
		var subject insertion.DocumentSubject
		if strings.HasPrefix(strings.ToUpper(name), "P") {
			id, err := personNamed(name)
			if err != nil {
				return err
			}
			subject.Person = id
		} else {
			lot, err := p.lotNamed(ctx, s, name)
			if err != nil {
				return err
			}
			subject.Lot = lot.ID
		}
		sheets, why, err := possible(ctx, s, subject)
		if err != nil {
			return err
		}
		var out []documentJSON
		t := table{head: []string{"genre", "document", "possible"}}
		for i, sh := range sheets {
			out = append(out, documentJSON{Kind: sh.Kind, Label: sh.Label, For: sh.For, About: sh.About, What: sh.What, Why: &why[i]})
			said := "oui"
			if why[i] != "" {
				said = "non : " + why[i]
			}
			t.add(string(sh.Kind), sh.Label, said)
		}
		return p.answer(out, func() { p.print(&t, "") })
	})
}

// number reads a number of the file.
func number(text string) (int64, error) { return strconv.ParseInt(strings.TrimSpace(text), 10, 64) }

// holds tells whether a name holds a text, accents and capitals aside.
func holds(name, text string) bool {
	return strings.Contains(intake.Fold(name), intake.Fold(text))
}
