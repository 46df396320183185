package tui_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// forgotten is a file whose persons worked in 2023 on two lots, one of which has a
// penalty under way, seen on the day of the tests; six are to erase, one is held.
func forgotten(t *testing.T) *store.Store {
	t.Helper()
	now := time.Date(2023, 6, 15, 12, 0, 0, 0, time.UTC)
	s, err := store.OpenAt(t.Context(), filepath.Join(t.TempDir(), "base.db"), func() time.Time { return now })
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	ctx := t.Context()
	load(t, s, []insertion.Notice{award(1), award(3)}, []insertion.Refusal{{Record: 3, Field: "objet", Value: "x", Reason: "illisible"}})
	for lot := insertion.LotID(1); lot <= 2; lot++ {
		must(t, s.SaveClause(ctx, "Camille", insertion.Clause{Lot: lot, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(1000), Start: "2023-01-01", End: "2023-12-31"}, 0))
		place, err := s.SavePlacement(ctx, "Camille", insertion.Placement{Lot: lot, Employer: "Mains Utiles", Modality: insertion.Secondment})
		must(t, err)
		for n := range 7 {
			if lot == 2 && n > 0 {
				break
			}
			who, err := s.SaveParticipant(ctx, "Camille", insertion.Participant{Born: 1980 + n, Sex: insertion.Woman, Entered: "2023-01-02"})
			must(t, err)
			_, err = s.SaveEligibility(ctx, "Camille", insertion.Eligibility{Participant: who, Category: "RSA", Proof: "rsa", Dated: "2023-01-01", Seen: "2023-01-02"})
			must(t, err)
			a, err := s.SaveAssignment(ctx, "Camille", insertion.Assignment{Participant: who, Placement: place, Employment: insertion.CDDI, Start: "2023-01-02", End: "2023-03-31"})
			must(t, err)
			must(t, s.SetLines(ctx, "Camille", []insertion.LineEdit{{Assignment: a, Month: "2023-03", Hours: insertion.WholeHours(int64(40 + n))}}))
		}
	}
	must(t, s.AddContact(ctx, "Camille", insertion.Contact{Lot: 1, Kind: insertion.Call, On: "2023-06-15", Text: "P-0002 cherche un logement"}))
	_, err = s.SaveStep(ctx, "Camille", insertion.Step{Lot: 2, Kind: insertion.StepNotice, Dated: "2023-06-01", Text: "essai"})
	must(t, err)
	now = noon()
	_, err = s.SaveParticipant(ctx, "Camille", insertion.Participant{Born: 1970, Entered: "2024-06-25"})
	must(t, err)
	return s
}

func TestWhatHasPassedItsTermIsReadThenErasedInOneAct(t *testing.T) {
	s := forgotten(t)
	d := drive(t, s, allDeps(s), "a", 120, 40)
	d.press("end")
	d.sees("⊘ conservation", "7 personnes ont passé leur terme ; 1 personne y arrive bientôt ; échus : échanges, refus d'import", "Entrée voir")
	d.press("enter")
	d.sees("7 à effacer · 0 en grâce · 1 bientôt · 1 retenue", "usage, à fixer par votre registre", "pénalité engagée (mise en demeure)", "échanges : 1 d'avant le")
	d.golden("retention")
	d.resize(120, 40)
	d.sees("Disparaît : son pseudonyme, 1 preuve. Reste pour les statistiques : 1 ligne d'heures, 40 h.")
	d.press("v")
	d.sees("Personnes suivies", "9 tenus", "facilitateur, délégation ; par pseudonyme")
	d.golden("processings")
	d.resize(120, 40)
	d.press("q", "X")
	d.sees("Effacer 7 personnes et échanges (1), refus d'import (1) ?", "▸ Ne rien effacer", "Effacer pour toujours 7 personnes")
	d.golden("retention-ask")
	d.resize(120, 40)
	d.press("enter")
	if _, err := s.Participant(t.Context(), 1); err != nil {
		t.Fatalf("the default erased: %v", err)
	}
	d.press("X", "down", "enter")
	d.sees("✓ Effacement terminé", "7 personnes effacées ; 7 preuves disparues", "7 lignes d'heures gardées pour les statistiques", "refus d'import : 1 d'avant le 15/06/2025", "Les copies faites avant")
	d.golden("retention-done")
	d.resize(120, 40)
	d.press("q")
	d.sees("0 à effacer · 0 en grâce · 1 bientôt · 1 retenue")
	d.misses("P-0001")
	d.press("X")
	d.sees("rien n'est à effacer")
}

func TestTheTermsAreUsagesThatTheFacilitatorSets(t *testing.T) {
	s := forgotten(t)
	d := drive(t, s, allDeps(s), "c", 120, 40)
	d.press("d")
	d.sees("Aucun n'a de source légale lue")
	d.golden("retention-terms")
	d.resize(120, 40)
	d.erase()
	d.write("60")
	d.press("ctrl+s")
	d.sees("c'est aux échanges que se lit le dernier contact")
	d.erase()
	d.write("60")
	d.press("ctrl+s")
	d.sees("Délais enregistrés", "0 à effacer · 0 en grâce · 0 bientôt · 0 retenue")
	if r, err := s.Retention(t.Context()); err != nil || r.PersonMonths != 60 || r.FundedMonths != 120 {
		t.Errorf("%+v %v", r, err)
	}
}

func TestWhoMayNotEraseIsToldSo(t *testing.T) {
	s := forgotten(t)
	d := drive(t, s, allDeps(s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Delegate})), "c", 80, 24)
	d.sees("le rôle « délégation » ne permet pas d'effacer une personne")
	d.press("X")
	d.misses("pour toujours")
	d.press("v")
	d.sees("Personnes suivies")
	if screen := d.screen(); strings.Contains(screen, "P-0001") {
		t.Errorf("%s", screen)
	}
}
