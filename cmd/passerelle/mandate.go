package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/store"
)

// mandateCmd is where the proposals of the letter stand, and what they are
// counted from.
func (p *program) mandateCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "mandat", Aliases: []string{"mandate"}, Short: "Les engagements de la lettre : cible, chiffre, tendance, prochaine étape",
		Long: "Chaque proposition de la lettre de 2011 est un engagement, avec sa cible, son chiffre par année, calculé du fichier ou saisi\n" +
			"avec sa preuve, et sa prochaine étape. Les fiches dont ils se comptent (séances, sièges, réseaux, locaux, conventions…)\n" +
			"se tiennent avec « mandat ajouter », « mandat modifier » et « mandat importer » ; « mandat champs » les décrit.",
		Example: "passerelle mandat\npasserelle mandat detail locaux\npasserelle mandat ajouter seance instance=\"conseil de l'ESS\" date=15/01/2027 objet=\"séance ordinaire\"\n" +
			"passerelle mandat ajouter engagement code=logiciel-libre etape=\"former les agents\" echeance=31/03/2027\npasserelle mandat allotir 99",
		Args: noCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error { return p.tellStandings(cmd.Context(), s) })
		},
	}
	cmd.AddCommand(p.mandateDetailCmd(), p.mandateListCmd(), p.mandateAddCmd(), p.mandateEditCmd(), p.mandateRemoveCmd(), p.mandateFieldsCmd(),
		p.mandateImportCmd(), p.mandateExportCmd(), p.mandateAllotCmd(), p.mandateLeversCmd(), p.mandateRulesCmd(), p.mandateArticlesCmd(),
		p.electedCmd(), p.agendaCmd())
	return cmd
}

// standingJSON is where a commitment stands. Its fields are a promise to scripts.
type standingJSON struct {
	Code    mandate.Code    `json:"engagement"`
	Title   string          `json:"titre"`
	Letter  string          `json:"lettre"`
	Measure string          `json:"mesure"`
	Unit    mandate.Unit    `json:"unite"`
	Target  *float64        `json:"cible"` // null without one
	From    string          `json:"source_de_la_cible"`
	State   mandate.Verdict `json:"etat"`
	Part    *float64        `json:"part_de_la_cible"` // in %, null when the target is zero or missing
	Trend   string          `json:"tendance"`
	Figures []figureJSON    `json:"chiffres"`
	Notes   []string        `json:"notes"`
	Next    string          `json:"prochaine_etape"`
	Due     string          `json:"echeance"`
	Late    bool            `json:"en_retard"`
	Who     string          `json:"suivi_par"`
}

type figureJSON struct {
	Year     int            `json:"annee"`
	Value    *float64       `json:"valeur"` // null when unknown
	Origin   mandate.Origin `json:"origine"`
	Detail   []string       `json:"calcul"`
	Evidence string         `json:"preuve,omitempty"`
}

// natural is a value in the unit people read: %, €, h, m², or a number.
func natural(u mandate.Unit, v int64) float64 {
	if u == mandate.Number {
		return float64(v)
	}
	return float64(v) / 100
}

func standingOf(s mandate.Standing) standingJSON {
	out := standingJSON{
		Code: s.Code, Title: s.Title, Letter: s.Letter, Measure: s.Measure, Unit: s.Unit, From: s.From, State: s.Verdict(), Trend: s.Trend,
		Figures: []figureJSON{}, Notes: list(s.Notes), Next: s.Next, Due: string(s.Due), Late: s.Late, Who: s.Who,
	}
	if s.Aimed {
		v := natural(s.Unit, s.Target)
		out.Target = &v
		if s.Target > 0 && s.Now().Origin != mandate.Unknown {
			part := float64(s.Part) / 100
			out.Part = &part
		}
	}
	for _, f := range s.Figures {
		j := figureJSON{Year: f.Year, Origin: f.Origin, Detail: list(f.Detail), Evidence: f.Evidence}
		if f.Origin != mandate.Unknown {
			v := natural(s.Unit, f.Value)
			j.Value = &v
		}
		out.Figures = append(out.Figures, j)
	}
	return out
}

func (p *program) tellStandings(ctx context.Context, s *store.Store) error {
	standings, err := s.Standings(ctx)
	if err != nil {
		return err
	}
	within, err := s.MandateScope(ctx)
	if err != nil {
		return err
	}
	out := []standingJSON{}
	t := table{head: []string{"engagement", "cible", "chiffre", "année", "état", "prochaine étape", "pour le"}, right: []int{1, 2}}
	for _, st := range standings {
		out = append(out, standingOf(st))
		figure, year := "—", ""
		if now := st.Now(); now.Origin != mandate.Unknown {
			figure, year = st.Unit.Show(now.Value), fmt.Sprintf("%d, %s", now.Year, now.Origin)
		}
		due := ""
		if st.Due != "" {
			due = st.Due.French()
			if st.Late {
				due += " (passé)"
			}
		}
		t.add(string(st.Code), targetWords(st), figure, year, string(st.Verdict()), st.Next, due)
	}
	return p.answer(out, func() {
		p.print(&t, "")
		if within != "" {
			p.say("Chiffres calculés sur les seuls lots de : %s.", within)
		}
		p.say("« passerelle mandat detail CODE » dit d'où vient un chiffre.")
	})
}

func targetWords(st mandate.Standing) string {
	if !st.Aimed {
		return "—"
	}
	return st.Unit.Show(st.Target)
}

// mandateDetailCmd shows a commitment with its calculation, or one record.
func (p *program) mandateDetailCmd() *cobra.Command {
	return &cobra.Command{
		Use: "detail CODE|N", Aliases: []string{"show"}, Short: "Un engagement et le calcul de son chiffre, ou une fiche par son numéro",
		Example: "passerelle mandat detail allotissement\npasserelle mandat detail 12", Args: takes(1, 1, "CODE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				if _, err := strconv.ParseInt(args[0], 10, 64); err == nil {
					r, err := recordNumbered(cmd.Context(), s, args[0])
					if err != nil {
						return err
					}
					return p.tellRecord(cmd.Context(), s, r)
				}
				return p.tellStanding(cmd.Context(), s, args[0])
			})
		},
	}
}

func (p *program) tellStanding(ctx context.Context, s *store.Store, code string) error {
	c, ok := mandate.CommitmentOf(mandate.Code(strings.ToLower(strings.TrimSpace(code))))
	if !ok {
		var codes []string
		for _, c := range mandate.Commitments() {
			codes = append(codes, string(c.Code))
		}
		return misusef("« %s » n'est pas un engagement (%s)", code, strings.Join(codes, ", "))
	}
	standings, err := s.Standings(ctx)
	if err != nil {
		return err
	}
	for _, st := range standings {
		if st.Code == c.Code {
			return p.answer(standingOf(st), func() { p.sayStanding(st) })
		}
	}
	return insertion.ErrNotFound
}

func (p *program) sayStanding(st mandate.Standing) {
	p.say("%s (%s)", st.Title, st.Code)
	p.say("  La lettre : « %s »", st.Letter)
	p.say("  Mesure : %s", st.Measure)
	p.say("  Cible : %s (%s)", targetWords(st), st.From)
	p.say("  État : %s ; tendance %s", st.Verdict(), st.Trend)
	if st.Next != "" || st.Due != "" {
		p.say("  Prochaine étape : %s, pour le %s, suivie par %s", st.Next, st.Due.French(), st.Who)
	}
	for _, f := range st.Figures {
		if f.Origin == mandate.Unknown {
			p.say("%d : pas de chiffre", f.Year)
		} else {
			p.say("%d : %s (%s)", f.Year, st.Unit.Show(f.Value), f.Origin)
		}
		for _, d := range f.Detail {
			p.say("    %s", d)
		}
	}
	for _, n := range st.Notes {
		p.say("  %s", n)
	}
}

// fieldWords says what a field lacks without the dashes of an option: fields of
// records are typed « champ=valeur ».
func fieldWords(err error) error {
	var field *insertion.FieldError
	var same *store.SameRecord
	switch {
	case errors.As(err, &same) && errors.As(err, &field):
		return misusef("%s : %s avec « passerelle mandat modifier %d champ=valeur »", field.Field, field.Reason, same.ID)
	case errors.As(err, &field):
		return misusef("%s : %s", field.Field, field.Reason)
	}
	return err
}
