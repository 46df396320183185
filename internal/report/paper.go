package report

import "passerelle/internal/insertion"

// Paper is a document ready to be laid out, whatever it says: PDF and plain text
// are two ways of writing the same blocks. Texts are plain French as a person
// types it: the no-break spaces and the apostrophes are put by the writers.
type Paper struct {
	Head   Head
	To     []string // whom a letter is for: name, then address; set on the right
	Mark   string   // at the top of every page: « Projet », « Ne pas transmettre… »
	Title  string
	About  string // a line under the title: the contract, the year
	On     insertion.Date
	Blocks []Block
	Foot   string // at the foot of every page, left of its number
}

// Head is what stands at the top of the first page.
type Head struct {
	Name  string
	Lines []string // service, address, telephone
	Image []byte   // PNG or JPEG; nil when there is none
}

// Block is one of Heading, Paragraph, Bullets, Grid, Bars, Signatures, Rule or
// PageBreak.
type Block interface{ block() }

type (
	// Heading is a title inside the document, of level 1 to 3.
	Heading struct {
		Level int
		Text  string
	}
	// Paragraph is a run of text, parts of which may be bold or italic.
	Paragraph struct{ Runs []Run }
	// Bullets is a list, numbered or not.
	Bullets struct {
		Numbered bool
		Items    [][]Run
	}
	// Grid is a table; it goes on over as many pages as it needs, its heading
	// repeated.
	Grid struct {
		Head  []string
		Rows  [][]string
		Right []int     // columns of numbers
		Total bool      // the last row is a total
		Wide  []float64 // relative widths; nil measures the texts
		Open  bool      // its rows are to be filled by hand: they are taller
	}
	// Bars is a bar chart, its numbers beside it.
	Bars struct {
		Title string
		Names []string
		Value []int64  // what the bars measure; below 0 for what is not said
		Shown []string // each value as it is read, with its unit
	}
	// Signatures leaves room for people to sign.
	Signatures struct{ Who []string }
	// Rule is a horizontal line.
	Rule struct{}
	// PageBreak starts a page.
	PageBreak struct{}
)

// Run is a piece of text in one style.
type Run struct {
	Text         string
	Bold, Italic bool
}

func (Heading) block()    {}
func (Paragraph) block()  {}
func (Bullets) block()    {}
func (Grid) block()       {}
func (Bars) block()       {}
func (Signatures) block() {}
func (Rule) block()       {}
func (PageBreak) block()  {}

// Say is a paragraph of plain text.
func Say(text string) Paragraph { return Paragraph{[]Run{{Text: text}}} }
