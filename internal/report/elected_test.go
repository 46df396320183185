package report_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"passerelle/internal/mandate"
	"passerelle/internal/report"
)

// handed is the page of a file in the middle of its work, from figures of every
// kind.
func handed() report.Elected {
	e := report.Elected{
		Head:    report.Head{Name: "Département des Hauts-de-Seine (fictif)", Lines: []string{"Délégation à l'économie sociale et solidaire", "2, boulevard de la Passerelle, 92000 Nanterre", "01 00 00 00 00"}},
		On:      "2026-11-29",
		Council: "14/12/2026 à 14 h 30, hôtel du département, 5 points",
	}
	e.Standings = mandate.Standings(followed(), nil, e.On)
	return e
}

// followed is figures entered for two years and a few next steps.
func followed() []mandate.Record {
	figures := map[mandate.Code][]string{
		mandate.Post: {"31 250", "45 120"}, mandate.Council: {"0", "2"}, mandate.Allotment: {"41,5", "48,2"}, mandate.Levers: {"18", "12,3"}, mandate.Networks: {"35 000", "35 000"},
		mandate.Premises: {"0,2", "0,62"}, mandate.Promotion: {"240", "385"}, mandate.FreeSoftware: {"2", "3"}, mandate.Revitalisation: {"29", "34,1"}, mandate.Forum: {"3"},
	}
	steps := map[mandate.Code][3]string{
		mandate.Premises: {"réunir les deux bailleurs et demander l'état de leurs surfaces d'activité", "15/11/2026", "délégation ESS"},
		mandate.Council:  {"redemander les trois sièges à la prochaine séance", "14/12/2026", "cabinet"},
		mandate.Levers:   {"présenter les cinq leviers aux acheteurs", "01/02/2027", ""},
	}
	statement, _ := mandate.SheetOf(mandate.Statement)
	promise, _ := mandate.SheetOf(mandate.Promise)
	var out []mandate.Record
	add := func(sheet mandate.Sheet, typed map[string]string) {
		r, err := sheet.Fill(typed)
		if err != nil {
			panic(err)
		}
		r.ID = mandate.RecordID(len(out) + 1)
		out = append(out, r)
	}
	for _, c := range mandate.Commitments() {
		for i, v := range figures[c.Code] {
			add(statement, map[string]string{"code": string(c.Code), "annee": fmt.Sprint(2025 + i), "valeur": v, "preuve": "rapport annuel"})
		}
		if step := steps[c.Code]; step[0] != "" {
			add(promise, map[string]string{"code": string(c.Code), "etape": step[0], "echeance": step[1], "suivi": step[2]})
		}
	}
	return out
}

func pdfOf(t *testing.T, e report.Elected) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.WriteElectedPDF(&b, e); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("PASSERELLE_PAGES"); dir != "" {
		if err := os.WriteFile(dir+"/"+strings.ReplaceAll(t.Name(), "/", "-")+".pdf", b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func pagesOf(pdf []byte) int { return bytes.Count(pdf, []byte("/Type /Page\n")) }

func TestThePageOfElectedMembersIsOnePageAndTheSameBytesEachTime(t *testing.T) {
	first := pdfOf(t, handed())
	if n := pagesOf(first); n != 1 {
		t.Errorf("%d pages", n)
	}
	if !bytes.Equal(first, pdfOf(t, handed())) {
		t.Error("two writings differ")
	}
}

func TestTheLongestTextsStillFitOnOnePage(t *testing.T) {
	e := handed()
	long := strings.Repeat("réunir l'ensemble des bailleurs, des réseaux et des directions concernées ; ", 30)
	e.Head.Name = strings.Repeat("Syndicat intercommunal à vocation unique ", 6)
	e.Head.Lines = []string{long, long, long, long, long, long}
	e.Council, e.Within = long, long
	for i := range e.Standings {
		st := &e.Standings[i]
		st.Next, st.Who, st.Due, st.Late, st.Trend = long, strings.Repeat("délégation", 30), "2026-01-01", true, long
		st.Title, st.Letter, st.Measure = strings.Repeat("Anticonstitutionnellement", 8), long, long
		st.Target, st.Aimed, st.Unit, st.State = 999_999_999_99, true, mandate.Money, mandate.Short
		st.Figures = []mandate.Figure{{Year: 2025, Value: 888_888_888_88, Origin: mandate.Entered}, {Year: 2026, Value: 123_456_789_01, Origin: mandate.Entered}}
	}
	if n := pagesOf(pdfOf(t, e)); n != 1 {
		t.Errorf("%d pages", n)
	}
	if over := report.ElectedOverflow(e); over > 0 {
		t.Errorf("the proposals end %.1f mm too low", over)
	}
}

func TestThePageCutsNeitherTheLetterNorWhoWrites(t *testing.T) {
	for _, chars := range []int{0, 120, 400, 2000} {
		e := handed()
		e.Head.Name = "Syndicat intercommunal à vocation unique pour l'économie sociale et solidaire des bords de Seine et des coteaux de l'ouest (fictif)"
		for i := range e.Standings {
			e.Standings[i].Next = strings.Repeat("avancer ", chars/8)
		}
		if cuts := report.ElectedCuts(e, false); len(cuts) > 0 {
			t.Errorf("with steps of %d characters the page cuts %q", chars, cuts)
		}
		if over := report.ElectedOverflow(e); over > 0 {
			t.Errorf("with steps of %d characters the proposals end %.1f mm too low", chars, over)
		}
	}
}

// TestTheUsualPageSaysAllWhole: with a letterhead, three years of figures and a step for
// each proposal.
func TestTheUsualPageSaysAllWhole(t *testing.T) {
	e := handed()
	for i := range e.Standings {
		st := &e.Standings[i]
		st.State = mandate.Short
		st.Next, st.Due, st.Late, st.Who = "revoir les deux marchés en préparation avec l'acheteur", "2027-02-23", false, "délégation à l'ESS"
		most := int64(98_76)
		if st.Unit != mandate.Share {
			most = 12_345_67
		}
		st.Figures = []mandate.Figure{{Year: 2024, Value: most / 2, Origin: mandate.Computed}, {Year: 2025, Value: most - 1, Origin: mandate.Computed}, {Year: 2026, Value: most, Origin: mandate.Computed}}
	}
	if cuts := report.ElectedCuts(e, true); len(cuts) > 0 {
		t.Errorf("the page cuts %q", cuts)
	}
	if over := report.ElectedOverflow(e); over > 0 {
		t.Errorf("the proposals end %.1f mm too low", over)
	}
	if n := pagesOf(pdfOf(t, e)); n != 1 {
		t.Errorf("%d pages", n)
	}
}

func TestTheLowestTextOfThePageStaysAboveItsFoot(t *testing.T) {
	for _, chars := range []int{0, 40, 120, 400, 2000} {
		e := handed()
		for i := range e.Standings {
			e.Standings[i].Next = strings.Repeat("avancer ", chars/8)
		}
		if over := report.ElectedOverflow(e); over > 0 {
			t.Errorf("with %d characters the proposals end %.1f mm too low", chars, over)
		}
	}
}

func TestAPageWithoutFiguresNorStepsIsClean(t *testing.T) {
	e := report.Elected{On: "2026-11-29", Standings: mandate.Standings(nil, nil, "2026-11-29")}
	if n := pagesOf(pdfOf(t, e)); n != 1 {
		t.Errorf("%d pages", n)
	}
	var b bytes.Buffer
	if err := report.WriteText(&b, e.Paper()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"aucune date n'est fixée", "aucune n'est écrite", "sans chiffre"} {
		if !strings.Contains(strings.ReplaceAll(b.String(), "’", "'"), want) {
			t.Errorf("%q is missing from:\n%s", want, b.String())
		}
	}
}

func TestThePageAsTextSaysEveryProposalInFull(t *testing.T) {
	var b bytes.Buffer
	if err := report.WriteText(&b, handed().Paper()); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(strings.NewReplacer("’", "'", "\u00a0", " ", "\u202f", " ").Replace(b.String())), " ")
	for i, c := range mandate.Commitments() {
		if !strings.Contains(text, fmt.Sprintf("%d. %s : ", i+1, c.Title)) {
			t.Errorf("%s is missing", c.Title)
		}
	}
	for _, want := range []string{"0,62 % en 2026, saisi", "en hausse : 0,2 % en 2025, 0,62 % en 2026", "pour le 15/11/2026 (passé), suivi par délégation ESS", "4 atteintes"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing from:\n%s", want, text)
		}
	}
}
