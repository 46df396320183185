package report

import (
	"strings"

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

// ElectedCuts are the texts the page of elected members cuts: the letter's words and the
// name of who writes; all the rest too when it is asked whole.
func ElectedCuts(e Elected, all bool) []string {
	s := &sheets{pdf: fpdf.New("P", "mm", "A4", "")}
	s.fonts()
	s.pdf.AddPage()
	set := newTypographer().set
	head := typeset(Paper{Head: shortHead(e.Head), Title: electedTitle, On: e.On}).Head
	top, _ := s.electedHead(typeset(Paper{Head: shortHead(e.Head), Title: electedTitle, On: e.On}), e, set)
	var cuts []string
	whole := func(lines [][]span, text string) {
		got := ""
		for _, l := range lines {
			for _, p := range l {
				got += p.text
			}
		}
		if squeezed(got) != squeezed(text) {
			cuts = append(cuts, got)
		}
	}
	for _, r := range s.electedRows(e, set, electedEnd-top) {
		whole(r.words, set(r.standing.Quoted()))
		if !all {
			continue
		}
		whole(r.measure, set(r.standing.Measure))
		whole(r.moved, set(r.standing.Moved()))
		if r.standing.Next != "" {
			whole(r.step, set(r.standing.Next))
			whole(r.late, set("pour le "+r.standing.Due.French()+", "+r.standing.Who))
		}
	}
	name, _ := s.senderName(head.Name, 130)
	whole(name, head.Name)
	return cuts
}

func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }
