package report

import (
	"fmt"

	"passerelle/internal/mandate"
)

// electedRow is a proposal measured.
type electedRow struct {
	standing   mandate.Standing
	scale      float64
	tall       float64
	title      [][]span
	words      [][]span
	measure    [][]span
	moved      [][]span
	step, late [][]span
}

// electedLines is the most lines the cells of a proposal take: the letter's words, what
// is measured, the trend, the next step.
type electedLines struct{ words, measure, moved, step int }

// electedRows measures the proposals as large as they fit in a height: smaller
// letters first, then fewer lines. What the letter says is cut last of all.
func (s *sheets) electedRows(e Elected, set func(string) string, room float64) []electedRow {
	var rows []electedRow
	for _, most := range []electedLines{{4, 3, 2, 5}, {4, 3, 2, 3}, {4, 2, 2, 3}, {4, 2, 2, 2}, {4, 2, 1, 2}, {4, 1, 1, 1}, {1, 1, 1, 1}} {
		for _, scale := range []float64{1, 0.97, 0.94} { // the last writes the smallest letters in seven points
			rows = rows[:0]
			tall := 0.0
			for i, st := range e.Standings {
				r := s.measured(st, i+1, set, scale, most)
				tall += r.tall
				rows = append(rows, r)
			}
			if tall <= room {
				return rows
			}
		}
	}
	return rows
}

func (s *sheets) measured(st mandate.Standing, n int, set func(string) string, scale float64, most electedLines) electedRow {
	r := electedRow{standing: st, scale: scale}
	r.title = s.clamp([]Run{{Text: set(fmt.Sprintf("%d. %s", n, st.Title)), Bold: true}}, 9.5*scale, wordsWide, min(most.words, 2))
	r.words = s.clamp([]Run{{Text: set(st.Quoted()), Italic: true}}, smallSize*scale, wordsWide, most.words)
	r.measure = s.clamp([]Run{{Text: set(st.Measure)}}, smallSize*scale, figureWide, most.measure)
	if st.State != mandate.Unproved {
		r.moved = s.clamp([]Run{{Text: set(st.Moved())}}, smallSize*scale, figureWide, most.moved)
	}
	step := "aucune étape n'est écrite"
	if st.Next != "" {
		step = st.Next
	}
	r.step = s.clamp([]Run{{Text: set(step), Italic: st.Next == ""}}, 8.5*scale, stepWide, most.step)
	var when []Run
	if st.Due != "" {
		text := "pour le " + st.Due.French()
		if st.Late {
			text += ", date passée"
		}
		when = append(when, Run{Text: set(text), Bold: true})
	}
	if st.Who != "" {
		text := st.Who
		if len(when) > 0 {
			text = ", " + text
		}
		when = append(when, Run{Text: set(text)})
	}
	if len(when) > 0 {
		r.late = s.clamp(when, smallSize*scale, stepWide, min(most.step, 2))
	}
	left := high(r.title, 9.5*scale) + high(r.words, smallSize*scale)
	middle := snug(10.5*scale) + barAbove + barTall + high(r.measure, smallSize*scale) + high(r.moved, smallSize*scale)
	right := high(r.step, 8.5*scale) + high(r.late, smallSize*scale)
	r.tall = max(left, middle, right) + 1.4
	return r
}

// The size of the smallest letters before they are scaled, and the millimetres of the
// bar and of what is around it.
const (
	smallSize = 7.5
	barAbove  = 0.4
	barTall   = 2.3
)

// snug is the height of a line of the page, where room lacks.
func snug(size float64) float64 { return millimetres(size) * 1.2 }

func high(lines [][]span, size float64) float64 { return float64(len(lines)) * snug(size) }

func (s *sheets) stack(lines [][]span, x, y, size float64) float64 {
	for _, l := range lines {
		s.spans(x, y, l, size)
		y += snug(size)
	}
	return y
}
