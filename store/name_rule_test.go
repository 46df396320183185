package store

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"passerelle/internal/insertion"
)

func TestANameIsItsWordsSideBySideInAnyOrder(t *testing.T) {
	const compound, three, particles, twin = "Jean Dupont-Éluard", "Fatou Binta Diallo", "Awa de La Tour Sy", "Jean-Pierre Martin"
	for _, c := range []struct {
		name, text string
		held       bool
	}{
		{compound, "avec DUPONT-ELUARD Jean", true}, {compound, "Dupont-Éluard, Jean", true}, {compound, "M. Dupont-Éluard", true},
		{compound, "Jean DUPONT", true}, {compound, "Jean Éluard", true}, {compound, "DUPONT‑ÉLUARD (M. Jean)", true}, {compound, "Nom : Dupont ; prénom : Jean", true},
		{compound, "M. Dupont", false}, {compound, "Jean et Dupont", false}, {compound, "Paul Éluard", false}, {compound, "rue Jean-Jaurès", false}, {compound, "", false},
		{three, "DIALLO Fatou Binta", true}, {three, "Diallo Binta", true}, {three, "Mme Diallo", false}, {three, "Diallo, née Fatou", true},
		{"Amadou Sy Diallo", "Amadou DIALLO SY", true}, {"Amadou Sy Diallo", "SY", false},
		{particles, "TOUR (de La) Awa", true}, {particles, "le tour de la ville", false}, {particles, "Sy Awa", true}, {particles, "la tour", false},
		{twin, "Martin Jean-Pierre", true}, {twin, "rue Jean-Pierre Timbaud", false}, {twin, "Pierre Martin", true},
		{"Jean Saint-Martin", "canal Saint-Martin", false}, {"Jean Saint-Martin", "Saint-Martin Jean", true},
		{"Awa Sy", "sy, AWA", true}, {"Jean Pierre", "PIERRE Jean", true}, {"Rose", "rosé", true}, {"Rose", "Roseraie", false},
	} {
		if got := len(runsOf(wordsIn(c.text), wordsOf(c.name))) > 0; got != c.held {
			t.Errorf("%q in %q: %v", c.name, c.text, got)
		}
	}
}

// names draws the words of a name, and separators that part words without being any.
func nameWords(t *rapid.T) []string {
	pool := []string{"Zoé", "Éluard", "Dupont", "Œillet", "Sy", "de", "La", "N'Diaye", "Fatou", "Łucja", "Martin", "Ben", "Jean", "Pierre"}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(pool), 2, 5, rapid.ID[string]).Draw(t, "name")
}

func separators() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{" ", "-", ", ", " (", "\n", "/", " – ", " ; ", "'", " « ", " : M. ", " Mme ", ", née ", "\u00a0"})
}

func TestEveryOrderOfANameIsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := nameWords(t)
		name := wordsOf(strings.Join(words, " "))
		text := "vu "
		for i, w := range rapid.Permutation(words).Draw(t, "order") {
			if i > 0 {
				text += separators().Draw(t, "between")
			}
			switch rapid.IntRange(0, 2).Draw(t, "case") {
			case 0:
				w = strings.ToUpper(w)
			case 1:
				w = strings.Join(wordsOf(w), " ") // without accents
			}
			text += w
		}
		runs := runsOf(wordsIn(text+", hier"), name)
		if len(runs) != 1 || !runs[0].whole {
			t.Fatalf("%q is not %v: %v", text, name, runs)
		}
		if got := without(text+", hier", [][]string{name}, nil, "X"); got != "vu X, hier" {
			t.Fatalf("%q becomes %q", text, got)
		}
	})
}

func TestWithoutTwoWordsOfANameSideBySideNobodyIsNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := nameWords(t)
		name := wordsOf(strings.Join(words, " "))
		others := rapid.SampledFrom([]string{"chantier", "avec", "pour", "peinture", "1234", "Nanterre"})
		text := ""
		for range rapid.IntRange(0, 12).Draw(t, "length") {
			one := rapid.SampledFrom(name).Draw(t, "word")
			text += one + separators().Draw(t, "between") + others.Draw(t, "other") + " "
		}
		if runs := runsOf(wordsIn(text), name); len(runs) > 0 {
			t.Fatalf("%q holds %v: %v", text, name, runs)
		}
	})
}

// TestWhatFindsATextInTheFileMissesNoName: a name is first sought by LIKE.
func TestWhatFindsATextInTheFileMissesNoName(t *testing.T) {
	s := opened(t)
	for _, name := range []string{"Jean Dupont-Éluard", "Fatou Binta Diallo Sy", "Awa de La Tour", "Awa Sy", "Rose"} {
		tr := tracesOf(nil, []string{name})
		words := wordsOf(name)
		for i := range words {
			for j := range words {
				text := "vu " + strings.ToUpper(words[i]+" "+words[j]) + " hier"
				where, args := tr.like("?1")
				var found bool
				must(t, s.all.QueryRowContext(t.Context(), "SELECT "+strings.ReplaceAll(where, "?1", "'"+text+"'"), args...).Scan(&found))
				if len(runsOf(wordsIn(text), words)) > 0 && !found {
					t.Errorf("%q: %q is not found", name, text)
				}
			}
		}
	}
}

// TestTheShortWordsOfANameAreHiddenWithIt: « Sy » says whose it is beside the rest.
func TestTheShortWordsOfANameAreHiddenWithIt(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	must(t, s.KeepNames(ctx, someone, true))
	a := s.hired("2026-01-01")
	setName(t, s, a.Participant, "Amadou Sy de Gambadel")
	must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02", Text: "vu Amadou GAMBADEL SY, puis De GAMBADEL-SY Amadou et Gambadel à SY"}))
	for _, role := range []insertion.Role{insertion.Viewer, insertion.Delegate} {
		notes, err := s.As(insertion.Access{User: 1, Name: "Lea", Role: role}).Contacts(ctx, insertion.ContactFilter{Lot: s.lot})
		must(t, err)
		if want := "vu (nom masqué), puis (nom masqué) et (nom masqué) à SY"; notes[0].Text != want {
			t.Errorf("%s reads %q, want %q", role, notes[0].Text, want)
		}
	}
}

// TestErasingANameLeavesThatOfAnother who bears a part of it.
func TestErasingANameLeavesThatOfAnother(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	must(t, s.KeepNames(ctx, someone, true))
	a, b := s.hired("2026-01-01"), s.hired("2026-01-13")
	setName(t, s, a.Participant, "Quasimode Gambadel-Brumaire")
	setName(t, s, b.Participant, "Zéphyrine Gambadel-Brumaire")
	must(t, s.AddContact(ctx, someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02",
		Text: "GAMBADEL Quasimode, puis GAMBADEL-BRUMAIRE Zéphyrine ; M. Gambadel-Brumaire et BRUMAIRE-GAMBADEL (Quasimode)"}))
	_, err := s.Erase(ctx, someone, a.Participant)
	must(t, err)
	notes, err := s.Contacts(ctx, insertion.ContactFilter{Lot: s.lot})
	must(t, err)
	if want := "(personne effacée), puis GAMBADEL-BRUMAIRE Zéphyrine ; M. Gambadel-Brumaire et (personne effacée))"; notes[0].Text != want {
		t.Errorf("%q, want %q", notes[0].Text, want)
	}
	_, err = s.DropNames(ctx, someone)
	must(t, err)
	if notes, err = s.Contacts(ctx, insertion.ContactFilter{Lot: s.lot}); err != nil || strings.Contains(strings.ToLower(notes[0].Text), "gambadel") {
		t.Errorf("dropped, %q %v", notes[0].Text, err)
	}
}

// TestANameMadeLongerIsHiddenStill: nothing typed before is rewritten for it.
func TestANameMadeLongerIsHiddenStill(t *testing.T) {
	before := tracesOf(nil, []string{"Amadou Sy", "Jean Dupont"}).names
	after := tracesOf(nil, []string{"Amadou Sy Diallo", "Jean Éluard"}).names
	if got := uncovered(before, after); len(got) != 1 || !slices.Equal(got[0], []string{"jean", "dupont"}) {
		t.Errorf("uncovered: %v", got)
	}
}

// TestTheNameOfAFirmLetsNoMoreOut than it says.
func TestTheNameOfAFirmLetsNoMoreOut(t *testing.T) {
	s := working(t)
	ctx := t.Context()
	must(t, s.KeepNames(ctx, someone, true))
	a := s.hired("2026-01-01")
	setName(t, s, a.Participant, "Jean Dupont-Éluard")
	for text, held := range map[string]bool{
		"DUPONT ÉLUARD BTP": false, "l'entreprise Dupont-Éluard": false, "avec DUPONT-ELUARD Jean": true, "Jean Dupont": true, "DUPONT ÉLUARD BTP, avec Jean Dupont": true,
	} {
		found, err := s.NamesIn(ctx, text, []string{"Dupont Éluard BTP", "Ville de Jean"})
		must(t, err)
		if (len(found) == 1) != held {
			t.Errorf("%q: %v", text, found)
		}
	}
	words, err := s.NameWordsIn(ctx, "M. DUPONT, puis Éluard et Dupont, pour jean", []string{"Éluard SARL"})
	must(t, err)
	if !slices.Equal(words, []string{"DUPONT", "jean"}) {
		t.Errorf("alone: %q", words)
	}
}
