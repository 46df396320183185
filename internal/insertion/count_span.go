package insertion

import "fmt"

// span is a stretch of days, both included; empty when last < first.
type span struct{ first, last Date }

func (s span) days() int { return max(0, s.last.DaysSince(s.first)+1) }

func (s span) meet(o span) span {
	if o.first > s.first {
		s.first = o.first
	}
	if o.last != "" && o.last < s.last {
		s.last = o.last
	}
	if s.last < s.first {
		return span{s.first, s.first.AddDays(-1)}
	}
	return s
}

// window is when hours count for the contract: from the start the clause states,
// else the notification, to its end (CCAP 21_BAM_048 art. 1.4).
func (s Site) window() span {
	first := s.Clause.Start
	if first == "" {
		first = s.Notified
	}
	return span{first, s.Clause.End}
}

func (s span) words() string {
	switch {
	case s.first == "" && s.last == "":
		return "sans dates"
	case s.last == "":
		return "depuis le " + s.first.French()
	case s.first == "":
		return "jusqu'au " + s.last.French()
	}
	return "du " + s.first.French() + " au " + s.last.French()
}

// personWindow is when a person's hours count on a contract.
func (c *counter) personWindow(a Assignment, site Site) (span, RuleCode, string) {
	r := site.Clause.Rules
	if r.CDIMonths > 0 && (a.Employment == CDI || a.Employment == CDIInclusion) {
		s := span{a.Start, a.Start.AddMonths(r.CDIMonths).AddDays(-1)}
		return s, RuleCDIWindow, fmt.Sprintf("au-delà de %d mois après l'embauche en CDI (%s)", r.CDIMonths, s.words())
	}
	first := a.Start
	for _, o := range c.p.Assignments {
		site2, ok := c.sites[o.Placement]
		if o.Start == "" || !ok || site2.Clause.Lot == 0 || (!r.AnyClause && o.Lot != a.Lot) {
			continue
		}
		if first == "" || o.Start < first {
			first = o.Start
		}
	}
	if first == "" {
		return span{}, RulePersonWindow, ""
	}
	s := span{first, first.AddMonths(r.Months()).AddDays(-1)}
	return s, RulePersonWindow, fmt.Sprintf("au-delà de %d mois après la première embauche (%s)", r.Months(), s.words())
}
