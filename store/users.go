package store

import (
	"context"
	"database/sql"
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

// FindUser finds who may enter by her name, exactly; else by the only name that
// differs from it by case or accents. The error is insertion.ErrNotFound, or
// insertion.ErrDuplicate when several do.
func (s *Store) FindUser(ctx context.Context, name string) (insertion.User, error) {
	users, err := s.Users(ctx)
	if err != nil {
		return insertion.User{}, err
	}
	name = strings.TrimSpace(name)
	var alike []insertion.User
	for _, u := range users {
		if u.Name == name {
			return u, nil
		}
		if alikeNames(u.Name, name) {
			alike = append(alike, u)
		}
	}
	switch len(alike) {
	case 0:
		return insertion.User{}, insertion.ErrNotFound
	case 1:
		return alike[0], nil
	}
	return insertion.User{}, insertion.ErrDuplicate
}

// alikeNames tells whether two names are told apart by case, accents or punctuation
// only.
func alikeNames(a, b string) bool { return folded(a) != "" && folded(a) == folded(b) }

// soleName refuses a name that only case or accents tell from another's: nobody
// would know who is meant. The same name is left to the file's own rule.
func (r *record) soleName(u insertion.User) error {
	users, err := query(r, r.Tx, scanUser, "SELECT id, name, role, buyers, version FROM user")
	if err != nil {
		return err
	}
	for _, other := range users {
		if other.ID == u.ID && other.Name == u.Name {
			return nil // not renamed: one entered before this rule keeps her name
		}
	}
	for _, other := range users {
		if other.ID != u.ID && other.Name != u.Name && alikeNames(other.Name, u.Name) {
			return &insertion.FieldError{Field: "nom", Reason: fmt.Sprintf("« %s » s'écrit comme « %s », qui entre déjà, aux majuscules, aux accents ou à la ponctuation près : ajoutez de quoi les distinguer, un nom de famille par exemple", u.Name, other.Name)}
		}
	}
	return nil
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

// SaveUser creates a user (ID 0) with her keys, or changes one and leaves her keys
// alone. The error is an *insertion.FieldError, of « cle » for a key somebody has, of
// « nom » for a name too close to another's;
// insertion.ErrDuplicate for a name already taken; insertion.ErrStale; or
// insertion.ErrLastFacilitator: see Anyway.
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
	what := fmt.Sprintf("utilisateur %s : %s", u.Name, u.Role)
	if u.ID == 0 {
		what = fmt.Sprintf("utilisateur ajouté : %s, %s", u.Name, u.Role)
	}
	err = s.change(ctx, by, what, 0, func(r *record) (err error) {
		if err := r.soleName(u); err != nil {
			return err
		}
		if id == 0 {
			id, err = r.exec("INSERT INTO user (name, role, buyers) VALUES (?, ?, ?)", u.Name, u.Role, string(buyers))
			r.created("user", id)
			for _, k := range u.Keys {
				if err == nil {
					err = r.addKey(insertion.UserID(id), k, insertion.DateOf(s.now()))
				}
			}
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

// RemoveUser takes a user and her keys away: her sessions end. The error may be
// insertion.ErrLastFacilitator: see Anyway.
func (s *Store) RemoveUser(ctx context.Context, by string, id insertion.UserID) error {
	if err := s.may(insertion.ActUsers); err != nil {
		return err
	}
	return s.change(ctx, by, "utilisateur retiré", 0, func(r *record) error {
		var name string
		if err := r.QueryRowContext(r, "SELECT name FROM user WHERE id = ?", id).Scan(&name); err != nil {
			return err
		}
		r.what += " : " + name
		keys, err := userKeys(r, r.Tx, id)
		if err != nil {
			return err
		}
		for _, k := range keys { // first: undone, she is back before they are
			if err := r.touch("user_key", k.ID); err != nil {
				return err
			}
			if err := r.remove("user_key", k.ID); err != nil {
				return err
			}
		}
		if err := r.touch("user", int64(id)); err != nil {
			return err
		}
		return r.remove("user", int64(id))
	})
}

// AddKey registers a public key of a user. The error is an *insertion.FieldError of
// « cle » when somebody already has it.
func (s *Store) AddKey(ctx context.Context, by string, id insertion.UserID, k insertion.UserKey) error {
	if err := s.may(insertion.ActUsers); err != nil {
		return err
	}
	var name string
	if err := s.r.QueryRowContext(ctx, "SELECT name FROM user WHERE id = ?", id).Scan(&name); err != nil {
		return named(err)
	}
	return s.change(ctx, by, "clé de "+name+" ajoutée : "+k.Fingerprint, 0, func(r *record) error {
		return r.addKey(id, k, insertion.DateOf(s.now()))
	})
}

func (r *record) addKey(id insertion.UserID, k insertion.UserKey, day insertion.Date) error {
	if k.Fingerprint == "" || k.Line == "" {
		return &insertion.FieldError{Field: "cle", Reason: "une clé publique, comme « ssh-ed25519 AAAA… »"}
	}
	var has string
	switch err := r.QueryRowContext(r, "SELECT u.name FROM user_key k JOIN user u ON u.id = k.user WHERE k.fingerprint = ?", k.Fingerprint).Scan(&has); {
	case err == nil:
		return &insertion.FieldError{Field: "cle", Reason: "cette clé est déjà celle de " + has + " (" + k.Fingerprint + ")"}
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	row, err := r.exec("INSERT INTO user_key (user, fingerprint, line, label, added) VALUES (?, ?, ?, ?, ?)", id, k.Fingerprint, k.Line, k.Label, day)
	r.created("user_key", row)
	return err
}

// RemoveKey takes one key away: the sessions it opened end. The error may be
// insertion.ErrLastFacilitator: see Anyway.
func (s *Store) RemoveKey(ctx context.Context, by string, fingerprint string) error {
	if err := s.may(insertion.ActUsers); err != nil {
		return err
	}
	return s.change(ctx, by, "clé retirée", 0, func(r *record) error {
		var id int64
		var name string
		if err := r.QueryRowContext(r, "SELECT k.id, u.name FROM user_key k JOIN user u ON u.id = k.user WHERE k.fingerprint = ?", fingerprint).Scan(&id, &name); err != nil {
			return err
		}
		r.what = "clé de " + name + " retirée : " + fingerprint
		if err := r.touch("user_key", id); err != nil {
			return err
		}
		return r.remove("user_key", id)
	})
}

// Anyway is the same file, in which the last facilitator who may enter can be put
// out: otherwise the change is refused with insertion.ErrLastFacilitator.
func (s *Store) Anyway() *Store {
	out := *s
	out.anyway = true
	return &out
}

// entering counts the facilitators of every buyer who have a key.
func (r *record) entering() (n int, err error) {
	err = r.QueryRowContext(r, `SELECT count(*) FROM user u WHERE u.role = ? AND u.buyers = '[]' AND EXISTS (SELECT 1 FROM user_key k WHERE k.user = u.id)`, insertion.Facilitator).Scan(&n)
	return n, err
}

// someoneLeft refuses a change after which no facilitator enters any more.
func (r *record) someoneLeft() error {
	if r.entered == nil || *r.entered == 0 || r.anyway {
		return nil
	}
	if n, err := r.entering(); err != nil || n > 0 {
		return err
	}
	return insertion.ErrLastFacilitator
}
