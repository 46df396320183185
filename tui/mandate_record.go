package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// shelf is the records of several kinds, one kind shown at a time: those a
// commitment is counted from, or those that hang on a record.
type shelf struct {
	kinds    []mandate.Kind
	at       int // the kind shown
	parent   mandate.RecordID
	of       mandate.Commitment // whose figures and measures these are
	standing mandate.Standing   // on the page of a commitment
	record   mandate.Record     // on the page of a record
	byKind   map[mandate.Kind][]mandate.Record
	below    map[mandate.RecordID]int // how many records hang on each
}

// sheet is the sheet of the kind shown.
func (s shelf) sheet() mandate.Sheet { return sheetOf(s.kinds[s.at]) }

func sheetOf(kind mandate.Kind) mandate.Sheet {
	sheet, _ := mandate.SheetOf(kind)
	return sheet
}

func (s shelf) rows() []mandate.Record { return s.byKind[s.kinds[s.at]] }

// named is the rule above the rows: the kind shown, then the others and how many.
func (s shelf) named(position string) string {
	text := capital(s.sheet().Plural) + " " + position
	var others []string
	for i := 1; i < len(s.kinds); i++ {
		k := s.kinds[(s.at+i)%len(s.kinds)]
		others = append(others, fmt.Sprintf("%s %d", sheetOf(k).Plural, len(s.byKind[k])))
	}
	if len(others) > 0 {
		text += " · Tab : " + strings.Join(others, ", ")
	}
	return text
}

// fill reads the records of every kind of the shelf.
func (s *shelf) fill(ctx context.Context, files mandateKeeper) error {
	s.byKind, s.below = map[mandate.Kind][]mandate.Record{}, map[mandate.RecordID]int{}
	for _, k := range s.kinds {
		found, err := files.MandateRecords(ctx, k, s.parent)
		if err != nil {
			return err
		}
		for _, r := range found {
			if k == mandate.Statement && r.Text("code") != string(s.of.Code) {
				continue
			}
			s.byKind[k] = append(s.byKind[k], r)
		}
		for _, child := range mandate.Children(k) {
			under, err := files.MandateRecords(ctx, child.Kind, 0)
			if err != nil {
				return err
			}
			for _, r := range under {
				s.below[r.Parent]++
			}
		}
	}
	return nil
}

// shelfActions are the keys of a page that holds a shelf: n adds a record of the kind
// shown, Entrée opens or edits the one chosen, x takes it away after asking.
func shelfActions[D any](s *roll[D, mandate.Record], sh shelf, turn func(), row mandate.Record, some bool) []action {
	none := ""
	if !some {
		none = "aucune fiche n'est choisie"
	}
	sheet := sh.sheet()
	open, opening := "modifier", rightToMandate()
	if opensPage(sheet.Kind) {
		open, opening = "ouvrir", need{}
	}
	acts := []action{
		{key: "enter", label: open, help: "Ouvrir la fiche choisie, ou la modifier quand rien n'en dépend.", needs: opening, why: none, do: func() tea.Cmd { return openRecord(s.shared, row, sh.of) }},
		{key: "n", label: "nouveau", help: "Ajouter : " + sheet.Label + ".", needs: rightToMandate(), do: func() tea.Cmd {
			return push(newRecordForm(s.shared, freshRecord(sheet.Kind, sh.parent, sh.of), sh.of))
		}},
		{key: "x", label: "retirer", help: "Retirer la fiche choisie, après confirmation.", needs: rightToMandate(), why: none, do: func() tea.Cmd { return removeRecord(&s.page, row) }},
	}
	if len(sh.kinds) > 1 {
		acts = append(acts, action{key: "tab", label: "autres fiches", help: "Voir les fiches d'un autre genre.", do: func() tea.Cmd { turn(); return nil }})
	}
	return acts
}

// opensPage tells whether a record has a page of its own: others hang on it.
func opensPage(kind mandate.Kind) bool { return len(mandate.Children(kind)) > 0 }

// openRecord opens the page of a record, or its form when nothing hangs on it.
func openRecord(sh *shared, r mandate.Record, of mandate.Commitment) tea.Cmd {
	if opensPage(r.Kind) {
		return push(newRecordPage(sh, r, of))
	}
	return push(newRecordForm(sh, r, of))
}

// freshRecord is an empty record of a kind, as it is proposed.
func freshRecord(kind mandate.Kind, parent mandate.RecordID, of mandate.Commitment) mandate.Record {
	r := mandate.Record{Kind: kind, Parent: parent, Values: map[string]string{}}
	sheet := sheetOf(kind)
	if sheet.Parent == "" {
		r.Parent = 0
	}
	if _, ok := sheet.Field("code"); ok {
		r.Values["code"] = string(of.Code)
	}
	return r
}

func removeRecord(p *page, r mandate.Record) tea.Cmd {
	files, by := p.deps.Mandate, p.person
	return confirm(fmt.Sprintf("Retirer %s (%s) ?", insertion.Quoted(r.Title()), sheetOf(r.Kind).Label), func() tea.Cmd {
		return save(p, "Fiche retirée (u pour annuler).", func(ctx context.Context) error { return files.RemoveMandateRecord(ctx, by, r.ID) })
	})
}

// recordMark is a sign for the state of a record, and whether it is late.
func recordMark(r mandate.Record, today insertion.Date) (string, tone) {
	state := firstWord(r.Text("etat"), r.Text("decision"))
	switch state {
	case "fait", "tenue", "accepté", "retenue", "publié":
		return "✓", good
	case "abandonné", "annulée", "refusé", "refusée", "irrecevable", "fini":
		return "✗", faint
	case "prévue", "à suivre", "à faire", "":
		if late(r, today) {
			return "▽", bad
		}
	}
	if state == "" {
		return " ", plain
	}
	return "○", accent
}

// late tells whether a record asks for something by a day that is past.
func late(r mandate.Record, today insertion.Date) bool {
	waits := r.Kind == mandate.Meeting || r.Kind == mandate.Point && r.Text("nature") != "ordre du jour" || r.Kind == mandate.Task
	return waits && r.Dated != "" && r.Dated < today
}

// recordRow is a record on a line: its state, its day, what names it, then its other
// fields as far as they fit.
func recordRow(t *theme, r mandate.Record, below int, today insertion.Date, w int, on bool) string {
	sheet := sheetOf(r.Kind)
	sign, which := recordMark(r, today)
	line := sign + " "
	if !on {
		line = t.paint(which, sign) + " "
	}
	room := w - 2
	if sheet.Dated != "" && sheet.Kind != mandate.Statement {
		line += pad(blank(r.Dated), 11)
		room -= 11
	}
	name := r.Title()
	if sheet.Kind == mandate.Statement {
		name = r.Show("annee") + "  " + r.Show("valeur")
	}
	rest := otherFields(sheet, r)
	if below > 0 {
		rest = append([]string{insertion.Counted(below, "fiche", "fiches") + " dessous"}, rest...)
	}
	wide := min(max(room*45/100, 24), room)
	if len(rest) == 0 {
		wide = room
	}
	return line + pad(name, wide-1) + " " + cut(strings.Join(rest, " · "), room-wide)
}

// otherFields are the short fields of a record that neither name nor date it.
func otherFields(sheet mandate.Sheet, r mandate.Record) []string {
	var out []string
	for _, f := range sheet.Fields {
		v := r.Show(f.Name)
		skip := f.Name == sheet.Title || f.Name == sheet.Dated || f.Name == "code" || f.Type == mandate.Long || v == ""
		if skip || sheet.Kind == mandate.Statement && (f.Name == "annee" || f.Name == "valeur") {
			continue
		}
		switch f.Type {
		case mandate.Tick:
			if r.Ticked(f.Name) {
				out = append(out, f.Caption())
			}
		case mandate.Choice, mandate.Text, mandate.Commune, mandate.Buyer, mandate.Trade, mandate.Clock:
			out = append(out, v)
		default:
			out = append(out, f.Caption()+" "+v)
		}
	}
	return out
}

// recordFacts tells a record field by field: the short ones one after the other, the
// boxes as a check-list, then the texts.
func recordFacts(p *page, r mandate.Record, w int) []string {
	sheet := sheetOf(r.Kind)
	var short, boxes, long []string
	for _, f := range sheet.Fields {
		v := r.Show(f.Name)
		switch {
		case f.Name == sheet.Title || f.Name == "code":
		case f.Type == mandate.Tick:
			sign := "?"
			switch {
			case r.Ticked(f.Name):
				sign = "✓"
			case r.Said(f.Name):
				sign = "✗"
			}
			boxes = append(boxes, " "+cut(sign+" "+f.Label+" : "+firstWord(v, "non dit"), w-1))
		case v == "":
		case f.Type == mandate.Long:
			long = append(long, p.fact(f.Label, v, w)...)
		default:
			short = append(short, f.Caption()+" : "+v)
		}
	}
	var lines []string
	for _, l := range wrap(strings.Join(short, " · "), w-1) {
		if l != "" {
			lines = append(lines, " "+l)
		}
	}
	return append(append(lines, boxes...), long...)
}
