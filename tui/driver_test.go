package tui_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"passerelle/internal/insertion"
	"passerelle/store"
	"passerelle/tui"
)

var update = flag.Bool("update", false, "rewrite the golden screens")

func TestMain(m *testing.M) {
	time.Local = time.UTC // the goldens hold hours
	os.Exit(m.Run())
}

// noon is the day the tests live on.
func noon() time.Time { return time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC) }

// driver is a person at a terminal: keys in, screen out, everything in the
// test's own goroutine.
type driver struct {
	t    testing.TB
	app  tea.Model
	w, h int
	quit bool
	held []tea.Cmd // work started and not yet answered, while holding
	hear func(tea.Msg)
	hold bool
}

func drive(t testing.TB, s *store.Store, deps tui.Deps, room string, w, h int) *driver {
	t.Helper()
	app := tui.New(t.Context(), tui.Options{
		Deps: deps, Person: "Camille", Now: noon, Profile: colorprofile.NoTTY, Place: "essai.db", Start: room,
	})
	d := &driver{t: t, app: app}
	d.resize(w, h)
	d.run(app.Init())
	return d
}

func (d *driver) send(msg tea.Msg) {
	next, cmd := d.app.Update(msg)
	d.app = next
	if cmd != nil {
		d.app.View() // what is seen before the work is done must hold too
	}
	d.run(cmd)
}

// run does the work a command stands for, to its end, unless it is held back.
func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if d.hold {
		d.held = append(d.held, cmd)
		return
	}
	msg := cmd()
	switch msg := msg.(type) {
	case nil:
	case tea.QuitMsg:
		d.quit = true
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	default:
		if d.hear != nil {
			d.hear(msg)
		}
		if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for i := range v.Len() {
				d.run(v.Index(i).Interface().(tea.Cmd))
			}
			return
		}
		d.send(msg)
	}
}

// release does the work held back, the latest first when asked so.
func (d *driver) release(latestFirst bool) {
	d.hold = false
	held := d.held
	d.held = nil
	for i := range held {
		if latestFirst {
			i = len(held) - 1 - i
		}
		d.run(held[i])
	}
}

func (d *driver) resize(w, h int) {
	d.w, d.h = w, h
	d.send(tea.WindowSizeMsg{Width: w, Height: h})
}

// press sends keys named as people name them: "enter", "ctrl+s", "down", "m".
func (d *driver) press(keys ...string) {
	d.t.Helper()
	for _, k := range keys {
		d.send(key(k))
	}
}

// write types a text, a key a character.
func (d *driver) write(text string) {
	for _, r := range text {
		d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// erase empties the field the cursor is in.
func (d *driver) erase() { d.press("ctrl+u", "ctrl+k") }

func key(name string) tea.KeyPressMsg {
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft,
		"right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "space": tea.KeySpace,
		"backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModCtrl}
	}
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		return tea.KeyPressMsg{Code: special[rest], Mod: tea.ModShift}
	}
	if code, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	r := []rune(name)[0]
	return tea.KeyPressMsg{Code: r, Text: name}
}

// screen is what the person sees, without styles; every line is checked to fit.
func (d *driver) screen() string {
	d.t.Helper()
	text := ansi.Strip(d.app.View().Content)
	lines := strings.Split(text, "\n")
	if len(lines) > max(1, d.h) {
		d.t.Errorf("%d lines in a window of %d", len(lines), d.h)
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w > max(1, d.w) {
			d.t.Errorf("line %d is %d cells wide in a window of %d: %q", i, w, d.w, l)
		}
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

func (d *driver) sees(texts ...string) {
	d.t.Helper()
	screen := d.screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			d.t.Errorf("the screen does not show %q:\n%s", text, screen)
		}
	}
}

func (d *driver) misses(text string) {
	d.t.Helper()
	if screen := d.screen(); strings.Contains(screen, text) {
		d.t.Errorf("the screen shows %q:\n%s", text, screen)
	}
}

// golden compares the screen at the three sizes with files of testdata.
func (d *driver) golden(name string) {
	d.t.Helper()
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		d.resize(size[0], size[1])
		path := filepath.Join("testdata", fmt.Sprintf("%s-%dx%d.golden", name, size[0], size[1]))
		got := d.screen()
		if *update {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				d.t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				d.t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			d.t.Fatal(err)
		}
		if got != string(want) {
			d.t.Errorf("%s differs; got:\n%s\nwant:\n%s", path, got, want)
		}
	}
}

// opened is a real, empty file on the day of the tests.
func opened(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.OpenAt(t.Context(), filepath.Join(t.TempDir(), "base.db"), noon)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func depsOf(s *store.Store) tui.Deps {
	return tui.Deps{Journal: s, Access: s, Lots: s, Lot: s, Contracts: s, Clauses: s, LotEdits: s, Contacts: s, Imports: s, Drafts: s}
}

func party(siret, name string) insertion.Party {
	return insertion.Party{Kind: insertion.SIRET, ID: siret, Name: name}
}

// award is the n-th of a series of invented notices.
func award(n int) insertion.Notice {
	works := []struct{ object, cpv string }{
		{"Entretien des espaces verts", "77310000"}, {"Travaux de peinture intérieure", "45442100"}, {"Nettoyage des locaux", "90910000"},
		{"Gros œuvre du groupe scolaire", "45223220"}, {"Collecte des déchets", "90500000"},
	}
	names := []string{"", "SOCIÉTÉ DU RIVAGE", "ATELIERS DU PONT", "VERTE BERGE"}
	work := works[n%len(works)]
	social := []insertion.Social{insertion.SocialClause, insertion.NoSocial, insertion.SocialCriterion, 0, insertion.SocialReserved}[n%5]
	return insertion.Notice{
		Reference: fmt.Sprintf("2026-%04d", n/2), Object: fmt.Sprintf("%s, secteur %d", work.object, n), CPV: work.cpv,
		Buyer:       party(fmt.Sprintf("2192005060%04d", n%3), []string{"Ville de Nanterre", "Ville d'Antony", "Département"}[n%3]),
		Contractors: []insertion.Party{party(fmt.Sprintf("42140650500%03d", n%7), names[n%7%4])},
		Place:       insertion.Place{Code: "92050", Kind: "commune", Name: "Nanterre", INSEE: "92050", Department: "92", Lat: 48.9, Lon: 2.2, Basis: insertion.PlaceExact},
		Months:      12, Notified: insertion.Date("2025-10-01").AddDays(n % 200), Published: insertion.Date("2025-10-10").AddDays(n % 200),
		Amount: insertion.Euros(int64(100_000 + 7_919*n)), Social: social,
	}
}

// stocked is a file with n invented notices.
func stocked(t testing.TB, n int) *store.Store {
	t.Helper()
	s := opened(t)
	notices := make([]insertion.Notice, n)
	for i := range notices {
		notices[i] = award(i)
	}
	load(t, s, notices, nil)
	return s
}

func load(t testing.TB, s *store.Store, notices []insertion.Notice, refused []insertion.Refusal) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	im, err := s.BeginImport(ctx, "Camille", "/data/avis.json", "DECP 2022 (JSON)")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := im.Add(ctx, notices); err != nil {
		t.Fatal(err)
	}
	if err := im.Refuse(ctx, refused); err != nil {
		t.Fatal(err)
	}
	if _, err := im.Finish(ctx, "", ""); err != nil {
		t.Fatal(err)
	}
}
