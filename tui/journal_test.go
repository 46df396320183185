package tui_test

import (
	"testing"

	"passerelle/internal/insertion"
)

func TestTheJournalReadsInFrench(t *testing.T) {
	s := neighbourhood(t)
	lot, err := s.Lot(t.Context(), 1)
	must(t, err)
	c := *lot.Clause
	c.Rate = 700
	must(t, s.SaveClause(t.Context(), "Ousmane", c, lot.ClauseVersion))
	d := drive(t, s, allDeps(s), "j", 120, 40)
	d.sees("Ousmane", "clause du lot 1", "taux : 5 % → 7 %", "heures dues : 1 166 h →")
	d.golden("journal")
	d.resize(120, 40)
	d.press("f")
	d.sees("Journal du lot 1", "placement chez PEINTURES DE L'ORME")
	d.misses("Jardins de la Défense")
	d.press("end")
	d.sees("1 166 h")
}

func TestTheSettingsLeadToTheTextsTheHeadsAndTheAdvice(t *testing.T) {
	s := neighbourhood(t)
	deps, _ := paperDesk(s, false)
	deps.Adviser = advises{s}
	d := drive(t, s, deps, "r", 120, 40)
	for key, seen := range map[string]string{"ctrl+t": "Textes des documents", "ctrl+n": "En-têtes des documents", "ctrl+p": "Paramètres du conseil"} {
		d.press(key)
		d.sees(seen)
		d.press("esc")
		d.sees("Ctrl+P conseil")
	}
}

func TestTheSettingsSayTheyAreProposals(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, allDeps(s), "r", 80, 24)
	d.sees("sans source légale", "« Camille »", "Les départements suivis")
	d.golden("settings")
	d.resize(80, 24)
	d.write("92, 98")
	d.press("ctrl+s")
	d.sees("département inconnu : 98")
	d.erase()
	d.write("92, 75")
	d.press("tab")
	d.erase()
	d.write("10")
	d.press("ctrl+s")
	d.sees("Réglages enregistrés")
	th, err := s.Thresholds(t.Context())
	must(t, err)
	if th.AnswerDays != 10 || len(th.Departments) != 2 {
		t.Errorf("kept: %+v", th)
	}
}

func TestAPlacementIsSpreadAndKept(t *testing.T) {
	s := neighbourhood(t)
	must(t, s.Propose(t.Context(), "Camille", []insertion.Introduction{{Lot: 1, Structure: 3, Rank: 1, Score: 80, Rule: "essai"}}))
	d := drive(t, s, allDeps(s), "m", 120, 40)
	d.press("enter", "p", "enter")
	d.sees("Intérim du Pont", "mise à disposition", "586")
	d.golden("placement")
	d.resize(120, 40)
	d.press("tab", "tab", "tab")
	d.erase()
	d.write("1000")
	d.press("tab", "tab")
	d.erase()
	d.write("01/2026")
	d.press("ctrl+s")
	d.sees("le dernier mois précède le premier")
	d.erase()
	d.write("03/2027")
	d.sees("soit 100 h par mois, pendant 10 mois")
	d.press("ctrl+s")
	d.sees("Placement enregistré chez Intérim du Pont")
}
