package mandate

import (
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// RecordID numbers a record of the mandate.
type RecordID int64

// Record is one sheet filled. Values holds the canonical text of each field; a
// field left empty is not there.
type Record struct {
	ID      RecordID
	Kind    Kind
	Parent  RecordID
	Dated   insertion.Date // the value of the field its sheet is sorted by
	Values  map[string]string
	By      string
	Version int64
}

// Text is the canonical text of a field, "" when nothing is said.
func (r Record) Text(name string) string { return r.Values[name] }

// Said tells whether a field holds something.
func (r Record) Said(name string) bool { return r.Values[name] != "" }

// Whole is a number: a count, a year, minutes, or what the canonical text of the
// field counts. 0 when nothing is said.
func (r Record) Whole(name string) int64 {
	n, err := strconv.ParseInt(r.Values[name], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Year is a year, 0 when nothing is said.
func (r Record) Year(name string) int { return int(r.Whole(name)) }

// Amount is money.
func (r Record) Amount(name string) insertion.Cents { return insertion.Cents(r.Whole(name)) }

// Share is a percentage.
func (r Record) Share(name string) insertion.BasisPoints { return insertion.BasisPoints(r.Whole(name)) }

// Date is a day, "" when nothing is said.
func (r Record) Date(name string) insertion.Date { return insertion.Date(r.Values[name]) }

// Ticked tells whether a box is ticked; one nobody answered is not, see Said.
func (r Record) Ticked(name string) bool { return r.Values[name] == "1" }

// Title names the record in a list.
func (r Record) Title() string {
	s, ok := SheetOf(r.Kind)
	if !ok {
		return string(r.Kind)
	}
	f, _ := s.Field(s.Title)
	first, _, _ := strings.Cut(Show(f, r.Values[s.Title]), "\n")
	if c, ok := CommitmentOf(Code(r.Values["code"])); ok && s.Title == "code" {
		return c.Title
	}
	return first
}

// Show writes a field the way people read it, a measure with its unit.
func (r Record) Show(name string) string {
	s, _ := SheetOf(r.Kind)
	f, ok := s.Field(name)
	if !ok {
		return ""
	}
	if c, known := CommitmentOf(Code(r.Values["code"])); f.Type == Measure && known && r.Said(name) {
		return c.Unit.Show(c.Unit.fromHundredths(r.Whole(name)))
	}
	return Show(f, r.Values[name])
}
