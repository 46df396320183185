package main

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"passerelle/internal/document"
	"passerelle/internal/insertion"
	"passerelle/internal/report"
	"passerelle/seed"
	"passerelle/store"
)

var updatePapers = flag.Bool("update-papers", false, "rewrite the golden documents of the demonstration")

// seeded is the demonstration of a fixed day.
func seeded(t *testing.T) (*store.Store, insertion.Lot) {
	t.Helper()
	const today = insertion.Date("2026-06-15")
	path := filepath.Join(t.TempDir(), "demo.db")
	if err := seed.Build(t.Context(), path, today); err != nil {
		t.Fatal(err)
	}
	s, err := store.OpenAt(t.Context(), path, func() time.Time { return today.Time().Add(12 * time.Hour) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	rows, err := s.Lots(t.Context(), insertion.LotFilter{Followed: true, Stage: insertion.StageBehind}, insertion.Page{Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		intros, err := s.Introductions(t.Context(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range intros {
			if in.State == insertion.Placed && r.Hours.Done > 0 {
				lot, err := s.Lot(t.Context(), r.ID)
				if err != nil {
					t.Fatal(err)
				}
				return s, lot
			}
		}
	}
	t.Fatal("no lot of the demonstration is behind with a placement")
	return nil, insertion.Lot{}
}

// about is the subject of a kind on that lot.
func (about) of(t *testing.T, s *store.Store, lot insertion.Lot, kind insertion.DocumentKind) insertion.DocumentSubject {
	t.Helper()
	if !kind.Nominal() {
		return insertion.DocumentSubject{Lot: lot.ID}
	}
	people, err := s.Participants(t.Context(), insertion.ParticipantFilter{Lot: lot.ID}, 1)
	if err != nil || len(people) == 0 {
		t.Fatalf("nobody works on lot %d: %v", lot.ID, err)
	}
	return insertion.DocumentSubject{Person: people[0].ID}
}

func TestEveryDocumentOfADemonstrationLotReadsAsItsGolden(t *testing.T) {
	s, lot := seeded(t)
	for _, kind := range insertion.DocumentKinds() {
		c, err := compose(t.Context(), s, kind, about{}.of(t, s, lot, kind))
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		got := report.Text(c.paper, 76)
		path := filepath.Join("testdata", "papers", string(kind)+".golden")
		if *updatePapers {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s differs; got:\n%s", path, got)
		}
	}
}

// textIn is what pdftotext reads in a PDF, its lines joined.
func textIn(t *testing.T, c composed) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not here to open the PDF")
	}
	var b bytes.Buffer
	if err := c.writer("pdf")(&b); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "pdftotext", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = &b
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

// TestNoNameLeavesWithADocumentForOthers keeps the names of everybody on the lot,
// types them in the log and in notes, and reads every document in its three forms.
func TestNoNameLeavesWithADocumentForOthers(t *testing.T) {
	s, lot := seeded(t)
	ctx := t.Context()
	fail := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	fail(s.KeepNames(ctx, "Camille", true))
	people, err := s.Participants(ctx, insertion.ParticipantFilter{Lot: lot.ID}, 100)
	fail(err)
	const name = "Zénaïde Quenneville"
	for _, p := range people {
		_, err = s.SetName(ctx, "Camille", p.ID, name)
		fail(err)
	}
	fail(s.AddContact(ctx, "Camille", insertion.Contact{Lot: lot.ID, Kind: insertion.Call, On: "2026-06-01", Text: name + " ne vient plus"}))
	_, err = s.SaveStep(ctx, "Camille", insertion.Step{Lot: lot.ID, Kind: insertion.StepReminder, Dated: "2026-06-02", Text: "au sujet de " + name})
	fail(err)
	places, err := s.Placements(ctx, lot.ID)
	fail(err)
	places[0].Note = "tutrice de " + name
	_, err = s.SavePlacement(ctx, "Camille", places[0])
	fail(err)

	for _, sheet := range document.Sheets() {
		c, err := compose(ctx, s, sheet.Kind, about{}.of(t, s, lot, sheet.Kind))
		if err != nil {
			t.Errorf("%s: %v", sheet.Kind, err)
			continue
		}
		var plain bytes.Buffer
		fail(c.writer("json")(&plain))
		for form, text := range map[string]string{"text": report.Text(c.paper, 76), "json": plain.String(), "pdf": textIn(t, c)} {
			if named := strings.Contains(text, "Quenneville"); named != sheet.Kind.Nominal() {
				t.Errorf("%s, %s: named is %v", sheet.Kind, form, named)
			}
			if !sheet.Kind.Nominal() && strings.Contains(text, people[0].Code()) {
				t.Errorf("%s, %s: holds a pseudonym", sheet.Kind, form)
			}
		}
	}

	// A name kept cannot be typed in a wording; one typed before it was kept stops
	// the document.
	if err := s.SaveWording(ctx, "Camille", insertion.Wording{Kind: insertion.DocReminder, Text: "# Relance\n\nVoyez quenneville zenaide."}); err == nil {
		t.Error("a name is taken in a wording")
	}
	fail(s.SaveWording(ctx, "Camille", insertion.Wording{Kind: insertion.DocReminder, Text: "# Relance\n\nVoyez pocheron barnabe."}))
	_, err = s.SetName(ctx, "Camille", people[0].ID, "Barnabé Pocheron")
	fail(err)
	if _, err := compose(ctx, s, insertion.DocReminder, insertion.DocumentSubject{Lot: lot.ID}); err == nil || !strings.Contains(err.Error(), "porterait le nom de P-") {
		t.Errorf("a name typed in the wording leaves: %v", err)
	}
}

func TestEachRoleTakesOutTheDocumentsItMay(t *testing.T) {
	s, lot := seeded(t)
	for _, role := range insertion.Roles() {
		view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: role})
		p := &program{person: "x", out: io.Discard, screen: io.Discard, errs: io.Discard, now: time.Now, shared: view}
		for _, kind := range insertion.DocumentKinds() {
			subject := about{}.of(t, s, lot, kind)
			name := []string{"document", string(kind), lotArgument(subject)}
			status := p.execute(t.Context(), p.rootCmd(), name)
			allowed := role.May(insertion.ActExport) && (!kind.Nominal() || role.May(insertion.ActPersons))
			if (status == done) != allowed {
				t.Errorf("%s, %s: status %d", role, kind, status)
			}
		}
	}
	made, err := s.Exports(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	if want := 2 * len(insertion.DocumentKinds()); len(made) != want {
		t.Errorf("%d exports in the register, %d left", len(made), want)
	}
}

func lotArgument(subject insertion.DocumentSubject) string {
	if subject.Person != 0 {
		return subject.Person.Code()
	}
	return aboutOf(insertion.DocumentFacts{Lot: insertion.Lot{LotRow: insertion.LotRow{ID: subject.Lot}}})[len("lot "):]
}

func TestFromAfarNoFileOfTheServerIsNamed(t *testing.T) {
	s, lot := seeded(t)
	for _, args := range [][]string{
		{"document", "attestation", "1", "-o", "x.pdf"}, {"modele", "relance", "--editer"}, {"modele", "relance", "--ecrire", "/etc/passwd"},
		{"entete", "--nom", "x", "--image", "/etc/passwd"},
	} {
		var errs bytes.Buffer
		p := &program{person: "x", stdin: strings.NewReader(""), out: io.Discard, screen: io.Discard, errs: &errs, now: time.Now, shared: s}
		if status := p.execute(context.WithoutCancel(t.Context()), p.remoteCmd(args[0]), args); status != misused || !strings.Contains(errs.String(), "SSH") {
			t.Errorf("%v: status %d, %s", args, status, errs.String())
		}
	}
	var out bytes.Buffer
	p := &program{person: "x", stdin: strings.NewReader(""), out: io.Discard, screen: &out, errs: io.Discard, now: time.Now, shared: s}
	if status := p.execute(t.Context(), p.remoteCmd("document"), []string{"document", "attestation", lotArgument(insertion.DocumentSubject{Lot: lot.ID}), "--format", "pdf"}); status != done || !bytes.HasPrefix(out.Bytes(), []byte("%PDF-")) {
		t.Errorf("status %d, %d bytes", status, out.Len())
	}
}
