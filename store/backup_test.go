package store

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"passerelle/internal/insertion"
)

// filesIn lists what a folder holds.
func filesIn(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestABackupHoldsAllThatWasWrittenAndIsItsOwnersAlone(t *testing.T) {
	s, dir := opened(t), t.TempDir()
	imported(t, s, series(300)...)
	to := filepath.Join(dir, "copie.db")
	b, err := s.Backup(t.Context(), to, BackupOptions{})
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(to)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() != b.Bytes {
		t.Errorf("%v %v, %d bytes said", info, err, b.Bytes)
	}
	if sum, _, err := digest(t.Context(), to); err != nil || sum != b.SHA256 || b.Lots != 300 || b.File != to {
		t.Errorf("%+v, the file's sum is %s (%v)", b, sum, err)
	}
	if names := filesIn(t, dir); len(names) != 1 {
		t.Errorf("beside the copy: %v", names)
	}
	copied := fresh(t, to)
	if c, err := copied.CountLots(t.Context(), insertion.LotFilter{Text: "espaces "}, 1000); err != nil || c.N != 300 {
		t.Errorf("%+v %v", c, err)
	}
}

func TestABackupIsOfOneMomentWhileAnotherProcessWrites(t *testing.T) {
	s, dir := opened(t), t.TempDir()
	imported(t, s, series(2000)...)
	cmd := started(t, s.Path())
	for _, name := range []string{"1.db", "2.db", "3.db", "4.db"} {
		if _, err := s.Backup(t.Context(), filepath.Join(dir, name), BackupOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Error("the writer was troubled:", err)
	}
	for _, name := range filesIn(t, dir) {
		var said, noted int // an exchange and its line of the journal are one change
		copied := fresh(t, filepath.Join(dir, name))
		if err := copied.all.QueryRow("SELECT (SELECT count(*) FROM contact), (SELECT count(*) FROM change WHERE by = 'autre')").Scan(&said, &noted); err != nil || said != noted {
			t.Errorf("%s: %d exchanges, %d lines of the journal (%v)", name, said, noted, err)
		}
	}
}

func TestAnUnsoundFileGivesNoBackup(t *testing.T) {
	s, dir := opened(t), t.TempDir()
	imported(t, s, series(30)...)
	if _, err := s.w.Exec("UPDATE lot_count SET n = n + 1"); err != nil {
		t.Fatal(err)
	}
	_, err := s.Backup(t.Context(), filepath.Join(dir, "copie.db"), BackupOptions{})
	if !errors.Is(err, insertion.ErrCorrupt) || !strings.Contains(err.Error(), "les listes comptent") {
		t.Errorf("%v", err)
	}
	if names := filesIn(t, dir); len(names) > 0 {
		t.Errorf("left: %v", names)
	}
}

func TestABackupTakesNoNameThatIsTakenUnlessTold(t *testing.T) {
	s := opened(t)
	imported(t, s, series(30)...)
	to := filepath.Join(t.TempDir(), "copie.db")
	if err := os.WriteFile(to, []byte("lettre"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Backup(t.Context(), to, BackupOptions{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v", err)
	}
	if left, _ := os.ReadFile(to); string(left) != "lettre" {
		t.Error("the file was replaced")
	}
	if _, err := s.Backup(t.Context(), to, BackupOptions{Overwrite: true}); err != nil {
		t.Error(err)
	}
	for _, own := range []string{s.Path(), s.Path() + "-wal"} {
		if _, err := s.Backup(t.Context(), own, BackupOptions{Overwrite: true}); err == nil {
			t.Errorf("%s, which is the base, was replaced", own)
		}
	}
	if wrong := checked(t, s); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// flipped is a cipher for tests: it changes every byte.
type flipped struct{ w io.Writer }

func (f flipped) Write(p []byte) (int, error) {
	out := slices.Clone(p)
	for i := range out {
		out[i] ^= 0xff
	}
	return f.w.Write(out)
}
func (flipped) Close() error { return nil }

func TestASealedBackupNeverLiesInClearInItsFolder(t *testing.T) {
	s, dir := opened(t), t.TempDir()
	imported(t, s, series(30)...)
	var during []string
	b, err := s.Backup(t.Context(), filepath.Join(dir, "copie.db.age"), BackupOptions{Seal: func(w io.Writer) (io.WriteCloser, error) {
		for _, name := range filesIn(t, dir) {
			content, err := os.ReadFile(filepath.Join(dir, name))
			during = append(during, string(content[:min(15, len(content))]))
			if err != nil {
				t.Error(err)
			}
		}
		return flipped{w}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(b.File)
	if err != nil || strings.Contains(string(content), "SQLite format 3") || slices.Contains(during, "SQLite format 3") {
		t.Errorf("in clear (%v); while it was written: %q", err, during)
	}
	if names := filesIn(t, dir); len(names) != 1 {
		t.Errorf("left in the folder: %v", names)
	}
	for _, name := range filesIn(t, filepath.Dir(s.Path())) {
		if strings.HasSuffix(name, ".partiel") {
			t.Errorf("left beside the base: %s", name)
		}
	}
}

func TestAnInterruptedBackupLeavesNothing(t *testing.T) {
	s, dir := opened(t), t.TempDir()
	imported(t, s, series(30)...)
	for _, seal := range []func(io.Writer) (io.WriteCloser, error){nil, func(w io.Writer) (io.WriteCloser, error) { return flipped{w}, nil }} {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := s.Backup(ctx, filepath.Join(dir, "copie.db"), BackupOptions{Seal: func(w io.Writer) (io.WriteCloser, error) {
			cancel()
			return flipped{w}, nil
		}})
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		if _, err := s.Backup(ctx, filepath.Join(dir, "copie.db"), BackupOptions{Seal: seal}); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if names := filesIn(t, dir); len(names) > 0 {
		t.Errorf("left: %v", names)
	}
}

// BenchmarkBackupBig tells how long a copy takes, and how long the writes of
// others take meanwhile.
func BenchmarkBackupBig(b *testing.B) {
	s, dir := fresh(b, big(b)), b.TempDir()
	over, wrote := make(chan struct{}), make(chan []time.Duration)
	go func() {
		var took []time.Duration
		for n := 0; ; n++ {
			select {
			case <-over:
				wrote <- took
				return
			default:
			}
			start := time.Now()
			if err := s.AddContact(context.Background(), someone, contact(n)); err != nil {
				b.Error(err)
			}
			took = append(took, time.Since(start))
		}
	}()
	for b.Loop() {
		if _, err := s.Backup(b.Context(), filepath.Join(dir, "copie.db"), BackupOptions{Overwrite: true}); err != nil {
			b.Fatal(err)
		}
	}
	close(over)
	took := <-wrote
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "write-p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "write-p99-µs")
	b.ReportMetric(float64(took[len(took)-1].Microseconds()), "write-worst-µs")
}
