package report

import (
	"codeberg.org/go-pdf/fpdf"
)

// ElectedOverflow is how many millimetres the proposals go below the foot of the
// page, as they are measured.
func ElectedOverflow(e Elected) float64 {
	s := &sheets{pdf: fpdf.New("P", "mm", "A4", "")}
	s.fonts()
	s.pdf.AddPage()
	set := newTypographer().set
	top, _ := s.electedHead(typeset(Paper{Head: shortHead(e.Head), Title: electedTitle, On: e.On}), e, set)
	for _, r := range s.electedRows(e, set, electedEnd-top) {
		top += r.tall
	}
	return max(0, top-electedEnd)
}
