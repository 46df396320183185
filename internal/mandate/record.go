package mandate

import "passerelle/internal/insertion"

// RecordID numbers a record of the mandate.
type RecordID int64

// Record is one sheet filled. Values holds the canonical text of each field; a
// field left empty is not there.
type Record struct {
	ID      RecordID
	Kind    Kind
	Parent  RecordID
	Dated   insertion.Date
	Values  map[string]string
	By      string
	Version int64
}
