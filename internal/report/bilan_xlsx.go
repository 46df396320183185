package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"passerelle/internal/bilan"
)

// WriteBilanXLSX writes a bilan as a workbook: a sheet that says what it is, then
// one for each table with its chart. Totals that add up are formulas; hidden
// figures are words, so that no sum takes them for 0. The same Report gives the
// same bytes.
func WriteBilanXLSX(w io.Writer, r bilan.Report) error {
	f := excelize.NewFile()
	defer f.Close()
	f.ZipWriter = settled
	b := &bilanBook{f: f, r: r, styles: map[bilanStyle]int{}}
	if err := b.write(); err != nil {
		return fmt.Errorf("%s en tableur : %w", r.Title, err)
	}
	return f.Write(w)
}

// bilanBook is one workbook being written.
type bilanBook struct {
	f      *excelize.File
	r      bilan.Report
	sheets []string // of each table
	styles map[bilanStyle]int
}

func (b *bilanBook) write() error {
	if err := b.f.SetSheetName("Sheet1", bilanFront); err != nil {
		return err
	}
	taken := map[string]bool{strings.ToLower(bilanFront): true}
	for _, t := range b.r.Tables {
		name := sheetName(t.Short(), taken)
		b.sheets = append(b.sheets, name)
		if _, err := b.f.NewSheet(name); err != nil {
			return err
		}
	}
	if err := b.front(); err != nil {
		return err
	}
	for i, t := range b.r.Tables {
		if err := (&bilanSheet{bilanBook: b, t: t, name: b.sheets[i]}).write(); err != nil {
			return fmt.Errorf("tableau « %s » : %w", t.Title, err)
		}
	}
	return b.properties()
}

// properties are those of the file: dated by the bilan, never by the clock.
func (b *bilanBook) properties() error {
	on := string(b.r.Query.On)
	if on == "" {
		on = "2000-01-01"
	}
	if err := b.f.SetDocProps(&excelize.DocProperties{
		Creator: "Passerelle", LastModifiedBy: "Passerelle", Created: on + "T00:00:00Z", Modified: on + "T00:00:00Z",
		Title: b.r.Title, Subject: b.r.Scope, Description: "empreinte " + b.r.Fingerprint + ", règles " + b.r.Rules, Language: "fr-FR",
	}); err != nil {
		return err
	}
	yes := true
	return b.f.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &yes})
}

// sheetName makes the name of a sheet of a title: 31 units of UTF-16, none of the
// signs a spreadsheet refuses, and none twice.
func sheetName(title string, taken map[string]bool) string {
	clean := strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\'' {
			return '’'
		}
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, title))
	if clean == "" {
		clean = "Tableau"
	}
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = fmt.Sprintf(" (%d)", n)
		}
		name := strings.TrimSpace(units(clean, 31-len(suffix))) + suffix
		if key := strings.ToLower(name); !taken[key] {
			taken[key] = true
			return name
		}
	}
}

// units keeps the first n units of UTF-16 of a text, never half a character.
func units(s string, n int) string {
	for i, r := range s {
		if n -= utf16.RuneLen(r); n < 0 {
			return s[:i]
		}
	}
	return s
}

// paper is how a sheet is printed: A4 landscape, as wide as the page, what it is
// at its foot.
func (b *bilanBook) paper(sheet string) error {
	landscape, a4, fit, one, none := "landscape", 9, true, 1, 0
	if err := b.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := b.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &one, FitToHeight: &none}); err != nil {
		return err
	}
	foot := strings.ReplaceAll(bilanFoot(b.r), "&", "&&")
	return b.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L&8 " + units(foot, 180) + "&R&8 &P / &N"})
}

// tall is a height in points; a row takes no more than 409.
func tall(points int) float64 { return float64(min(points, 400)) }

// lineCount is how many lines a text takes in a column of that many characters.
func lineCount(s string, width int) int {
	return 1 + (len([]rune(s))-1)/width
}
