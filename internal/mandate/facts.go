package mandate

import (
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// Facts are what the file knows by itself of a year.
type Facts struct {
	Year      int             `json:"annee"`
	Territory Awards          `json:"territoire"`  // in the départements the settings name; all when they name none
	Whole     Awards          `json:"fichier"`     // in the whole file
	Hours     insertion.Hours `json:"-"`           // insertion hours counted, in hundredths
	Followed  int             `json:"lots_suivis"` // lots with a clause running in the year
}

// Tally counts lots and adds their amounts, doubtful ones left out.
type Tally struct {
	Lots   int             `json:"lots"`
	Amount insertion.Cents `json:"-"` // excluding tax, in force
}

// Add adds a lot.
func (t *Tally) Add(amount insertion.Cents) { t.Lots, t.Amount = t.Lots+1, t.Amount+amount }

// Awards are the award notices of a year. A contract groups the lots one buyer
// awarded together; its year is that of its first lot.
type Awards struct {
	Contracts int   `json:"marches"`
	InLots    int   `json:"marches_en_lots"` // several lots, or a lot number
	All       Tally `json:"total"`
	Doubtful  int   `json:"montants_douteux"`
	// By lever, as the notices declare it. LeverUnsaid is the notices that say
	// nothing, as those of the 2019 format.
	Levers map[Lever]int `json:"leviers"`
	// The same by division of the CPV, its two first digits; 0 when not said.
	ByDivision map[int]map[Lever]int `json:"-"`
	// By what is known of a winner, alone or in a group.
	ESS        map[insertion.Status]Tally `json:"ess"`                  // legal form, of the directory or in the name
	Structures Tally                      `json:"structures_insertion"` // whatever their legal form
	Known      int                        `json:"gagnants_connus"`      // lots with a winner whose legal form is known, of the ESS or not
	Sizes      map[Size]Tally             `json:"tailles"`              // of the lead
	Winners    int                        `json:"gagnants"`
	TopTen     insertion.BasisPoints      `json:"-"` // of the amount, won by the ten first
}

// Lever is how a contract serves insertion.
type Lever string

// The levers award notices declare, and the two ways of having none.
const (
	LeverClause    Lever = "clause"
	LeverCriterion Lever = "critère"
	LeverBoth      Lever = "clause et critère"
	LeverReserved  Lever = "réservé"
	LeverService   Lever = "insertion" // the service bought is insertion; notices do not tell it
	LeverNone      Lever = "aucun"
	LeverUnsaid    Lever = "non dit"
)

// LeverOf reads the declared considerations of a notice.
func LeverOf(s insertion.Social) Lever {
	clause, criterion := s&insertion.SocialClause != 0, s&insertion.SocialCriterion != 0
	switch {
	case s&insertion.SocialReserved != 0:
		return LeverReserved
	case clause && criterion:
		return LeverBoth
	case clause:
		return LeverClause
	case criterion:
		return LeverCriterion
	case s == insertion.NoSocial:
		return LeverNone
	}
	return LeverUnsaid
}

// Size is the size of a firm, in the words of INSEE; "" when unknown.
type Size string

// The sizes (décret 2008-1354): PME holds the microenterprises.
const (
	SizePME Size = "PME"
	SizeETI Size = "ETI"
	SizeGE  Size = "GE"
)

// Sizes lists them.
func Sizes() []Size { return []Size{SizePME, SizeETI, SizeGE} }

// Social is the lots that declare a consideration, and those that say anything.
func (a Awards) Social() (positive, said int) { return spoken(a.Levers) }

func spoken(levers map[Lever]int) (positive, said int) {
	for lever, n := range levers {
		switch lever {
		case LeverUnsaid:
		case LeverNone:
			said += n
		default:
			positive, said = positive+n, said+n
		}
	}
	return positive, said
}

// WonByESS is the lots won by the ESS, as far as the file knows.
func (a Awards) WonByESS() Tally {
	var sum Tally
	for status, t := range a.ESS {
		if status.ESS() {
			sum.Lots, sum.Amount = sum.Lots+t.Lots, sum.Amount+t.Amount
		}
	}
	return sum
}

// StatusByName reads the legal form many firms carry in their name; "" when it
// says nothing.
func StatusByName(name string) insertion.Status {
	words := " " + strings.Join(trade.Words(name), " ") + " "
	for _, w := range []struct {
		word   string
		status insertion.Status
	}{
		{" scop ", insertion.StatusSCOP}, {" scic ", insertion.StatusSCIC}, {" association ", insertion.Association}, {" asso ", insertion.Association},
		{" mutuelle ", insertion.Mutual}, {" cooperative ", insertion.Cooperative}, {" fondation ", insertion.Foundation},
	} {
		if strings.Contains(words, w.word) {
			return w.status
		}
	}
	return ""
}

// share is part over whole in basis points, as the measure of a commitment.
func share(part, whole int64) int64 { return int64(insertion.ShareOf(part, whole)) }
