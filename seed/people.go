package seed

import (
	"slices"

	"passerelle/internal/insertion"
)

// team are the fictitious persons at work on one placement.
type team []insertion.Assignment

// hire finds people for a placement: as many as its busiest month asks for. One
// placement in six declares totals without saying whose hours they are.
func (s *story) hire(id insertion.PlacementID, p insertion.Placement) (team, error) {
	if len(p.Months) == 0 || p.Months[0].Month >= s.today.Month() || s.r.IntN(6) == 0 {
		return nil, nil
	}
	busiest := insertion.Hours(0)
	for _, m := range p.Months {
		busiest = max(busiest, m.Planned)
	}
	var out team
	for i := range max(2, min(5, int(busiest/insertion.WholeHours(30))+1)) {
		start := p.Months[0].Month.First().AddDays(s.r.IntN(9))
		a, err := s.recruit(id, p, start, i)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// recruit makes one person: what the clause needs and nothing else.
func (s *story) recruit(id insertion.PlacementID, p insertion.Placement, start insertion.Date, rank int) (insertion.Assignment, error) {
	communes := []string{"92050", "92036", "92078", "92004", "92024", "92025", "92007", "92046", "92020", "92002"}
	born := s.today.Time().Year() - 19 - s.r.IntN(40)
	person := insertion.Participant{
		Born: born, Sex: []insertion.Sex{insertion.Woman, insertion.Man, insertion.Man}[s.r.IntN(3)],
		INSEE: communes[s.r.IntN(len(communes))], Level: insertion.Level(2 + s.r.IntN(4)), Entered: start.AddDays(-10),
	}
	s.clock.on(min(start.AddDays(-6), s.today))
	n, err := s.base.SaveParticipant(s.ctx, author, person)
	if err != nil {
		return insertion.Assignment{}, err
	}
	if err := s.prove(n, start, s.today.Time().Year()-born); err != nil {
		return insertion.Assignment{}, err
	}
	a := insertion.Assignment{Participant: n, Placement: id, Lot: p.Lot, Employment: s.contract(p), Start: start, Weekly: insertion.WholeHours(int64(24 + 2*s.r.IntN(6))), Tutor: rank == 0}
	if last := p.Months[len(p.Months)-1].Month.Last(); last < s.today {
		a.End = last
	}
	a.ID, err = s.base.SaveAssignment(s.ctx, author, a)
	if err != nil || a.End == "" || s.today.DaysSince(a.End) < 20 {
		return a, err
	}
	return a, s.leave(n, a.End)
}

// prove has the proof seen before the start, save for one person in twelve.
func (s *story) prove(n insertion.ParticipantID, start insertion.Date, age int) error {
	luck := s.r.IntN(12)
	if luck == 0 {
		return nil
	}
	e := insertion.Eligibility{Participant: n, Category: "DELD", Dated: start.AddDays(-20), Seen: min(start.AddDays(-4), s.today)}
	switch {
	case age < 26:
		e.Category = "JEUNE"
	case age > 50 && luck%2 == 0:
		e.Category = "SENIOR"
	case luck < 5:
		e.Category = "RSA"
	case luck == 6:
		e.Category, e.Until = "RQTH", s.today.AddDays(10+s.r.IntN(500))
	case luck == 7:
		e.Category = "QPV"
	case luck == 8:
		e.Category, e.Until = "REFUGIE", s.today.AddDays(12+s.r.IntN(300))
	case luck == 9:
		e.Category, e.Until = "IAE", start.AddDays(730)
	}
	e.Proof = insertion.Proofs(e.Category)[0].Code
	s.clock.on(e.Seen)
	_, err := s.base.SaveEligibility(s.ctx, author, e)
	return err
}

// contract is what the modality usually comes with.
func (s *story) contract(p insertion.Placement) insertion.Employment {
	switch p.Modality {
	case insertion.DirectHire:
		return insertion.CDD
	case insertion.Secondment:
		return insertion.Supplied
	}
	return insertion.CDDI
}

// leave says what became of a person whose work ended.
func (s *story) leave(n insertion.ParticipantID, last insertion.Date) error {
	f, err := s.base.Participant(s.ctx, n)
	if err != nil {
		return err
	}
	p := f.Participant
	p.Left, p.Exit = last, insertion.Exits()[s.r.IntN(4)]
	if s.today.DaysSince(last) > 200 && s.r.IntN(3) > 0 {
		p.Asked, p.Later = min(last.AddMonths(6).AddDays(5), s.today), insertion.Exits()[s.r.IntN(5)]
	}
	s.clock.on(min(last.AddDays(8), s.today))
	_, err = s.base.SaveParticipant(s.ctx, author, p)
	return err
}

// enter writes the hours of a month: shared over the team, or as a total.
func (s *story) enter(id insertion.PlacementID, people team, m insertion.Month, done insertion.Hours) error {
	people = slices.DeleteFunc(slices.Clone(people), func(a insertion.Assignment) bool { return a.Start > m.Last() || a.End != "" && a.End < m.First() })
	if len(people) == 0 {
		return s.base.SetHours(s.ctx, author, id, m, insertion.PlacementMonth{}, insertion.PlacementMonth{Month: m, Done: done, Entered: true})
	}
	var edits []insertion.LineEdit
	left := done
	for i, a := range people {
		h := left / insertion.Hours(len(people)-i) / 25 * 25
		if i == len(people)-1 {
			h = left
		}
		left -= h
		edits = append(edits, insertion.LineEdit{Assignment: a.ID, Month: m, Hours: h, Source: "relevé (fictif)"})
	}
	return s.base.SetLines(s.ctx, author, edits)
}

// declare notes the declarations that came: some are late, a few never did.
func (s *story) declare(lot insertion.LotID, c insertion.Clause) error {
	silent := s.r.IntN(5) == 0
	all := c.Calendar.Declarations(lot, c.Start, c.End, nil, s.today)
	for i, d := range slices.Backward(all) {
		if silent && i == 0 {
			continue // the last one has not come
		}
		on := min(d.DueOn.AddDays(s.r.IntN(14)-9), s.today)
		s.clock.on(on)
		if _, err := s.base.Receive(s.ctx, author, insertion.Receipt{Lot: lot, From: d.From, To: d.To, Received: on, Document: "relevé trimestriel (fictif)"}); err != nil {
			return err
		}
	}
	return nil
}

// invoice plays the invoices and the purchase order of a clause that follows
// them.
func (s *story) invoice(lot insertion.LotID, c insertion.Clause) error {
	if c.Basis != insertion.ByInvoiced || c.Start >= s.today {
		return nil
	}
	s.clock.on(c.Start)
	order := insertion.Deed{Lot: lot, Kind: insertion.Order, Label: "BC 1 (fictif)", Dated: c.Start, Amount: c.Invoiced, Start: c.Start, End: c.End}
	if _, err := s.base.SaveDeed(s.ctx, author, order); err != nil {
		return err
	}
	months := insertion.Months(c.Start.Month(), c.End.Month())
	for i, m := range months {
		day := m.Last()
		if day >= s.today {
			break
		}
		s.clock.on(day)
		d := insertion.Deed{Lot: lot, Kind: insertion.Invoice, Label: "F" + string(m), Dated: day, Amount: c.Invoiced / insertion.Cents(len(months)) / 100 * 100}
		if i%3 == 2 {
			d.Amount += insertion.Euros(1500)
		}
		if _, err := s.base.SaveDeed(s.ctx, author, d); err != nil {
			return err
		}
	}
	return nil
}
