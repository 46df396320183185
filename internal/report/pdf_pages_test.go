package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestNoPageIsLeftHalfBlank: whatever comes before, a chart, a table of tall rows, a
// list or a long text goes on over the page instead of leaving a hole.
func TestNoPageIsLeftHalfBlank(t *testing.T) {
	bars := Bars{Title: "Heures comptées"}
	for i := range 24 {
		bars.Names, bars.Value, bars.Shown = append(bars.Names, fmt.Sprintf("mois %d", i+1)), append(bars.Value, int64(i)), append(bars.Shown, "12 h")
	}
	grid := Grid{Head: []string{"objet", "heures"}, Right: []int{1}, Total: true}
	list := Bullets{}
	for i := range 12 {
		grid.Rows = append(grid.Rows, []string{strings.Repeat("Réhabilitation de logements sociaux ", 1+40*(i%3)), "12 h"})
		list.Items = append(list.Items, []Run{{Text: strings.Repeat("mot ", 30*i)}})
	}
	for name, blocks := range map[string][]Block{"chart": {Heading{1, "Mois par mois"}, bars}, "table": {Heading{1, "Les lots"}, grid}, "list": {list}, "text": {Say(strings.Repeat("mot ", 3000))}} {
		for lines := range 60 {
			p := Paper{Title: "Titre"}
			for range lines {
				p.Blocks = append(p.Blocks, Say("Une ligne."))
			}
			p.Blocks = append(p.Blocks, blocks...)
			s, err := laid(typeset(p))
			if err != nil {
				t.Fatal(err)
			}
			pages := s.share()
			for n, page := range pages[:len(pages)-1] {
				last := page[len(page)-1]
				if blank := pageHeight - marginFoot - last.at - last.height; blank > pageHeight/5+12 {
					t.Fatalf("%s after %d lines: %.0f mm are blank on page %d of %d", name, lines, blank, n+1, len(pages))
				}
			}
		}
	}
}

func TestALongChartHasItsTitleAgainOnThePageItGoesOnTo(t *testing.T) {
	b := Bars{Title: "Heures de chaque structure"}
	for i := range 90 {
		b.Names, b.Value, b.Shown = append(b.Names, fmt.Sprintf("structure %d", i+1)), append(b.Value, int64(i)), append(b.Shown, "12 h")
	}
	pages := opened(t, pdfOf(t, Paper{Title: "Titre", Blocks: []Block{b}}))
	if len(pages) < 2 {
		t.Fatalf("%d pages", len(pages))
	}
	for n, page := range pages {
		if strings.Count(page, b.Title) != 1 {
			t.Errorf("page %d:\n%s", n+1, page)
		}
	}
}

func TestANoteStaysWithTheTableItAnnounces(t *testing.T) {
	for lines := 24; lines < 60; lines++ {
		p := Paper{Title: "Titre"}
		for range lines {
			p.Blocks = append(p.Blocks, Say("Une ligne."))
		}
		p.Blocks = append(p.Blocks, Heading{2, "Annonce"}, Say("Une note."), Grid{Head: []string{"mois"}, Rows: [][]string{{"janvier"}}})
		for _, page := range opened(t, pdfOf(t, p)) {
			if strings.Contains(page, "Annonce") && !strings.Contains(page, "janvier") {
				t.Fatalf("with %d lines before it, the note is left behind:\n%s", lines, page)
			}
		}
	}
}

// TestWhatBelongsTogetherIsOnOnePage: a note and what it announces, a short table and its
// total, a chart, a list and the words that open it, wherever they fall on the page.
func TestWhatBelongsTogetherIsOnOnePage(t *testing.T) {
	long := strings.Repeat("Lots dont la clause court dans l'année ou qui en ont des heures, depuis leur début ; ", 4)
	short := Grid{Head: []string{"lieu", "heures"}, Right: []int{1}, Total: true}
	for i := range 11 {
		short.Rows = append(short.Rows, []string{fmt.Sprintf("rangée %d", i+1), "12 h"})
	}
	short.Rows = append(short.Rows, []string{"somme", "132 h"})
	tall := Grid{Head: short.Head, Rows: slices.Repeat([][]string{{"autre", "12 h"}}, 30)}
	tall.Rows[0], tall.Rows[1] = []string{"rangée 1", ""}, []string{"somme", ""}
	bars := Bars{Title: "rangée 1"}
	for range 20 {
		bars.Names, bars.Value, bars.Shown = append(bars.Names, "barre"), append(bars.Value, 1), append(bars.Shown, "1 h")
	}
	bars.Names[19] = "somme"
	list := Bullets{Items: [][]Run{{{Text: "rangée 1"}}, {{Text: "somme"}}, {{Text: "autre"}}}}
	for name, blocks := range map[string][]Block{
		"table": {Heading{2, "Annonce"}, Say(long), short}, "long table": {Heading{2, "Annonce"}, Say(long), tall},
		"chart": {Heading{2, "Annonce"}, bars}, "list": {Say("Annonce : " + long + " l'une de ces catégories : "), list},
	} {
		for lines := 16; lines < 54; lines += 2 {
			p := Paper{Title: "Titre"}
			for range lines {
				p.Blocks = append(p.Blocks, Say("Une ligne."))
			}
			for n, page := range opened(t, pdfOf(t, Paper{Title: "Titre", Blocks: append(p.Blocks, blocks...)})) {
				first, end := strings.Contains(page, "Annonce"), strings.Contains(page, "somme")
				if first != end || first != strings.Contains(page, "rangée 1") {
					t.Fatalf("%s after %d lines is cut on page %d:\n%s", name, lines, n+1, page)
				}
			}
		}
	}
}

func TestTheLastLineIsNotAloneOnItsPage(t *testing.T) {
	for lines := 24; lines < 44; lines++ {
		p := Paper{Title: "Titre"}
		for i := range lines {
			p.Blocks = append(p.Blocks, Say(fmt.Sprintf("Ligne %d.", i+1)))
		}
		pages := opened(t, pdfOf(t, p))
		if last := pages[len(pages)-1]; strings.Count(last, "Ligne") < 2 {
			t.Fatalf("of %d lines, the last is alone:\n%s", lines, last)
		}
	}
}

func TestAFrameToSignIsNeverTallerThanAPage(t *testing.T) {
	pages := opened(t, pdfOf(t, Paper{Title: "Titre", Blocks: []Block{Signatures{[]string{strings.Repeat("mot ", 2000), "Le facilitateur"}}}}))
	if len(pages) != 1 || !strings.Contains(spaced(pages[0]), "mot…") {
		t.Errorf("%d pages:\n%s", len(pages), pages[0])
	}
}
