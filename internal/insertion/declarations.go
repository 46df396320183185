package insertion

import (
	"fmt"
	"slices"
)

// DefaultDueDay is the day of the month after a period before which a
// declaration is due (CCAP 21_BAM_048 art. 1.4: before the 15th).
const DefaultDueDay = 15

// Validate checks a calendar a person typed; the error is a *FieldError.
func (c Calendar) Validate() error {
	switch {
	case !slices.Contains(Rhythms(), c.Rhythm):
		return &FieldError{"rythme", "mensuel, trimestriel, dates propres, ou rien"}
	case c.DueDay < 0 || c.DueDay > 28:
		return &FieldError{"jour", "un jour du mois, de 1 à 28"}
	case c.Rhythm == OwnDates && len(c.Dates) == 0:
		return &FieldError{"dates", "donnez les derniers jours des périodes"}
	case !slices.IsSorted(c.Dates):
		return &FieldError{"dates", "les dates vont dans l'ordre"}
	}
	return nil
}

// Rhythms lists the rhythms in the order forms offer them.
func Rhythms() []Rhythm { return []Rhythm{NoRhythm, Monthly, Quarterly, OwnDates} }

// Label is the French name of the rhythm.
func (r Rhythm) Label() string {
	if r == NoRhythm {
		return "sans déclaration demandée"
	}
	return string(r)
}

// Declarations lists the periods of a clause over by a day, the latest first,
// and where each stands. The first and last periods are cut by the clause's own
// dates. A period is received when receipts cover all its months.
func (c Calendar) Declarations(lot LotID, start, end Date, receipts []Receipt, today Date) []Declaration {
	if c.Rhythm == NoRhythm || start == "" {
		return nil
	}
	stop := today.Month().Add(-1) // the last month over
	if end != "" && end < today {
		stop = min(end.Month(), today.Month())
	}
	var out []Declaration
	for _, p := range c.periods(start.Month(), stop, end) {
		d := Declaration{Lot: lot, From: p.from, To: p.to, DueOn: c.due(p.to)}
		d.Received, d.Document = received(p, receipts)
		switch {
		case d.Received != "":
			d.Late = max(0, d.Received.DaysSince(d.DueOn))
		case today > d.DueOn:
			d.Late = today.DaysSince(d.DueOn)
		}
		out = append(out, d)
	}
	slices.Reverse(out)
	return out
}

// due is the day before which the declaration of a period is to arrive.
func (c Calendar) due(to Month) Date {
	day := c.DueDay
	if day == 0 {
		day = DefaultDueDay
	}
	return Date(fmt.Sprintf("%s-%02d", to.Add(1), day))
}

type period struct{ from, to Month }

// periods cuts the months from first to stop; end closes the last one early.
func (c Calendar) periods(first, stop Month, end Date) []period {
	var out []period
	from := first
	for _, m := range Months(first, stop) {
		if c.closes(m) || end != "" && m == end.Month() {
			out = append(out, period{from, m})
			from = m.Add(1)
		}
	}
	return out
}

// closes tells whether a period ends with a month.
func (c Calendar) closes(m Month) bool {
	switch c.Rhythm {
	case Monthly:
		return true
	case Quarterly:
		return slices.Contains([]string{"03", "06", "09", "12"}, string(m[5:]))
	}
	return slices.ContainsFunc(c.Dates, func(d Date) bool { return d.Month() == m })
}

// received is the day the last receipt completed a period; "" while a month of
// it is missing.
func received(p period, receipts []Receipt) (on Date, document string) {
	for _, m := range Months(p.from, p.to) {
		var first Receipt
		for _, r := range receipts {
			if r.From <= m && m <= r.To && (first.Received == "" || r.Received < first.Received) {
				first = r
			}
		}
		if first.Received == "" {
			return "", ""
		}
		if first.Received > on {
			on, document = first.Received, first.Document
		}
	}
	return on, document
}

// Validate checks a receipt a person typed; the error is a *FieldError.
func (r Receipt) Validate(today Date) error {
	switch {
	case r.From == "" || r.To == "" || r.To < r.From:
		return &FieldError{"periode", "du premier au dernier mois, dans l'ordre"}
	case r.Received == "":
		return &FieldError{"recu_le", "la date manque"}
	case r.Received > today:
		return &FieldError{"recu_le", "une déclaration ne peut être reçue dans l'avenir"}
	case r.Document == "":
		return &FieldError{"document", "dites ce qui a été reçu : un courriel, un relevé…"}
	}
	return nil
}
