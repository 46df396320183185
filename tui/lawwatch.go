package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// lawKeeper finds the contracts the law asks about and keeps their exemptions.
type lawKeeper interface {
	Watches(ctx context.Context, limit int) ([]insertion.Watch, error)
	Exemption(ctx context.Context, lot insertion.LotID) (*insertion.Exemption, error)
	SaveExemption(ctx context.Context, by string, e insertion.Exemption) error
	RemoveExemption(ctx context.Context, by string, lot insertion.LotID) error
}

const watchesShown = 500

// newLawWatch shows the contracts above the European thresholds without any
// social consideration: x records why the law allows it.
func newLawWatch(sh *shared) screen {
	files, by := sh.deps.Law, sh.person
	s := &roll[[]insertion.Watch, insertion.Watch]{
		title:   "Veille",
		read:    func(ctx context.Context) ([]insertion.Watch, error) { return files.Watches(ctx, watchesShown) },
		rows:    func(w []insertion.Watch) []insertion.Watch { return w },
		id:      func(w insertion.Watch) int64 { return int64(w.Lot.ID) },
		nothing: "Aucun marché au-dessus des seuils européens sans considération sociale.",
	}
	s.head = func(all []insertion.Watch, w int) []string {
		owed, without := 0, 0
		for _, one := range all {
			if one.Duty {
				owed++
				if one.Exemption == nil {
					without++
				}
			}
		}
		lines := []string{" " + s.theme.paint(strong, fmt.Sprintf("%s au-dessus des seuils sans considération sociale", insertion.Counted(len(all), "marché", "marchés")))}
		text := fmt.Sprintf("%d soumis à l'obligation (L2112-2-1, consultations lancées depuis la date des Réglages), dont %d sans exemption motivée. La date de lancement n'est pas dans les avis : la notification en tient lieu.", owed, without)
		for _, l := range wrap(text, w-1) {
			lines = append(lines, " "+l)
		}
		return lines
	}
	s.draw = func(one insertion.Watch, w int, on bool) string {
		state, which := "avant l'obligation", faint
		switch {
		case one.Exemption != nil:
			state, which = "exemption motivée", good
		case one.Duty:
			state, which = "! à motiver", bad
		}
		state = pad(state, 20)
		if !on {
			state = s.theme.paint(which, state)
		}
		return state + one.Lot.Date.French() + " " + spread(" "+one.Lot.Buyer.Label()+" · "+one.Lot.Object, " "+one.Lot.Amount.Round(), w-31)
	}
	s.detail = func(_ []insertion.Watch, one insertion.Watch, _ int) []string {
		lines := []string{
			fmt.Sprintf("%s · %s", one.Lot.Buyer.Label(), one.Lot.Object),
			fmt.Sprintf("%s pour un seuil de %s (%s) au %s", one.Lot.Amount.Round(), one.Threshold.Round(), one.Kind, one.Lot.Date.French()),
		}
		if e := one.Exemption; e != nil {
			lines = append(lines, fmt.Sprintf("exemption : %s. %s (preuve : %s, le %s, %s)", e.Motive, e.Text, e.Evidence, e.Dated.French(), e.By))
		}
		return lines
	}
	s.acts = func(_ []insertion.Watch, one insertion.Watch, some bool) []action {
		none, bare := "", ""
		if !some {
			none, bare = "aucun marché n'est choisi", "aucun marché n'est choisi"
		} else if one.Exemption == nil {
			bare = "aucune exemption n'est enregistrée"
		}
		return []action{
			{key: "enter", label: "ouvrir le lot", help: "Ouvrir la page du lot.", why: none, do: func() tea.Cmd { return push(newLotPage(sh, one.Lot.ID)) }},
			{key: "x", label: "exemption", help: "Enregistrer le motif d'exemption et ce qui le montre.", needs: rightTo(insertion.ActApprove), why: none, do: func() tea.Cmd { return push(newExemption(sh, one)) }},
			{key: "r", label: "retirer", help: "Retirer l'exemption, après confirmation.", needs: rightTo(insertion.ActApprove), why: bare, do: func() tea.Cmd {
				return confirm("Retirer l'exemption de « "+one.Lot.Object+" » ?", func() tea.Cmd {
					return save(&s.page, "Exemption retirée (u pour annuler).", func(ctx context.Context) error { return files.RemoveExemption(ctx, by, one.Lot.ID) })
				})
			}},
		}
	}
	return s.opened(sh)
}

// newExemption records why the law allows no social clause.
func newExemption(sh *shared, w insertion.Watch) screen {
	files, by := sh.deps.Law, sh.person
	e := insertion.Exemption{Lot: w.Lot.ID, Motive: insertion.MotiveAvailable, Dated: insertion.DateOf(sh.now())}
	if w.Exemption != nil {
		e = *w.Exemption
	}
	return newEntryForm(sh, fmt.Sprint("lot ", w.Lot.ID), questionnaire{
		needs: rightTo(insertion.ActApprove), title: "Exemption", head: []string{w.Lot.Object, "L2112-2-1 : quatre motifs, chacun expliqué et montré par un document."},
		inputs: []*input{
			longChoice("motif", "Motif", string(e.Motive), labelled(insertion.Motives()...)...),
			textField("explication", "Explication", e.Text, "pourquoi ce motif vaut ici"),
			textField("preuve", "Preuve", e.Evidence, "le document qui le montre, et où il est"),
			textField("date", "Date", blank(e.Dated), "31/03/2026"),
		},
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			r := &reader{get: get}
			n := e
			n.Motive, n.Text, n.Evidence, n.Dated = insertion.Motive(get("motif")), strings.TrimSpace(get("explication")), strings.TrimSpace(get("preuve")), r.date("date")
			return "Exemption enregistrée.", func(ctx context.Context) error { return files.SaveExemption(ctx, by, n) }, r.err
		},
	})
}
