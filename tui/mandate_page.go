package tui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// newCommitment is the page of one proposal of the letter: its figures by year, how
// they are counted, and the records they come from, a kind at a time. n adds a
// record, Tab shows another kind: one key each.
func newCommitment(sh *shared, code mandate.Code) screen {
	files, today := sh.deps.Mandate, insertion.DateOf(sh.now())
	of, _ := mandate.CommitmentOf(code)
	at := 0
	s := &roll[shelf, mandate.Record]{
		title: of.Title,
		id:    func(r mandate.Record) int64 { return int64(r.ID) },
		read: func(ctx context.Context) (shelf, error) {
			f := shelf{of: of, kinds: shelfKinds(of)}
			all, err := files.Standings(ctx)
			if err != nil {
				return f, err
			}
			for _, st := range all {
				if st.Code == code {
					f.standing = st
				}
			}
			return f, f.fill(ctx, files)
		},
		rows:    func(f shelf) []mandate.Record { f.at = at; return f.rows() },
		named:   func(f shelf, position string) string { f.at = at; return f.named(position) },
		nothing: "Aucune fiche de ce genre : n en ajoute une.",
	}
	s.head = func(f shelf, w int) []string { return commitmentHead(&s.page, f.standing, w) }
	s.draw = func(r mandate.Record, w int, on bool) string {
		return recordRow(s.theme, r, s.data.below[r.ID], today, w, on)
	}
	s.detail = func(_ shelf, r mandate.Record, w int) []string { return recordFacts(&s.page, r, w) }
	s.acts = func(f shelf, r mandate.Record, some bool) []action {
		if f.of.Code == "" { // not read yet
			return nil
		}
		f.at = at
		return append(shelfActions(s, f, func() { at = (at + 1) % len(f.kinds); s.turned() }, r, some),
			action{key: "e", label: "étape", help: "Écrire la cible, la prochaine étape, sa date et qui la suit.", needs: rightToMandate(), do: func() tea.Cmd { return editPromise(&s.page, of) }},
			action{key: "c", label: "chiffre", help: "Saisir le chiffre d'une année, avec ce qui le montre.", needs: rightToMandate(), do: func() tea.Cmd { return push(newStatementForm(sh, of)) }},
			action{key: "l", label: "lire tout", help: "Lire en entier la proposition, ses chiffres et comment ils sont comptés.", do: func() tea.Cmd {
				return push(newReading(sh, of.Title, func(context.Context) (string, error) { return commitmentText(f.standing), nil }))
			}})
	}
	return s.opened(sh)
}

// shelfKinds are the kinds of records a commitment is followed by, less those that
// hang on another, and the figures entered.
func shelfKinds(of mandate.Commitment) []mandate.Kind {
	kinds := slices.DeleteFunc(slices.Clone(of.Kinds), func(k mandate.Kind) bool {
		sheet := sheetOf(k)
		return sheet.Parent != "" && slices.Contains(of.Kinds, sheet.Parent)
	})
	return append(kinds, mandate.Statement)
}

// commitmentHead is what is known of a commitment, the most useful first: a small
// screen cuts the end.
func commitmentHead(p *page, st mandate.Standing, w int) []string {
	sign, which := standingMark(st.Verdict())
	lines := []string{" " + p.theme.paint(which, sign+" "+string(st.Verdict())) + "  " + p.theme.paint(strong, cut(st.Measure, w-18))}
	lines = append(lines, yearBars(p, st, w)...)
	lines = append(lines, p.fact("étape", firstWord(st.Step(), "aucune n'est écrite"), w)...)
	lines = append(lines, p.fact("la lettre", st.Quoted(), w)...)
	f := st.Now()
	if f.Origin != mandate.Unknown {
		lines = append(lines, p.fact("tendance", st.Trend, w)...)
	}
	for i, n := range st.Notes {
		lines = append(lines, p.fact(first(i, "à savoir"), n, w)...)
	}
	for i, d := range f.Detail {
		lines = append(lines, p.fact(first(i, "compté"), d, w)...)
	}
	return lines
}

// barYears is how many years have a bar.
const barYears = 4

// yearBars draws the figures of the last years against the target, their numbers
// beside them.
func yearBars(p *page, st mandate.Standing, w int) []string {
	if st.Now().Origin == mandate.Unknown {
		return p.fact("cible", st.TargetWords(), w)
	}
	years := slices.Clone(st.Figures)
	slices.SortFunc(years, func(a, b mandate.Figure) int { return a.Year - b.Year })
	years = years[max(0, len(years)-barYears):]
	t, most := p.theme, max(st.Target, 1)
	for _, f := range years {
		most = max(most, f.Value)
	}
	room := min(40, w-48)
	var lines []string
	for _, f := range years {
		value, note := "—", "sans chiffre"
		if f.Origin != mandate.Unknown {
			value, note = st.Unit.Short(f.Value), string(f.Origin)
		}
		if st.Underway() && f.Year == st.Now().Year {
			note += ", année en cours"
		}
		lines = append(lines, fmt.Sprintf(" %d  ", f.Year)+t.paint(good, gauge(max(0, f.Value), most, room))+padLeft(value, 14)+"  "+t.paint(faint, note))
	}
	if st.Aimed {
		lines = append(lines, " cible "+t.paint(accent, gauge(st.Target, most, room))+padLeft(st.Unit.Short(st.Target), 14)+"  "+t.paint(faint, cut(st.From, max(0, w-room-24))))
	} else {
		lines = append(lines, " cible : "+st.From)
	}
	return lines
}

// commitmentText is everything about a commitment, to be read.
func commitmentText(st mandate.Standing) string {
	text := st.Title + "\n\n" + st.Quoted() + "\n\n" + capital(st.Measure) + ".\n" + "Cible : " + st.TargetWords() + ".\n" + stepWords(st) + ".\n"
	for _, n := range st.Notes {
		text += n + "\n"
	}
	years := slices.Clone(st.Figures)
	slices.SortFunc(years, func(a, b mandate.Figure) int { return b.Year - a.Year })
	for _, f := range years {
		value := "sans chiffre"
		if f.Origin != mandate.Unknown {
			value = st.Unit.Show(f.Value) + " (" + string(f.Origin) + ")"
		}
		text += fmt.Sprintf("\n%d : %s\n", f.Year, value)
		for _, d := range f.Detail {
			text += "· " + d + "\n"
		}
	}
	return text
}

// editPromise opens the file's own target and next step of a commitment, written or
// still to be.
func editPromise(p *page, of mandate.Commitment) tea.Cmd {
	files, sh := p.deps.Mandate, p.shared
	return ask(p, func(ctx context.Context) (tea.Msg, error) {
		all, err := files.MandateRecords(ctx, mandate.Promise, 0)
		if err != nil {
			return nil, err
		}
		r := freshRecord(mandate.Promise, 0, of)
		for _, known := range all {
			if known.Text("code") == string(of.Code) {
				r = known
			}
		}
		return pushed{newRecordForm(sh, r, of)}, nil
	})
}

// newRecordPage is a record others hang on: a meeting and its points, a network and
// its support, an event, a call, a contract in preparation. e edits it, n adds what
// hangs on it.
func newRecordPage(sh *shared, r mandate.Record, of mandate.Commitment) screen {
	files, today, id := sh.deps.Mandate, insertion.DateOf(sh.now()), r.ID
	at := 0
	s := &roll[shelf, mandate.Record]{
		title: capital(sheetOf(r.Kind).Label),
		id:    func(r mandate.Record) int64 { return int64(r.ID) },
		read: func(ctx context.Context) (f shelf, err error) {
			f = shelf{of: of, parent: id}
			for _, c := range mandate.Children(r.Kind) {
				f.kinds = append(f.kinds, c.Kind)
			}
			if f.record, err = files.MandateRecord(ctx, id); err != nil {
				return f, err
			}
			return f, f.fill(ctx, files)
		},
		rows:    func(f shelf) []mandate.Record { f.at = at; return f.rows() },
		named:   func(f shelf, position string) string { f.at = at; return f.named(position) },
		nothing: "Rien encore : n en ajoute.",
	}
	s.head = func(f shelf, w int) []string { return recordPageHead(&s.page, f.record, today, w) }
	s.draw = func(r mandate.Record, w int, on bool) string { return recordRow(s.theme, r, 0, today, w, on) }
	s.detail = func(_ shelf, r mandate.Record, w int) []string {
		return append([]string{r.Show(sheetOf(r.Kind).Title)}, recordFacts(&s.page, r, w)...)
	}
	s.acts = func(f shelf, row mandate.Record, some bool) []action {
		if f.record.ID == 0 { // not read yet
			return nil
		}
		f.at = at
		acts := append(shelfActions(s, f, func() { at = (at + 1) % len(f.kinds); s.turned() }, row, some),
			action{key: "e", label: "modifier", help: "Modifier la fiche de cette page.", needs: rightToMandate(), do: func() tea.Cmd { return push(newRecordForm(sh, f.record, of)) }})
		return append(acts, projectActions(s, f)...)
	}
	return s.opened(sh)
}

// recordPageHead tells the record in full.
func recordPageHead(p *page, r mandate.Record, today insertion.Date, w int) []string {
	sign, which := recordMark(r, today)
	var lines []string
	for i, l := range wrap(r.Show(sheetOf(r.Kind).Title), w-4) {
		if i == 0 {
			lines = append(lines, " "+p.theme.paint(which, sign)+" "+p.theme.paint(strong, l))
			continue
		}
		lines = append(lines, "   "+p.theme.paint(strong, l))
	}
	return append(lines, recordFacts(p, r, w)...)
}
