package insertion

import (
	"slices"
	"strings"
)

// Retention is how long what designates persons is kept. No term has a source
// that could be read (DOMAIN §8: two years after the last contact is usage, the
// others those of public programs of the field): each is shown as « usage, à fixer
// par votre registre » and can be changed. Nothing is ever erased without an act
// of the facilitator.
type Retention struct {
	PersonMonths  int     `json:"personne"` // after the last contact, hours or exit
	FundedMonths  int     `json:"fse"`      // for those who worked on a lot of Funded
	Funded        []LotID `json:"lots_fse"` // financed by FSE+: the proof is kept longer
	NoteMonths    int     `json:"echange"`  // pseudonyms in the text of an exchange
	RefusalMonths int     `json:"refus"`    // lines refused by imports, with their values
	DoorMonths    int     `json:"porte"`    // journal of the door: names, addresses, keys refused
	DraftMonths   int     `json:"brouillon"`
	UserMonths    int     `json:"compte"` // an account nobody uses
	WarnDays      int     `json:"alerte"` // told before the term
	GraceDays     int     `json:"grace"`  // left after the term, for persons and accounts
}

// DefaultRetention are the terms before anyone sets them.
func DefaultRetention() Retention {
	return Retention{PersonMonths: 24, FundedMonths: 120, NoteMonths: 24, RefusalMonths: 12, DoorMonths: 12, DraftMonths: 3, UserMonths: 36, WarnDays: 30, GraceDays: 30}
}

// Usage is what is said beside every term.
const Usage = "usage, à fixer par votre registre"

// Validate checks the ranges; the error is a *FieldError.
func (r Retention) Validate() error {
	for _, n := range []struct {
		field        string
		value, least int
	}{
		{"personne", r.PersonMonths, 1}, {"fse", r.FundedMonths, 1}, {"echange", r.NoteMonths, 1}, {"refus", r.RefusalMonths, 1},
		{"porte", r.DoorMonths, 1}, {"brouillon", r.DraftMonths, 1}, {"compte", r.UserMonths, 1},
	} {
		if n.value < n.least || n.value > 600 {
			return &FieldError{n.field, "de 1 à 600 mois"}
		}
	}
	switch {
	case r.FundedMonths < r.PersonMonths:
		return &FieldError{"fse", "au moins le délai d'une personne : le FSE+ garde plus longtemps"}
	case r.NoteMonths < r.PersonMonths:
		return &FieldError{"echange", "au moins le délai d'une personne : c'est aux échanges que se lit le dernier contact"}
	case r.WarnDays < 0 || r.WarnDays > 365:
		return &FieldError{"alerte", "de 0 à 365 jours"}
	case r.GraceDays < 0 || r.GraceDays > 365:
		return &FieldError{"grace", "de 0 à 365 jours"}
	}
	return nil
}

// ExpiryState is where somebody stands against her term.
type ExpiryState string

// The states.
const (
	ExpiryDue   ExpiryState = "à effacer" // term and grace are over
	ExpiryGrace ExpiryState = "en grâce"  // the term is over
	ExpirySoon  ExpiryState = "bientôt"   // within WarnDays
	ExpiryHeld  ExpiryState = "retenue"   // the term is over, something holds her back
)

// Trail is what is known of a person's last signs, as retention reads them; a Date
// may be "".
type Trail struct {
	Participant ParticipantID
	Signs       []Sign
	Funded      []LotID  // financed lots she worked on
	Holds       []string // French: contracts still running, penalties under way
	Name        bool
	Proofs      int
	Notes       int // exchanges that designate her
	Lines       int
	Hours       Hours
}

// Sign is a day somebody heard of her, and what it was.
type Sign struct {
	On   Date
	What string // « dernières heures »
}

// Expiry is a person whose term is over, or soon will be.
type Expiry struct {
	Participant ParticipantID `json:"-"`
	Code        string        `json:"personne"`
	State       ExpiryState   `json:"etat"`
	Last        Date          `json:"dernier_signe"`
	Sign        string        `json:"signe"`
	Term        Date          `json:"terme"`       // kept until that day
	From        Date          `json:"a_partir_du"` // may be erased from that day
	Held        []string      `json:"retenue_par,omitempty"`
	Name        bool          `json:"nom_tenu"`
	Proofs      int           `json:"preuves"`
	Notes       int           `json:"echanges"`
	Lines       int           `json:"lignes_gardees"`
	Hours       Hours         `json:"-"`
}

// Expires tells where a person stands on a day; false when her term is far.
func (r Retention) Expires(t Trail, today Date) (Expiry, bool) {
	e := Expiry{Participant: t.Participant, Code: t.Participant.Code(), Held: slices.Clone(t.Holds), Name: t.Name, Proofs: t.Proofs, Notes: t.Notes, Lines: t.Lines, Hours: t.Hours}
	for _, s := range t.Signs {
		if s.On > e.Last {
			e.Last, e.Sign = s.On, s.What
		}
	}
	if e.Last == "" {
		return e, false
	}
	e.Term = e.Last.AddMonths(r.PersonMonths)
	e.From = e.Term.AddDays(r.GraceDays)
	if today < e.Term.AddDays(-r.WarnDays) {
		return e, false
	}
	if until := e.Last.AddMonths(r.FundedMonths); len(t.Funded) > 0 && today < until.AddDays(r.GraceDays) {
		e.Held = append(e.Held, "FSE+ (lot "+Thousands(int64(t.Funded[0]))+") : preuves gardées jusqu'au "+until.French())
	}
	switch {
	case today < e.Term:
		e.State = ExpirySoon
	case len(e.Held) > 0:
		e.State = ExpiryHeld
	case today < e.From:
		e.State = ExpiryGrace
	default:
		e.State = ExpiryDue
	}
	return e, true
}

// TraceKind is a kind of trace of persons that is not a person's record.
type TraceKind string

// The traces that have a term.
const (
	TraceNotes    TraceKind = "échanges"
	TraceRefusals TraceKind = "refus d'import"
	TraceDoor     TraceKind = "journal de la porte"
	TraceDrafts   TraceKind = "brouillons"
	TraceAccounts TraceKind = "comptes inutilisés"
)

// TraceKinds lists them in the order reports print them.
func TraceKinds() []TraceKind {
	return []TraceKind{TraceNotes, TraceRefusals, TraceDoor, TraceDrafts, TraceAccounts}
}

// Goes and Stays say in French what erasing a kind takes away, and what it leaves.
func (k TraceKind) Goes() string {
	switch k {
	case TraceNotes:
		return "le pseudonyme, dans l'échange et au journal"
	case TraceRefusals:
		return "les lignes refusées et leurs valeurs"
	case TraceDoor:
		return "connexions, refus et commandes, avec adresses et clés"
	case TraceDrafts:
		return "ce qui était en cours de saisie"
	}
	return "le compte et ses clés"
}

// Stays is what is left of a kind.
func (k TraceKind) Stays() string {
	switch k {
	case TraceNotes:
		return "l'échange, sa date et son texte"
	case TraceRefusals:
		return "l'import et le nombre de refus"
	case TraceDoor:
		return "la dernière connexion de chaque clé connue"
	case TraceDrafts:
		return "rien"
	}
	return "son nom au journal de ce qu'il a fait"
}

// Trace is what of a kind has passed its term.
type Trace struct {
	Kind   TraceKind `json:"genre"`
	Count  int       `json:"nombre"`
	Oldest Date      `json:"depuis"`
	Before Date      `json:"avant_le"` // what is older goes
	Names  []string  `json:"noms,omitempty"`
}

// RetentionReport is what has passed its term on a day: what would be erased, and
// what is held back.
type RetentionReport struct {
	On      Date     `json:"le"`
	Persons []Expiry `json:"personnes"`
	Traces  []Trace  `json:"traces"`
	Rewrite bool     `json:"fichier_a_reecrire"` // an erasure before left the file to be written anew
}

// In counts the persons in a state.
func (r RetentionReport) In(s ExpiryState) int {
	n := 0
	for _, e := range r.Persons {
		if e.State == s {
			n++
		}
	}
	return n
}

// Due are those to erase.
func (r RetentionReport) Due() []ParticipantID {
	var out []ParticipantID
	for _, e := range r.Persons {
		if e.State == ExpiryDue {
			out = append(out, e.Participant)
		}
	}
	return out
}

// Nothing tells that there is nothing to erase.
func (r RetentionReport) Nothing() bool {
	return r.In(ExpiryDue) == 0 && len(r.Traces) == 0 && !r.Rewrite
}

// Words say in French, in one line, what waits, and since when; "" when nothing
// does. Those held back wait for nobody.
func (r RetentionReport) Words() (what string, since Date) {
	var said []string
	count := func(n int, one, many string) {
		if n == 1 {
			said = append(said, "1 "+one)
		} else if n > 1 {
			said = append(said, Thousands(int64(n))+" "+many)
		}
	}
	count(r.In(ExpiryDue), "personne a passé son terme", "personnes ont passé leur terme")
	count(r.In(ExpiryGrace), "personne dans le délai de grâce", "personnes dans le délai de grâce")
	count(r.In(ExpirySoon), "personne y arrive bientôt", "personnes y arrivent bientôt")
	for _, e := range r.Persons {
		if e.State != ExpiryHeld && (since == "" || e.Term < since) {
			since = e.Term
		}
	}
	kinds := make([]string, len(r.Traces))
	for i, t := range r.Traces {
		kinds[i] = string(t.Kind)
		if since == "" || t.Oldest < since {
			since = t.Oldest
		}
	}
	if len(kinds) > 0 {
		said = append(said, "échus : "+strings.Join(kinds, ", "))
	}
	if len(said) == 0 {
		return "", ""
	}
	return strings.Join(said, " ; ") + ". Rien ne s'efface sans vous", since
}

// RetentionDone is what an erasure at term did.
type RetentionDone struct {
	Persons int     `json:"personnes"`
	Proofs  int     `json:"preuves"`
	Lines   int     `json:"lignes_gardees"`
	Changes int     `json:"journal_reecrit"`
	Notes   int     `json:"notes_reecrites"`
	Traces  []Trace `json:"traces"`
	Passed  int     `json:"epargnees"` // announced, but somebody heard of them since
	Doubts  []Doubt `json:"a_relire"`
	Residue string  `json:"reste_a_faire,omitempty"`
}
