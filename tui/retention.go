package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// retentionKeeper says what has passed its term, and erases it when told.
type retentionKeeper interface {
	Retention(ctx context.Context) (insertion.Retention, error)
	SetRetention(ctx context.Context, by string, was, is insertion.Retention) error
	Expired(ctx context.Context) (insertion.RetentionReport, error)
	EraseExpired(ctx context.Context, by string, announced insertion.RetentionReport, progress func(done, total int)) (insertion.RetentionDone, error)
	Processings(ctx context.Context) ([]insertion.Processing, error)
}

// expiredList is what has passed its term; refused says the role may not know.
type expiredList struct {
	insertion.RetentionReport
	refused string
}

// expiredRow is a person or a kind of traces.
type expiredRow struct {
	person insertion.Expiry
	trace  insertion.Trace
}

func (r expiredRow) id() int64 {
	for i, k := range insertion.TraceKinds() {
		if k == r.trace.Kind {
			return int64(-1 - i)
		}
	}
	return int64(r.person.Participant)
}

// newRetention shows who would be erased, why, since when, what would go and what
// would stay, and whom something holds back. The facilitator reads it once a
// month: g c, then X and one word if she agrees.
func newRetention(sh *shared) screen {
	files := sh.deps.Retention
	s := &roll[expiredList, expiredRow]{title: "Conservation", id: expiredRow.id}
	s.read = func(ctx context.Context) (expiredList, error) {
		r, err := files.Expired(ctx)
		var no *insertion.Forbidden
		if errors.As(err, &no) {
			return expiredList{refused: no.Error()}, nil
		}
		return expiredList{RetentionReport: r}, err
	}
	s.rows = func(d expiredList) (rows []expiredRow) {
		if s.nothing = d.refused; d.refused == "" {
			s.nothing = "Rien n'a passé son terme. d : les délais ; v : le registre de ce qui est tenu."
		}
		for _, e := range d.Persons {
			rows = append(rows, expiredRow{person: e})
		}
		for _, t := range d.Traces {
			rows = append(rows, expiredRow{trace: t})
		}
		return rows
	}
	s.head = func(d expiredList, w int) []string {
		if d.refused != "" {
			return nil
		}
		lines := []string{" " + s.theme.paint(strong, cut(fmt.Sprintf("%d à effacer · %d en grâce · %d bientôt · %s", d.In(insertion.ExpiryDue), d.In(insertion.ExpiryGrace), d.In(insertion.ExpirySoon), insertion.Counted(d.In(insertion.ExpiryHeld), "retenue", "retenues")), w-1))}
		if d.Rewrite {
			lines = append(lines, " "+s.theme.paint(warn, cut("! un effacement n'a pas pu réécrire le fichier : X le fera", w-1)))
		}
		return append(lines, " "+s.theme.paint(faint, cut("Rien ne s'efface sans vous. Délais : "+insertion.Usage+".", w-1)))
	}
	s.draw = func(r expiredRow, w int, on bool) string { return expiredLine(s.theme, r, w, on) }
	s.detail = func(_ expiredList, r expiredRow, _ int) []string { return expiredDetail(r) }
	s.acts = func(d expiredList, r expiredRow, some bool) []action { return retentionActions(s, d, r, some) }
	return s.opened(sh)
}

func expiryMark(s insertion.ExpiryState) (string, tone) {
	switch s {
	case insertion.ExpiryDue:
		return "!", bad
	case insertion.ExpiryGrace:
		return "◷", warn
	case insertion.ExpiryHeld:
		return "=", accent
	}
	return "…", faint
}

func expiredLine(t *theme, r expiredRow, w int, on bool) string {
	if r.trace.Kind != "" {
		mark := "! échus"
		if !on {
			mark = t.paint(bad, mark)
		}
		return mark + "      " + cut(fmt.Sprintf("%s : %s d'avant le %s", r.trace.Kind, insertion.Thousands(int64(r.trace.Count)), r.trace.Before.French()), w-13)
	}
	e := r.person
	sign, which := expiryMark(e.State)
	state := pad(sign+" "+string(e.State), 13)
	if !on {
		state = t.paint(which, state)
	}
	why := e.Sign + " le " + e.Last.French()
	if len(e.Held) > 0 && e.State == insertion.ExpiryHeld {
		why = e.Held[0]
	}
	return state + pad(e.Code, 9) + pad("terme "+e.Term.French(), 19) + cut(why, max(0, w-41))
}

func expiredDetail(r expiredRow) []string {
	if k := r.trace.Kind; k != "" {
		lines := []string{"Disparaît : " + k.Goes() + ".", "Reste : " + k.Stays() + "."}
		if len(r.trace.Names) > 0 {
			lines = append(lines, strings.Join(r.trace.Names, ", "))
		}
		return lines
	}
	e := r.person
	goes := []string{"son pseudonyme"}
	if e.Name {
		goes = append(goes, "son nom")
	}
	if e.Proofs > 0 {
		goes = append(goes, insertion.Counted(e.Proofs, "preuve", "preuves"))
	}
	if e.Notes > 0 {
		goes = append(goes, insertion.Counted(e.Notes, "mention dans un échange", "mentions dans des échanges"))
	}
	lines := []string{
		fmt.Sprintf("%s : %s le %s ; s'efface à partir du %s.", e.Code, e.Sign, e.Last.French(), e.From.French()),
		fmt.Sprintf("Disparaît : %s. Reste pour les statistiques : %s d'heures, %s.", strings.Join(goes, ", "), insertion.Counted(e.Lines, "ligne", "lignes"), e.Hours),
	}
	for _, h := range e.Held {
		lines = append(lines, "Retenue : "+h+".")
	}
	return lines
}

func retentionActions(s *roll[expiredList, expiredRow], d expiredList, r expiredRow, some bool) []action {
	sh := s.shared
	closed, nobody, nothing := d.refused, "cette ligne n'est pas une personne", d.refused
	switch {
	case !some:
		nobody = "la liste est vide"
	case r.trace.Kind == "":
		nobody = ""
	}
	if nothing == "" && (!s.loaded || d.Nothing()) {
		nothing = "rien n'est à effacer"
	}
	return []action{
		{key: "enter", label: "ouvrir", help: "Ouvrir la fiche de la personne.", why: nobody, do: func() tea.Cmd { return push(newPersonPage(sh, r.person.Participant)) }},
		{key: "X", label: "effacer", help: "Effacer tout ce qui a passé son terme et son délai de grâce, après confirmation.", needs: rightToAll(insertion.ActErase), why: nothing, do: func() tea.Cmd { return askEraseExpired(sh, d.RetentionReport) }},
		{key: "d", label: "délais", help: "Combien de temps chaque chose est gardée.", needs: rightToAll(insertion.ActSettings), why: closed, do: func() tea.Cmd { return openTerms(&s.page) }},
		{key: "v", label: "registre", help: "Ce qui est tenu sur des personnes, pourquoi, qui le voit, combien de temps.", do: func() tea.Cmd { return push(newProcessings(sh)) }},
		{key: "e", label: "exports", help: "Ce qui est sorti de la base, par qui, quand.", do: func() tea.Cmd { return push(newExports(sh)) }},
	}
}

// askEraseExpired names the count, and defaults to no.
func askEraseExpired(sh *shared, d insertion.RetentionReport) tea.Cmd {
	n := d.In(insertion.ExpiryDue)
	what := insertion.Counted(n, "personne", "personnes")
	if len(d.Traces) > 0 {
		kinds := make([]string, len(d.Traces))
		for i, t := range d.Traces {
			kinds[i] = string(t.Kind) + " (" + insertion.Thousands(int64(t.Count)) + ")"
		}
		what += " et " + strings.Join(kinds, ", ")
	}
	if n == 0 && len(d.Traces) == 0 {
		what = "les traces d'un effacement précédent"
	}
	return func() tea.Msg {
		return offered{question: "Effacer " + what + " ? Les heures restent pour les statistiques.", choices: []choice{
			{label: "Ne rien effacer", do: func() tea.Cmd { return nil }},
			{label: "Effacer pour toujours " + what, do: func() tea.Cmd { return push(newEraseRun(sh, d)) }},
		}}
	}
}

// newProcessings is the record of what is held.
func newProcessings(sh *shared) screen {
	files := sh.deps.Retention
	type record struct {
		list    []insertion.Processing
		refused string
	}
	s := &roll[record, struct{}]{title: "Registre de ce qui est tenu", reading: true}
	s.read = func(ctx context.Context) (record, error) {
		list, err := files.Processings(ctx)
		var no *insertion.Forbidden
		if errors.As(err, &no) {
			return record{refused: no.Error()}, nil
		}
		return record{list: list}, err
	}
	s.head = func(d record, w int) []string {
		if d.refused != "" {
			return []string{"", "  " + cut(d.refused, w-2)}
		}
		var lines []string
		for _, l := range wrap("Base : "+insertion.LawfulBasis()+". « passerelle conservation --registre » l'écrit.", w-2) {
			lines = append(lines, " "+s.theme.paint(faint, l))
		}
		for _, p := range d.list {
			held := insertion.Thousands(int64(p.Held)) + " tenus"
			if !p.Present {
				held = "aucun tenu"
			}
			lines = append(lines, "", " "+s.theme.paint(strong, spread(p.What, held, w-2)))
			for _, f := range [][2]string{{"données", p.Holds}, {"finalité", p.Why}, {"qui voit", p.Seers()}, {"durée", p.Kept + " (" + p.Source + ")"}} {
				lines = append(lines, s.fact(f[0], f[1], w)...)
			}
		}
		return lines
	}
	return s.opened(sh)
}
