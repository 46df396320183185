package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// personNamed reads a pseudonym as typed: « P-0042 », « p42 », « 42 ».
func personNamed(text string) (insertion.ParticipantID, error) {
	digits := strings.TrimLeft(strings.ToUpper(strings.TrimSpace(text)), "P-")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n <= 0 {
		return 0, misusef("« %s » n'est pas un pseudonyme, comme P-0042 (« passerelle personne » les montre)", text)
	}
	return insertion.ParticipantID(n), nil
}

type personJSON struct {
	Code       string         `json:"personne"`
	Born       int            `json:"naissance"`
	Sex        insertion.Sex  `json:"sexe"`
	INSEE      string         `json:"commune"`
	QPV        string         `json:"qpv"`
	Categories []string       `json:"categories"`
	Hours      float64        `json:"heures"`
	Counted    float64        `json:"comptees"`
	Window     insertion.Date `json:"fenetre_jusqu_au"`
	Ceiling    float64        `json:"plafond_pourcent"`
	Why        string         `json:"pourquoi_rien_ne_compte"`
	Employer   string         `json:"employeur"`
}

func personOf(r insertion.ParticipantRow) personJSON {
	return personJSON{r.Code(), r.Born, r.Sex, r.INSEE, r.QPV, list(r.Categories), plainHours(r.Hours), plainHours(r.Counted),
		r.WindowEnds, percent(r.Ceiling), r.Ineligible, r.Employer}
}

// personCmd lists participants, and holds all that is done about one.
func (p *program) personCmd() *cobra.Command {
	var f insertion.ParticipantFilter
	var limit int
	cmd := &cobra.Command{
		Use: "personne", Aliases: []string{"person", "personnes"}, Short: "Les personnes : éligibilité, affectations, ce qui compte et pourquoi",
		Long: "Liste les personnes par pseudonyme (P-0042). Aucun nom n'est gardé, sauf si le facilitateur le décide pour son fichier\n" +
			"(« passerelle personne noms --tenir »).",
		Example: "passerelle personne\npasserelle personne ajouter --naissance 1990 --sexe F --commune 92050\n" +
			"passerelle personne preuve P-0042 RSA --date 02/01/2026 --vu 05/01/2026\npasserelle personne montrer P-0042 --json",
		Args: noCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error { return p.listPersons(cmd.Context(), s, f, limit) })
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&f.Text, "texte", "", "seulement celles dont le pseudonyme, la commune ou une catégorie commence par ces `MOTS`")
	cmd.Flags().BoolVar(&f.Left, "sorties", false, "celles qui sont sorties")
	limitFlag(cmd.Flags(), &limit, 200, false, "au plus `N` personnes")
	cmd.AddCommand(p.showPersonCmd(), p.addPersonCmd(), p.proofCmd(), p.assignCmd(), p.exitCmd(), p.mergeCmd(), p.eraseCmd(), p.exportCmd(), p.namesCmd())
	return cmd
}

func (p *program) listPersons(ctx context.Context, s *store.Store, f insertion.ParticipantFilter, limit int) error {
	rows, err := s.Participants(ctx, f, limit)
	if err != nil {
		return err
	}
	out := []personJSON{}
	t := table{head: []string{"personne", "né", "catégories", "comptées", "saisies", "fenêtre", "plafond", "employeur", "à voir"}, right: []int{3, 4, 6}}
	for _, r := range rows {
		out = append(out, personOf(r))
		t.add(r.Code(), strconv.Itoa(r.Born), strings.Join(r.Categories, " "), r.Counted.Number(), r.Hours.Number(), dateText(r.WindowEnds), r.Ceiling.String(), r.Employer, r.Ineligible)
	}
	return p.answer(out, func() { p.print(&t, "Aucune personne.") })
}

func dateText(d insertion.Date) string {
	if d == "" {
		return ""
	}
	return d.French()
}

func (p *program) showPersonCmd() *cobra.Command {
	return &cobra.Command{
		Use: "montrer PERSONNE", Aliases: []string{"show"}, Short: "La fiche d'une personne et ses heures, comptées ou non, avec la règle",
		Example: "passerelle personne montrer P-0042", Args: takes(1, 1, "PERSONNE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := personNamed(args[0])
			if err != nil {
				return err
			}
			return p.with(cmd.Context(), func(s *store.Store) error { return p.showPerson(cmd.Context(), s, id) })
		},
	}
}

// found turns « not found » into a sentence about a person.
func found(id insertion.ParticipantID, err error) error {
	if errors.Is(err, insertion.ErrNotFound) {
		return fmt.Errorf("aucune personne %s dans ce fichier (« passerelle personne » les montre)", id.Code())
	}
	return err
}

type personLineJSON struct {
	Month   insertion.Month `json:"mois"`
	Lot     insertion.LotID `json:"lot"`
	Place   int64           `json:"placement"`
	Hours   float64         `json:"heures"`
	Counted float64         `json:"comptees"`
	Why     []string        `json:"pourquoi"`
}

func (p *program) showPerson(ctx context.Context, s *store.Store, id insertion.ParticipantID) error {
	f, err := s.Participant(ctx, id)
	if err != nil {
		return found(id, err)
	}
	at := map[insertion.AssignmentID]insertion.Assignment{}
	for _, a := range f.Assignments {
		at[a.ID] = a
	}
	lines := []personLineJSON{}
	t := table{head: []string{"mois", "lot", "employeur", "heures", "comptées", "pourquoi"}, right: []int{1, 3, 4}}
	for _, l := range f.Lines {
		a := at[l.Assignment]
		why := []string{}
		for _, u := range l.Why {
			text := u.Text
			if u.Hours > 0 {
				text = u.Hours.String() + " : " + text
			}
			why = append(why, text)
		}
		lines = append(lines, personLineJSON{l.Month, a.Lot, int64(a.Placement), plainHours(l.Hours), plainHours(l.Counted), why})
		t.add(l.Month.French(), strconv.FormatInt(int64(a.Lot), 10), f.Sites[a.Placement].Employer, l.Hours.Number(), l.Counted.Number(), strings.Join(why, " ; "))
	}
	today := p.today()
	row := f.Row(today)
	return p.answer(map[string]any{"fiche": personOf(row), "eligibilites": list(f.Eligibilities), "affectations": list(f.Assignments), "heures": lines}, func() {
		p.say("%s : %s comptées sur %s saisies.", f.Code(), row.Counted, row.Hours)
		if row.Ineligible != "" {
			p.say("! %s : rien ne compte encore.", row.Ineligible)
		}
		var facts [][2]string
		for _, e := range f.Eligibilities {
			text := e.Category + ", " + e.ProofLabel() + ", vu le " + e.Seen.French()
			if until := e.FreshUntil(); until != "" {
				text += ", vaut pour une embauche jusqu'au " + until.French()
			}
			facts = append(facts, [2]string{"preuve", text})
		}
		for _, a := range f.Assignments {
			facts = append(facts, [2]string{"affectation", fmt.Sprintf("%d : lot %d, placement %d, %s, %s depuis le %s", a.ID, a.Lot, a.Placement, f.Sites[a.Placement].Employer, a.Employment, a.Start.French())})
		}
		for _, w := range f.Windows(f.Sites) {
			facts = append(facts, [2]string{"fenêtre", fmt.Sprintf("lot %d, jusqu'au %s", w.Lot, w.To.French())})
		}
		for _, c := range f.Ceilings(f.Sites) {
			facts = append(facts, [2]string{"plafond", c.Share(today).String() + ", " + c.Words()})
		}
		p.facts(facts)
		p.print(&t, "Aucune heure saisie.")
	})
}
