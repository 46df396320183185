package insertion

import "fmt"

// Dues works out the three figures of a clause from its deeds. Hours become due
// from what was invoiced, or from what was affirmed and amended; the forecast
// takes purchase orders as consumed evenly over their duration (La Zone,
// clause-sociale/documentation, specifications v0). The error is that of
// Compute for the clause as signed.
func (c Clause) Dues(deeds []Deed, today Date) (Dues, error) {
	signed, err := c.Compute()
	if err != nil {
		return Dues{}, err
	}
	d := Dues{Contractual: signed.Hours, End: c.End}
	d.Trace.Contractual = signed.Trace
	for _, one := range deeds {
		if later := one.End; later > d.End && (one.Kind == Amendment || one.Kind == Renewal && one.Affirmed != "") {
			d.End = later
		} else if one.Kind == Amendment && later != "" {
			d.End = later // an amendment may also bring the end forward
		}
	}
	if c.Basis == ByInvoiced {
		return c.invoicedDues(d, deeds, today)
	}
	return c.affirmedDues(d, deeds)
}

// invoicedDues: hours follow invoices, the forecast follows orders.
func (c Clause) invoicedDues(d Dues, deeds []Deed, today Date) (Dues, error) {
	var invoiced, consumed, ordered Cents
	var invoices, orders int
	for _, one := range deeds {
		switch one.Kind {
		case Invoice:
			invoices++
			invoiced += one.Amount
		case Order:
			orders++
			ordered += one.Amount
			consumed += one.consumed(today)
		}
	}
	base := func(amount Cents) (Due, error) {
		m := c
		m.Invoiced = max(0, amount)
		return m.Compute()
	}
	d.Amount = c.Invoiced
	if invoices > 0 {
		d.Amount = invoiced
		d.Trace.ToDate = append(d.Trace.ToDate, fmt.Sprintf("%s = %s", Counted(invoices, "facture", "factures"), invoiced))
	} else {
		d.Trace.ToDate = append(d.Trace.ToDate, fmt.Sprintf("aucune facture saisie : montant de la fiche, %s", c.Invoiced))
	}
	due, err := base(d.Amount)
	if err != nil {
		return d, err
	}
	d.ToDate = due.Hours
	d.Trace.ToDate = append(d.Trace.ToDate, due.Trace...)
	d.Expected = d.Amount
	if orders > 0 {
		d.Expected = max(d.Amount, consumed) + ordered - consumed
		d.Trace.Forecast = append(d.Trace.Forecast,
			fmt.Sprintf("%s = %s, dont %s consommés au %s (consommation supposée linéaire)", Counted(orders, "bon de commande", "bons de commande"), ordered, consumed, today.French()),
			fmt.Sprintf("facturé %s, ou consommé si c'est plus, + reste à consommer %s = %s", d.Amount, ordered-consumed, d.Expected))
	} else {
		d.Expected = max(d.Amount, c.Invoiced)
		d.Trace.Forecast = append(d.Trace.Forecast, fmt.Sprintf("aucun bon de commande saisi : %s", d.Expected))
	}
	forecast, err := base(d.Expected)
	if err != nil {
		return d, err
	}
	d.Forecast = forecast.Hours
	d.Trace.Forecast = append(d.Trace.Forecast, forecast.Trace...)
	return d, nil
}

// consumed is the part of an order used up on a day, evenly over its days.
func (d Deed) consumed(today Date) Cents {
	total := d.End.DaysSince(d.Start) + 1
	if total <= 0 || today < d.Start {
		return 0
	}
	return Cents(mulDiv(int64(d.Amount), int64(min(total, today.DaysSince(d.Start)+1)), int64(total)))
}

// affirmedDues: hours follow the tranches affirmed and the amendments.
func (c Clause) affirmedDues(d Dues, deeds []Deed) (Dues, error) {
	now, end := sum{hours: d.Contractual, amount: c.Amount}, sum{hours: d.Contractual, amount: c.Amount}
	now.say("au marché : %s", d.Contractual)
	end.say("au marché : %s", d.Contractual)
	for _, one := range deeds {
		hours, how, err := c.attached(one)
		if err != nil {
			return d, err
		}
		text := fmt.Sprintf("%s du %s%s : %s (%s)", one.Kind, one.Dated.French(), spaced(one.Label), signed(hours), how)
		switch {
		case one.Kind == Amendment:
			now.add(hours, one.Amount, text)
			end.add(hours, one.Amount, text)
		case one.Kind == Tranche || one.Kind == Renewal:
			if one.Affirmed != "" {
				now.add(hours, one.Amount, text)
			} else {
				text += ", non affermie"
			}
			end.add(hours, one.Amount, text)
		}
	}
	d.ToDate, d.Amount, d.Trace.ToDate = max(0, now.hours), now.amount, now.trace
	d.Forecast, d.Expected, d.Trace.Forecast = max(0, end.hours), end.amount, end.trace
	if invoiced := invoicedBy(deeds); c.ByAmount && invoiced > 0 {
		d.Amount = invoiced // the share elapsed by amount: invoiced ÷ expected
	}
	return d, nil
}

func invoicedBy(deeds []Deed) (total Cents) {
	for _, one := range deeds {
		if one.Kind == Invoice {
			total += one.Amount
		}
	}
	return total
}

// sum adds hours and says how.
type sum struct {
	hours  Hours
	amount Cents
	trace  []string
}

func (s *sum) say(format string, args ...any) {
	s.trace = append(s.trace, fmt.Sprintf(format, args...))
}

func (s *sum) add(h Hours, amount Cents, text string) {
	s.hours += h
	s.amount += amount
	s.trace = append(s.trace, fmt.Sprintf("%s → %s", text, s.hours))
}

// attached is the hours a deed brings or takes: as the contract states them, else
// by the clause's own formula on the amount.
func (c Clause) attached(d Deed) (Hours, string, error) {
	if d.Hours != 0 {
		return d.Hours, "heures stipulées", nil
	}
	if d.Amount == 0 || c.Basis != ByLabourShare {
		return 0, "sans heures", nil
	}
	m := c
	m.Amount = max(d.Amount, -d.Amount)
	due, err := m.Compute()
	if err != nil {
		return 0, "", err
	}
	if d.Amount < 0 {
		return -due.Hours, "formule de la clause sur " + d.Amount.String(), nil
	}
	return due.Hours, "formule de la clause sur " + d.Amount.String(), nil
}

func signed(h Hours) string {
	if h > 0 {
		return "+" + h.String()
	}
	return h.String()
}

func spaced(label string) string {
	if label == "" {
		return ""
	}
	return " « " + label + " »"
}
