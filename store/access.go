package store

import (
	"database/sql"
	"encoding/json"

	"passerelle/internal/insertion"
)

// As is the same file on behalf of somebody: what her role does not allow is
// refused here, by whatever door she came. Closing the file is its owner's.
func (s *Store) As(a insertion.Access) *Store {
	return &Store{handle: s.handle, r: s.readersOf(a), access: a}
}

// ForOthers is the same file, as papers made for others are to see it: names typed
// in its texts are hidden, whoever makes them.
func (s *Store) ForOthers() *Store {
	a := s.access
	a.Others = true
	return s.As(a)
}

// Access is on whose behalf the file is seen.
func (s *Store) Access() insertion.Access { return s.access }

// may refuses what the role does not allow; the error is an *insertion.Forbidden.
func (s *Store) may(act insertion.Act) error { return forbidden(s.access, act) }

func forbidden(a insertion.Access, act insertion.Act) error {
	if a.May(act) {
		return nil
	}
	return &insertion.Forbidden{Role: a.Role, Act: act, Elsewhere: a.Role.May(act)}
}

// mayWhole is may for what writes lots of every buyer.
func (s *Store) mayWhole(act insertion.Act) error {
	if s.narrowed() && s.access.May(act) {
		return &insertion.Forbidden{Role: s.access.Role, Act: act, Elsewhere: true}
	}
	return s.may(act)
}

// author is whose name the journal writes: over SSH the key's, whatever is said.
func (s *Store) author(by string) string {
	if s.access.Name != "" {
		return s.access.Name
	}
	return by
}

// actOn is what writing a row of a table is: whatever the method that does it, a
// change is allowed or not by the rows it touches. A table not named here is for
// those who may write.
func actOn(table string) insertion.Act {
	switch table {
	case "contact":
		return insertion.ActComment
	case "introduction", "exemption":
		return insertion.ActApprove
	case "mandate_record":
		return insertion.ActMandate
	case "setting", "letterhead", "wording":
		return insertion.ActSettings
	case "user", "user_key":
		return insertion.ActUsers
	}
	return insertion.ActWrite
}

// allowed refuses a change one row of which the access may not touch.
func (r *record) allowed(rows []changedRow) error {
	for _, t := range rows {
		act := actOn(t.table)
		if err := forbidden(r.access, act); err != nil {
			return err
		}
		for _, image := range []sql.NullString{t.before, t.after} {
			if ok, err := r.within(t.table, t.row, image); err != nil {
				return err
			} else if !ok {
				return &insertion.Forbidden{Role: r.access.Role, Act: act, Elsewhere: true}
			}
		}
	}
	return nil
}

// within tells whether a row, as it was or as it becomes, is of the buyers the
// access is narrowed to: of a lot of theirs, or of a person at work nowhere else.
func (r *record) within(table string, row int64, image sql.NullString) (ok bool, err error) {
	if len(r.access.Buyers) == 0 || !image.Valid || table == "postponed" {
		return true, nil
	}
	var of struct{ Lot, Participant int64 }
	if err := json.Unmarshal([]byte(image.String), &of); err != nil {
		return false, err
	}
	switch table {
	case "lot", "clause", "exemption":
		of.Lot = row
	case "participant":
		of.Participant = row
	}
	buyers := numbers(r.access.Buyers)
	switch {
	case of.Lot != 0:
		err = r.QueryRowContext(r, "SELECT EXISTS (SELECT 1 FROM lot WHERE id = ? AND buyer IN "+buyers+")", of.Lot).Scan(&ok)
	case of.Participant != 0:
		err = r.QueryRowContext(r, "SELECT NOT EXISTS (SELECT 1 FROM assignment a JOIN lot l ON l.id = a.lot WHERE a.participant = ? AND l.buyer NOT IN "+buyers+")", of.Participant).Scan(&ok)
	}
	return ok, err
}

// whole refuses somebody part of whose record is of buyers hidden from the access;
// call it before anything is said of her.
func (r *record) whole(id insertion.ParticipantID) error {
	image := sql.NullString{String: "{}", Valid: true}
	ok, err := r.within("participant", int64(id), image)
	if err == nil && !ok {
		err = &insertion.Forbidden{Role: r.access.Role, Act: insertion.ActWrite, Elsewhere: true}
	}
	return err
}
