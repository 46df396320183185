package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// declarationKeeper keeps the calendar of declarations.
type declarationKeeper interface {
	Declarations(ctx context.Context, f insertion.DeclarationFilter) ([]insertion.DeclarationRow, error)
	Receive(ctx context.Context, by string, r insertion.Receipt) (int64, error)
}

// newDeclarations says who has not declared: of one lot, or of all (lot 0). The
// facilitator has the mail in front of her: r, Ctrl+S.
func newDeclarations(sh *shared, lot insertion.LotID) screen {
	files := sh.deps.Declarations
	s := &roll[[]insertion.DeclarationRow, insertion.DeclarationRow]{
		title: "Déclarations",
		read: func(ctx context.Context) ([]insertion.DeclarationRow, error) {
			return files.Declarations(ctx, insertion.DeclarationFilter{Lot: lot})
		},
		rows:    func(d []insertion.DeclarationRow) []insertion.DeclarationRow { return d },
		nothing: "Aucune déclaration n'est demandée encore : le rythme se dit dans la fiche clause.",
	}
	if lot != 0 {
		s.title = fmt.Sprintf("Déclarations du lot %d", lot)
	}
	s.id = func(d insertion.DeclarationRow) int64 {
		return int64(d.Lot)<<16 | int64(d.To.First().DaysSince("2000-01-01")/28)
	}
	s.head = func(rows []insertion.DeclarationRow, w int) []string {
		missing, late := 0, 0
		for _, d := range rows {
			if d.Received == "" {
				missing++
				if d.Late > 0 {
					late++
				}
			}
		}
		return []string{" " + s.theme.paint(strong, fmt.Sprintf("%s, %s en retard", insertion.Counted(missing, "déclaration manque", "déclarations manquent"), insertion.Thousands(int64(late))))}
	}
	s.draw = func(d insertion.DeclarationRow, w int, on bool) string {
		state, which := "reçue le "+d.Received.French(), good
		switch {
		case d.Received == "" && d.Late > 0:
			state, which = fmt.Sprintf("! manque, %d j de retard", d.Late), bad
		case d.Received == "":
			state, which = "attendue le "+d.DueOn.French(), plain
		case d.Late > 0:
			state, which = fmt.Sprintf("reçue, %d j de retard", d.Late), warn
		}
		columns, wide := w >= 90, 26
		if columns {
			wide = 30
		}
		state = pad(pad(state, wide-1), wide)
		if !on {
			state = s.theme.paint(which, state)
		}
		if columns {
			return state + pad(periodWords(d.From, d.To), 19) + "  " + pad(fmt.Sprintf("lot %d", d.Lot), 9) + " " + bothEnds(d.Who.Label()+" · "+d.Object, w-61)
		}
		return state + pad(shortPeriod(d.From, d.To), 15) + "  " + pad(fmt.Sprintf("lot %d", d.Lot), 8) + " " + cut(d.Who.Label()+" · "+d.Object, w-52)
	}
	s.detail = func(_ []insertion.DeclarationRow, d insertion.DeclarationRow, _ int) []string {
		text := fmt.Sprintf("%s · %s · %s, attendue le %s", d.Who.Label(), d.Object, periodWords(d.From, d.To), d.DueOn.French())
		if d.Received != "" {
			text += ", reçue le " + d.Received.French() + " (" + d.Document + ")"
		}
		return []string{text}
	}
	s.acts = func(_ []insertion.DeclarationRow, d insertion.DeclarationRow, some bool) []action {
		none, had := "", ""
		if !some {
			none, had = "aucune déclaration n'est choisie", "aucune déclaration n'est choisie"
		} else if d.Received != "" {
			had = "elle est déjà reçue"
		}
		return []action{
			{key: "r", label: "noter la réception", help: "Noter que cette déclaration est arrivée.", needs: rightTo(insertion.ActWrite), why: had, do: func() tea.Cmd { return push(newReceipt(sh, d)) }},
			{key: "enter", label: "ouvrir le lot", help: "Ouvrir la page du lot.", why: none, do: func() tea.Cmd { return push(newLotPage(sh, d.Lot)) }},
			{key: "p", label: "pénalités", help: "Voir ce que ce retard coûterait et les étapes.", why: none, do: func() tea.Cmd { return push(newPenalties(sh, d.Lot)) }},
		}
	}
	return s.opened(sh)
}

// shortPeriod is « 04–06/2026 », where there is little room.
func shortPeriod(from, to insertion.Month) string {
	if from == to || from[:4] != to[:4] {
		return periodWords(from, to)
	}
	return from.French()[:2] + "–" + to.French()
}

func periodWords(from, to insertion.Month) string {
	if from == to {
		return from.French()
	}
	return from.French() + " à " + to.French()
}

// newReceipt notes the reception of a declaration.
func newReceipt(sh *shared, d insertion.DeclarationRow) screen {
	files, by := sh.deps.Declarations, sh.person
	again := choiceField("encore", "Une seconde fois", "non", option{code: "non", label: "non"}, option{code: "oui", label: "oui, en noter une autre"})
	again.when(func() bool { return again.value() == "oui" }) // and when somebody noted it meanwhile
	return newEntryForm(sh, fmt.Sprint("lot ", d.Lot, " ", d.Who.ID, " ", d.From), questionnaire{
		needs: rightTo(insertion.ActWrite), title: "Réception", head: []string{d.Who.Label() + " · " + d.Object, "Déclaration de " + periodWords(d.From, d.To)},
		inputs: []*input{
			textField("recu_le", "Reçue le", insertion.DateOf(sh.now()).French(), "31/03/2026"),
			textField("document", "Ce qui est arrivé", "courriel", "un courriel, un relevé, un courrier"),
			again,
		},
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			r := &reader{get: get}
			rec := insertion.Receipt{Lot: d.Lot, From: d.From, To: d.To, Received: r.date("recu_le"), Document: strings.TrimSpace(get("document")), Again: get("encore") == "oui"}
			return "Réception notée.", func(ctx context.Context) error { _, err := files.Receive(ctx, by, rec); return err }, r.err
		},
	})
}
