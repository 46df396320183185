package report

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// sample is a paper with one of each block.
func sample() Paper {
	return Paper{
		Head:  Head{Name: "Ville de Rocreuse (fictive)", Lines: []string{"Direction de la commande publique", "12, place de l'Hôtel-de-Ville, 92000 Rocreuse"}},
		Title: "Attestation de réalisation", About: "Marché 2026-014, « Peinture des écoles »", On: "2026-11-01",
		Foot: "Passerelle, clause sociale d'insertion",
		Blocks: []Block{
			Heading{1, "Ce qui était dû"},
			Paragraph{[]Run{{Text: "Le titulaire devait "}, {Text: "1 250 h", Bold: true}, {Text: " d'insertion : il en a fait 1 310,50 h, soit 105 %. « Tout est dit » !"}}},
			Bullets{Items: [][]Run{{{Text: "une première chose"}}, {{Text: "une seconde ; plus longue"}}}},
			Heading{2, "Mois par mois"},
			Grid{Head: []string{"mois", "modalité", "heures"}, Rows: [][]string{{"janvier 2026", "mise à disposition", "120 h"}, {"février 2026", "embauche directe", "1 190,50 h"}, {"total", "", "1 310,50 h"}}, Right: []int{2}, Total: true},
			Bars{Title: "Heures par mois", Names: []string{"janvier", "février"}, Value: []int64{120, 1190}, Shown: []string{"120 h", "1 190,50 h"}},
			Rule{},
			Signatures{[]string{"L'acheteur", "Le titulaire", "Le facilitateur", "La structure"}},
		},
	}
}

func pdfOf(t *testing.T, p Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WritePDF(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func textOf(t *testing.T, p Paper) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteText(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// opened checks a PDF with qpdf and returns its text page by page, as pdftotext
// reads it.
func opened(t *testing.T, pdf []byte) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tool := range []string{"qpdf", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not here to open the PDF", tool)
		}
	}
	if out, err := exec.CommandContext(t.Context(), "qpdf", "--check", path).CombinedOutput(); err != nil {
		t.Fatalf("qpdf: %v\n%s", err, out)
	}
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", "-enc", "UTF-8", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

// spaced gives ordinary spaces back, to look for sentences.
func spaced(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)), " ")
}

func TestAPaperReadsTheSameInItsTwoForms(t *testing.T) {
	pages := opened(t, pdfOf(t, sample()))
	if len(pages) != 1 {
		t.Fatalf("%d pages", len(pages))
	}
	for form, text := range map[string]string{"pdf": spaced(pages[0]), "texte": spaced(textOf(t, sample()))} {
		for _, want := range []string{"Ville de Rocreuse (fictive)", "Le 1er novembre 2026", "« Peinture des écoles »", "d’insertion : il en a fait 1 310,50 h, soit 105 %",
			"embauche directe 1 190,50 h", "Le facilitateur", "une seconde ; plus longue"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", form, want, text)
			}
		}
	}
	if !strings.Contains(spaced(pages[0]), "page 1 sur 1") {
		t.Error("no page number")
	}
}

// TestLook writes the samples where PASSERELLE_LOOK says, for a person to look at.
func TestLook(t *testing.T) {
	to := os.Getenv("PASSERELLE_LOOK")
	if to == "" {
		t.Skip("PASSERELLE_LOOK names no directory")
	}
	p := sample()
	p.Head.Image, p.Mark, p.To = logo(t, 300, 100), "Ne pas transmettre à l'acheteur", []string{"Peintures Fictives", "3, rue du Pont", "92000 Rocreuse"}
	odd := Paper{Title: awkward()[4], Blocks: []Block{Grid{Head: awkward()[:4], Rows: [][]string{awkward()[:4], awkward()[4:8]}}, Bars{Title: "t", Names: awkward(), Value: []int64{1, 3}, Shown: awkward()[:2]}, Signatures{awkward()}}}
	for name, paper := range map[string]Paper{"sample": p, "plain": sample(), "odd": odd} {
		if err := os.WriteFile(filepath.Join(to, name+".pdf"), pdfOf(t, paper), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, name+".txt"), []byte(textOf(t, paper)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheSamePaperIsTheSameBytes(t *testing.T) {
	first := pdfOf(t, sample())
	t.Setenv("TZ", "Pacific/Auckland")
	t.Setenv("LC_ALL", "tr_TR.UTF-8")
	for range 3 {
		if !bytes.Equal(first, pdfOf(t, sample())) {
			t.Fatal("two bytes differ")
		}
	}
	if !bytes.Contains(first, []byte("/CreationDate (D:20261101")) || !bytes.Contains(first, []byte("fr-FR")) {
		t.Error("the file is not dated by its paper, or not in French")
	}
	undated := sample()
	undated.On = ""
	if !bytes.Contains(pdfOf(t, undated), []byte("/CreationDate (D:2000")) {
		t.Error("a paper without a date takes the day it is written")
	}
}

func TestALongTableRepeatsItsHeadingOnEachPage(t *testing.T) {
	p := Paper{Title: "Longue liste"}
	g := Grid{Head: []string{"rang", "structure", "heures"}, Right: []int{0, 2}}
	for i := range 3000 {
		g.Rows = append(g.Rows, []string{fmt.Sprint(i + 1), "Structure fictive numéro " + fmt.Sprint(i+1), "12,50 h"})
	}
	p.Blocks = []Block{Heading{1, "La liste"}, g}
	pages := opened(t, pdfOf(t, p))
	if len(pages) < 50 || len(pages) > 120 {
		t.Fatalf("%d pages", len(pages))
	}
	for n, page := range pages {
		text := spaced(page)
		if !strings.Contains(text, "rang structure heures") || !strings.Contains(text, fmt.Sprintf("page %d sur %d", n+1, len(pages))) {
			t.Fatalf("page %d lacks its heading or its number:\n%s", n+1, page)
		}
	}
	if !strings.Contains(spaced(pages[len(pages)-1]), "3000 Structure fictive numéro 3000 12,50 h") {
		t.Error("the last row is not on the last page")
	}
}

func TestNoHeadingEndsAPage(t *testing.T) {
	for lines := 30; lines < 60; lines++ {
		p := Paper{Title: "Titre"}
		for range lines {
			p.Blocks = append(p.Blocks, Say("Une ligne."))
		}
		p.Blocks = append(p.Blocks, Heading{1, "Annonce"}, Say(strings.Repeat("mot ", 60)))
		for _, page := range opened(t, pdfOf(t, p)) {
			body, _, _ := strings.Cut(spaced(page), "page 1 sur")
			if strings.HasSuffix(strings.TrimSpace(body), "Annonce") {
				t.Fatalf("with %d lines before it, the heading is alone at the end of its page", lines)
			}
		}
	}
}

func TestNobodySignsAPageThatSaysNothing(t *testing.T) {
	for lines := 24; lines < 44; lines++ {
		p := Paper{Title: "Titre"}
		for range lines {
			p.Blocks = append(p.Blocks, Say("Une ligne."))
		}
		p.Blocks = append(p.Blocks, Say("Fait à Rocreuse"), Signatures{[]string{"Le facilitateur"}})
		pages := opened(t, pdfOf(t, p))
		last := pages[len(pages)-1]
		if strings.Contains(last, "Le facilitateur") && !strings.Contains(last, "Fait à Rocreuse") {
			t.Fatalf("with %d lines, the frame is alone on page %d", lines, len(pages))
		}
	}
}

// awkward are the names files bring.
func awkward() []string {
	return []string{
		strings.Repeat("Anticonstitutionnellement", 12), "شركة الأمل للإدماج", "עמותת תקווה", "希望会社", "Équipe 🏗️👩🏽‍🔧 du chantier",
		"a\x00b\x1b[31mc\u202ed\u200be", "e\u0301le\u0300ve n\u0303", "ligne\nsuivante", strings.Repeat("mot ", 400), "", "\U0001F9D1\uffff\U0010FFFF",
	}
}

func TestAwkwardNamesGiveACleanPage(t *testing.T) {
	p := Paper{Head: Head{Name: awkward()[0], Lines: awkward()}, To: awkward(), Mark: awkward()[4], Title: awkward()[4], About: awkward()[0], Foot: awkward()[0]}
	g := Grid{Head: awkward()[:4]}
	for i := range awkward() {
		g.Rows = append(g.Rows, awkward()[:1+i%4])
		p.Blocks = append(p.Blocks, Heading{2, awkward()[i]}, Say(awkward()[i]), Bullets{Items: [][]Run{{{Text: awkward()[i]}}}})
	}
	p.Blocks = append(p.Blocks, g, Bars{Names: awkward(), Value: []int64{1, -1}, Shown: awkward()[:2]}, Signatures{awkward()}, Grid{}, Bars{}, Signatures{})
	opened(t, pdfOf(t, p))
	for _, l := range strings.Split(textOf(t, p), "\n") {
		if w := ansi.StringWidth(l); w > textWidth {
			t.Errorf("a line of %d cells: %q", w, l)
		}
		if strings.ContainsFunc(l, func(r rune) bool { return r < ' ' || r == '\u202e' }) {
			t.Errorf("a control in %q", l)
		}
	}
}

func TestWhatTheFontLacksIsShownAsLacking(t *testing.T) {
	pages := opened(t, pdfOf(t, Paper{Blocks: []Block{Say("Nom : 希望 fin"), Say("Accents : élève œuvre Łódź Ştefan")}}))
	text := spaced(pages[0])
	if !strings.Contains(text, "Nom : □□ fin") || !strings.Contains(text, "élève œuvre Łódź Ştefan") {
		t.Errorf("%s", text)
	}
}

func TestFrenchTypographyIsSetOnce(t *testing.T) {
	set := newTypographer().set
	for in, want := range map[string]string{
		"Objet : la clause":        "Objet\u00a0: la clause",
		"Quoi ? Rien !":            "Quoi\u202f? Rien\u202f!",
		"« mot »":                  "«\u00a0mot\u00a0»",
		"1 234 567 h":              "1\u202f234\u202f567\u00a0h",
		"l'heure d'août":           "l’heure d’août",
		"le 1 mai 2026":            "le 1\u00a0mai 2026",
		"art. L2112-2 du code":     "art.\u00a0L2112-2 du code",
		"voir https://exemple.fr/": "voir https://exemple.fr/",
		"à 9:30, 5 %, 12,50 €":     "à 9:30, 5\u00a0%, 12,50\u00a0€",
		"« Lot « Nord » »":         "«\u00a0Lot “Nord”\u00a0»",
		"« a » et « b »":           "«\u00a0a\u00a0» et «\u00a0b\u00a0»",
		"« a « b »":                "«\u00a0a «\u00a0b\u00a0»",
	} {
		if got := set(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
		if got := set(set(in)); got != want {
			t.Errorf("set twice, %q gives %q", in, got)
		}
	}
}

func TestAPlainTableTooWideIsWrittenRowByRow(t *testing.T) {
	var head, row []string
	for i := range 20 {
		head, row = append(head, fmt.Sprintf("colonne %d", i+1)), append(row, fmt.Sprintf("valeur %d", i+1))
	}
	text := spaced(textOf(t, Paper{Blocks: []Block{Grid{Head: head, Rows: [][]string{row}}}}))
	if !strings.Contains(text, "colonne 20 : valeur 20") {
		t.Errorf("%s", text)
	}
}

func logo(t *testing.T, w, h int) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		for y := range h {
			m.Set(x, y, color.NRGBA{uint8(x), 90, uint8(y), uint8(x * 7)})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnImageThatIsNotOneIsASentence(t *testing.T) {
	good := logo(t, 300, 100)
	if err := CheckImage(good); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"text":      {[]byte("pas une image"), "ni un PNG ni un JPEG"},
		"truncated": {good[:len(good)/2], "abîmé ou incomplet"},
		"heavy":     {append(good, make([]byte, MaxImageBytes)...), "Ko"},
		"large":     {logo(t, maxImageSide+1, 1), "points"},
	} {
		if err := CheckImage(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	p := sample()
	p.Head.Image = good
	opened(t, pdfOf(t, p))
}
