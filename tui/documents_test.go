package tui_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"passerelle/internal/document"
	"passerelle/internal/insertion"
	"passerelle/internal/report"
	"passerelle/store"
	"passerelle/tui"
)

// paperRoom makes documents of a real file, as the program does.
type paperRoom struct {
	*store.Store
	saved map[string]insertion.DocumentKind
	words map[insertion.DocumentKind][]string // to read again
}

func (r paperRoom) DocumentReread(_ context.Context, kind insertion.DocumentKind, _ insertion.DocumentSubject) ([]string, error) {
	return r.words[kind], nil
}

func (r paperRoom) Documents(ctx context.Context, about insertion.DocumentSubject) ([]tui.DocumentChoice, error) {
	var out []tui.DocumentChoice
	for _, s := range document.Sheets() {
		if s.Kind.Nominal() == (about.Person == 0) {
			continue
		}
		f, err := r.DocumentFacts(ctx, s.Kind, about)
		why := ""
		var bad *insertion.FieldError
		if errors.As(err, &bad) {
			why = bad.Reason
		} else if err != nil {
			return nil, err
		} else {
			why = s.Refusal(f)
		}
		out = append(out, tui.DocumentChoice{Kind: s.Kind, Label: s.Label, For: s.For, What: s.What, Why: why})
	}
	return out, nil
}

func (r paperRoom) DocumentText(ctx context.Context, kind insertion.DocumentKind, about insertion.DocumentSubject) (func(int) string, error) {
	s, err := document.SheetOf(string(kind))
	if err != nil {
		return nil, err
	}
	f, err := r.DocumentFacts(ctx, kind, about)
	return func(w int) string { return report.Text(s.Paper(f, ""), w) }, err
}

func (r paperRoom) SaveDocument(_ context.Context, kind insertion.DocumentKind, _ insertion.DocumentSubject, path string) (tui.Written, error) {
	r.saved[path] = kind
	w := tui.Written{Path: "/bureau/" + path}
	if strings.HasPrefix(path, "希") {
		w.Lost = []string{"希", "望"}
	}
	return w, nil
}

func (r paperRoom) WordingList(ctx context.Context) ([]tui.WordingRow, error) {
	own, err := r.Wordings(ctx)
	var out []tui.WordingRow
	for _, s := range document.Sheets() {
		row := tui.WordingRow{Kind: s.Kind, Label: s.Label, For: s.For}
		for _, w := range own {
			row.Own = row.Own || w.Kind == s.Kind
		}
		out = append(out, row)
	}
	return out, err
}

func (r paperRoom) ReadWording(ctx context.Context, kind insertion.DocumentKind) (insertion.Wording, error) {
	w, err := r.Wording(ctx, kind)
	if w.Text == "" {
		w.Text = document.Wording(kind)
	}
	return w, err
}

func (r paperRoom) WriteWording(ctx context.Context, by string, w insertion.Wording) error {
	s, err := document.SheetOf(string(w.Kind))
	if err != nil {
		return err
	}
	if w.Text != "" {
		if err := s.Check(w.Text); err != nil {
			return err
		}
	}
	return r.SaveWording(ctx, by, w)
}

func (r paperRoom) WordingFields(kind insertion.DocumentKind) []string {
	s, _ := document.SheetOf(string(kind))
	var out []string
	for _, f := range s.Fields() {
		out = append(out, "{{"+f.Name+"}}  "+f.Help)
	}
	return out
}

func (r paperRoom) TryWording(_ context.Context, kind insertion.DocumentKind, text string) (func(int) string, error) {
	s, err := document.SheetOf(string(kind))
	if err != nil {
		return nil, err
	}
	if err := s.Check(text); err != nil {
		return nil, err
	}
	return func(w int) string { return report.Text(s.Paper(document.Sample(kind), text), w) }, nil
}

func (r paperRoom) ReadImage(_ context.Context, path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return data, report.CheckImage(data)
}

// paperDesk is everything the screens need, documents included, at one's own desk or
// from afar.
func paperDesk(s *store.Store, afar bool) (tui.Deps, paperRoom) {
	r := paperRoom{Store: s, saved: map[string]insertion.DocumentKind{}, words: map[insertion.DocumentKind][]string{}}
	d := allDeps(s)
	d.Documents, d.Wordings, d.Letterheads = r, r, r
	if !afar {
		d.DocumentFiles, d.Images = r, r
	}
	return d, r
}

// atWork is a lot with hours that count, at its page.
func atWork(t *testing.T, afar bool) (*driver, paperRoom) {
	t.Helper()
	s, _, ids := crew(t, 2)
	enterLines(t, s, "2026-04", 70_00, ids...)
	deps, room := paperDesk(s, afar)
	d := drive(t, s, deps, "m", 80, 24)
	for range 50 {
		d.press("enter")
		if strings.Contains(d.screen(), "Lot 1 ") {
			break
		}
		d.press("esc", "down")
	}
	d.sees("Lot 1")
	return d, room
}

// TestAPartOfANameIsToldBeforeTheFileIsWritten, and the answer is no unless said.
func TestAPartOfANameIsToldBeforeTheFileIsWritten(t *testing.T) {
	d, room := atWork(t, false)
	room.words[insertion.DocDone] = []string{"relisez : « Gambadel » est aussi dans un nom tenu (clause, périmètre)"}
	d.press("a", "p")
	d.sees("Gambadel", "clause, périmètre", "non (par défaut)")
	d.press("enter", "enter", "esc")
	if len(room.saved) > 0 {
		t.Errorf("written without a yes: %v", room.saved)
	}
	d.press("p", "o", "enter")
	if room.saved["attestation-lot-1.pdf"] != insertion.DocDone {
		t.Errorf("wrote %v", room.saved)
	}
}

func TestADocumentOfTheLotIsFourKeysAwayAtMost(t *testing.T) {
	d, room := atWork(t, false)
	keys := 0
	press := func(names ...string) { keys += len(names); d.press(names...) }
	press("a", "p", "enter")
	if room.saved["attestation-lot-1.pdf"] != insertion.DocDone || keys > 4 {
		t.Errorf("%d keys wrote %v", keys, room.saved)
	}
	d.press("down", "t", "enter")
	if room.saved["relance-lot-1.txt"] != insertion.DocReminder {
		t.Errorf("wrote %v", room.saved)
	}
}

func TestADocumentWrittenSaysItsWholePath(t *testing.T) {
	d, _ := atWork(t, false)
	d.press("a", "p", "enter")
	d.sees("Écrit : /bureau/attestation-lot-1.pdf")
	d.press("p", "home")
	d.write("希")
	d.press("enter")
	d.sees("Écrit, avec □ pour 希, 望, que la police n'a pas : /bureau/希attestation")
}

func TestTheDocumentsOfALotSayWhichCannotBeMadeAndWhy(t *testing.T) {
	d, _ := atWork(t, false)
	d.press("a")
	d.sees("Attestation de réalisation", "pas maintenant")
	d.golden("documents")
	d.resize(80, 24)
	d.press("end")
	d.sees("Pas maintenant :")
	d.press("enter")
	d.sees("Documents : lot 1")
}

func TestADocumentIsReadOnTheScreen(t *testing.T) {
	d, _ := atWork(t, false)
	d.press("a", "enter")
	d.sees("ATTESTATION DE RÉALISATION", "p PDF")
	d.golden("document")
}

func TestFromAfarTheScreenSaysWhichCommandWritesADocument(t *testing.T) {
	d, room := atWork(t, true)
	d.press("a", "p")
	d.sees("ssh hôte document attestation 1 --format pdf")
	if len(room.saved) != 0 {
		t.Errorf("a file was written: %v", room.saved)
	}
}

func TestAWordingIsRewrittenAndAMistakeLosesNothing(t *testing.T) {
	s, _, _ := crew(t, 1)
	deps, room := paperDesk(s, false)
	d := drive(t, s, deps, "t", 80, 24)
	d.golden("wordings")
	d.resize(80, 24)
	for range 7 {
		d.press("down")
	}
	d.press("enter")
	d.sees("Texte : relance", "Madame, Monsieur")
	d.golden("wording")
	d.resize(80, 24)
	d.write("{{heure.dues}} ")
	d.press("ctrl+s")
	d.sees("ligne 1", "heures.dues", "Texte non enregistré : la raison est au-dessus.")
	if n := strings.Count(d.screen(), "ligne 1"); n != 1 {
		t.Errorf("the mistake is told %d times:\n%s", n, d.screen())
	}
	d.sees("{{heure.dues}}")
	d.press("ctrl+e")
	d.sees("Rien n'a pu être lu", "plus proche : « heures.dues »") // the end of the sentence
	d.misses("Lecture…")
	d.press("esc")
	if w, err := room.Wording(t.Context(), insertion.DocReminder); err != nil || w.Text != "" {
		t.Fatalf("%+v %v", w, err)
	}
	for range len("{{heure.dues}} ") {
		d.press("backspace")
	}
	d.write("Bonjour ")
	d.press("ctrl+e")
	d.sees("Essai sur un lot inventé")
	d.press("esc")
	d.press("ctrl+s")
	d.sees("Texte enregistré")
	if w, err := room.Wording(t.Context(), insertion.DocReminder); err != nil || !strings.HasPrefix(w.Text, "Bonjour # Objet") {
		t.Errorf("%+v %v", w, err)
	}
	d.sees("texte de ce fichier")
	d.press("x", "o")
	d.misses("texte de ce fichier")
}

func TestALetterheadIsWrittenAndABadImageLosesNothing(t *testing.T) {
	s, _, _ := crew(t, 1)
	deps, room := paperDesk(s, false)
	bad := filepath.Join(t.TempDir(), "logo.png")
	if err := os.WriteFile(bad, []byte("pas une image"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := drive(t, s, deps, "t", 80, 24)
	d.press("e", "enter")
	d.write("Délégation fictive")
	d.golden("letterhead")
	d.resize(80, 24)
	for range 7 {
		d.press("tab")
	}
	d.write(bad)
	d.press("ctrl+s")
	d.sees("ni un PNG ni un JPEG", "Délégation fictive")
	d.erase()
	d.press("ctrl+s")
	d.sees("En-tête enregistré", "Délégation fictive")
	if l, err := room.Letterhead(t.Context(), 0); err != nil || l.Name != "Délégation fictive" || l.Version != 1 {
		t.Errorf("%+v %v", l, err)
	}
}

func TestAPersonsDocumentsStayWithThem(t *testing.T) {
	s, _, ids := crew(t, 2)
	enterLines(t, s, "2026-04", 70_00, ids...)
	deps, _ := paperDesk(s, false)
	d := drive(t, s, deps, "p", 80, 24)
	d.press("enter", "t")
	d.sees("Fiche d'éligibilité", "Attestation de présence")
	d.press("enter")
	d.sees("ne pas transmettre", "P-000")
}
