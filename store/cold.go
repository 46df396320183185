package store

import (
	"cmp"
	"encoding/json"
	"errors"
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"passerelle/internal/insertion"
)

// cold is the part of a notice that only the page of the lot shows; it is kept
// as JSON with short names, empty fields left out.
type cold struct {
	Framework  string                   `json:"fw,omitempty"`
	Concession bool                     `json:"cc,omitempty"`
	Nature     string                   `json:"na,omitempty"`
	Procedure  string                   `json:"pr,omitempty"`
	CCAG       string                   `json:"cg,omitempty"`
	Techniques []string                 `json:"te,omitempty"`
	Execution  []string                 `json:"ex,omitempty"`
	PriceForm  string                   `json:"pf,omitempty"`
	PlaceCode  string                   `json:"lc,omitempty"`
	PlaceKind  string                   `json:"lk,omitempty"`
	PlaceName  string                   `json:"ln,omitempty"`
	Months     int                      `json:"mo,omitempty"` // initial duration
	Group      string                   `json:"gr,omitempty"`
	First      []insertion.Party        `json:"fi,omitempty"` // initial contractors, when they changed
	Subs       []insertion.Party        `json:"su,omitempty"`
	Changes    []insertion.Modification `json:"mf,omitempty"`
	Source     string                   `json:"so,omitempty"`
}

func coldOf(n insertion.Notice) cold {
	c := cold{
		Framework: n.FrameworkRef, Concession: n.Concession, Nature: n.Nature, Procedure: n.Procedure, CCAG: n.CCAG,
		Techniques: n.Techniques, Execution: n.Execution, PriceForm: n.PriceForm,
		PlaceCode: n.Place.Code, PlaceKind: n.Place.Kind, PlaceName: n.Place.Name,
		Months: n.Months, Group: n.Group, Subs: n.Subcontractors, Changes: n.Modifications, Source: n.Source,
	}
	if len(n.Modifications) > 0 {
		c.First = n.Contractors
	}
	return c
}

// into lays the cold part back over a notice.
func (c cold) into(n *insertion.Notice) {
	n.FrameworkRef, n.Concession, n.Nature, n.Procedure, n.CCAG = c.Framework, c.Concession, c.Nature, c.Procedure, c.CCAG
	n.Techniques, n.Execution, n.PriceForm = c.Techniques, c.Execution, c.PriceForm
	n.Place.Code, n.Place.Kind, n.Place.Name = c.PlaceCode, c.PlaceKind, c.PlaceName
	n.Months, n.Group, n.Subcontractors, n.Modifications, n.Source = c.Months, c.Group, c.Subs, c.Changes, c.Source
	if len(c.First) > 0 {
		n.Contractors = c.First
	}
}

// hot is a notice ready to be written: what the columns of lot hold.
type hot struct {
	notice  insertion.Notice
	key     insertion.NoticeKey
	hash    int64
	cold    string
	place   string
	now     insertion.Cents
	months  int
	holders []insertion.Party
	group   string // what its contract's lots share
}

func heat(n insertion.Notice) (hot, error) {
	doc, err := json.Marshal(coldOf(n))
	if err != nil {
		return hot{}, err
	}
	h := hot{
		notice: n, key: storedKey(n), cold: string(doc), place: cmp.Or(n.Place.Name, n.Place.Code),
		now: n.CurrentAmount(), months: n.CurrentMonths(), holders: n.CurrentContractors(), group: contractGroup(n),
	}
	h.hash = h.fingerprint()
	return h, nil
}

// storedKey is the natural key of a notice, the day of notification first: the
// notices of one file are of a few weeks, and so touch few pages of the index.
func storedKey(n insertion.Notice) insertion.NoticeKey {
	key := n.Key()
	day := byDate(n.Notified, 0) >> dayShift
	key[0], key[1] = byte(day>>8), byte(day)
	return key
}

// heatAll makes notices ready, half of them on another core: the rest of an
// import has only one writer.
func heatAll(notices []insertion.Notice) ([]hot, error) {
	hots := make([]hot, len(notices))
	some := func(from, to int) error {
		for i := from; i < to; i++ {
			var err error
			if hots[i], err = heat(notices[i]); err != nil {
				return err
			}
		}
		return nil
	}
	half := len(notices) / 2
	var g errgroup.Group
	g.Go(func() error { return some(0, half) })
	err := some(half, len(notices))
	return hots, errors.Join(err, g.Wait())
}

// fingerprint is a hash of everything a notice says beside names, which are
// learnt apart.
func (h hot) fingerprint() int64 {
	f := fnv.New64a()
	for _, part := range []string{
		h.cold, h.notice.CPV, h.place, h.notice.Place.INSEE, h.notice.Place.Department, string(h.notice.Published),
		strconv.FormatInt(int64(h.now), 10), strconv.Itoa(h.months), strconv.Itoa(int(h.notice.Social)),
		strconv.FormatBool(h.notice.AmountDoubtful),
	} {
		f.Write([]byte(part))
		f.Write([]byte{0})
	}
	for _, p := range h.holders {
		f.Write([]byte(p.ID))
	}
	return int64(f.Sum64())
}

// replaces tells whether this version of a notice wins over the one known: the
// later publication, and for the same day always the same one of the two, so
// that reading a file again changes nothing.
func (h hot) replaces(published insertion.Date, hash int64) bool {
	last := h.notice.Published
	if last != published {
		return last > published
	}
	return h.hash > hash
}

// contract is the number of the contract of a buyer's lots: a hash, so that no
// table need be kept. Two contracts of a file of millions meet once in millions
// of files.
func (h hot) contract(buyer int64) int64 {
	f := fnv.New64a()
	f.Write([]byte(strconv.FormatInt(buyer, 10) + "\x00" + h.group))
	return int64(f.Sum64() >> 1)
}

var lotWord = regexp.MustCompile(`(?i)[\s\-–—:;,.(]*\blots?\b\s*(n\s*[°ºo]?|num[ée]ro)?\s*\d+`)

// contractGroup finds what the lots of one contract share: the framework's
// reference, else the title before « Lot 3 », else their own reference.
func contractGroup(n insertion.Notice) string {
	if n.FrameworkRef != "" {
		return "ac:" + n.FrameworkRef
	}
	if n.LotNumber != "" {
		if at := lotWord.FindStringIndex(n.Object); at != nil && at[0] >= 12 {
			return "ob:" + strings.ToUpper(strings.Join(strings.Fields(n.Object[:at[0]]), " "))
		}
	}
	return "id:" + n.Reference
}
