package store

import (
	"errors"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// keyed is a key named after somebody.
func keyed(name string) insertion.UserKey {
	return insertion.UserKey{Fingerprint: "SHA256:" + name, Line: "ssh-ed25519 " + name}
}

func TestSomebodyWhoseKeyIsAnothersIsNotAddedAtAll(t *testing.T) {
	s := opened(t)
	ctx := t.Context()
	_, err := s.SaveUser(ctx, someone, insertion.User{Name: "Camille", Role: insertion.Delegate, Keys: []insertion.UserKey{keyed("Camille")}})
	must(t, err)
	_, err = s.SaveUser(ctx, someone, insertion.User{Name: "Dominique", Role: insertion.Viewer, Keys: []insertion.UserKey{keyed("Dominique"), keyed("Camille")}})
	var field *insertion.FieldError
	if !errors.As(err, &field) || field.Field != "cle" || !strings.Contains(field.Reason, "celle de Camille") {
		t.Errorf("%v", err)
	}
	users, err := s.Users(ctx)
	must(t, err)
	if len(users) != 1 || len(users[0].Keys) != 1 {
		t.Errorf("%+v", users)
	}
	if changes, err := s.Changes(ctx, 0, 0, 10); err != nil || len(changes) != 1 {
		t.Errorf("%+v %v", changes, err)
	}
	must(t, s.Undo(ctx, someone, 1))
	if users, err := s.Users(ctx); err != nil || len(users) != 0 {
		t.Errorf("undone: %+v %v", users, err)
	}
}

func TestTheLastFacilitatorWhoEntersIsNotPutOutUnlessOneInsists(t *testing.T) {
	s := opened(t)
	ctx := t.Context()
	id, err := s.SaveUser(ctx, someone, insertion.User{Name: "Camille", Role: insertion.Facilitator, Keys: []insertion.UserKey{keyed("Camille")}})
	must(t, err)
	_, err = s.SaveUser(ctx, someone, insertion.User{Name: "Sacha", Role: insertion.Facilitator}) // no key: does not enter
	must(t, err)
	camille := func() insertion.User {
		users, err := s.Users(ctx)
		must(t, err)
		return users[0]
	}
	out := map[string]func(*Store) error{
		"her key": func(v *Store) error { return v.RemoveKey(ctx, someone, "SHA256:Camille") },
		"herself": func(v *Store) error { return v.RemoveUser(ctx, someone, id) },
		"her role": func(v *Store) error {
			u := camille()
			u.Role = insertion.Delegate
			_, err := v.SaveUser(ctx, someone, u)
			return err
		},
		"her buyers": func(v *Store) error {
			u := camille()
			u.Buyers = []insertion.OrganisationID{7}
			_, err := v.SaveUser(ctx, someone, u)
			return err
		},
	}
	for name, do := range out {
		for _, v := range []*Store{s, s.As(insertion.Access{User: id, Name: "Camille", Role: insertion.Facilitator})} {
			if err := do(v); !errors.Is(err, insertion.ErrLastFacilitator) {
				t.Errorf("%s: %v", name, err)
			}
		}
		must(t, do(s.Anyway()))
		if camilleEnters := len(mustUsers(t, s)) == 2 && camille().Enters(); camilleEnters {
			t.Errorf("%s: nothing changed", name)
		}
		last, err := s.LastUndoable(ctx, someone)
		must(t, err)
		must(t, s.Undo(ctx, someone, last.ID))
	}
	must(t, s.AddKey(ctx, someone, camille().ID, keyed("portable")))
	must(t, s.RemoveKey(ctx, someone, "SHA256:Camille")) // she has another
	last, err := s.LastUndoable(ctx, someone)
	must(t, err)
	must(t, s.Undo(ctx, someone, last.ID))
}

func TestUndoingTheKeyOfTheLastFacilitatorIsRefusedToo(t *testing.T) {
	s := opened(t)
	ctx := t.Context()
	id, err := s.SaveUser(ctx, someone, insertion.User{Name: "Camille", Role: insertion.Facilitator})
	must(t, err)
	must(t, s.AddKey(ctx, someone, id, keyed("Camille")))
	last, err := s.LastUndoable(ctx, someone)
	must(t, err)
	if err := s.Undo(ctx, someone, last.ID); !errors.Is(err, insertion.ErrLastFacilitator) {
		t.Errorf("%v", err)
	}
	_, err = s.SaveUser(ctx, someone, insertion.User{Name: "Dominique", Role: insertion.Viewer, Keys: []insertion.UserKey{keyed("Dominique")}})
	must(t, err)
	must(t, s.RemoveKey(ctx, someone, "SHA256:Dominique")) // no facilitator's
}

func mustUsers(t *testing.T, s *Store) []insertion.User {
	t.Helper()
	users, err := s.Users(t.Context())
	must(t, err)
	return users
}

func TestTwoUsersAreNotToldApartByCaseOrAccentsAlone(t *testing.T) {
	s := opened(t)
	ctx := t.Context()
	_, err := s.SaveUser(ctx, someone, insertion.User{Name: "Hélène", Role: insertion.Viewer})
	must(t, err)
	noor, err := s.SaveUser(ctx, someone, insertion.User{Name: "Noor", Role: insertion.Viewer})
	must(t, err)
	for what, u := range map[string]insertion.User{
		"added":   {Name: "helene", Role: insertion.Facilitator},
		"renamed": {ID: noor, Name: "HÉLÈNE", Role: insertion.Viewer, Version: 1},
	} {
		_, err := s.SaveUser(ctx, someone, u)
		var field *insertion.FieldError
		if !errors.As(err, &field) || field.Field != "nom" || !strings.Contains(field.Reason, "« Hélène »") {
			t.Errorf("%s: %v", what, err)
		}
	}
	helene, err := s.FindUser(ctx, "HELENE")
	must(t, err)
	helene.Name = "hélène" // her own name, written otherwise
	_, err = s.SaveUser(ctx, someone, helene)
	must(t, err)
}

func TestOfTwoUsersAlikeTheOneNamedExactlyIsMeant(t *testing.T) {
	s := opened(t)
	ctx := t.Context()
	for _, name := range []string{"Dominique", "dominique"} { // as a file written before could hold
		_, err := s.w.ExecContext(ctx, "INSERT INTO user (name, role) VALUES (?, 'lecteur')", name)
		must(t, err)
	}
	for _, name := range []string{"Dominique", " dominique "} {
		u, err := s.FindUser(ctx, name)
		must(t, err)
		if u.Name != strings.TrimSpace(name) {
			t.Errorf("%q is %q", name, u.Name)
		}
		u.Role = insertion.Delegate // she keeps the name she has
		_, err = s.SaveUser(ctx, someone, u)
		must(t, err)
	}
	if _, err := s.FindUser(ctx, "DOMINIQUE"); !errors.Is(err, insertion.ErrDuplicate) {
		t.Errorf("%v", err)
	}
}
