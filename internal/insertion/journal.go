package insertion

import "time"

// ChangeID numbers a change of the journal.
type ChangeID int64

// Change is one thing a person did, as the journal keeps it for ever.
type Change struct {
	ID     ChangeID
	At     time.Time
	By     string
	What   string // a French sentence: « clause du lot 12 : 833 h »
	Lot    LotID  // 0 when it concerns none
	Undoes ChangeID
	Undone bool
	Rows   []ChangeRow
}

// ChangeRow is one row of the file before and after, as JSON objects; nil
// before is a creation, nil after a removal.
type ChangeRow struct {
	Table         string
	Row           int64
	Before, After []byte
}

// ImportID numbers an import.
type ImportID int64

// Import is what one file brought. New, Updated, Unchanged and Refused sum to
// Read.
type Import struct {
	ID        ImportID
	File      string
	Format    string
	Hash      string // SHA-256 of the bytes read, hexadecimal
	At        time.Time
	By        string
	Read      int
	New       int
	Updated   int
	Unchanged int
	Refused   int
	Refusals  []Refusal
	Warnings  int
	Complete  bool   // false when cancelled or cut short
	Problem   string // why it stopped early
}

// Refusal says which record was not taken, where, and why.
type Refusal struct {
	Record int    `json:"enregistrement"`  // number in the file, from 1
	Line   int    `json:"ligne,omitempty"` // first line in the file, 0 when unknown
	Field  string `json:"champ"`
	Value  string `json:"valeur"`
	Reason string `json:"raison"`
}
