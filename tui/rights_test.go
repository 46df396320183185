package tui_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/document"
	"passerelle/internal/insertion"
	"passerelle/internal/match"
	"passerelle/seed"
	"passerelle/store"
	"passerelle/tui"
)

// A walk goes through every screen of the demonstration on behalf of somebody, and
// does what each key offers to its end with nothing said in advance, so that the
// file alone answers. What it refuses must have been said on the screen, before
// anything was typed, and nothing else.
type walk struct {
	t      *testing.T
	who    insertion.Access
	file   *store.Store
	seen   map[string]bool // screens, by what can be done there
	tried  map[string]bool // keys of screens
	buyer  string
	twin   string // somebody of that buyer only
	finder *kept
}

// at is somebody at a place, after the letter of a room and keys; blind when nothing is said in advance.
func (w *walk) at(blind bool, keys []string) *driver {
	view := w.file.As(w.who)
	deps, _ := paperDesk(view, false)
	deps.Door, deps.Adviser, deps.Finder = doorway{view}, advises{view}, w.finder
	if blind {
		deps.Access = nil
	}
	d := drive(w.t, w.file, deps, keys[0], 120, 60)
	d.press(keys[1:]...)
	return d
}

func standing(d *driver) tui.Standing { return d.app.(*tui.App).Standing() }

func keysOf(d *driver) []tui.Key { return d.app.(*tui.App).Keys() }

// ofRole tells whether a reason is that of the role.
func ofRole(why string) bool {
	return strings.HasPrefix(why, "réservé") || strings.HasPrefix(why, "votre accès est limité")
}

// visit tries every key of the screen that keys lead to, then the screens they open.
func (w *walk) visit(keys ...string) {
	d := w.at(false, keys)
	here, acts := standing(d), keysOf(d)
	sign := here.Screen
	for _, k := range acts {
		sign += " " + k.Key + k.Label
	}
	if w.seen[sign] || here.Form || here.Overlay != "" {
		return
	}
	w.seen[sign] = true
	for _, k := range acts {
		if k.Why != "" && !ofRole(k.Why) || strings.Contains("q esc ? : g / R B u", k.Key) {
			continue
		}
		next := append(slices.Clone(keys), k.Key)
		after := w.at(false, next)
		w.try(keys, here, k, standing(after))
		if standing(after).Screen != here.Screen {
			w.visit(next...)
		}
	}
}

// try does what a key offers, each way it offers. A choice may be refused too.
func (w *walk) try(keys []string, here tui.Standing, k tui.Key, after tui.Standing) {
	name := here.Screen + " " + k.Key + " " + k.Label
	if w.tried[name] {
		return
	}
	refused, idle, ended := false, false, ""
	for way, ways := 0, 1; way < ways; way++ {
		did := w.follow(keys, k.Key, way)
		ways, ended = min(max(1, did.ways), 5), did.ended
		refused, idle = refused || did.refused, idle || did.idle
		said := ofRole(k.Why)
		if way < len(after.Choices) && ofRole(after.Choices[way].Why) {
			if said = true; !did.refused {
				w.t.Errorf("%v %s: the choice %q is said to be refused, and the file does not", keys, name, after.Choices[way].Label)
			}
		}
		if did.refused && !said && did.screen == after.Screen {
			w.t.Errorf("%v %s, way %d: the file refuses, and nothing said so", keys, name, way)
		}
	}
	w.tried[name] = refused || !idle
	if ofRole(k.Why) {
		if !refused && !idle {
			w.t.Errorf("%v %s: said to be refused, and the file does not; it ended:\n%s", keys, name, ended)
		}
	}
}

// done is what came of a key pressed with nothing said in advance.
type done struct {
	refused bool   // by the file, to the role
	idle    bool   // there was nothing to do it to
	ways    int    // the choices offered
	screen  string // it led to
	ended   string // what is left on the screen when nothing was refused
}

// follow presses a key and answers what is asked, the first question with its
// way-th choice.
func (w *walk) follow(keys []string, key string, way int) (did done) {
	d := w.at(true, keys)
	i := slices.IndexFunc(keysOf(d), func(k tui.Key) bool { return k.Key == key })
	if i < 0 || keysOf(d)[i].Why != "" {
		return done{idle: true}
	}
	fill := w.filling()
	d.hear = func(msg tea.Msg) {
		var no *insertion.Forbidden
		did.refused = did.refused || errors.As(tui.ErrorOf(msg), &no)
	}
	if key == "0-9" {
		d.press("7", "enter")
		return done{refused: did.refused, screen: standing(d).Screen, ended: d.screen()}
	}
	d.press(key)
	did.screen = standing(d).Screen
	for range 30 {
		switch now := standing(d); {
		case did.refused:
			return did
		case now.Overlay == "question":
			d.press("o")
		case now.Overlay == "choice":
			did.ways = max(did.ways, len(now.Choices))
			did.idle = did.idle || len(now.Choices) == 0
			for range way {
				d.press("down")
			}
			way = 0
			d.press("enter")
		case now.Overlay == "text":
			d.erase()
			d.write(w.answer(d.screen()))
			d.press("enter")
		case now.Form:
			d.app.(*tui.App).Fill(fill)
			d.press("ctrl+s", "right")
		default:
			did.ended = d.screen()
			for _, nothing := range []string{"Aucune case vide", "Déjà proposée", "elle est terminée", "est déjà placée"} {
				did.idle = did.idle || strings.Contains(did.ended, nothing)
			}
			return did
		}
	}
	did.ended = d.screen()
	return did
}

// answer is what one would write on the line asked for.
func (w *walk) answer(screen string) string {
	switch {
	case strings.Contains(screen, "Clé publique"):
		return publicKey(w.t, 9)
	case strings.Contains(screen, "Réunir"):
		return w.twin
	case strings.Contains(screen, "acheteur"):
		return w.buyer
	case strings.Contains(screen, "date"):
		return "31/12/2026"
	}
	return "essai"
}

// filling is what one would write in a field: its hint when it is empty, and after a
// refusal each of these in turn, until it suits.
func (w *walk) filling() func(field, held, hint string, refused bool) string {
	times := map[string]int{}
	others := []string{"", "10", "01/06/2026", "44229337500014", w.buyer, "92000 Nanterre", publicKey(w.t, 9), "100 %"}
	return func(field, held, hint string, refused bool) string {
		switch {
		case refused && times[field] < len(others):
			times[field]++
			return others[times[field]-1]
		case field == "siretacheteur":
			return w.buyer
		case held == "" && times[field] == 0:
			return hint
		}
		return held
	}
}

func TestWhatARoleMayNotDoIsSaidBeforeAnythingIsTyped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.db")
	must(t, seed.Build(t.Context(), path, insertion.DateOf(noon())))
	furnish(t, path)
	whole, err := os.ReadFile(path)
	must(t, err)
	accesses := []insertion.Access{
		{User: 1, Name: "Lou", Role: insertion.Viewer},
		{User: 1, Name: "Dominique", Role: insertion.Delegate},
		{User: 1, Name: "Sacha", Role: insertion.Facilitator, Buyers: []insertion.OrganisationID{0}},
		{User: 1, Name: "Noor", Role: insertion.Delegate, Buyers: []insertion.OrganisationID{0}},
	}
	if testing.Short() { // under the race detector, one walk takes the time of ten
		accesses = accesses[:1]
	}
	for _, who := range accesses {
		t.Run(fmt.Sprintf("%s %d", who.Role, len(who.Buyers)), func(t *testing.T) {
			t.Parallel()
			mine := filepath.Join(t.TempDir(), "demo.db")
			must(t, os.WriteFile(mine, whole, 0o600))
			s, err := store.OpenAt(t.Context(), mine, noon)
			must(t, err)
			defer func() { must(t, s.Close()) }()
			w := &walk{t: t, who: who, file: s, seen: map[string]bool{}, tried: map[string]bool{}}
			followed, err := s.FollowedBuyers(t.Context())
			must(t, err)
			if w.buyer = followed[0].Party.ID; len(who.Buyers) > 0 {
				w.who.Buyers = []insertion.OrganisationID{followed[0].ID}
			}
			if people, err := s.As(w.who).Participants(t.Context(), insertion.ParticipantFilter{}, 2); err == nil {
				w.twin = people[1].Code()
			}
			w.finder = &kept{findsIn{w.file.As(w.who)}, nil}
			for _, room := range strings.Split("amspvhdbeijurct", "") {
				w.visit(room)
			}
			t.Logf("%d screens, %d keys", len(w.seen), len(w.tried))
		})
	}
}

// kept is the directory read once: it is the same for every screen of a walk.
type kept struct {
	findsIn
	read *match.Directory
}

func (k *kept) Directory(ctx context.Context) (d *match.Directory, err error) {
	if k.read == nil {
		k.read, err = k.findsIn.Directory(ctx)
	}
	return k.read, err
}

// TestAFormThatCannotBeSavedIsReadAndNotTypedIn opens the settings, a room that is a
// form, and a cell of the grid of hours.
func TestAFormThatCannotBeSavedIsReadAndNotTypedIn(t *testing.T) {
	s, _, _ := crew(t, 2)
	view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Delegate})
	d := drive(t, view, allDeps(view), "r", 80, 24)
	d.sees("Lecture seule : réservé au rôle « facilitateur »")
	before := d.screen()
	d.press("tab", "shift+tab")
	d.write("33")
	d.sees("Lecture seule : réservé au rôle « facilitateur »")
	d.misses("Ctrl+S enregistrer")
	d.misses("Espace cocher")
	d.press("ctrl+s")
	d.sees("enregistrer : réservé au rôle « facilitateur »")
	d.send(tea.PasteMsg{Content: "33"})
	d.sees("Lecture seule")
	d.press("tab", "shift+tab")
	if now := d.screen(); strings.Split(now, "\n")[5] != strings.Split(before, "\n")[5] {
		t.Errorf("typed:\n%s", now)
	}
	d = drive(t, view, allDeps(view), "h", 80, 24)
	d.press("7")
	d.sees("Lecture seule : réservé au rôle « facilitateur »")
	d.press("right", "down", "w")
	d.sees("heures partagées : réservé au rôle « facilitateur »")
	d.press(":")
	d.write("comme avant")
	d.sees("(pas maintenant : réservé au rôle « facilita")
	d.press("esc", "?")
	d.sees("Pas maintenant : réservé au rôle")
}

func TestNobodyIsInvitedToDoWhatTheRoleMayNot(t *testing.T) {
	s := stocked(t, 1) // its lot has no clause
	view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Delegate})
	for owner, deps := range map[bool]tui.Deps{true: allDeps(s), false: allDeps(view)} {
		d := drive(t, s, deps, "m", 80, 24)
		d.press("enter")
		if said := strings.Contains(d.screen(), "Touche c"); said != owner {
			t.Errorf("owner %v: invited %v:\n%s", owner, said, d.screen())
		}
		d.press("g", "p")
		d.sees("Aucune personne ici")
		if said := strings.Contains(d.screen(), "n pour en ajouter une"); said != owner {
			t.Errorf("owner %v: invited %v:\n%s", owner, said, d.screen())
		}
	}
}

// furnish adds to the demonstration what it has none of.
func furnish(t *testing.T, path string) {
	t.Helper()
	s, err := store.OpenAt(t.Context(), path, noon)
	must(t, err)
	defer func() { must(t, s.Close()) }()
	ctx, by := t.Context(), "Camille"
	user, err := s.SaveUser(ctx, by, insertion.User{Name: "Alix", Role: insertion.Viewer})
	must(t, err)
	key, err := doorway{s}.ReadKey(publicKey(t, 1))
	must(t, err)
	must(t, s.AddKey(ctx, by, user, key))
	must(t, s.AddDoorEvent(ctx, insertion.DoorEvent{Kind: "refus", Fingerprint: "SHA256:abc", Address: "127.0.0.1", Text: "clé inconnue", Line: publicKey(t, 2)}))
	must(t, s.SaveWording(ctx, by, insertion.Wording{Kind: insertion.DocDone, Text: document.Wording(insertion.DocDone) + "\n"}))
	watches, err := s.Watches(ctx, 1)
	must(t, err)
	must(t, s.SaveExemption(ctx, by, insertion.Exemption{Lot: watches[0].Lot.ID, Motive: insertion.MotiveUnlinked, Text: "a", Evidence: "b", Dated: "2026-06-01"}))
	todos, err := s.Todos(ctx, insertion.DateOf(noon()), insertion.DefaultThresholds())
	must(t, err)
	_, err = s.SaveDeed(ctx, by, insertion.Deed{Lot: todos[0].Lot, Kind: insertion.Invoice, Dated: "2026-06-01", Amount: 100})
	must(t, err)
	_, err = s.SaveStep(ctx, by, insertion.Step{Lot: todos[0].Lot, Kind: insertion.StepReminder, Dated: "2026-06-01", Text: "relance"})
	must(t, err)
}
