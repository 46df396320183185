package arrival

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// notice is one invented award, in the 2022 format.
const notice = `{"marches":{"marche":[{"id":"2026-1","acheteur":{"id":"00010000100015"},"objet":"Élagage","codeCPV":"77211500",
"lieuExecution":{"code":"92050","typeCode":"Code commune"},"dureeMois":12,"dateNotification":"2026-01-10","montant":50000,
"titulaires":[{"titulaire":{"id":"00020000200012","typeIdentifiant":"SIRET"}}]}]}}`

func zipped(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pipe hides that a reader could go back.
type pipe struct{ r io.Reader }

func (p pipe) Read(b []byte) (int, error) { return p.r.Read(b) }

func TestAnyWrappingReadsAlike(t *testing.T) {
	archive := zipped(t, map[string]string{"avis.json": notice, "LISEZMOI.txt": "à lire"})
	for name, raw := range map[string][]byte{"bare": []byte(notice), "gz": gzipped(t, notice), "zip": archive} {
		path := filepath.Join(t.TempDir(), "avis."+name)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		for way, take := range map[string]func(*ledgerOf, Options) error{
			"a file": func(l *ledgerOf, o Options) error { return Files(t.Context(), l, []string{path}, o) },
			"a pipe": func(l *ledgerOf, o Options) error { return Files(t.Context(), l, []string{"-"}, o) },
			"in memory": func(l *ledgerOf, o Options) error {
				return Texts(t.Context(), l, []Text{{"avis.json", bytes.NewReader(raw)}}, o)
			},
		} {
			var got []insertion.Import
			o := Options{
				By: "Nadia", Stdin: pipe{bytes.NewReader(raw)},
				Done: func(im insertion.Import) error { got = append(got, im); return nil },
			}
			l := &ledgerOf{}
			if err := take(l, o); err != nil || len(got) != 1 || got[0].New != 1 || got[0].Problem != "" || len(got[0].Hash) != 64 {
				t.Errorf("%s, %s: %+v, %v", name, way, got, err)
			}
		}
	}
}

func TestWhatCannotBeReadIsSaidAndTheRestFollows(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	paths := []string{
		filepath.Join(dir, "absent.json"), dir, write("vide.json", ""), write("lettre.txt", "Bonjour."),
		write("demi.json.gz", string(gzipped(t, notice)[:40])), write("bon.json", notice),
	}
	var problems []string
	l := &ledgerOf{}
	err := Files(t.Context(), l, paths, Options{Done: func(im insertion.Import) error {
		problems = append(problems, im.Problem)
		return nil
	}})
	if err != nil || len(problems) != len(paths) || l.begun != 1 {
		t.Fatalf("%d reports, %d begun, %v", len(problems), l.begun, err)
	}
	for i, p := range problems {
		if last := i == len(paths)-1; (p == "") != last {
			t.Errorf("%s: %q", paths[i], p)
		}
	}
}

func TestATerritoryRefusesTheOthers(t *testing.T) {
	var got insertion.Import
	seen := 0
	err := Texts(t.Context(), &ledgerOf{}, []Text{{"avis.json", strings.NewReader(notice)}}, Options{
		Departments: []string{"75"},
		Refused:     func(string, insertion.Refusal) error { seen++; return nil },
		Done:        func(im insertion.Import) error { got = im; return nil },
	})
	if err != nil || got.Read != 1 || got.Refused != 1 || seen != 1 || len(got.Refusals) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
}
