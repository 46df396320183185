package main

import (
	"cmp"
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

type placementJSON struct {
	ID       insertion.PlacementID `json:"placement"`
	Lot      insertion.LotID       `json:"lot"`
	Employer string                `json:"employeur"`
	Modality string                `json:"modalite"`
	Signed   insertion.Date        `json:"signe_le"`
	Planned  float64               `json:"prevues"`
	Done     float64               `json:"faites"`
	Months   []placementMonthJSON  `json:"mois"`
}

type placementMonthJSON struct {
	Month   insertion.Month `json:"mois"`
	Planned float64         `json:"prevues"`
	Done    float64         `json:"faites"`
	Entered bool            `json:"saisi"`
}

func monthsOf(months []insertion.PlacementMonth) []placementMonthJSON {
	out := []placementMonthJSON{}
	for _, m := range months {
		out = append(out, placementMonthJSON{m.Month, plainHours(m.Planned), plainHours(m.Done), m.Entered})
	}
	return out
}

func sumOf(months []insertion.PlacementMonth) (planned, done insertion.Hours) {
	for _, m := range months {
		planned += m.Planned
		done += m.Done
	}
	return planned, done
}

func placementsOf(placements []insertion.Placement) []placementJSON {
	out := []placementJSON{}
	for _, pl := range placements {
		planned, done := sumOf(pl.Months)
		out = append(out, placementJSON{pl.ID, pl.Lot, pl.Employer, pl.Modality.Code(), pl.Signed, plainHours(planned), plainHours(done), monthsOf(pl.Months)})
	}
	return out
}

// hiring is what « placement » was asked to write.
type hiring struct {
	proposition string
	direct      bool
	modality    insertion.Modality
	hours       insertion.Hours
	from, to    insertion.Month
	signed      insertion.Date
	note        string
}

// placementCmd lists the placements of a lot, or writes one.
func (p *program) placementCmd() *cobra.Command {
	var h hiring
	cmd := &cobra.Command{
		Use: "placement LOT", Aliases: []string{"placements"}, Short: "Les placements d'un lot : les lister, en signer un",
		Long: "Liste les placements d'un lot. Avec --heures, en signe un et répartit ses heures sur les mois :\n" +
			"pour une proposition (--proposition), ou en embauche directe par le titulaire (--direct).",
		Example: "passerelle placement 12\npasserelle placement 12 --proposition 4 --heures 600 --de 10/2026 --a 03/2027\n" +
			"passerelle placement 12 --direct --heures 350 --de 01/2027 --a 06/2027",
		Args: takes(1, 1, "LOT"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&h.proposition, "proposition", "", "le `NUMÉRO` de la proposition acceptée")
	flags.BoolVar(&h.direct, "direct", false, "embauche directe par le titulaire")
	readFlag(flags, &h.hours, insertion.ParseHours, "heures", "total des `HEURES` prévues")
	readFlag(flags, &h.from, insertion.ParseMonth, "de", "premier `MOIS` (10/2026)")
	readFlag(flags, &h.to, insertion.ParseMonth, "a", "dernier `MOIS`")
	readFlag(flags, &h.modality, parseOneModality, "modalite", "`CODE` : embauche, mise-a-disposition, sous-traitance, reserve (sinon celle de la structure)")
	readFlag(flags, &h.signed, insertion.ParseDate, "signe", "`DATE` de signature (aujourd'hui sinon)")
	flags.StringVar(&h.note, "note", "", "une `NOTE`")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.with(cmd.Context(), func(s *store.Store) error {
			lot, err := p.lotNamed(cmd.Context(), s, args[0])
			if err != nil {
				return err
			}
			if cmd.Flags().NFlag() > p.sharedGiven(cmd) {
				return p.place(cmd.Context(), s, lot, h)
			}
			placements, err := s.Placements(cmd.Context(), lot.ID)
			if err != nil {
				return err
			}
			return p.answer(placementsOf(placements), func() { p.tellPlacements(placements) })
		})
	}
	return cmd
}

// sharedGiven counts the options given that every command has.
func (p *program) sharedGiven(cmd *cobra.Command) int {
	n := 0
	for _, name := range []string{"base", "personne", "json"} {
		if cmd.Flags().Changed(name) {
			n++
		}
	}
	return n
}

func (p *program) tellPlacements(placements []insertion.Placement) {
	t := table{head: []string{"plac.", "employeur", "modalité", "du", "au", "prévues", "faites"}, right: []int{0, 5, 6}}
	for _, pl := range placements {
		planned, done := sumOf(pl.Months)
		from, to := "—", "—"
		if n := len(pl.Months); n > 0 {
			from, to = pl.Months[0].Month.French(), pl.Months[n-1].Month.French()
		}
		t.add(strconv.FormatInt(int64(pl.ID), 10), pl.Employer, pl.Modality.Label(), from, to, planned.String(), done.String())
	}
	p.print(&t, "Aucun placement sur ce lot.")
}

// place writes the placement asked, its hours spread evenly over its months.
func (p *program) place(ctx context.Context, s *store.Store, lot insertion.Lot, h hiring) error {
	pl := insertion.Placement{Lot: lot.ID, Modality: h.modality, Signed: cmp.Or(h.signed, p.today()), Note: h.note}
	months := insertion.Months(h.from, h.to)
	switch {
	case h.hours <= 0:
		return misusef("--heures : le total des heures prévues")
	case len(months) == 0:
		return misusef("--de et --a : le premier et le dernier mois, dans l'ordre (10/2026)")
	case h.direct == (h.proposition != ""):
		return misusef("choisissez --proposition NUMÉRO, ou --direct")
	case h.direct:
		pl.Modality = cmp.Or(h.modality, insertion.DirectHire)
		pl.Employer = lot.Lead.Label()
	default:
		intro, err := p.introNamed(ctx, s, h.proposition)
		if err != nil {
			return err
		}
		if intro.Lot != lot.ID {
			return misusef("la proposition %d est celle du lot %d, pas du lot %d", intro.ID, intro.Lot, lot.ID)
		}
		if intro.State != insertion.Accepted {
			return fmt.Errorf("la proposition %d est %s : elle doit d'abord être acceptée (« passerelle propositions %d accepter »)",
				intro.ID, intro.State, intro.ID)
		}
		pl.Introduction, pl.Structure, pl.Employer = intro.ID, intro.Structure, intro.Name
		if offers := intro.Kind.Offers().Split(); pl.Modality == 0 && len(offers) > 0 {
			pl.Modality = offers[0]
		}
	}
	for _, m := range insertion.SpreadEvenly(h.hours, months) {
		pl.Months = append(pl.Months, insertion.PlacementMonth{Month: m.Month, Planned: m.Hours})
	}
	id, err := s.SavePlacement(ctx, p.who(), pl)
	if err != nil {
		return err
	}
	pl.ID = id
	return p.answer(placementsOf([]insertion.Placement{pl})[0], func() {
		p.say("Placement %d : %s, %s de %s à %s (%s).", id, pl.Employer, h.hours, h.from.French(), h.to.French(), pl.Modality.Label())
	})
}
