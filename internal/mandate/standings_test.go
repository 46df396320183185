package mandate

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"passerelle/internal/insertion"
)

// file makes records of typed texts, numbered from 1.
type file struct{ records []Record }

func (f *file) add(t testing.TB, kind Kind, parent RecordID, typed ...string) RecordID {
	t.Helper()
	s, _ := SheetOf(kind)
	said := map[string]string{}
	for i := 0; i < len(typed); i += 2 {
		said[typed[i]] = typed[i+1]
	}
	r, err := s.Fill(said)
	if err != nil {
		t.Fatal(err)
	}
	r.ID, r.Parent = RecordID(len(f.records)+1), parent
	if err := s.Validate(r, today); err != nil {
		t.Fatal(err)
	}
	f.records = append(f.records, r)
	return r.ID
}

func (f *file) standing(code Code, facts ...Facts) Standing {
	for _, s := range Standings(f.records, facts, today) {
		if s.Code == code {
			return s
		}
	}
	return Standing{}
}

func in(s Standing, year int) Figure {
	for _, f := range s.Figures {
		if f.Year == year {
			return f
		}
	}
	return Figure{}
}

func TestPremisesAreComparedLandlordByLandlord(t *testing.T) {
	f := &file{}
	f.add(t, Stock, 0, "bailleur", "Office des Trois Boucles", "annee", "2025", "surface", "40 000")
	f.add(t, Stock, 0, "bailleur", "SEM du Plateau", "annee", "2026", "surface", "10 000 m²")
	f.add(t, Premise, 0, "bailleur", "office des trois boucles", "occupant", "une SCOP", "surface", "300", "debut", "01/06/2025")
	f.add(t, Premise, 0, "bailleur", "SEM du Plateau", "occupant", "une régie", "surface", "150", "debut", "01/02/2026")
	f.add(t, Premise, 0, "bailleur", "SEM du Plateau", "occupant", "partie", "surface", "900", "debut", "01/01/2025", "fin", "30/06/2026")
	f.add(t, Premise, 0, "bailleur", "Inconnu", "occupant", "une autre", "surface", "50", "debut", "01/01/2025")
	s := f.standing(Premises)
	// 2025: only the office's stock is known: 300 ÷ 40 000 = 0,75 %.
	if y := in(s, 2025); y.Value != 75 || y.Origin != Computed {
		t.Errorf("2025: %+v", y)
	}
	// 2026: (300 + 150) ÷ 50 000 = 0,9 %, the office's stock of 2025 taken again.
	y := in(s, 2026)
	if y.Value != 90 || s.State != Short || s.Part != 9000 {
		t.Errorf("2026: %+v, %s, %s", y, s.State, s.Part)
	}
	said := strings.Join(y.Detail, "\n")
	for _, want := range []string{"Office des Trois Boucles : 300 m² sur 40 000 m², soit 0,75 %, surface de 2025", "SEM du Plateau : 150 m² sur 10 000 m², soit 1,5 %", "50 m² ne comptent pas"} {
		if !strings.Contains(said, want) {
			t.Errorf("the detail does not say %q:\n%s", want, said)
		}
	}
	if s.Trend != "en hausse : 0,75 % en 2025, 0,9 % en 2026" {
		t.Errorf("trend: %s", s.Trend)
	}
}

func TestAThirdOfTheAgreementsIsAThird(t *testing.T) {
	f := &file{}
	f.add(t, Agreement, 0, "entreprise", "E", "signee", "01/03/2026", "montant", "300 000", "ess", "150 000", "insertion", "100 000")
	f.add(t, Agreement, 0, "entreprise", "F", "signee", "01/04/2026", "montant", "90 000") // its share is not said
	s := f.standing(Revitalisation)
	if y := in(s, 2026); y.Value != 3333 || s.State != Reached || !strings.Contains(strings.Join(y.Detail, " "), "90 000 € ne comptent pas") {
		t.Errorf("%+v %s", y, s.State)
	}
}

func TestSeatsCountOnceAccepted(t *testing.T) {
	f := &file{}
	for i, c := range []string{"entreprises de l'ESS", "IAE", "réseaux", "élus"} {
		f.add(t, Seat, 0, "college", c, "organisation", fmt.Sprint("organisation ", i), "propose", "06/04/2025", "etat", "accepté", "decide", fmt.Sprintf("0%d/06/2026", i+1))
	}
	f.add(t, Seat, 0, "college", "IAE", "organisation", "autre", "propose", "06/04/2025", "etat", "refusé", "decide", "01/06/2025", "motif", "nombre")
	// One there before the letter is not one more.
	f.add(t, Seat, 0, "college", "IAE", "organisation", "ancienne", "propose", "01/01/2010", "etat", "accepté", "decide", "01/02/2010")
	s := f.standing(Council)
	if in(s, 2025).Value != 0 || in(s, 2026).Value != 3 || s.State != Reached {
		t.Errorf("%+v %s", s.Figures, s.State)
	}
}

func TestTheNextMeetingIsTheAnswerTheLetterAskedFor(t *testing.T) {
	f := &file{}
	if notes := f.standing(Council).Notes; len(notes) == 0 || !strings.HasPrefix(notes[0], "Aucune prochaine séance") {
		t.Errorf("%v", notes)
	}
	f.add(t, Meeting, 0, "instance", "conseil de l'ESS", "date", "20/01/2027", "objet", "plus tard")
	f.add(t, Meeting, 0, "instance", "conseil de l'ESS", "date", "10/12/2026", "heure", "14h30", "lieu", "salle 2", "objet", "ordinaire")
	f.add(t, Meeting, 0, "instance", "conseil de l'ESS", "date", "01/12/2026", "objet", "annulée", "etat", "annulée")
	f.add(t, Meeting, 0, "instance", "autre", "date", "30/11/2026", "objet", "autre")
	if next, ok := NextMeeting(f.records, "conseil de l'ESS", today); !ok || next.Day != "2026-12-10" {
		t.Errorf("%+v", next)
	}
	if next, ok := NextMeeting(f.records, "", today); !ok || next.Day != "2026-11-30" {
		t.Errorf("of any instance: %+v", next)
	}
	if notes := f.standing(Council).Notes; notes[0] != "Prochaine séance du conseil : le 10/12/2026 à 14 h 30, salle 2." {
		t.Errorf("%v", notes)
	}
}

func TestACallTellsWhetherInnovationShutsOutWhatWorks(t *testing.T) {
	for _, c := range []struct {
		said    []string
		verdict string
	}{
		{[]string{"innovation", "oui", "reconduction", "non", "essaimage", "non"}, "Oui"},
		{[]string{"innovation", "oui", "reconduction", "oui", "essaimage", "oui"}, "Non : reconduire"},
		{[]string{"innovation", "oui", "reconduction", "oui"}, "En partie"},
		{[]string{"innovation", "non"}, "Non : l'innovation"},
		{[]string{"innovation", "oui"}, "On ne peut le dire"},
		{nil, "On ne peut le dire"},
	} {
		f := &file{}
		f.add(t, Call, 0, append([]string{"nom", "appel", "annee", "2026"}, c.said...)...)
		if verdict, _ := Innovation(f.records[0]); !strings.HasPrefix(verdict, c.verdict) {
			t.Errorf("%v: %s", c.said, verdict)
		}
	}
}

func TestGrantsToProvenActionsLeaveOutWhatIsNotKnown(t *testing.T) {
	f := &file{}
	call := f.add(t, Call, 0, "nom", "appel", "annee", "2026")
	f.add(t, Candidacy, call, "porteur", "A", "projet", "p", "eprouve", "oui", "accorde", "30 000", "decision", "retenue")
	f.add(t, Candidacy, call, "porteur", "B", "projet", "q", "eprouve", "non", "accorde", "10 000", "decision", "retenue")
	f.add(t, Candidacy, call, "porteur", "C", "projet", "r", "accorde", "99 000", "decision", "retenue")
	lost := map[string]string{"eprouve": "1", "accorde": "5000000", "decision": "refusée"} // kept by an older version
	f.records = append(f.records, Record{ID: 99, Kind: Candidacy, Parent: call, Values: lost})
	if y := in(f.standing(CallForProject), 2026); y.Value != 7500 || !strings.Contains(strings.Join(y.Detail, " "), "99 000 € ne comptent pas") {
		t.Errorf("%+v", y)
	}
}

func TestTheForumIsHeldToTheThreeDebatesOfTheLetter(t *testing.T) {
	f := &file{}
	forum := f.add(t, Event, 0, "nature", "forum", "nom", "forum", "date", "20/11/2026")
	f.add(t, Debate, forum, "theme", "IAE", "titre", "a")
	f.add(t, Debate, forum, "theme", "IAE", "titre", "b")
	f.add(t, Debate, forum, "theme", "autre", "titre", "c")
	s := f.standing(Forum)
	if y := in(s, 2026); y.Value != 1 || s.State != Short || !strings.Contains(strings.Join(y.Detail, " "), "Manque au programme : commerce équitable, SCOP") {
		t.Errorf("%+v", y)
	}
}

func TestTheCommitteeMeetsBeforeNovember(t *testing.T) {
	f := &file{}
	f.add(t, Meeting, 0, "instance", "comité du mois de l'ESS", "date", "15/06/2026", "objet", "préparer", "etat", "tenue")
	f.add(t, Meeting, 0, "instance", "comité du mois de l'ESS", "date", "02/11/2026", "objet", "trop tard", "etat", "tenue")
	f.add(t, Meeting, 0, "instance", "comité du mois de l'ESS", "date", "15/05/2025", "objet", "annulée", "etat", "annulée")
	s := f.standing(ESSMonth)
	if in(s, 2026).Value != 1 || in(s, 2025).Value != 0 || in(s, 2025).Origin != Computed {
		t.Errorf("%+v", s.Figures)
	}
}

func TestAnEnteredFigureWinsAndShowsItsEvidence(t *testing.T) {
	f := &file{}
	f.add(t, Action, 0, "date", "01/02/2026", "aupres", "lycée", "objet", "SCOP", "public", "60")
	f.add(t, Statement, 0, "code", "promotion", "annee", "2026", "valeur", "75", "preuve", "compte rendu")
	f.add(t, Statement, 0, "code", "promotion", "annee", "2025", "valeur", "40", "preuve", "rapport 2025")
	s := f.standing(Promotion)
	if y := in(s, 2026); y.Value != 75 || y.Origin != Entered || y.Evidence != "compte rendu" || !strings.Contains(y.Detail[1], "60") {
		t.Errorf("%+v", y)
	}
	if s.Trend != "premier chiffre : 40 en 2025 ; 2026, année en cours : 75" {
		t.Errorf("a year still running is compared: %s", s.Trend)
	}
}

func TestATargetOfZeroAsksNothingAndDividesNothing(t *testing.T) {
	f := &file{}
	f.add(t, Promise, 0, "code", "locaux", "cible", "0", "etape", "délibération", "echeance", "01/10/2026")
	f.add(t, Stock, 0, "bailleur", "B", "annee", "2026", "surface", "100")
	s := f.standing(Premises)
	if !s.Aimed || s.Target != 0 || s.Part != 0 || s.State != Aimless || !s.Late || s.Next != "délibération" {
		t.Errorf("%+v", s)
	}
}

func TestFactsOfAwardsBecomeFigures(t *testing.T) {
	a := Awards{
		Contracts: 40, InLots: 10, All: Tally{80, 80_000_000_00}, Doubtful: 2, Known: 8, Winners: 30, TopTen: 7000,
		Levers: map[Lever]int{LeverClause: 20, LeverBoth: 4, LeverReserved: 1, LeverNone: 35, LeverUnsaid: 20},
		ESS:    map[insertion.Status]Tally{insertion.StatusSCOP: {3, 300_00}, insertion.Association: {1, 100_00}, insertion.Company: {4, 900_00}},
		Sizes:  map[Size]Tally{SizePME: {5, 1}},
	}
	facts := Facts{Year: 2026, Territory: a, Whole: a, Hours: insertion.WholeHours(52_000), Followed: 12}
	f := &file{}
	for code, want := range map[Code]int64{Allotment: 2500, Levers: 167, Cooperatives: 500, Post: 52_000_00} {
		s := f.standing(code, facts)
		if y := in(s, 2026); y.Value != want || y.Origin != Computed || len(y.Detail) == 0 {
			t.Errorf("%s: %+v", code, y)
		}
	}
	detail := strings.Join(in(f.standing(Cooperatives, facts), 2026).Detail, "\n")
	if !strings.Contains(detail, "connu pour 8 lots ; inconnu pour 72") || strings.Contains(detail, "société commerciale") {
		t.Errorf("%s", detail)
	}
	if detail := strings.Join(in(f.standing(Allotment, facts), 2026).Detail, "\n"); !strings.Contains(detail, "connue pour 5 sur 80 lots : 5 PME, 0 ETI, 0 GE") {
		t.Errorf("%s", detail)
	}
}

// TestStandingsNeverBreak draws any records and facts: every commitment has a
// standing, shares stay shares, and nothing divides by zero.
func TestStandingsNeverBreak(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var records []Record
		for i := range rapid.IntRange(0, 30).Draw(t, "n") {
			s := rapid.SampledFrom(Sheets()).Draw(t, "sheet")
			r := Record{ID: RecordID(i + 1), Kind: s.Kind, Values: map[string]string{}}
			if i > 0 && s.Parent != "" {
				r.Parent = RecordID(rapid.IntRange(1, i).Draw(t, "parent"))
			}
			for _, f := range s.Fields {
				typed := rapid.SampledFrom(append([]string{"", "0", "1", "2026", "2024", "100 000", "2026-03-01", "2024-11-30", "oui"}, f.Choices...)).Draw(t, f.Name)
				if kept, err := f.Parse(typed); err == nil && kept != "" {
					r.Values[f.Name] = kept
				}
			}
			r.Dated = r.Date(s.Dated)
			records = append(records, r)
		}
		n := rapid.IntRange(0, 3).Draw(t, "notices")
		facts := []Facts{{Year: 2025, Territory: Awards{Contracts: n, All: Tally{Lots: n}, Levers: map[Lever]int{LeverUnsaid: n}}}}
		standings := Standings(records, facts, today)
		if len(standings) != len(Commitments()) {
			t.Fatal(len(standings))
		}
		for _, s := range standings {
			if s.Trend == "" || s.State == "" || len(s.Figures) == 0 || len(s.Figures) > seriesYears {
				t.Fatalf("%+v", s)
			}
			for _, f := range s.Figures {
				if s.Unit == Share && f.Origin == Computed && s.Code != Premises && s.Code != Revitalisation && (f.Value < 0 || f.Value > 10_000) {
					t.Fatalf("%s: a share of %d", s.Code, f.Value)
				}
			}
		}
	})
}

func TestExactlyAThirdReachesTheThirdOfTheLetter(t *testing.T) {
	f := &file{}
	f.add(t, Agreement, 0, "entreprise", "Usine", "signee", "15/03/2026", "montant", "300 000", "ess", "100 000", "insertion", "100 000")
	if s := f.standing(Revitalisation); s.Now().Value != 3333 || s.State != Reached {
		t.Errorf("%s: %s", s.Unit.Show(s.Now().Value), s.State)
	}
}

func TestARunningYearDoesNotContradictTheTrendOfWholeYears(t *testing.T) {
	f := &file{}
	for year, value := range map[string]string{"2024": "50", "2025": "58,62", "2026": "34,78"} {
		f.add(t, Statement, 0, "code", "allotissement", "annee", year, "valeur", value, "preuve", "bilan")
	}
	s := f.standing(Allotment)
	if want := "2026 en cours ; avant : ▲ 58,62 % en 2025 (50 % en 2024)"; s.Moved() != want {
		t.Errorf("%q, want %q", s.Moved(), want)
	}
	if want := "en hausse entre années entières : 50 % en 2024, 58,62 % en 2025 ; 2026, année en cours : 34,78 %"; s.Trend != want || s.Way() != "hausse 2025" || s.YearWords() != "2026, année en cours" {
		t.Errorf("%s; %s; %s", s.Trend, s.Way(), s.YearWords())
	}
}

func TestANextStepAlreadyPastIsKeptWithAWarning(t *testing.T) {
	sheet, _ := SheetOf(Promise)
	r := Record{Kind: Promise, Values: map[string]string{"code": "locaux", "etape": "écrire", "echeance": string(today.AddDays(-1))}}
	if err := sheet.Validate(r, today); err != nil || len(sheet.Warnings(r, today)) != 1 {
		t.Errorf("%v %v", err, sheet.Warnings(r, today))
	}
	r.Values["echeance"] = string(today)
	if odd := sheet.Warnings(r, today); len(odd) != 0 {
		t.Errorf("%v", odd)
	}
}

func TestWordsAgreeInNumberAndKeepTheirCapitals(t *testing.T) {
	for _, c := range [][2]string{
		{counted(3, "réseau"), "3 réseaux"}, {counted(2, "candidat local"), "2 candidats locaux"}, {counted(0, "retenue"), "0 retenue"}, {counted(2, "avis"), "2 avis"},
		{Field{Label: "Dont ESS"}.Caption(), "dont ESS"}, {Field{Label: "CPV"}.Caption(), "CPV"}, {Field{Label: "Surface (m²)", Type: Surface}.Caption(), "surface"}, {Field{Label: "État"}.Caption(), "état"},
		{SaysReached.Of(5), "atteintes"}, {SaysReached.Of(1), "atteinte"},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}
