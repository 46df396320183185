package tui

import (
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// lotWide is the width from which the page of a lot has two columns.
const lotWide = 110

// lines draws the whole page: one column of sections, or two when there is room.
func (s *lotPage) lines() []string {
	if !s.loaded {
		return nil
	}
	if s.w < lotWide {
		w := s.w - 1
		return join(s.heading(w), s.hours(w), s.clause(w), s.introductions(w), s.placements(w),
			s.chart(w), s.exchanges(w), s.identity(w), s.differences(w), s.history(w))
	}
	left := s.w * 48 / 100
	right := s.w - left - 3
	a := join(s.clause(left), s.identity(left), s.differences(left))
	b := join(s.hours(right), s.chart(right), s.introductions(right), s.placements(right), s.exchanges(right), s.history(right))
	return append(s.heading(s.w-1), columns(a, b, left)...)
}

func join(sections ...[]string) []string {
	var lines []string
	for _, s := range sections {
		lines = append(lines, s...)
	}
	return lines
}

// columns puts two columns side by side, the first one left cells wide.
func columns(a, b []string, left int) []string {
	var lines []string
	for i := range max(len(a), len(b)) {
		line := ""
		if i < len(a) {
			line = a[i]
		}
		if i < len(b) && b[i] != "" {
			line += strings.Repeat(" ", max(0, left+2-span(line))) + b[i]
		}
		lines = append(lines, line)
	}
	return lines
}

// fact is a label and its value, wrapped under itself.
func (p *page) fact(label, value string, w int) []string {
	const lw = 13
	var lines []string
	for i, l := range wrap(value, w-lw-1) {
		if i > 0 {
			label = ""
		}
		lines = append(lines, " "+p.theme.paint(faint, pad(label, lw))+l)
	}
	return lines
}

func (s *lotPage) heading(w int) []string {
	l := s.facts.lot
	sign, which := mark(l.Stage)
	stage := string(l.Stage)
	if l.Stage == insertion.StageBehind { // in the word of Aujourd'hui and of the line below
		stage = insertion.HealthOf(l.Pace, l.Hours.Due, s.facts.limits).Label()
	}
	head := strings.TrimSpace(sign + " " + stage)
	if head == "" {
		head = "sans clause sociale connue"
	}
	var lines []string
	for _, line := range wrap(lotName(l.LotRow), w-1) {
		lines = append(lines, " "+s.theme.paint(strong, line))
	}
	who := winners(l.LotRow)
	if len(l.Contractors) > 0 {
		who = l.Contractors[0].Party.Label()
	}
	return append(lines, " "+s.theme.paint(which, head)+" · "+cut(who+" · "+amountCell(l.Amount, l.Doubtful), max(0, w-span(head)-4)))
}

func (s *lotPage) identity(w int) []string {
	l, n := s.facts.lot, s.facts.lot.Notice
	lines := []string{"", s.theme.rule("Marché", w)}
	add := func(label, value string) {
		if value != "" {
			lines = append(lines, s.fact(label, value, w)...)
		}
	}
	add("acheteur", l.Buyer.Label())
	if l.Buyer.Name != "" {
		add("", string(l.Buyer.Kind)+" "+insertion.SpacedSIRET(l.Buyer.ID))
	}
	for i, o := range l.Contractors {
		add(numbered("titulaire", i, len(l.Contractors)), o.Party.Label())
		if o.Party.Name != "" && o.Party.ID != "" {
			add("", strings.TrimSpace(string(o.Party.Kind)+" "+insertion.SpacedSIRET(o.Party.ID)))
		}
	}
	if n.Group != "" {
		add("groupement", strings.ToLower(n.Group))
	}
	add("montant HT", amountWords(l))
	add("durée", durationWords(l))
	add("notifié le", dateWords(n))
	add("lieu", lotPlaceWords(s.facts.where, l.Place))
	add("social", socialWords(l.Social))
	add("référence", n.Reference)
	if n.FrameworkRef != "" {
		add("accord-cadre", n.FrameworkRef)
	}
	add("CPV", l.CPV)
	add("procédure", n.Procedure)
	for _, m := range n.Modifications {
		add("modifié", modificationWords(m))
	}
	return lines
}

// numbered writes « titulaire » once, then what makes the others different.
func numbered(label string, i, n int) string {
	switch {
	case n == 1:
		return label
	case i == 0:
		return "mandataire"
	}
	return "cotitulaire"
}

func (s *lotPage) differences(w int) []string {
	if len(s.facts.lot.Typed) == 0 {
		return nil
	}
	lines := []string{"", s.theme.rule("Saisi ici", w)}
	for _, t := range s.facts.lot.Typed {
		value := t.Typed
		if t.Imported != "" && t.Imported != t.Typed {
			value += "  (le fichier dit : " + t.Imported + ")"
		}
		lines = append(lines, s.fact(fieldName(t.Field), value, w)...)
	}
	return lines
}

func (s *lotPage) introductions(w int) []string {
	if len(s.facts.intros) == 0 {
		if s.facts.lot.Clause == nil {
			return nil
		}
		return []string{"", s.theme.rule("Propositions", w), "  Aucune structure proposée : m pour chercher."}
	}
	lines := []string{"", s.theme.rule("Propositions", w)}
	for _, in := range s.facts.intros {
		lines = append(lines, "  "+cut(introductionLine(in), w-2))
	}
	return lines
}

// structureName is « EI Espaces », without saying the type twice.
func structureName(k insertion.Kind, name string) string {
	if strings.HasPrefix(name, string(k)+" ") {
		return name
	}
	return string(k) + " " + name
}

// introductionLine is « ✓ acceptée  EI Espaces · 12/03/2026 », with the day it
// came to that state.
func introductionLine(in insertion.Introduction) string {
	sign := map[insertion.IntroductionState]string{
		insertion.Proposed: "◔", insertion.Contacted: "◑", insertion.Accepted: "✓", insertion.Declined: "✗", insertion.Placed: "●",
	}[in.State]
	on := in.Changed
	if on.IsZero() {
		on = in.Proposed
	}
	line := sign + " " + pad(string(in.State), 10) + " " + structureName(in.Kind, in.Name) + " · " + on.Local().Format("02/01/2006")
	if in.Reason != "" {
		line += " · " + in.Reason
	}
	return line
}

func (s *lotPage) placements(w int) []string {
	if len(s.facts.placements) == 0 {
		return nil
	}
	lines := []string{"", s.theme.rule("Placements", w)}
	for _, p := range s.facts.placements {
		var sum insertion.HoursSum
		for _, m := range p.Months {
			sum.Due += m.Planned
			sum.Done += m.Done
		}
		right := " " + doneOfDue(sum, 24) + " "
		lines = append(lines, spread("  "+p.Employer+" ("+p.Modality.Label()+")", right, w))
	}
	return lines
}

func (s *lotPage) exchanges(w int) []string {
	if len(s.facts.contacts) == 0 {
		return nil
	}
	lines := []string{"", s.theme.rule("Échanges", w)}
	for _, c := range s.facts.contacts {
		with := ""
		if c.With != "" {
			with = " avec " + c.With
		}
		text := c.On.French() + "  " + string(c.Kind) + with + " : " + c.Text
		for i, l := range wrap(text, w-4) {
			if i > 0 {
				l = "  " + l
			}
			lines = append(lines, "  "+l)
		}
	}
	return lines
}

func (s *lotPage) history(w int) []string {
	if len(s.facts.events) == 0 {
		return nil
	}
	lines := []string{"", s.theme.rule("Historique", w)}
	here := "lot " + strconv.FormatInt(int64(s.id), 10) + " : "
	for _, e := range s.facts.events {
		what := strings.TrimPrefix(e.What, here)
		lines = append(lines, "  "+cut(e.On.French()+"  "+what+" ("+e.By+")", w-2))
	}
	return lines
}
