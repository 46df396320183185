package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"passerelle/internal/insertion"
)

// replica is Litestream at work on a base, by its own binary.
type replica struct {
	*served
	bin, config, folder string
	running             *exec.Cmd
	log                 lines
}

// replicating starts Litestream with the configuration the README gives. Without
// the binary (PASSERELLE_LITESTREAM, or « litestream » in the PATH) it is skipped.
func replicating(t *testing.T, s *served) *replica {
	t.Helper()
	bin := os.Getenv("PASSERELLE_LITESTREAM")
	if bin == "" {
		var err error
		if bin, err = exec.LookPath("litestream"); err != nil {
			t.Skip("no litestream: go install github.com/benbjohnson/litestream/cmd/litestream@v0.5.18, then PASSERELLE_LITESTREAM=its path")
		}
	}
	dir := t.TempDir()
	r := &replica{served: s, bin: bin, config: filepath.Join(dir, "litestream.yml"), folder: filepath.Join(dir, "replica")}
	config := fmt.Sprintf("dbs:\n  - path: %s\n    replica:\n      type: file\n      path: %s\n", s.base, r.folder)
	if err := os.WriteFile(r.config, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	r.start()
	t.Cleanup(func() { r.stop(syscall.SIGKILL) })
	return r
}

func (r *replica) start() {
	r.t.Helper()
	r.running = exec.Command(r.bin, "replicate", "-config", r.config)
	r.running.Stdout, r.running.Stderr = &r.log, &r.log
	if err := r.running.Start(); err != nil {
		r.t.Fatal(err)
	}
}

func (r *replica) stop(how syscall.Signal) {
	if r.running != nil {
		_ = r.running.Process.Signal(how)
		_ = r.running.Wait() // a process that is killed says so
		r.running = nil
	}
}

// restore brings the replica back as a file.
func (r *replica) restore(name string) (string, error) {
	to := filepath.Join(r.t.TempDir(), name)
	out, err := exec.Command(r.bin, "restore", "-config", r.config, "-o", to, r.base).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, out)
	}
	return to, err
}

// mark writes an exchange and tells how long after it a restoration first begins
// that holds it.
func (r *replica) mark(text string) time.Duration {
	r.t.Helper()
	r.here("echange", "1", text)
	wrote := time.Now()
	var lag time.Duration
	r.until(func() bool {
		began := time.Now()
		to, err := r.restore(fmt.Sprint("marque-", began.UnixNano(), ".db"))
		if err != nil {
			return false // nothing is replicated yet
		}
		lag = began.Sub(wrote)
		var n int
		r.query(to, &n, "SELECT count(*) FROM contact WHERE text = ?", text)
		return n == 1
	})
	return lag
}

// largest is the most a file weighs during some work.
func (r *replica) largest(path string, work func()) (most int64) {
	over := make(chan struct{})
	go func() {
		defer close(over)
		work()
	}()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		if info, err := os.Stat(path); err == nil {
			most = max(most, info.Size())
		}
		select {
		case <-tick.C:
		case <-over:
			return most
		}
	}
}

func (r *replica) query(path string, to any, q string, args ...any) {
	r.t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_busy_timeout=5000")
	if err != nil {
		r.t.Fatal(err)
	}
	if err := errors.Join(db.QueryRow(q, args...).Scan(to), db.Close()); err != nil {
		r.t.Fatal(path, q, err)
	}
}

// dump is every row of every table but Litestream's own.
func dump(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var b strings.Builder
	for _, table := range column(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_litestream%' ESCAPE '\\' ORDER BY name") {
		rows, err := db.Query(`SELECT * FROM "` + table + `"`)
		if err != nil {
			continue // the hidden columns of a text index
		}
		names, _ := rows.Columns()
		fmt.Fprintln(&b, table, names)
		for rows.Next() {
			cells := make([]any, len(names))
			for i := range cells {
				cells[i] = new(any)
			}
			if err := rows.Scan(cells...); err != nil {
				t.Fatal(err)
			}
			for _, c := range cells {
				fmt.Fprintf(&b, "|%v", *c.(*any))
			}
			b.WriteByte('\n')
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(table, err)
		}
	}
	return b.String()
}

func column(t *testing.T, db *sql.DB, q string) (out []string) {
	t.Helper()
	rows, err := db.Query(q)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	return out
}

// notices writes a file of n invented award notices, numbered from a number on.
func notices(t *testing.T, from, n int) string {
	t.Helper()
	var b bytes.Buffer
	b.WriteString(`{"marches": {"marche": [`)
	for i := from; i < from+n; i++ {
		if i > from {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id": "R%06d", "acheteur": {"id": "00091000000008"}, "nature": "Marché", "objet": "Entretien des espaces verts, secteur %d, bâtiment %x, îlot %o", "codeCPV": "77310000",
"lieuExecution": {"code": "92050", "typeCode": "Code commune"}, "dureeMois": 12, "dateNotification": "2025-09-01", "datePublicationDonnees": "2025-09-10", "montant": 40000,
"titulaires": [{"titulaire": {"id": "00092000000006", "typeIdentifiant": "SIRET"}}]}`, i, i, i*7919, i*104729)
	}
	b.WriteString(`]}}`)
	path := filepath.Join(t.TempDir(), "avis.json")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestLitestreamReplicatesABaseBeingServed proves the recipe of the README: a
// served base, changed by commands and by an import large enough for our own
// checkpoints (8,000 pages), with Litestream killed and started again meanwhile,
// comes back whole.
func TestLitestreamReplicatesABaseBeingServed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	r := replicating(t, serving(t))
	t.Logf("an exchange is in the replica %v after it was written", r.mark("premier"))
	start := time.Now()
	log := r.largest(r.base+"-wal", func() { r.here("importer", notices(t, 0, 150_000)) })
	took := time.Since(start)
	if log < 8000*4096 {
		t.Fatalf("a log of %d bytes did not reach our own checkpoints: the test proves nothing", log)
	}
	t.Logf("150,000 notices imported in %v, log of %d MB; replicated %v later", took.Round(time.Millisecond), log>>20, r.mark("après l'import"))

	r.stop(syscall.SIGKILL)
	for n := range 20 {
		r.here("echange", "1", fmt.Sprint("sans réplique ", n))
	}
	r.here("importer", notices(t, 150_000, 60_000))
	r.start()
	t.Logf("started again, it holds all that was written meanwhile %v after", r.mark("dernier"))
	r.stop(syscall.SIGTERM)

	began := time.Now()
	restored, err := r.restore("restauree.db")
	if err != nil {
		t.Fatal(err)
	}
	took = time.Since(began)
	out := bytes.Buffer{}
	if status := run(context.Background(), []string{"verifier", "--base", restored}, nil, strings.NewReader(""), &out, &out); status != done {
		t.Errorf("the restored base is not sound: %s", out.String())
	}
	if was, is := dump(t, r.base), dump(t, restored); was != is {
		t.Errorf("the restored base (%d bytes of rows) is not the replicated one (%d)", len(is), len(was))
	}
	if bad := strings.Count(r.log.String(), "level=ERROR"); bad > 0 {
		t.Errorf("%d errors of Litestream:\n%s", bad, r.log.String())
	}
	t.Logf("restored in %v; base %s KB, replica %s KB", took.Round(time.Millisecond), kilobytes(r.base), kilobytes(r.folder))
}

// kilobytes is the weight of a file, or of a folder.
func kilobytes(path string) string {
	var n int64
	_ = filepath.WalkDir(path, func(_ string, e os.DirEntry, err error) error {
		if err != nil {
			return nil // a file that went away weighs nothing
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			n += info.Size()
		}
		return nil
	})
	return insertion.Thousands(n / 1024)
}
