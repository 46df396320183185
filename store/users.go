package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"passerelle/internal/insertion"
)

// Users lists who may enter, by name, with their keys.
func (s *Store) Users(ctx context.Context) ([]insertion.User, error) {
	if err := s.may(insertion.ActUsers); err != nil {
		return nil, err
	}
	users, err := query(ctx, s.r, scanUser, "SELECT id, name, role, buyers, version FROM user ORDER BY name, id")
	if err != nil {
		return nil, err
	}
	for i := range users {
		if users[i].Keys, err = userKeys(ctx, s.r, users[i].ID); err != nil {
			return nil, err
		}
	}
	return users, nil
}

func scanUser(scan func(...any) error) (u insertion.User, err error) {
	var buyers []byte
	if err = scan(&u.ID, &u.Name, &u.Role, &buyers, &u.Version); err != nil {
		return u, err
	}
	return u, json.Unmarshal(buyers, &u.Buyers)
}

func userKeys(ctx context.Context, q querier, id insertion.UserID) ([]insertion.UserKey, error) {
	return query(ctx, q, func(scan func(...any) error) (k insertion.UserKey, err error) {
		err = scan(&k.ID, &k.Fingerprint, &k.Line, &k.Label, &k.Added)
		return k, err
	}, "SELECT id, fingerprint, line, label, added FROM user_key WHERE user = ? ORDER BY id", id)
}

// Enter tells who a key lets in; the error is insertion.ErrNotFound when nobody
// registered it.
func (s *Store) Enter(ctx context.Context, fingerprint string) (insertion.Access, error) {
	u, err := query(ctx, s.r, scanUser, `SELECT u.id, u.name, u.role, u.buyers, u.version
		FROM user_key k JOIN user u ON u.id = k.user WHERE k.fingerprint = ?`, fingerprint)
	if err == nil && len(u) == 0 {
		err = insertion.ErrNotFound
	}
	if err != nil {
		return insertion.Access{}, err
	}
	return insertion.Access{User: u[0].ID, Name: u[0].Name, Role: u[0].Role, Buyers: u[0].Buyers}, nil
}

// SaveUser creates (ID 0) or changes a user, without her keys. The error is an
// *insertion.FieldError, insertion.ErrDuplicate for a name already taken, or
// insertion.ErrStale.
func (s *Store) SaveUser(ctx context.Context, by string, u insertion.User) (insertion.UserID, error) {
	if err := s.may(insertion.ActUsers); err != nil {
		return 0, err
	}
	u.Name = strings.TrimSpace(u.Name)
	if u.Name == "" {
		return 0, &insertion.FieldError{Field: "nom", Reason: "le nom manque"}
	}
	if !u.Role.Known() {
		return 0, &insertion.FieldError{Field: "role", Reason: "facilitateur, délégation ou lecteur"}
	}
	buyers, err := json.Marshal(u.Buyers)
	if err != nil || u.Buyers == nil {
		buyers = []byte("[]")
	}
	id := int64(u.ID)
	err = s.change(ctx, by, fmt.Sprintf("utilisateur %s : %s", u.Name, u.Role), 0, func(r *record) (err error) {
		if id == 0 {
			id, err = r.exec("INSERT INTO user (name, role, buyers) VALUES (?, ?, ?)", u.Name, u.Role, string(buyers))
			r.created("user", id)
			return err
		}
		var now int64
		if err := r.QueryRowContext(r, "SELECT version FROM user WHERE id = ?", id).Scan(&now); err != nil {
			return err
		}
		if now != u.Version {
			return insertion.ErrStale
		}
		if err := r.touch("user", id); err != nil {
			return err
		}
		_, err = r.exec("UPDATE user SET name = ?, role = ?, buyers = ?, version = version + 1 WHERE id = ?", u.Name, u.Role, string(buyers), id)
		return err
	})
	return insertion.UserID(id), err
}

// RemoveUser takes a user and her keys away: her sessions end.
func (s *Store) RemoveUser(ctx context.Context, by string, id insertion.UserID) error {
	if err := s.may(insertion.ActUsers); err != nil {
		return err
	}
	return s.change(ctx, by, "utilisateur retiré", 0, func(r *record) error {
		keys, err := userKeys(r, r.Tx, id)
		if err != nil {
			return err
		}
		if err := r.touch("user", int64(id)); err != nil {
			return err
		}
		if !r.rows[0].before.Valid {
			return insertion.ErrNotFound
		}
		for _, k := range keys {
			if err := r.touch("user_key", k.ID); err != nil {
				return err
			}
			if err := r.remove("user_key", k.ID); err != nil {
				return err
			}
		}
		return r.remove("user", int64(id))
	})
}

// AddKey registers a public key of a user. The error is insertion.ErrDuplicate
// when somebody already has it.
func (s *Store) AddKey(ctx context.Context, by string, id insertion.UserID, k insertion.UserKey) error {
	if err := s.may(insertion.ActUsers); err != nil {
		return err
	}
	if k.Fingerprint == "" || k.Line == "" {
		return &insertion.FieldError{Field: "cle", Reason: "une clé publique, comme « ssh-ed25519 AAAA… »"}
	}
	var name string
	if err := s.r.QueryRowContext(ctx, "SELECT name FROM user WHERE id = ?", id).Scan(&name); err != nil {
		return named(err)
	}
	return s.change(ctx, by, "clé de "+name+" ajoutée : "+k.Fingerprint, 0, func(r *record) error {
		row, err := r.exec("INSERT INTO user_key (user, fingerprint, line, label, added) VALUES (?, ?, ?, ?, ?)",
			id, k.Fingerprint, k.Line, k.Label, insertion.DateOf(s.now()))
		r.created("user_key", row)
		return err
	})
}

// RemoveKey takes one key away: the sessions it opened end.
func (s *Store) RemoveKey(ctx context.Context, by string, fingerprint string) error {
	if err := s.may(insertion.ActUsers); err != nil {
		return err
	}
	return s.change(ctx, by, "clé retirée : "+fingerprint, 0, func(r *record) error {
		var id int64
		if err := r.QueryRowContext(r, "SELECT id FROM user_key WHERE fingerprint = ?", fingerprint).Scan(&id); err != nil {
			return err
		}
		if err := r.touch("user_key", id); err != nil {
			return err
		}
		return r.remove("user_key", id)
	})
}

// AddDoorEvent keeps an event of the door. It is never undone nor rewritten.
func (s *Store) AddDoorEvent(ctx context.Context, v insertion.DoorEvent) error {
	_, err := s.w.ExecContext(ctx, "INSERT INTO visit (at, kind, by, fingerprint, address, text, status, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		s.instant(), v.Kind, v.By, v.Fingerprint, v.Address, v.Text, v.Status, v.Line)
	if errors.Is(named(err), insertion.ErrReadOnly) {
		return insertion.ErrReadOnly
	}
	return named(err)
}

// DoorEvents reads the journal of the door, newest first, before a number (0 = the
// newest); kind narrows it when it is not empty.
func (s *Store) DoorEvents(ctx context.Context, kind string, before int64, limit int) ([]insertion.DoorEvent, error) {
	if err := s.may(insertion.ActJournal); err != nil {
		return nil, err
	}
	if before == 0 {
		before = 1 << 62
	}
	where, args := "id < ?", []any{before}
	if kind != "" {
		where, args = "kind = ? AND id < ?", []any{kind, before}
	}
	if s.narrowed() { // what others did is of lots she may not see
		where, args = where+" AND by = ?", append(args, s.access.Name)
	}
	if !s.access.May(insertion.ActUsers) { // keys of strangers
		where += " AND kind <> 'refus'"
	}
	return query(ctx, s.r, func(scan func(...any) error) (v insertion.DoorEvent, err error) {
		var at string
		err = scan(&v.ID, &at, &v.Kind, &v.By, &v.Fingerprint, &v.Address, &v.Text, &v.Status, &v.Line)
		v.At = instantOf(at)
		return v, err
	}, "SELECT id, at, kind, by, fingerprint, address, text, status, line FROM visit WHERE "+where+" ORDER BY id DESC LIMIT ?", append(args, limit)...)
}
