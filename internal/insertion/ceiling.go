package insertion

import (
	"cmp"
	"fmt"
	"slices"
)

// Window is when one person's hours count on one contract.
type Window struct {
	Lot      LotID
	From, To Date // "" = no limit on that side
	Rule     RuleCode
}

// Windows are those of the person's assignments, the first to end first.
func (p Person) Windows(sites map[PlacementID]Site) []Window {
	c := counter{p: p, sites: sites}
	var out []Window
	for _, a := range p.Assignments {
		site, ok := sites[a.Placement]
		if !ok || site.Clause.Lot == 0 || a.Participant == 0 {
			continue
		}
		s, rule, _ := c.personWindow(a, site)
		if s.first == "" {
			continue
		}
		if end := site.Clause.End; end != "" && (s.last == "" || end < s.last) {
			s.last, rule = end, RuleContractWindow
		}
		w := Window{a.Lot, s.first, s.last, rule}
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	slices.SortFunc(out, func(a, b Window) int {
		return cmp.Or(cmp.Compare(last(a.To), last(b.To)), cmp.Compare(a.Lot, b.Lot))
	})
	return out
}

// last puts windows without an end at the end.
func last(d Date) Date {
	if d == "" {
		return "9999"
	}
	return d
}

// Ceiling is how much of a legal limit a person used in one user firm. For the
// AI it is in hours; for the ETTI, Until is the last day of the 24 months and
// hours are not limited.
type Ceiling struct {
	Rule     RuleCode
	User     string
	Employer string
	Lot      LotID // the last one it was used on
	Used     Hours
	Limit    Hours // 0 for the ETTI
	From     Date
	Until    Date
}

// Share is how much of the ceiling is used: by hours, or by the days gone by on
// a day for the ETTI.
func (c Ceiling) Share(today Date) BasisPoints {
	if c.Limit > 0 {
		return min(10_000, ShareOf(int64(c.Used), int64(c.Limit)))
	}
	total := c.Until.DaysSince(c.From) + 1
	if total <= 0 || today < c.From {
		return 0
	}
	return min(10_000, ShareOf(int64(today.DaysSince(c.From)+1), int64(total)))
}

// Words says the ceiling as people read it.
func (c Ceiling) Words() string {
	if c.Limit > 0 {
		return fmt.Sprintf("AI : %s sur %s jusqu'au %s", c.Used, c.Limit, c.Until.French())
	}
	return fmt.Sprintf("ETTI : mission possible jusqu'au %s", c.Until.French())
}

// Ceilings are those the person's counted lines use, from the lines as CountHours
// left them.
func (p Person) Ceilings(sites map[PlacementID]Site) []Ceiling {
	assignments := map[AssignmentID]Assignment{}
	for _, a := range p.Assignments {
		assignments[a.ID] = a
	}
	lines := slices.Clone(p.Lines)
	slices.SortFunc(lines, func(a, b HourLine) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Assignment, b.Assignment))
	})
	var out []Ceiling
	for _, l := range lines {
		a := assignments[l.Assignment]
		site, ok := sites[a.Placement]
		if !ok || site.Clause.Lot == 0 || site.Modality != Secondment || l.Counted == 0 {
			continue
		}
		day := max(l.Month.First(), a.Start)
		switch {
		case site.Kind == AI && !site.Clause.Rules.PublicUser:
			out = addUse(out, Ceiling{RuleAI480, site.User, site.Employer, site.Lot, l.Counted, site.Clause.Rules.AILimit(), day, day.AddMonths(AIMonths).AddDays(-1)})
		case site.Kind == ETTI:
			out = addUse(out, Ceiling{RuleETTI24, site.User, site.Employer, site.Lot, l.Counted, 0, day, day.AddMonths(ETTIMonths).AddDays(-1)})
		}
	}
	return out
}

// addUse adds hours to a ceiling already running, or starts one.
func addUse(list []Ceiling, use Ceiling) []Ceiling {
	for i, c := range slices.Backward(list) {
		if c.Rule == use.Rule && c.User == use.User && (use.From <= c.Until || use.Rule == RuleETTI24) {
			list[i].Used += use.Used
			list[i].Lot = use.Lot
			list[i].Limit = max(c.Limit, use.Limit)
			return list
		}
	}
	return append(list, use)
}

// Row is the person as lists show her on a day.
func (f ParticipantFile) Row(today Date) ParticipantRow {
	row := ParticipantRow{Participant: f.Participant, Name: f.Name}
	for _, e := range f.Eligibilities {
		if !slices.Contains(row.Categories, e.Category) {
			row.Categories = append(row.Categories, e.Category)
		}
	}
	for _, l := range f.Lines {
		row.Hours += l.Hours
		row.Counted += l.Counted
	}
	var latest Date
	for _, a := range f.Assignments {
		site := f.Sites[a.Placement]
		if a.Start >= latest {
			latest, row.Employer = a.Start, site.Employer
		}
		if a.End != "" && a.End < today {
			continue
		}
		if _, ok, why := site.Clause.Eligible(f.Eligibilities, a.Start); !ok && !site.Clause.Rules.AnyPublic {
			row.Ineligible = why
		}
	}
	for _, w := range f.Windows(f.Sites) {
		if w.To >= today && row.WindowEnds == "" {
			row.WindowEnds = w.To
		}
	}
	for _, c := range f.Ceilings(f.Sites) {
		if c.Until >= today {
			row.Ceiling = max(row.Ceiling, c.Share(today))
		}
	}
	return row
}

// Watched is what Aujourd'hui looks for about one assignment, worked out with its
// hours.
type Watched struct {
	Window  Date        // when the person's own window ends on this contract
	Ceiling BasisPoints // used of an AI ceiling
	Mission Date        // first day of an ETTI mission in the same user firm
	Lacks   string      // why no eligibility holds
}
