package store

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"passerelle/internal/insertion"
)

// inClear opens what is not encrypted.
func inClear(r io.Reader) (io.Reader, error) { return r, nil }

// backedUp is the path of a copy of a file of n lots.
func backedUp(t *testing.T, n int) string {
	t.Helper()
	s, to := opened(t), filepath.Join(t.TempDir(), "copie.db")
	imported(t, s, series(n)...)
	if _, err := s.Backup(t.Context(), to, BackupOptions{}); err != nil {
		t.Fatal(err)
	}
	return to
}

// restored puts a copy in the place of a base and tells what became of the
// previous one.
func restored(t *testing.T, from, base string) (kept string, err error) {
	t.Helper()
	r, err := Unpack(t.Context(), from, base, inClear)
	if err != nil {
		return "", err
	}
	kept, err = r.Replace(t.Context(), noon())
	if e := r.Close(); e != nil {
		t.Error(e)
	}
	for _, name := range filesIn(t, filepath.Dir(base)) {
		if strings.Contains(name, ".partiel") {
			t.Errorf("left: %s", name)
		}
	}
	return kept, err
}

func lotsOf(t *testing.T, path string) int {
	t.Helper()
	s := fresh(t, path)
	if wrong := checked(t, s); len(wrong) > 0 {
		t.Error(path, wrong)
	}
	c, err := s.CountLots(t.Context(), insertion.LotFilter{}, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	return c.N
}

// crashed is a base whose last changes are still in its log, as a cut of the
// current leaves it: 12 lots, and one exchange in the log.
func crashed(t *testing.T) string {
	t.Helper()
	s, base := opened(t), filepath.Join(t.TempDir(), "base.db")
	imported(t, s, series(12)...)
	if err := s.AddContact(t.Context(), someone, contact(1)); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal"} {
		content, err := os.ReadFile(s.Path() + end)
		if err == nil && len(content) == 0 {
			t.Fatalf("nothing in %q: the test proves nothing", end)
		}
		if err := errors.Join(err, os.WriteFile(base+end, content, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	return base
}

func TestARestoredBaseIsTheCopyAndThePreviousOneIsKeptWithItsLastChanges(t *testing.T) {
	from, base := backedUp(t, 30), crashed(t)
	kept, err := restored(t, from, base)
	if err != nil || kept != base+".avant-restauration.2026-06-15-120000" {
		t.Fatal(kept, err)
	}
	if n := lotsOf(t, base); n != 30 {
		t.Errorf("%d lots restored, want 30", n)
	}
	if n := lotsOf(t, kept); n != 12 {
		t.Errorf("%d lots kept, want 12", n)
	}
	if said, err := fresh(t, kept).Contacts(t.Context(), insertion.ContactFilter{Lot: 1}); err != nil || len(said) != 1 {
		t.Errorf("the change in the log is lost: %v %v", said, err)
	}
	if info, err := os.Stat(base); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info, err)
	}
}

func TestACopyIsRestoredOnANewMachine(t *testing.T) {
	base := filepath.Join(t.TempDir(), "neuf", "base.db")
	if kept, err := restored(t, backedUp(t, 30), base); err != nil || kept != "" {
		t.Fatal(kept, err)
	}
	if n := lotsOf(t, base); n != 30 {
		t.Errorf("%d lots", n)
	}
}

func TestALogLeftWithoutItsBaseIsNotTakenForThatOfTheCopy(t *testing.T) {
	base := crashed(t)
	if err := os.Remove(base); err != nil {
		t.Fatal(err)
	}
	if _, err := restored(t, backedUp(t, 30), base); err != nil {
		t.Fatal(err)
	}
	if n := lotsOf(t, base); n != 30 {
		t.Errorf("%d lots", n)
	}
	if said, err := fresh(t, base).Contacts(t.Context(), insertion.ContactFilter{Lot: 1}); err != nil || len(said) != 0 {
		t.Errorf("%v %v", said, err)
	}
}

func TestABaseInUseIsNotReplaced(t *testing.T) {
	from, s := backedUp(t, 30), opened(t)
	imported(t, s, series(12)...)
	if _, err := restored(t, from, s.Path()); !errors.Is(err, ErrInUse) {
		t.Errorf("%v, want %v", err, ErrInUse)
	}
	if err := s.AddContact(t.Context(), someone, contact(1)); err != nil {
		t.Error("who was at work is troubled:", err)
	}
	if n := lotsOf(t, s.Path()); n != 12 {
		t.Errorf("%d lots", n)
	}
}

func TestADamagedBaseIsReplacedAndKeptAsItWas(t *testing.T) {
	base := filepath.Join(t.TempDir(), "base.db")
	if err := errors.Join(os.WriteFile(base, []byte("ruine"), 0o600), os.WriteFile(base+"-wal", []byte("journal"), 0o600)); err != nil {
		t.Fatal(err)
	}
	kept, err := restored(t, backedUp(t, 30), base)
	if err != nil {
		t.Fatal(err)
	}
	was, _ := os.ReadFile(kept)
	log, _ := os.ReadFile(kept + "-wal")
	if string(was) != "ruine" || string(log) != "journal" {
		t.Errorf("kept %q and %q", was, log)
	}
	if n := lotsOf(t, base); n != 30 {
		t.Errorf("%d lots", n)
	}
}

func TestWhatIsNoSoundCopyIsRefusedAndTheBaseLeftAsItWas(t *testing.T) {
	whole, err := os.ReadFile(backedUp(t, 400))
	if err != nil {
		t.Fatal(err)
	}
	patched := func(at int, with ...byte) []byte {
		out := append([]byte(nil), whole...)
		copy(out[at:], with)
		return out
	}
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"a letter":           {[]byte(strings.Repeat("Bonjour. ", 1000)), insertion.ErrNotOurs},
		"an empty file":      {nil, insertion.ErrNotOurs},
		"somebody else's":    {patched(68, 0, 0, 0, 7), insertion.ErrNotOurs},
		"a newer version":    {patched(60, 0, 0, 0x27, 0x0f), insertion.ErrNewer},
		"half a copy":        {whole[:len(whole)/2/4096*4096], insertion.ErrCorrupt},
		"a page overwritten": {patched(20*4096, make([]byte, 4096)...), insertion.ErrCorrupt},
	} {
		from, base := filepath.Join(t.TempDir(), "copie.db"), crashed(t)
		if err := os.WriteFile(from, c.content, 0o600); err != nil {
			t.Fatal(err)
		}
		before, _ := os.ReadFile(base)
		if _, err := restored(t, from, base); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if after, _ := os.ReadFile(base); string(after) != string(before) || len(filesIn(t, filepath.Dir(base))) != 2 {
			t.Errorf("%s: the base was touched: %v", name, filesIn(t, filepath.Dir(base)))
		}
	}
	unsound := written(t, "UPDATE lot_count SET n = n + 1")
	if _, err := restored(t, unsound, filepath.Join(t.TempDir(), "base.db")); !errors.Is(err, insertion.ErrCorrupt) {
		t.Errorf("wrong sums: %v", err)
	}
	if _, err := restored(t, crashed(t), filepath.Join(t.TempDir(), "base.db")); !errors.Is(err, ErrUnfolded) {
		t.Errorf("a base without its log: %v", err)
	}
}

func TestACopyOfAnOlderVersionIsBroughtUpToDateAndLeftAsItIs(t *testing.T) {
	from := filepath.Join(t.TempDir(), "ancienne.db")
	db, err := pool(from, writing, 1)
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, os.DirFS("migrations"), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.UpTo(t.Context(), 1)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	base := filepath.Join(t.TempDir(), "base.db")
	if _, err := restored(t, from, base); err != nil {
		t.Fatal(err)
	}
	if n := lotsOf(t, base); n != 0 {
		t.Errorf("%d lots", n)
	}
	if after, err := os.ReadFile(from); err != nil || string(after) != string(before) {
		t.Error("the copy was changed", err)
	}
	if names := filesIn(t, filepath.Dir(base)); len(names) != 3 { // the file, opened, and its log
		t.Errorf("left: %v", names)
	}
}
