package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// mandateKeeper keeps what the letter asks for, and says where it stands.
type mandateKeeper interface {
	Standings(ctx context.Context) ([]mandate.Standing, error)
	MandateScope(ctx context.Context) (string, error)
	NextMeeting(ctx context.Context, instance string, today insertion.Date) (mandate.Appointment, bool, error)
	MandateRecords(ctx context.Context, kind mandate.Kind, parent mandate.RecordID) ([]mandate.Record, error)
	MandateRecord(ctx context.Context, id mandate.RecordID) (mandate.Record, error)
	SaveMandateRecord(ctx context.Context, by string, r mandate.Record) (mandate.RecordID, error)
	RemoveMandateRecord(ctx context.Context, by string, id mandate.RecordID) error
}

// mandateFacts is what the room of the mandate reads.
type mandateFacts struct {
	standings []mandate.Standing
	within    string              // the buyers whose lots alone are counted, "" the whole file
	next      mandate.Appointment // of the council
	planned   bool
}

// newMandate is the room of the letter: its proposals in its own order. The
// facilitator wants to know where each stands and what comes next: no key. e writes
// the target, the next step and its date, c enters a figure with its evidence: one
// key. Entrée opens what it is counted from.
func newMandate(sh *shared) screen {
	files, today := sh.deps.Mandate, insertion.DateOf(sh.now())
	s := &roll[mandateFacts, mandate.Standing]{
		title: "Mandat",
		read: func(ctx context.Context) (f mandateFacts, err error) {
			if f.standings, err = files.Standings(ctx); err != nil {
				return f, err
			}
			if f.within, err = files.MandateScope(ctx); err != nil {
				return f, err
			}
			f.next, f.planned, err = files.NextMeeting(ctx, mandate.CouncilName, today)
			return f, err
		},
		rows:    func(f mandateFacts) []mandate.Standing { return f.standings },
		id:      func(st mandate.Standing) int64 { return todoKey(string(st.Code)) },
		nothing: "La lettre n'a pas de proposition : c'est un défaut du programme.",
	}
	s.head = func(f mandateFacts, w int) []string {
		lines := []string{" " + cut(tally(f.standings), w-1), " " + cut(councilLine(f.next, f.planned), w-1)}
		if f.within != "" {
			lines = append(lines, " "+cut("Chiffres calculés sur les seuls lots de : "+f.within, w-1))
		}
		return lines
	}
	s.draw = func(st mandate.Standing, w int, on bool) string {
		return standingColumns(s.data.standings, w, s.list.under != nil).row(s.theme, st, on)
	}
	s.under = func(st mandate.Standing, w int, on bool) string {
		return standingColumns(s.data.standings, w, true).step(s.theme, st, on)
	}
	s.detail = func(_ mandateFacts, st mandate.Standing, _ int) []string {
		lines := standingWords(st)
		if s.list.under != nil { // the next step is under its row
			return lines[1:]
		}
		return lines
	}
	s.acts = func(f mandateFacts, st mandate.Standing, some bool) []action { return mandateActions(s, st, some) }
	return s.opened(sh)
}

// councilLine says when the council meets next.
func councilLine(a mandate.Appointment, planned bool) string {
	if !planned {
		return "Prochaine séance du conseil : aucune n'est prévue"
	}
	text := "Prochaine séance du conseil : " + a.When() + ", " + insertion.Counted(a.Points, "point", "points")
	if a.Place != "" {
		text += ", " + a.Place
	}
	return text
}

// tally counts the proposals by verdict.
func tally(standings []mandate.Standing) string {
	text := insertion.Counted(len(standings), "proposition", "propositions") + " de la lettre"
	for _, v := range mandate.Verdicts() {
		n := 0
		for _, st := range standings {
			if st.Verdict() == v {
				n++
			}
		}
		if n > 0 {
			sign, _ := standingMark(v)
			text += fmt.Sprintf(" · %s %d %s", sign, n, v.Of(n))
		}
	}
	return text
}

func mandateActions(s *roll[mandateFacts, mandate.Standing], st mandate.Standing, some bool) []action {
	none := ""
	if !some {
		none = "aucune proposition n'est choisie"
	}
	return []action{
		{key: "enter", label: "ouvrir", help: "Ouvrir la proposition : ses chiffres par année, et les fiches dont ils viennent.", why: none, do: func() tea.Cmd { return push(newCommitment(s.shared, st.Code)) }},
		{key: "e", label: "étape", help: "Écrire la cible, la prochaine étape, sa date et qui la suit.", needs: rightToMandate(), why: none, do: func() tea.Cmd { return editPromise(&s.page, st.Commitment) }},
		{key: "c", label: "chiffre", help: "Saisir le chiffre d'une année, avec ce qui le montre.", needs: rightToMandate(), why: none, do: func() tea.Cmd { return push(newStatementForm(s.shared, st.Commitment)) }},
		{key: "p", label: "page des élus", help: "Écrire la page des élus : les propositions de la lettre sur une page A4.", do: func() tea.Cmd { return handPage(&s.page) }},
		{key: "a", label: "agenda", help: "Écrire l'agenda (.ics) : séances, rencontres et échéances.", do: func() tea.Cmd { return handAgenda(&s.page) }},
		{key: "l", label: "lire", help: "Lire la page des élus ici, en texte.", quiet: true, do: func() tea.Cmd { return readPage(&s.page) }},
	}
}

// firstWord is the first of some texts that says something.
func firstWord(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// standingMark is a sign and a tone for each verdict; the word goes with it.
func standingMark(v mandate.Verdict) (string, tone) {
	switch v {
	case mandate.SaysReached:
		return "✓", good
	case mandate.SaysUnderway:
		return "◑", accent
	case mandate.SaysRunning:
		return "◔", accent
	case mandate.SaysFar:
		return "▽", warn
	case mandate.SaysAimless:
		return "○", plain
	}
	return "?", faint
}

// standingWords tells a commitment in full, the next step first.
func standingWords(st mandate.Standing) []string {
	lines := []string{stepWords(st), figureWords(st), st.Quoted(), "Cible : " + st.TargetWords()}
	lines = append(lines, st.Notes...)
	return append(lines, st.Now().Detail...)
}

const stepLabel = "Prochaine étape : "

// stepWords is the next step, when, and who follows it.
func stepWords(st mandate.Standing) string {
	return stepLabel + firstWord(st.Step(), "aucune n'est écrite")
}

// figureWords is the latest figure, where it comes from and which way it goes.
func figureWords(st mandate.Standing) string {
	f := st.Now()
	if f.Origin == mandate.Unknown {
		return "Sans chiffre : " + st.Measure
	}
	return fmt.Sprintf("%s en %s (%s) : %s ; %s", st.Unit.Show(f.Value), st.YearWords(), f.Origin, st.Measure, st.Trend)
}
