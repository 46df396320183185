package main

import (
	"context"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
	"passerelle/store"
)

// lotPage is a lot in full, as JSON.
type lotPage struct {
	lotJSON
	Nature      string          `json:"nature"`
	Procedure   string          `json:"procedure"`
	Months      int             `json:"duree_mois"`
	Notified    insertion.Date  `json:"date_notification"`
	Published   insertion.Date  `json:"date_publication"`
	Initial     float64         `json:"montant_initial"`
	Contractors []partyJSON     `json:"titulaires"`
	Typed       []typedJSON     `json:"saisies"`
	Clause      *clauseJSON     `json:"clause_ecrite"`
	Pace        *paceJSON       `json:"rythme"`
	Intros      []introJSON     `json:"propositions"`
	Placements  []placementJSON `json:"placements"`
	History     []eventJSON     `json:"historique"`
}

// paceJSON is the pace of a lot with a clause: hours done over those awaited.
type paceJSON struct {
	Share   float64        `json:"part"` // in percent
	Awaited float64        `json:"attendues"`
	By      insertion.Date `json:"au"` // "" when counted on what is invoiced
}

type typedJSON struct {
	Field    string `json:"champ"`
	Typed    string `json:"saisi"`
	Imported string `json:"importe"`
}

type eventJSON struct {
	On   insertion.Date `json:"date"`
	By   string         `json:"par"`
	What string         `json:"quoi"`
}

func (p *program) showLot(ctx context.Context, s *store.Store, name string) error {
	lot, err := p.lotNamed(ctx, s, name)
	if err != nil {
		return err
	}
	intros, err := s.Introductions(ctx, lot.ID)
	if err != nil {
		return err
	}
	placements, err := s.Placements(ctx, lot.ID)
	if err != nil {
		return err
	}
	history, err := s.History(ctx, lot.ID, 100)
	if err != nil {
		return err
	}
	page := lotPage{
		lotJSON: lotOf(lot.LotRow), Nature: lot.Notice.Nature, Procedure: lot.Notice.Procedure, Months: lot.Notice.CurrentMonths(),
		Notified: lot.Notice.Notified, Published: lot.Notice.Published, Initial: plainEuros(lot.Notice.Amount),
		Contractors: []partyJSON{}, Typed: []typedJSON{}, Intros: introsOf(intros), Placements: placementsOf(placements), History: []eventJSON{},
	}
	for _, o := range lot.Contractors {
		page.Contractors = append(page.Contractors, partyOf(o.Party))
	}
	for _, f := range lot.Typed {
		page.Typed = append(page.Typed, typedJSON{f.Field, f.Typed, f.Imported})
	}
	if lot.Clause != nil {
		page.Clause = clauseOf(*lot.Clause)
		page.Pace = &paceJSON{percent(lot.Pace), plainHours(lot.Awaited.Hours), lot.Awaited.By}
	}
	for _, e := range history {
		page.History = append(page.History, eventJSON{e.On, e.By, e.What})
	}
	return p.answer(page, func() { p.tellLot(lot, page, intros, placements) })
}

func (p *program) tellLot(lot insertion.Lot, page lotPage, intros []insertion.Introduction, placements []insertion.Placement) {
	p.say("Lot %d — %s", lot.ID, lot.Object)
	facts := [][2]string{
		{"référence", lot.Reference}, {"acheteur", lot.Buyer.Label()}, {"étape", string(lot.Stage)},
		{"notifié le", lot.Notice.Notified.French()}, {"montant", amountWords(lot.LotRow)},
		{"considérations", strings.Join(lot.Social.Words(), ", ")}, {"CPV", lot.CPV},
		{"lieu", placeWords(lot.Place)},
	}
	for _, o := range lot.Contractors {
		facts = append(facts, [2]string{"titulaire", o.Party.Label()})
	}
	if lot.Notice.Amount != lot.Amount {
		facts = append(facts, [2]string{"montant initial", lot.Notice.Amount.Round()})
	}
	for _, f := range page.Typed {
		facts = append(facts, [2]string{"saisi : " + f.Field, f.Typed + " (le fichier dit : " + f.Imported + ")"})
	}
	p.facts(facts)
	if lot.Clause == nil {
		p.say("Clause : pas encore écrite (« passerelle clause %d --help »)", lot.ID)
	} else {
		p.tellClause(*lot.Clause)
		p.say("Heures : %s dues, %s prévues, %s faites", lot.Hours.Due, lot.Hours.Planned, lot.Hours.Done)
		p.say("Rythme : %s", lot.PaceWords())
	}
	if len(intros) > 0 {
		p.say("")
		p.tellIntros(intros)
	}
	if len(placements) > 0 {
		p.say("")
		p.tellPlacements(placements)
	}
	for i, e := range page.History {
		if i == 0 {
			p.say("\nHistorique :")
		}
		p.say("  %s  %s  %s", e.On.French(), e.By, e.What)
	}
}

// facts writes aligned « label  value » lines, without the empty ones.
func (p *program) facts(facts [][2]string) {
	for _, f := range facts {
		if f[1] != "" && f[1] != "—" {
			p.say("  %-16s %s", f[0], f[1])
		}
	}
}

func placeWords(pl insertion.Place) string {
	if pl.Name == pl.Code {
		pl.Name = place.National().Label(pl)
	}
	words := strings.TrimSpace(pl.Code + " " + pl.Name)
	if pl.Basis != insertion.PlaceUnknown {
		words += " (situé par : " + string(pl.Basis) + ")"
	}
	return words
}
