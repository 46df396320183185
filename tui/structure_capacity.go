package tui

import (
	"strings"

	"passerelle/internal/insertion"
)

// capacityText writes the free hours from a month on as they are typed: the
// usual figure, then the months that differ, « 150 ; 08/2026=0 ».
func capacityText(capacity []insertion.MonthHours, from insertion.Month) string {
	times := map[insertion.Hours]int{}
	var usual insertion.Hours
	for _, c := range capacity {
		if c.Month >= from {
			times[c.Hours]++
			if times[c.Hours] > times[usual] {
				usual = c.Hours
			}
		}
	}
	if len(times) == 0 {
		return ""
	}
	text := usual.Number()
	for _, c := range capacity {
		if c.Month >= from && c.Hours != usual {
			text += " ; " + c.Month.French() + "=" + c.Hours.Number()
		}
	}
	return text
}

// readCapacity gives the twelve months to come the figure typed, and each month
// named its own. Months that are over keep what was declared.
func (s *structureForm) readCapacity(st *insertion.Structure) error {
	in := s.form.input("capacite")
	if in.value() == in.first {
		return nil
	}
	now := insertion.DateOf(s.now()).Month()
	var kept []insertion.MonthHours
	for _, c := range st.Capacity {
		if c.Month < now {
			kept = append(kept, c)
		}
	}
	st.Capacity = kept
	if strings.TrimSpace(in.value()) == "" {
		return nil
	}
	usual, own, err := parseCapacity(in.value())
	if err != nil {
		return &insertion.FieldError{Field: "capacite", Reason: err.Error()}
	}
	for _, m := range insertion.Months(now, now.Add(11)) {
		if _, named := own[m]; !named {
			own[m] = usual
		}
	}
	last := now.Add(11)
	for m := range own {
		last = max(last, m)
	}
	for _, m := range insertion.Months(now, last) {
		if h, ok := own[m]; ok {
			st.Capacity = append(st.Capacity, insertion.MonthHours{Month: m, Hours: h})
		}
	}
	return nil
}

// parseCapacity reads « 150 ; 08/2026=0 ».
func parseCapacity(text string) (usual insertion.Hours, own map[insertion.Month]insertion.Hours, err error) {
	own = map[insertion.Month]insertion.Hours{}
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		name, figure, named := strings.Cut(part, "=")
		if !named {
			if usual, err = insertion.ParseHours(part); err != nil {
				return 0, nil, err
			}
			continue
		}
		m, err := insertion.ParseMonth(name)
		if err != nil {
			return 0, nil, err
		}
		if own[m], err = insertion.ParseHours(figure); err != nil {
			return 0, nil, err
		}
	}
	return usual, own, nil
}
