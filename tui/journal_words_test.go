package tui_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/store"
	"passerelle/tui"
)

// TestEveryColumnOfTheJournalHasFrenchWords: whatever the journal keeps of a table, its
// screen names in French, or says that it is only bookkeeping.
func TestEveryColumnOfTheJournalHasFrenchWords(t *testing.T) {
	for table, columns := range store.Journaled() {
		name, labels, quiet, known := tui.JournalWords(table)
		if !known || name == "" {
			t.Errorf("the journal has no word for %s", table)
		}
		for _, c := range columns {
			if labels[c] == "" && !slices.Contains(quiet, c) {
				t.Errorf("%s.%s has no French words", table, c)
			}
		}
		for _, q := range quiet {
			if !slices.Contains(columns, q) {
				t.Errorf("%s.%s is kept silent, and is not in the journal", table, q)
			}
		}
	}
}

// TestEveryValueOfADocumentInTheJournalHasFrenchWords: the same for what a column holds
// as a document.
func TestEveryValueOfADocumentInTheJournalHasFrenchWords(t *testing.T) {
	silent := strings.Fields("lot acheteur penalite comptage declarations ID INSEE Department Lat Lon Precise Source Active")
	for table, docs := range map[string][]any{
		"clause": {insertion.Clause{}}, "structure": {insertion.Structure{}}, "letterhead": {insertion.Letterhead{}}, "setting": {insertion.Thresholds{}, insertion.Retention{}},
	} {
		_, labels, _, _ := tui.JournalWords(table)
		for _, doc := range docs {
			for _, f := range reflect.VisibleFields(reflect.TypeOf(doc)) {
				name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				if name == "" {
					name = f.Name
				}
				if name != "-" && labels[name] == "" && !slices.Contains(silent, name) {
					t.Errorf("%s: %s has no French words", table, name)
				}
			}
		}
	}
	_, labels, _, _ := tui.JournalWords("clause")
	for prefix, part := range map[string]any{"penalite.": insertion.Penalty{}, "comptage.": insertion.Rules{}, "declarations.": insertion.Calendar{}} {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(part)) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if labels[prefix+name] == "" {
				t.Errorf("clause: %s%s has no French words", prefix, name)
			}
		}
	}
}

// lastChange is what the journal says of the last change.
func lastChange(t *testing.T, s *store.Store) string {
	t.Helper()
	all, err := s.Changes(t.Context(), 0, 0, 1)
	must(t, err)
	if len(all) != 1 {
		t.Fatalf("%d changes", len(all))
	}
	return strings.Join(tui.ChangeLines(all[0]), "\n")
}

func TestTheJournalSaysTheMandateTheDocumentsAndTheSettingsInTheWordsOfTheirScreens(t *testing.T) {
	s := neighbourhood(t)
	ctx := t.Context()
	says := func(when string, want ...string) {
		t.Helper()
		got := lastChange(t, s)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %q in\n%s", when, w, got)
			}
		}
	}
	sheet, _ := mandate.SheetOf(mandate.Project)
	r, err := sheet.Fill(map[string]string{"objet": "Cuisines centrales", "montant": "120 000"})
	must(t, err)
	r.ID, err = s.SaveMandateRecord(ctx, "Camille", r)
	must(t, err)
	says("a record written", sheet.Label+" 1 : créé", "Cuisines centrales", "120 000,00 €")

	must(t, s.SaveLetterhead(ctx, "Camille", insertion.Letterhead{Name: "Délégation", Facilitator: "Camille Exemple"}))
	says("a letterhead", "en-tête des documents : créé", "signataire Camille Exemple")
	head, err := s.Letterhead(ctx, 0)
	must(t, err)
	head.Foot = "Document provisoire"
	must(t, s.SaveLetterhead(ctx, "Camille", head))
	says("its foot", "en-tête des documents, pied de page : (vide) → Document provisoire")

	must(t, s.SaveWording(ctx, "Camille", insertion.Wording{Kind: insertion.DocReminder, Text: "# Relance\n\nBonjour."}))
	says("a wording", "texte du document « Relance » : créé")
	w, err := s.Wording(ctx, insertion.DocReminder)
	must(t, err)
	w.Text = "# Relance\n\nBonsoir."
	must(t, s.SaveWording(ctx, "Camille", w))
	says("its text", "texte du document « Relance », texte : # Relance Bonjour. → # Relance Bonsoir.")

	must(t, s.SetAdviceRules(ctx, "Camille", mandate.DefaultRules(), func() mandate.Rules { r := mandate.DefaultRules(); r.Km = 12; return r }()))
	says("a rule", "paramètres du conseil", "distance", "12 km")
}

func TestALongTextIsShownFromWhereItDiffers(t *testing.T) {
	long := strings.Repeat("Un paragraphe qui ne change pas. ", 40)
	c := insertion.Change{Rows: []insertion.ChangeRow{{Table: "wording", Row: 1,
		Before: []byte(`{"kind":"relance","text":"` + long + `Bonjour à tous."}`), After: []byte(`{"kind":"relance","text":"` + long + `Bonjour à toutes."}`)}}}
	got := strings.Join(tui.ChangeLines(c), "\n")
	if !strings.HasSuffix(got, "à tous. → … à toutes.") || len([]rune(got)) > 200 {
		t.Errorf("%q", got)
	}
}
