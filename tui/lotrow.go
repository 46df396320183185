package tui

import (
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
)

// lotColumns are the widths of a row of lots; a width of 0 leaves the column
// out. What says whom to call comes first, the rest as the window grows.
type lotColumns struct{ stage, date, object, buyer, winner, place, amount, hours int }

func lotColumnsFor(w int) lotColumns {
	c := lotColumns{stage: 2, date: 9, winner: 14, amount: 13}
	if w >= 74 {
		c.date, c.winner, c.hours = 11, 16, 15
	}
	if w >= 100 {
		c.buyer, c.winner = 18, 18
	}
	if w >= 116 {
		c.stage, c.hours = 13, 17
	}
	if w >= 140 {
		c.place, c.buyer, c.winner = 20, 26, 26
	}
	if w >= 180 {
		c.buyer, c.winner = 36, 36
	}
	c.object = max(0, w-c.stage-c.date-c.buyer-c.winner-c.place-c.amount-c.hours)
	return c
}

func (c lotColumns) heads() string {
	stage := ""
	if c.stage > 2 {
		stage = "étape"
	}
	return pad(stage, c.stage) + pad("date", c.date) + pad("objet", c.object) + column("acheteur", c.buyer) +
		column("titulaire", c.winner) + column("lieu", c.place) + padLeft("montant HT ", c.amount) + column("clause", c.hours)
}

// column is a text with the space that parts it from the one before.
func column(s string, w int) string {
	if w == 0 {
		return ""
	}
	return " " + pad(s, w-1)
}

// row draws one lot in exactly w cells: one tone at most, so that moving the
// cursor sends little.
func (s *marches) row(r insertion.LotRow, w int, on bool) string {
	return lotLine(s.theme, r, w, on)
}

func lotLine(t *theme, r insertion.LotRow, w int, on bool) string {
	c := lotColumnsFor(w)
	sign, which := mark(r.Stage)
	stage := sign
	if c.stage > 2 {
		stage = sign + " " + string(r.Stage)
	}
	stage = pad(stage, c.stage)
	if !on {
		stage = t.paint(which, stage)
	}
	var b strings.Builder
	b.Grow(2 * w)
	b.WriteString(stage)
	date := r.Date.French()
	if c.date < 11 && len(date) == 10 {
		date = date[:6] + date[8:] // 31/03/26
	}
	b.WriteString(pad(date, c.date))
	b.WriteString(pad(lotCell(r, c.object), c.object))
	b.WriteString(column(partyName(r.Buyer), c.buyer))
	b.WriteString(column(winnerCell(r, c.winner-1), c.winner))
	b.WriteString(column(placeName(r.Place), c.place))
	b.WriteString(padLeft(amountCell(r.Amount, r.Doubtful), c.amount-1))
	b.WriteByte(' ')
	b.WriteString(column(clauseCell(r, c.hours-1), c.hours))
	return b.String()
}

// lotName is the object, headed by the number of the lot when it does not
// already tell it.
func lotName(r insertion.LotRow) string {
	if r.LotNumber == "" || strings.Contains(fold(r.Object), "lot") {
		return r.Object
	}
	return "Lot " + r.LotNumber + " – " + r.Object
}

// lotCell is the object in a narrow column. The lots of one contract begin with
// the same words: when both ends cannot show, the middle goes, not « lot 3 :
// peinture ».
func lotCell(r insertion.LotRow, w int) string {
	object := lotName(r)
	if w < 20 || span(object) <= w {
		return object
	}
	lower := strings.ToLower(object)
	at := strings.LastIndex(lower, " lot ")
	if at < 12 || len(lower) != len(object) {
		return object
	}
	head := w * 2 / 5
	return cut(object[:at], head) + " " + cut(object[at+1:], w-head-1)
}

// partyName is the name in a narrow column; without one, its identifier.
func partyName(p insertion.Party) string {
	if p.Name != "" {
		return p.Name
	}
	return insertion.SpacedSIRET(p.ID)
}

func winners(r insertion.LotRow) string {
	name := partyName(r.Lead)
	if r.Others > 0 {
		return name + " +" + insertion.Thousands(int64(r.Others))
	}
	return name
}

// winnerCell is winners in a narrow column, where a firm without a name is its
// SIREN: half a SIRET would name nobody.
func winnerCell(r insertion.LotRow, w int) string {
	if siren := insertion.SIREN(r.Lead.ID); r.Lead.Name == "" && siren != "" && w < 17 {
		return siren[:3] + " " + siren[3:6] + " " + siren[6:]
	}
	return winners(r)
}

// placeName is « Nanterre (92) ».
func placeName(p insertion.Place) string {
	switch {
	case p.Name == p.Code && p.Name != "":
		return place.National().Label(p)
	case p.Name == "" && p.Department != "":
		return "département " + p.Department
	case p.Name == "":
		return p.Code
	case p.Department == "" || p.Name == p.Department:
		return p.Name
	}
	return p.Name + " (" + p.Department + ")"
}

// amountCell is an amount in whole euros; a doubtful one is never shown bare.
func amountCell(c insertion.Cents, doubtful bool) string {
	switch {
	case doubtful:
		return "à vérifier"
	case c == 0:
		return "—"
	case c >= insertion.Euros(10_000_000_000):
		return insertion.Thousands(int64(c)/100_000_000) + " M€"
	}
	return c.Round()
}

// clauseCell shows hours done of due as bar and number on a followed lot, else
// what the notice declares.
func clauseCell(r insertion.LotRow, w int) string {
	if r.HasClause {
		return doneOfDue(r.Hours, w)
	}
	var words []string
	for _, f := range []struct {
		flag insertion.Social
		word string
	}{{insertion.SocialClause, "clause"}, {insertion.SocialCriterion, "critère"}, {insertion.SocialReserved, "réservé"}} {
		if r.Social&f.flag != 0 {
			words = append(words, f.word)
		}
	}
	return strings.Join(words, " ")
}

// doneOfDue is « ███░░  420/833 h » in w cells: bars of one length down a
// column, numbers aligned right. The number goes first when both do not fit.
func doneOfDue(sum insertion.HoursSum, w int) string {
	number := sum.Done.Whole() + "/" + sum.Due.Whole() + " h"
	nw := span(number)
	bar := min(w-nw-1, max(3, min(12, w-11)))
	if bar < 2 {
		return padLeft(number, w)
	}
	return gauge(int64(sum.Done), int64(sum.Due), bar) + padLeft(number, w-bar)
}
