package insertion

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
)

// Social is what a notice declares under « considérations sociales ».
// The zero value is unknown: the 2019 format says nothing, which is not "none".
type Social uint8

// The flags combine; NoSocial excludes the others.
const (
	SocialClause    Social = 1 << iota // « Clause sociale »
	SocialCriterion                    // « Critère social »
	SocialReserved                     // « Marché réservé » or « Concession réservée »
	NoSocial                           // « Pas de considération sociale »
)

// Positive tells whether a clause, a criterion or a reservation is declared.
func (s Social) Positive() bool { return s&(SocialClause|SocialCriterion|SocialReserved) != 0 }

// Words lists the declared considerations in the words of the DECP schema.
func (s Social) Words() []string {
	var words []string
	for _, w := range []struct {
		flag Social
		word string
	}{
		{SocialClause, "Clause sociale"}, {SocialCriterion, "Critère social"},
		{SocialReserved, "Marché réservé"}, {NoSocial, "Pas de considération sociale"},
	} {
		if s&w.flag != 0 {
			words = append(words, w.word)
		}
	}
	return words
}

// Place is where a contract is performed, as declared and as understood.
type Place struct {
	Code string // as declared: INSEE code, postal code, département, région
	Kind string // normalised: "commune", "code postal", "département", "région", "pays", "arrondissement", "canton" or ""
	Name string
	// Understood by the gazetteer; empty or zero when it could not.
	INSEE      string
	Department string // "92", "2A", "971"
	Lat, Lon   float64
	Basis      PlaceBasis
}

// PlaceBasis says how the coordinates of a place were obtained.
type PlaceBasis string

// From the most to the least precise.
const (
	PlaceExact      PlaceBasis = "commune"
	PlacePostal     PlaceBasis = "code postal"
	PlaceBuyer      PlaceBasis = "commune de l'acheteur"
	PlaceBuyerGroup PlaceBasis = "intercommunalité de l'acheteur" // its centre of population; INSEE stays empty
	PlaceDepartment PlaceBasis = "centre du département"
	PlaceRegion     PlaceBasis = "centre de la région"
	PlaceUnknown    PlaceBasis = ""
)

// Known tells whether the place has usable coordinates.
func (p Place) Known() bool { return p.Basis != PlaceUnknown && (p.Lat != 0 || p.Lon != 0) }

// Modification is one published change of a contract. Nil and empty fields did
// not change.
type Modification struct {
	Number      int
	Date        Date // of notification or signature
	Published   Date
	Amount      *Cents
	Months      *int
	Object      string
	Contractors []Party
}

// Notice is one award notice, cleaned at the border: NFC, no control
// characters, no line breaks. One notice is one lot (DECP: « objet du marché
// public ou du lot »).
type Notice struct {
	Reference    string // the buyer's own id
	FrameworkRef string // idAccordCadre
	Concession   bool
	Buyer        Party
	Object       string
	LotNumber    string // read in the object: "3", "2b"; "" when none
	Nature       string
	Procedure    string
	CCAG         string
	Techniques   []string
	Execution    []string // modalités d'exécution
	PriceForm    string
	CPV          string // 8 digits, "" when unknown
	Place        Place
	Months       int // duration in months, 0 unknown
	Notified     Date
	Published    Date
	Amount       Cents // initial, before any modification
	// AmountDoubtful marks 0, 1, repeated digits, more than 11 digits: kept,
	// shown « montant à vérifier », left out of totals.
	AmountDoubtful bool
	Social         Social
	Contractors    []Party // the first is the presumed lead of a group
	Group          string  // "Conjoint", "Solidaire" or ""
	Subcontractors []Party
	Modifications  []Modification // in order of date
	Source         string         // platform named by the record, if any
}

// CurrentAmount is the amount after the last modification that changes it.
func (n Notice) CurrentAmount() Cents {
	amount := n.Amount
	for _, m := range n.Modifications {
		if m.Amount != nil {
			amount = *m.Amount
		}
	}
	return amount
}

// CurrentMonths is the duration after the last modification that changes it.
func (n Notice) CurrentMonths() int {
	months := n.Months
	for _, m := range n.Modifications {
		if m.Months != nil {
			months = *m.Months
		}
	}
	return months
}

// CurrentContractors are the contractors after the last modification that
// names any.
func (n Notice) CurrentContractors() []Party {
	parties := n.Contractors
	for _, m := range n.Modifications {
		if len(m.Contractors) > 0 {
			parties = m.Contractors
		}
	}
	return parties
}

// SortDate is the date lists are sorted on: the notification, or the
// publication when the notification is missing or later than the publication.
func (n Notice) SortDate() Date {
	if n.Notified == "" || (n.Published != "" && n.Notified > n.Published) {
		return cmp.Or(n.Published, n.Notified)
	}
	return n.Notified
}

// NoticeKey identifies a notice across files.
type NoticeKey [16]byte

// Key is the natural key: buyer, normalised id, sorted contractors,
// notification date, initial amount and object. Neither (buyer, id) nor the
// official key suffices: one buyer published 47 lots under one id.
func (n Notice) Key() NoticeKey {
	ids := make([]string, len(n.Contractors))
	for i, c := range n.Contractors {
		ids[i] = c.ID
	}
	slices.Sort(ids)
	var b strings.Builder
	for _, part := range []string{
		n.Buyer.ID, n.foldedReference(), strings.Join(ids, ","), string(n.Notified),
		strconv.FormatInt(int64(n.Amount), 10), n.Object,
	} {
		b.WriteString(part)
		b.WriteByte(0)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return NoticeKey(sum[:16])
}

// foldedReference ignores the case, spaces and punctuation platforms add to ids.
func (n Notice) foldedReference() string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 32
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r > 127:
			return r
		}
		return -1
	}, n.Reference)
}
