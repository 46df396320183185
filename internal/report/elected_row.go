package report

import (
	"fmt"
	"strings"

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
	for _, most := range []electedLines{{4, 2, 2, 4}, {4, 2, 2, 3}, {4, 2, 1, 3}, {4, 1, 1, 2}, {4, 1, 1, 1}, {1, 1, 1, 1}} {
		for _, scale := range []float64{1, 0.97, 0.94, 0.91, 0.88, 0.85, 0.8, 0.75} {
			if scale < 0.85 && most.step > 1 { // too small to be read while lines can go
				continue
			}
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
	r.words = s.clamp([]Run{{Text: set(st.Quoted()), Italic: true}}, 7.5*scale, wordsWide, most.words)
	r.measure = s.clamp([]Run{{Text: set(st.Measure)}}, 7*scale, figureWide, most.measure)
	if st.State != mandate.Unproved {
		moved := st.Moved()
		if st.Underway() {
			moved = "année en cours ; " + strings.Replace(moved, " entre années entières", "", 1)
		}
		r.moved = s.clamp([]Run{{Text: set(moved)}}, 7*scale, figureWide, most.moved)
	}
	step := "aucune étape n'est écrite"
	if st.Next != "" {
		step = st.Next
	}
	r.step = s.clamp([]Run{{Text: set(step), Italic: st.Next == ""}}, 8.5*scale, stepWide, most.step)
	var when []Run
	if st.Due != "" {
		text := "pour le " + Day(st.Due)
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
		r.late = s.clamp(when, 7.5*scale, stepWide, min(most.step, 2))
	}
	left := high(r.title, 9.5*scale) + high(r.words, 7.5*scale)
	middle := leading(11*scale) + 0.3 + 2.9 + high(r.measure, 7*scale) + high(r.moved, 7*scale)
	right := high(r.step, 8.5*scale) + high(r.late, 7.5*scale)
	r.tall = max(left, middle, right) + 2
	return r
}

func high(lines [][]span, size float64) float64 { return float64(len(lines)) * leading(size) }

func (s *sheets) stack(lines [][]span, x, y, size float64) float64 {
	for _, l := range lines {
		s.spans(x, y, l, size)
		y += leading(size)
	}
	return y
}
