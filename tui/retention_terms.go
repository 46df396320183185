package tui

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// openTerms reads the terms, then shows their form.
func openTerms(p *page) tea.Cmd {
	files := p.deps.Retention
	return ask(p, func(ctx context.Context) (tea.Msg, error) {
		r, err := files.Retention(ctx)
		if err != nil {
			return nil, err
		}
		return pushed{newTerms(p.shared, r)}, nil
	})
}

// newTerms is the form of how long things are kept.
func newTerms(sh *shared, held insertion.Retention) screen {
	files, by := sh.deps.Retention, sh.person
	number := func(name, label string, n int, hint string) *input {
		return textField(name, label, strconv.Itoa(n), hint)
	}
	lots := make([]string, len(held.Funded))
	for i, l := range held.Funded {
		lots[i] = fmt.Sprint(int64(l))
	}
	return newEntryForm(sh, "", questionnaire{
		needs: rightToAll(insertion.ActSettings), title: "Délais", head: []string{"Aucun n'a de source légale lue : " + insertion.Usage + "."},
		inputs: []*input{
			number("personne", "Personne (mois)", held.PersonMonths, "après le dernier contact, les dernières heures, la sortie"),
			number("fse", "FSE+ (mois)", held.FundedMonths, "si elle a travaillé sur un lot cofinancé"),
			textField("lots_fse", "Lots FSE+", strings.Join(lots, ", "), "3, 12 ; vide pour aucun"),
			number("echange", "Échanges (mois)", held.NoteMonths, "où une personne est désignée"),
			number("refus", "Refus (mois)", held.RefusalMonths, "12"),
			number("porte", "Porte (mois)", held.DoorMonths, "12"),
			number("brouillon", "Brouillons (mois)", held.DraftMonths, "3"),
			number("compte", "Comptes (mois)", held.UserMonths, "que personne n'emploie"),
			number("alerte", "Alerte (jours avant)", held.WarnDays, "30"),
			number("grace", "Grâce (jours après)", held.GraceDays, "30"),
		},
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			r := &reader{get: get}
			n := insertion.Retention{
				PersonMonths: r.number("personne"), FundedMonths: r.number("fse"), NoteMonths: r.number("echange"), RefusalMonths: r.number("refus"), DoorMonths: r.number("porte"),
				DraftMonths: r.number("brouillon"), UserMonths: r.number("compte"), WarnDays: r.number("alerte"), GraceDays: r.number("grace"),
			}
			for _, w := range words(get("lots_fse")) {
				lot, err := strconv.ParseInt(w, 10, 64)
				if err != nil || lot < 1 {
					return "", nil, &insertion.FieldError{Field: "lots_fse", Reason: "des numéros de lots, comme 3, 12"}
				}
				n.Funded = append(n.Funded, insertion.LotID(lot))
			}
			return "Délais enregistrés.", func(ctx context.Context) error { return files.SetRetention(ctx, by, held, n) }, r.err
		},
	})
}
