package document

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"passerelle/internal/insertion"
	"passerelle/internal/report"
)

var update = flag.Bool("update", false, "rewrite the golden documents")

func textOf(t testing.TB, p report.Paper) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.WriteText(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sheetOf(t testing.TB, name string) Sheet {
	t.Helper()
	s, err := SheetOf(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ordinary gives plain spaces and apostrophes back.
func ordinary(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'").Replace(s)), " ")
}

func TestEachKindOfTheInventedLotReadsAsItsGolden(t *testing.T) {
	for _, s := range Sheets() {
		got := textOf(t, s.Paper(Sample(s.Kind), ""))
		path := filepath.Join("testdata", string(s.Kind)+".golden")
		if *update {
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

func TestEachKindHasItsSheetItsWordingAndAPDF(t *testing.T) {
	for _, kind := range insertion.DocumentKinds() {
		s := sheetOf(t, string(kind))
		if err := s.Check(Wording(kind)); err != nil {
			t.Errorf("%s: the program's own wording: %v", kind, err)
		}
		if why := s.Refusal(Sample(kind)); why != "" {
			t.Errorf("%s is refused: %s", kind, why)
		}
		p := s.Paper(Sample(kind), "")
		var a, b bytes.Buffer
		if err := errors.Join(report.WritePDF(&a, p), report.WritePDF(&b, s.Paper(Sample(kind), ""))); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: the same facts give other bytes", kind)
		}
		if strings.Contains(textOf(t, p), "{{") {
			t.Errorf("%s: a field is left as it is written", kind)
		}
	}
}

func TestDocumentsForOthersKnowNoPerson(t *testing.T) {
	for _, s := range Sheets() {
		for _, f := range append(s.Fields(), s.Blocks()...) {
			if person := strings.HasPrefix(f.Name, "personne") || f.Name == "tableau personne"; person && !s.Kind.Nominal() {
				t.Errorf("%s may hold %s", s.Kind, f.Name)
			}
		}
		p := s.Paper(Sample(s.Kind), "")
		if s.Kind.Nominal() != strings.Contains(p.Mark, "ne pas transmettre à l'acheteur") {
			t.Errorf("%s is marked %q", s.Kind, p.Mark)
		}
	}
}

func TestTheQualityOfWhoSignsIsWrittenOnce(t *testing.T) {
	s := sheetOf(t, "attestation")
	for name, want := range map[string]string{
		"":                                "Je soussigné(e) …………………………, facilitateur de la clause sociale, atteste",
		"Camille Exemple":                 "Je soussigné(e) Camille Exemple, facilitateur de la clause sociale, atteste",
		"Camille Exemple, facilitatrice":  "Je soussigné(e) Camille Exemple, facilitatrice, atteste",
		"Camille Exemple (chargée d'ESS)": "Je soussigné(e) Camille Exemple (chargée d'ESS), atteste",
	} {
		f := Sample(s.Kind)
		f.Own.Facilitator = name
		if text := ordinary(textOf(t, s.Paper(f, ""))); !strings.Contains(text, want) {
			t.Errorf("%s: %q is not in\n%s", name, want, text)
		}
	}
}

func TestAMistakeInAWordingIsToldWithItsLineAndItsRemedy(t *testing.T) {
	s := sheetOf(t, "attestation")
	for source, want := range map[string]string{
		"# Titre\n\nIl manque {{heure.dues}}.": "ligne 3 : le champ « heure.dues » n'existe pas ; le plus proche : « heures.dues »",
		"{{personne.nom}}":                     "ligne 1 : le champ « personne.nom » n'existe pas",
		"Voir {{tableau mois}} ici":            "« tableau mois » se met seul sur sa ligne",
		"Un {{champ\nouvert}}":                 "ligne 1 : « {{ » ou « }} » reste ouvert",
		"fin {{?date}}":                        "se met au début de son paragraphe",
		"{{?date}}{{!date}}fin {{?date}}":      "se met au début de son paragraphe",
		"{{?tableau mois}}":                    "est un bloc, pas un champ",
		"":                                     "ce texte est vide",
		"un \x1b[31m rouge":                    "un caractère de commande",
		"\xff":                                 "UTF-8",
		strings.Repeat("x", MaxWording+1):      "64 au plus",
		"ok {{date}}\n\n{{signatures : A ; B}}\n\n{{zz}}": "ligne 5 : le champ « zz » n'existe pas",
	} {
		err := s.Check(source)
		var wrong *WordingError
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %q", source, err, want)
		} else if unknown := strings.Contains(want, "n'existe pas"); unknown != (wrong.Unknown == s.Kind) {
			t.Errorf("%.60q: a field nobody knows of %q", source, wrong.Unknown)
		}
	}
}

func TestWhatAFactSaysNeverBecomesMarkup(t *testing.T) {
	s := sheetOf(t, "relance")
	f := Sample(s.Kind)
	hostile := "# Titre\n\n**gras** {{heures.dues}} | a | b |\n- liste {{tableau retards}} <b>html</b> [lien](http://x)"
	f.Lot.Object, f.Buyer.Name = hostile, hostile
	f.Lot.Lead.Name = hostile
	p := s.Paper(f, "Objet {{marche.objet}}\n\n- {{acheteur.nom}}\n\n| a |\n|---|\n| {{titulaire.nom}} |")
	if len(p.Blocks) != 3 {
		t.Fatalf("%d blocks: %+v", len(p.Blocks), p.Blocks)
	}
	runs := p.Blocks[0].(report.Paragraph).Runs
	if len(runs) != 1 || runs[0].Bold || runs[0].Text != "Objet "+hostile {
		t.Errorf("%+v", runs)
	}
	if g := p.Blocks[2].(report.Grid); len(g.Rows) != 1 || g.Rows[0][0] != hostile {
		t.Errorf("%+v", g)
	}
}

func TestEmptyFieldsPrintPointsAndConditionsDropTheirParagraph(t *testing.T) {
	s := sheetOf(t, "relance")
	f := Sample(s.Kind)
	f.Own = insertion.Letterhead{}
	p := s.Paper(f, "Fait à {{lieu}}\n\n{{?lieu}}avec lieu\n\n{{!lieu}}sans lieu\n\n## Vide\n\n{{?lieu}}rien\n\n## Plein\n\n{{?date}}*daté*")
	text := ordinary(textOf(t, p))
	for _, want := range []string{"Fait à " + points, "sans lieu", "PLEIN daté"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing from:\n%s", want, text)
		}
	}
	for _, not := range []string{"avec lieu", "VIDE", "rien"} {
		if strings.Contains(text, not) {
			t.Errorf("%q is still in:\n%s", not, text)
		}
	}
}

func TestTheListOfStructuresPrefersNone(t *testing.T) {
	text := ordinary(textOf(t, sheetOf(t, "structures").Paper(Sample(insertion.DocList), "")))
	if !strings.Contains(text, "n'est pas une recommandation") || !strings.Contains(text, "ordre alphabétique") {
		t.Errorf("%s", text)
	}
}

func TestALetterNeverDecides(t *testing.T) {
	decision := ordinary(textOf(t, sheetOf(t, "decision").Paper(Sample(insertion.DocDecision), "")))
	if !strings.Contains(decision, "La décision appartient à l'acheteur") || !strings.Contains(decision, "13 230,00 €") {
		t.Errorf("%s", decision)
	}
	reminder := ordinary(textOf(t, sheetOf(t, "relance").Paper(Sample(insertion.DocReminder), "")))
	if strings.Contains(reminder, "€") {
		t.Errorf("a reminder threatens with a figure:\n%s", reminder)
	}
	if p := sheetOf(t, "mise-en-demeure").Paper(Sample(insertion.DocNotice), ""); !strings.Contains(p.Mark, "Projet") || p.Head.Name != "Ville de Rocreuse (fictive)" {
		t.Errorf("the notice is not a draft of the buyer's: %q %q", p.Mark, p.Head.Name)
	}
}

func TestNoNumberOfPersonsIsUnderFive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(rapid.StringMatching(`[a-e]`)).Draw(t, "people")
		total := 0
		for _, g := range crowd(list, func(s string) string { return s }, "autres") {
			if g.n < fewest {
				t.Fatalf("%+v of %v", g, list)
			}
			total += g.n
		}
		if total != 0 && total != len(list) {
			t.Fatalf("%d of %d", total, len(list))
		}
	})
}

func TestALotNeverSaysHowManyWhenTheyAreFewerThanFive(t *testing.T) {
	f := Sample(insertion.DocClosing)
	f.People = insertion.PeopleCount{Total: 4, Women: 3, Categories: []string{"RSA", "RSA", "RQTH", "QPV"}}
	text := ordinary(textOf(t, sheetOf(t, "bilan-lot").Paper(f, "")))
	if !strings.Contains(text, "Moins de 5 personnes") || strings.Contains(text, "femmes") || strings.Contains(text, "RSA") {
		t.Errorf("%s", text)
	}
}

func TestASignedPaperSaysWhatWasVerifiedAndNothingMore(t *testing.T) {
	const verified = "celles de personnes dont l'éligibilité a été vérifiée"
	for name, c := range map[string]struct {
		totals, granted insertion.Hours
		people          int
		want, not       []string
	}{
		"all by person": {0, 0, 17, []string{"Les heures comptées sont " + verified, "17 personnes ont travaillé"}, []string{"totaux"}},
		"some in totals": {100_00, 0, 17, []string{"Sur les 612,50 h comptées, 512,50 h sont " + verified,
			"100 h ont été déclarées en totaux, sans détail par personne : leur éligibilité n'a pas été vérifiée", "17 personnes ont été déclarées une à une"}, []string{"ont travaillé"}},
		"all in totals": {612_50, 0, 0, []string{"Les 612,50 h comptées ont toutes été déclarées en totaux", "l'éligibilité des personnes n'a pas été vérifiée", "Le nombre de personnes n'est pas connu"},
			[]string{verified, "Aucune personne n'a été déclarée"}},
		"some granted": {0, 12_50, 17, []string{"600 h sont " + verified, "12,50 h sont comptées par décision du facilitateur"}, []string{"totaux"}},
	} {
		for _, kind := range []insertion.DocumentKind{insertion.DocDone, insertion.DocClosing} {
			f := Sample(kind)
			f.Undetailed, f.Granted, f.People.Total, f.People.Women = c.totals, c.granted, c.people, 0
			text := ordinary(textOf(t, sheetOf(t, string(kind)).Paper(f, "")))
			for _, want := range c.want {
				if !strings.Contains(text, want) {
					t.Errorf("%s, %s: %q is missing from:\n%s", kind, name, want, text)
				}
			}
			for _, not := range c.not {
				if strings.Contains(text, not) {
					t.Errorf("%s, %s: %q is in:\n%s", kind, name, not, text)
				}
			}
		}
	}
}

func TestALetterAsksForThePaceBeforeTheTermAndForAllAfterIt(t *testing.T) {
	s := sheetOf(t, "mise-en-demeure")
	f := Sample(s.Kind)
	for i := range f.Declarations {
		f.Declarations[i].Received, f.Declarations[i].Late = f.On, 0
	}
	before := ordinary(textOf(t, s.Paper(f, "")))
	if !strings.Contains(before, "au terme de la clause, le 31 décembre 2026") || !strings.Contains(before, "en étaient attendues au 31 octobre 2026") || strings.Contains(before, "justificatifs") {
		t.Errorf("before the term, all declarations there:\n%s", before)
	}
	table := ordinary(textOf(t, sheetOf(t, "attestation").Paper(f, "")))
	if !strings.Contains(table, "Dues au terme (31/12/2026)") || !strings.Contains(table, "Attendues au 31/10/2026") || strings.Contains(table, "Dues à ce jour") {
		t.Errorf("the attestation says:\n%s", table)
	}
	f.On = "2027-01-15"
	after := ordinary(textOf(t, s.Paper(f, "")))
	if strings.Contains(after, "attendues") || !strings.Contains(after, "il en manque "+ordinary((f.Dues.ToDate-f.Lot.Hours.Done).String())) {
		t.Errorf("after the term:\n%s", after)
	}
	if asked := ordinary(textOf(t, s.Paper(Sample(s.Kind), ""))); !strings.Contains(asked, "les déclarations manquantes et leurs justificatifs") {
		t.Errorf("a declaration is missing and not asked for:\n%s", asked)
	}
}

func TestNoFormalNoticeWhileThePaceIsHeld(t *testing.T) {
	s := sheetOf(t, "mise-en-demeure")
	f := Sample(s.Kind)
	f.Declarations, f.Lot.Hours.Done = nil, f.Dues.ToDate-1
	f.Estimate.Missing = 1
	if why := s.Refusal(f); !strings.Contains(why, "le rythme est tenu") {
		t.Errorf("refused because %q", why)
	}
	f.On = "2027-01-15"
	if why := s.Refusal(f); why != "" {
		t.Errorf("after the term an hour is missing, yet: %s", why)
	}
}

func FuzzWording(f *testing.F) {
	for _, s := range Sheets() {
		f.Add(Wording(s.Kind))
	}
	for _, odd := range []string{"{{", "}}", "{{?}}", "{{!date}}{{?date}}", "| a |\n|--|\n| {{date}} |", "> {{date}}\n> - {{lieu}}", "```\n{{date}}\n```", "<p>{{date}}</p>", "{{signatures:;;}}", "1. a\n   - b\n\n      c", "# {{lieu}}", "a\\\nb  \nc", "{{tableau  mois}}"} {
		f.Add(odd)
	}
	sheets := Sheets()
	f.Fuzz(func(t *testing.T, source string) {
		for _, s := range sheets[len(source)%len(sheets):][:1] {
			err := s.Check(source)
			text := textOf(t, s.Paper(Sample(s.Kind), source))
			if err == nil && strings.Contains(text, "{{") {
				t.Errorf("%s accepts %q and leaves a field in:\n%s", s.Kind, source, text)
			}
		}
	})
}

// TestAnyTextIsReadOrRefused splices wordings and odd marks at random.
func TestAnyTextIsReadOrRefused(t *testing.T) {
	marks := []string{"{{", "}}", "{{?", "{{!", "{{date}}", "{{tableau mois}}", "\n", "\n\n", "# ", "- ", "1. ", "> ", "|", "|---|\n", "**", "*", "`", "```\n", "<b>", "    ", "\\", "é", "🏗", "{{signatures : A ; B}}", "&amp;", "[a](b)"}
	for _, s := range Sheets() {
		marks = append(marks, strings.SplitAfter(Wording(s.Kind), "\n")...)
	}
	sheets := Sheets()
	rapid.Check(t, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOfN(rapid.SampledFrom(marks), 1, 25).Draw(t, "parts"), "")
		s := rapid.SampledFrom(sheets).Draw(t, "kind")
		err := s.Check(source)
		text := report.Text(s.Paper(Sample(s.Kind), source), 76)
		if err == nil && (strings.Contains(text, "{{") || strings.Contains(text, "}}")) {
			t.Fatalf("%s accepts %q and leaves a field in:\n%s", s.Kind, source, text)
		}
	})
}

func TestTheClosingBilanOfALotThatOwesNothingYetSaysSo(t *testing.T) {
	s := sheetOf(t, string(insertion.DocClosing))
	f := Sample(s.Kind)
	f.Dues.ToDate = 0
	text := textOf(t, s.Paper(f, ""))
	if !strings.Contains(text, "Aucune heure n’est due à ce jour.") || strings.Contains(text, "des heures dues au terme") {
		t.Error(text)
	}
}
