package insertion

import "fmt"

// Holds tells whether the assignment has at least one day in the month.
func (a Assignment) Holds(m Month) bool {
	return a.Start <= m.Last() && (a.End == "" || a.End >= m.First())
}

// Away says why no hours are taken in a month outside the assignment, with its
// dates; "" when the month has a day of it.
func (a Assignment) Away(m Month) string {
	if a.Holds(m) {
		return ""
	}
	return fmt.Sprintf("%s n'est pas affectée au placement %d en %s : son affectation court %s",
		a.Participant.Code(), a.Placement, m.French(), span{a.Start, a.End}.words())
}

// CheckMonth refuses hours in a month outside the assignment; the error is a
// *FieldError.
func (a Assignment) CheckMonth(m Month) error {
	if away := a.Away(m); away != "" {
		return &FieldError{"heures", away}
	}
	return nil
}

// How a figure of a month is told from a slip of the hand: neither has a source.
const (
	usualMonths  = 6            // last months looked at
	usualTimes   = 3            // times their mean
	usualAtLeast = Hours(35_00) // below it no figure is doubted
)

// Unusual tells whether hours typed for a month are many times what the person
// usually works there, and that usual: the mean of the months entered among the
// six before, of those the row holds.
func (r LineRow) Unusual(m Month, h Hours) (usual Hours, doubtful bool) {
	var sum, n Hours
	for _, c := range r.Cells {
		if c.By != "" && c.Hours > 0 && c.Month < m && c.Month >= m.Add(-usualMonths) {
			sum, n = sum+c.Hours, n+1
		}
	}
	if n == 0 {
		return 0, false
	}
	usual = sum / n
	return usual, h > usualAtLeast && h > usualTimes*usual
}
