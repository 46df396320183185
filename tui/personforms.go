package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// newEligibilityForm notes a proof that was seen: never the document.
func newEligibilityForm(sh *shared, e insertion.Eligibility) screen {
	files, by := sh.deps.Persons, sh.person
	var categories []option
	for _, p := range insertion.Publics() {
		categories = append(categories, option{code: p.Code, label: p.Code + " : " + p.Label})
	}
	own := ""
	if e.Category != "" && !isPublic(e.Category) {
		own = e.Category
		categories = append(categories, option{code: e.Category, label: e.Category})
	}
	category := longChoice("categorie", "Catégorie", e.Category, categories...)
	inputs := []*input{category, textField("propre", "Public propre au marché", own, "laissez vide, sauf catégorie du marché lui-même")}
	for _, p := range insertion.Publics() {
		var proofs []option
		for _, d := range insertion.Proofs(p.Code) {
			proofs = append(proofs, option{code: d.Code, label: d.Label, more: proofRule(d)})
		}
		inputs = append(inputs, choiceField("justificatif:"+p.Code, "Justificatif", chosenProof(e, p.Code), proofs...).when(func() bool { return category.value() == p.Code }))
	}
	inputs = append(inputs,
		textField("date", "Daté du", blank(e.Dated), "date portée sur le document"),
		textField("jusqu_au", "Valable jusqu'au", blank(e.Until), "s'il le dit : titre de séjour, RQTH, PASS IAE"),
		textField("vu_le", "Vu le", blank(e.Seen), "vide tant qu'il n'est pas vu"),
		textField("motif", "Motif", e.Reason, "pour un avis motivé").when(func() bool { return category.value() == "AVIS" }),
	)
	return newEntryForm(sh, fmt.Sprint("justificatif ", e.ID), questionnaire{
		needs: rightTo(insertion.ActWrite), title: "Éligibilité de " + e.Participant.Code(), head: []string{"Le genre du justificatif et sa date, jamais une copie ni ce qu'il dit d'autre."},
		inputs: inputs,
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			r := &reader{get: get}
			n := e
			n.Category, n.Dated, n.Until, n.Seen, n.Reason = get("categorie"), r.date("date"), r.date("jusqu_au"), r.date("vu_le"), strings.TrimSpace(get("motif"))
			n.Proof = get("justificatif:" + n.Category)
			if text := strings.TrimSpace(get("propre")); text != "" {
				n.Category, n.Proof = text, "document"
			}
			if n.Proof == "" {
				n.Proof = insertion.Proofs(n.Category)[0].Code
			}
			return "Justificatif noté.", func(ctx context.Context) error { _, err := files.SaveEligibility(ctx, by, n); return err }, r.err
		},
		note: func(get func(string) string, _ int) []string {
			n := insertion.Eligibility{Category: get("categorie"), Proof: get("justificatif:" + get("categorie"))}
			n.Dated, _ = insertion.ParseDate(get("date"))
			n.Until, _ = insertion.ParseDate(get("jusqu_au"))
			if until := n.FreshUntil(); until != "" {
				return []string{"vaut pour une embauche jusqu'au " + until.French()}
			}
			return nil
		},
	})
}

func isPublic(code string) bool {
	for _, p := range insertion.Publics() {
		if p.Code == code {
			return true
		}
	}
	return false
}

func chosenProof(e insertion.Eligibility, category string) string {
	if e.Category == category {
		return e.Proof
	}
	return insertion.Proofs(category)[0].Code
}

// proofRule says how long a document holds, and how far to trust the rule.
func proofRule(p insertion.Proof) string {
	text := "sans limite de date"
	switch {
	case p.AtStart:
		text = "doit être valide le jour de l'embauche"
	case p.Months > 0:
		text = fmt.Sprintf("de moins de %d mois à l'embauche", p.Months)
	}
	return text + " (" + p.Source + ")"
}

// choosePlacementFor asks on which placement of a running lot the person works.
func choosePlacementFor(s *roll[insertion.ParticipantFile, insertion.HourLine]) tea.Cmd {
	files, sh, id := s.deps.Persons, s.shared, s.data.ID
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		lots, err := files.Lots(ctx, insertion.LotFilter{Followed: true}, insertion.Page{Limit: 500})
		if err != nil {
			return nil, err
		}
		o := offered{question: "Sur quel placement travaille-t-elle ?"}
		for _, l := range lots {
			if l.Stage != insertion.StagePlaced && l.Stage != insertion.StageBehind && l.Stage != insertion.StageMet {
				continue
			}
			places, err := files.Placements(ctx, l.ID)
			if err != nil {
				return nil, err
			}
			for _, p := range places {
				o.choices = append(o.choices, choice{
					label: fmt.Sprintf("lot %d, %s : %s", l.ID, p.Employer, l.Object),
					do: func() tea.Cmd {
						return push(newAssignmentForm(sh, insertion.Assignment{Participant: id, Placement: p.ID, Lot: l.ID, Employment: usualEmployment(p), Start: insertion.DateOf(sh.now())}, p.Employer))
					},
				})
			}
		}
		if len(o.choices) == 0 {
			return told{"Aucun placement en cours : enregistrez-en un sur la page d'un lot (p)."}, nil
		}
		return o, nil
	})
}

// usualEmployment is the contract a modality usually comes with.
func usualEmployment(p insertion.Placement) insertion.Employment {
	switch p.Modality {
	case insertion.DirectHire:
		return insertion.CDD
	case insertion.Secondment:
		return insertion.Supplied
	}
	return insertion.CDDI
}

// newAssignmentForm is the form of an assignment.
func newAssignmentForm(sh *shared, a insertion.Assignment, employer string) screen {
	files, by := sh.deps.Persons, sh.person
	return newEntryForm(sh, fmt.Sprint("affectation ", a.ID, " ", a.Placement), questionnaire{
		needs: rightTo(insertion.ActWrite), title: "Affectation de " + a.Participant.Code(), head: []string{fmt.Sprintf("Lot %d, chez %s", a.Lot, employer)},
		inputs: []*input{
			choiceField("contrat", "Contrat", string(a.Employment), labelled(insertion.Employments()...)...),
			textField("debut", "Embauchée le", blank(a.Start), "31/03/2026"),
			textField("fin", "Jusqu'au", blank(a.End), "vide tant qu'elle travaille"),
			textField("heures_semaine", "Heures par semaine", hoursText(a.Weekly), "26"),
			choiceField("tuteur", "Tuteur nommé", map[bool]string{true: "oui", false: "non"}[a.Tutor], option{code: "oui", label: "oui"}, option{code: "non", label: "non"}),
		},
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			r := &reader{get: get}
			n := a
			n.Employment, n.Start, n.End, n.Weekly, n.Tutor = insertion.Employment(get("contrat")), r.date("debut"), r.date("fin"), r.hours("heures_semaine"), get("tuteur") == "oui"
			return "Affectation enregistrée.", func(ctx context.Context) error { _, err := files.SaveAssignment(ctx, by, n); return err }, r.err
		},
	})
}

// chooseHeld asks which proof or assignment to change or take away.
func chooseHeld(s *roll[insertion.ParticipantFile, insertion.HourLine], f insertion.ParticipantFile) tea.Cmd {
	files, by, sh := s.deps.Persons, s.person, s.shared
	var choices []choice
	for _, e := range f.Eligibilities {
		choices = append(choices,
			choice{label: "corriger : " + eligibilityWords(e, insertion.DateOf(sh.now())), do: func() tea.Cmd { return push(newEligibilityForm(sh, e)) }},
			choice{label: "retirer : " + e.Category + ", " + e.ProofLabel(), do: func() tea.Cmd {
				return confirm("Retirer la preuve "+e.Category+" ? Les heures qu'elle fait compter ne compteront plus.", func() tea.Cmd {
					return save(&s.page, "Preuve retirée (u pour annuler).", func(ctx context.Context) error { return files.RemoveEligibility(ctx, by, e.ID) })
				})
			}})
	}
	for _, a := range f.Assignments {
		site := f.Sites[a.Placement]
		choices = append(choices,
			choice{label: "corriger : " + assignmentWords(a, site), do: func() tea.Cmd { return push(newAssignmentForm(sh, a, site.Employer)) }},
			choice{label: "retirer : " + assignmentWords(a, site), do: func() tea.Cmd {
				return confirm("Retirer cette affectation ?", func() tea.Cmd {
					return save(&s.page, "Affectation retirée (u pour annuler).", func(ctx context.Context) error { return files.RemoveAssignment(ctx, by, a.ID) })
				})
			}})
	}
	if len(choices) == 0 {
		return tell("Ni preuve ni affectation encore : p et a pour en ajouter.")
	}
	return askChoice("Que modifier ?", choices)
}
