package report

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansbolditalic"
	"github.com/go-fonts/liberation/liberationsansitalic"
	"github.com/go-fonts/liberation/liberationsansregular"
)

// The page, in millimetres: A4, with the margins of an office letter.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	marginSide = 22.0
	marginTop  = 18.0
	marginFoot = 24.0 // of which the foot of the page takes the lower part
	bodyWidth  = pageWidth - 2*marginSide
)

// The sizes of letters, in points.
const (
	titleSize = 17.0
	bodySize  = 10.5
	noteSize  = 8.5
)

const fontFamily = "liberation"

// WritePDF writes a paper as an A4 PDF with its fonts inside. The same paper gives
// the same bytes whatever the day, the machine and its language: the dates of the
// file are those of the paper. An error tells that the image of the head cannot
// be read, in French, or that w refused.
func WritePDF(w io.Writer, p Paper) error {
	p = typeset(p)
	s, err := laid(p)
	if err != nil {
		return err
	}
	s.print(p)
	if err := s.pdf.Error(); err != nil {
		return fmt.Errorf("mise en page de « %s » : %w", p.Title, err)
	}
	return s.pdf.Output(w)
}

// sheets is a paper being laid out: first every piece is measured, then the pieces
// are shared out between pages, then the pages are drawn, their number known.
type sheets struct {
	pdf    *fpdf.Fpdf
	top    float64 // where a page begins
	pieces []piece
	known  glyphs
	widths map[word]float64
}

// laid measures every piece of a paper.
func laid(p Paper) (*sheets, error) {
	s := &sheets{pdf: fpdf.New("P", "mm", "A4", ""), top: marginTop}
	if p.Mark != "" {
		s.top += 7
	}
	s.describe(p)
	s.fonts()
	head, err := s.letterhead(p)
	if err != nil {
		return nil, err
	}
	s.add(head...)
	for i, b := range p.Blocks {
		from := len(s.pieces)
		s.block(b)
		if i+1 < len(p.Blocks) && len(s.pieces) > from && announces(b, p.Blocks[i+1]) {
			together(s.pieces[from:], pageHeight/5)
			s.pieces[len(s.pieces)-1].bound = true
		}
	}
	s.keepLast(lastPage)
	return s, nil
}

// announces tells a text that a table or a chart follows, or that ends in a colon: it
// stays with what comes next.
func announces(b, next Block) bool {
	text, ok := b.(Paragraph)
	if !ok || len(text.Runs) == 0 {
		return false
	}
	switch next.(type) {
	case Grid, Bars:
		return true
	case PageBreak:
		return false
	}
	return strings.HasSuffix(strings.TrimSpace(text.Runs[len(text.Runs)-1].Text), ":")
}

// describe fills what a reader of PDF shows of the file, and what a screen reader
// needs: the language.
func (s *sheets) describe(p Paper) {
	on := p.On.Time()
	if on.IsZero() { // fpdf would write the day it is
		on = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	s.pdf.SetCreationDate(on)
	s.pdf.SetModificationDate(on)
	s.pdf.SetCatalogSort(true)
	s.pdf.SetTitle(p.Title, true)
	s.pdf.SetSubject(p.About, true)
	s.pdf.SetAuthor(p.Head.Name, true)
	s.pdf.SetCreator("Passerelle", true)
	s.pdf.SetProducer("Passerelle", true)
	s.pdf.SetLang("fr-FR")
	s.pdf.SetAutoPageBreak(false, 0)
	s.pdf.SetMargins(marginSide, marginTop, marginSide)
	s.pdf.SetCellMargin(0)
}

// fonts loads Liberation Sans, of which only the letters used go in the file.
func (s *sheets) fonts() {
	for style, ttf := range map[string][]byte{
		"": liberationsansregular.TTF, "B": liberationsansbold.TTF, "I": liberationsansitalic.TTF, "BI": liberationsansbolditalic.TTF,
	} {
		s.pdf.AddUTF8FontFromBytes(fontFamily, style, ttf)
	}
	known, err := newGlyphs(liberationsansregular.TTF)
	s.pdf.SetError(err)
	s.known, s.widths = known, map[word]float64{}
}

// errBlock says that a block has no way of being written: a defect of ours.
var errBlock = errors.New("un bloc du document n'a pas de mise en page")

// block measures one block.
func (s *sheets) block(b Block) {
	switch b := b.(type) {
	case Heading:
		s.heading(b)
	case Paragraph:
		s.add(s.lines(s.wrap(b.Runs, bodySize, bodyWidth), bodySize, 0, 2.2)...)
	case Bullets:
		s.bullets(b)
	case Grid:
		s.grid(b)
	case Bars:
		s.bars(b)
	case Signatures:
		s.signatures(b)
	case Rule:
		s.add(piece{height: 1, gap: 3, draw: func(y float64) {
			s.pen(faintInk)
			s.pdf.Line(marginSide, y+0.5, pageWidth-marginSide, y+0.5)
		}})
	case PageBreak:
		s.add(piece{turn: true})
	default:
		s.pdf.SetError(errBlock)
	}
}
