package seed

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// author signs what the demonstration did before anyone opened it.
const author = "démonstration"

// story plays two years of a facilitator's work on the lots of the
// demonstration, each act dated by the day it would have happened.
type story struct {
	ctx        context.Context
	base       *store.Store
	clock      *clock
	r          *rand.Rand
	today      insertion.Date
	structures map[string]insertion.StructureID // by SIRET
}

// clock is what the store dates by while the story is played.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// on moves the clock to ten o'clock of a day, a minute later at each act.
func (c *clock) on(d insertion.Date) {
	at := d.Time().Add(10 * time.Hour)
	if at.After(c.at.Truncate(24*time.Hour).Add(24*time.Hour)) || c.at.Sub(at) > 12*time.Hour {
		c.at = at
		return
	}
	c.at = c.at.Add(time.Minute)
}

// play goes through the lots in the order they were notified.
func (s *story) play() error {
	list := awards(s.today)
	slices.SortStableFunc(list, func(a, b award) int { return strings.Compare(string(a.notified), string(b.notified)) })
	for _, a := range list {
		if !strings.Contains(a.social, "Clause sociale") {
			continue
		}
		id, err := s.lotOf(a)
		if err != nil {
			return fmt.Errorf("%s : %w", a.object, err)
		}
		if err := s.follow(id, a); err != nil {
			return fmt.Errorf("%s : %w", a.object, err)
		}
	}
	return nil
}

func (s *story) lotOf(a award) (insertion.LotID, error) {
	found, err := s.base.FindLots(s.ctx, siret(buyerBlock+a.buyer)+":"+a.reference)
	if err != nil {
		return 0, err
	}
	for _, l := range found {
		if l.Object == a.object {
			return l.ID, nil
		}
	}
	return 0, insertion.ErrNotFound
}

// follow takes one lot as far as its age and chance allow.
func (s *story) follow(id insertion.LotID, a award) error {
	age := s.today.DaysSince(a.notified)
	luck := s.r.IntN(100)
	if age < 10 || luck < 12 {
		return nil // the clause is still to be written
	}
	clause, due, err := s.write(id, a)
	if err != nil {
		return err
	}
	if age < 35 || luck < 20 {
		return nil // still without a structure
	}
	able := s.able(a)
	if len(able) == 0 {
		return nil
	}
	intros, err := s.propose(id, able, clause.Start.AddDays(-12))
	if err != nil || age < 55 || luck < 25 {
		return err // proposals still unanswered
	}
	return s.place(id, a, clause, due, intros)
}

// write writes the clause sheet two weeks after the notification.
func (s *story) write(id insertion.LotID, a award) (insertion.Clause, insertion.Hours, error) {
	start := a.notified.AddDays(30)
	c := insertion.Clause{
		Lot: id, Basis: insertion.ByLabourShare, Amount: a.amount, LabourShare: insertion.BasisPoints(a.piece.share * 100),
		Rate: insertion.BasisPoints(500 + 100*s.r.IntN(4)), HourlyCost: insertion.Euros(int64(28 + 2*s.r.IntN(4))), RoundTo: insertion.WholeHours(5),
		Start: start, End: start.AddMonths(min(a.months, 24)), Contact: "service clause sociale (fictif)",
		Perimeter: "prestations du lot (fictif)", Publics: everyPublic(), Calendar: insertion.Calendar{Rhythm: insertion.Quarterly},
		Penalty: insertion.Penalty{PerHour: insertion.Euros(int64(40 + 10*s.r.IntN(4))), PerDay: insertion.Euros(100), AfterNotice: true, Cap: 1000, AllMeans: true},
	}
	switch s.r.IntN(10) {
	case 0:
		c.Basis, c.Fixed = insertion.ByFixedVolume, insertion.WholeHours(int64(35*(4+s.r.IntN(20))))
	case 1:
		c.Basis, c.Step, c.Threshold = insertion.ByInvoiced, insertion.Euros(1500), insertion.Euros(20_000)
		c.Invoiced = a.amount * 6 / 10
	}
	due, err := c.Compute()
	if err != nil {
		return c, 0, err
	}
	s.clock.on(a.notified.AddDays(15))
	if err := s.base.SaveClause(s.ctx, author, c, 0); err != nil {
		return c, 0, err
	}
	if err := s.declare(id, c); err != nil {
		return c, 0, err
	}
	return c, due.Hours, s.exchange(insertion.Contact{Lot: id, Kind: insertion.Visit, On: a.notified.AddDays(16), Text: "réunion de lancement : modalités, calendrier, interlocuteur"})
}

// everyPublic accepts the whole list of CCAP 21_BAM_048.
func everyPublic() []string {
	var codes []string
	for _, p := range insertion.Publics() {
		codes = append(codes, p.Code)
	}
	return codes
}

// able are the outfits that could do a lot, the nearest commune first.
func (s *story) able(a award) []int {
	var out []int
	for i, o := range outfits() {
		if slices.Contains(strings.Fields(o.trades), a.piece.trade) {
			out = append(out, i)
		}
	}
	s.r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	slices.SortStableFunc(out, func(i, j int) int { return far(outfits()[i], a) - far(outfits()[j], a) })
	return out[:min(len(out), 2+s.r.IntN(3))]
}

// far is 0 in the commune of the work, 1 elsewhere.
func far(o outfit, a award) int {
	if o.insee == a.insee {
		return 0
	}
	return 1
}

func (s *story) propose(id insertion.LotID, able []int, on insertion.Date) ([]insertion.Introduction, error) {
	s.clock.on(min(on, s.today.AddDays(-1)))
	var list []insertion.Introduction
	for rank, i := range able {
		list = append(list, insertion.Introduction{Lot: id, Structure: s.structures[siret(structureBlock+i)], Rank: rank + 1, Score: float64(86 - 7*rank), Rule: "démonstration"})
	}
	if err := s.base.Propose(s.ctx, author, list); err != nil {
		return nil, err
	}
	return s.base.Introductions(s.ctx, id)
}

// place has the first structure accept and the others answer, then plans and
// enters the hours.
func (s *story) place(id insertion.LotID, a award, c insertion.Clause, due insertion.Hours, intros []insertion.Introduction) error {
	reasons := []string{"équipes déjà engagées", "secteur trop éloigné", "pas d'encadrant disponible", "hors de nos métiers"}
	slices.Reverse(intros)
	for i, in := range intros {
		s.clock.on(min(c.Start.AddDays(-5+i), s.today.AddDays(-1)))
		to, reason := insertion.Accepted, ""
		if i > 0 {
			to, reason = insertion.Declined, reasons[s.r.IntN(len(reasons))]
		}
		if i == 2 && s.today.DaysSince(a.notified) < 120 {
			to, reason = insertion.Contacted, ""
		}
		if err := s.base.MoveIntroduction(s.ctx, author, in.ID, insertion.Proposed, to, reason); err != nil {
			return err
		}
	}
	first := intros[0]
	if err := s.exchange(insertion.Contact{Lot: id, Structure: first.Structure, Kind: insertion.Call, On: min(c.Start, s.today), Text: "d'accord sur le poste et les horaires"}); err != nil {
		return err
	}
	months := insertion.Months(c.Start.Month(), c.End.Month())
	months = months[:max(1, min(len(months), 20))]
	p := insertion.Placement{
		Lot: id, Introduction: first.ID, Structure: first.Structure, Employer: first.Name, Signed: min(c.Start, s.today),
		Modality: first.Kind.Offers().Split()[0],
	}
	for _, m := range insertion.SpreadEvenly(due*insertion.Hours(100+s.r.IntN(9))/10_000*100, months) {
		p.Months = append(p.Months, insertion.PlacementMonth{Month: m.Month, Planned: m.Hours})
	}
	s.clock.on(min(c.Start.AddDays(2), s.today.AddDays(-1)))
	pid, err := s.base.SavePlacement(s.ctx, author, p)
	if err != nil {
		return err
	}
	if err := s.work(pid, p); err != nil {
		return err
	}
	return s.invoice(id, c)
}

// work enters the hours of the months gone by: most lots keep their pace, some
// drag, and a few have not sent their last months.
func (s *story) work(id insertion.PlacementID, p insertion.Placement) error {
	pace, missing := 102+s.r.IntN(16), 0
	switch s.r.IntN(10) {
	case 0, 1:
		pace = 45 + s.r.IntN(25)
	case 2, 3:
		missing = 1 + s.r.IntN(2)
	}
	people, err := s.hire(id, p)
	if err != nil {
		return err
	}
	past := slices.DeleteFunc(slices.Clone(p.Months), func(m insertion.PlacementMonth) bool { return m.Month >= s.today.Month() })
	for _, m := range past[:max(0, len(past)-missing)] {
		done := m.Planned * insertion.Hours(pace-10+s.r.IntN(21)) / 100 / 25 * 25
		s.clock.on(min(m.Month.Last().AddDays(6), s.today))
		if err := s.enter(id, people, m.Month, done); err != nil {
			return err
		}
	}
	if len(past) == 0 {
		return nil
	}
	return s.exchange(insertion.Contact{Lot: p.Lot, Structure: p.Structure, Kind: insertion.Mail, On: past[len(past)-1].Month.Last().AddDays(min(4, s.today.DaysSince(past[len(past)-1].Month.Last()))), Text: "relevé des heures reçu ou réclamé"})
}

func (s *story) exchange(c insertion.Contact) error {
	c.On = min(c.On, s.today)
	s.clock.on(c.On)
	return s.base.AddContact(s.ctx, author, c)
}
