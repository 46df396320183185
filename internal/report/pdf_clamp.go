package report

import "strings"

// longestShown is more characters than the widest cell of the page ever shows.
const longestShown = 600

// clamp wraps runs in at most a number of lines; what does not fit ends in « … ».
func (s *sheets) clamp(runs []Run, size, wide float64, most int) [][]span {
	for i, r := range runs {
		if text := []rune(r.Text); len(text) > longestShown { // no line shows more
			runs[i].Text = string(text[:longestShown])
		}
	}
	lines := s.wrap(runs, size, wide)
	if len(lines) <= most {
		return lines
	}
	last := lines[most-1]
	for _, l := range lines[most:] { // what a long word sent down fills the line
		last = append(append(last, span{text: " "}), l...)
	}
	var kept []span
	room := wide - s.width("…", "", size)
	for _, p := range last {
		r := []rune(p.text)
		for len(r) > 0 && s.width(string(r), p.style, size) > room {
			r = r[:len(r)-1]
		}
		room -= s.width(string(r), p.style, size)
		kept = append(kept, span{string(r), p.style})
		if len(r) < len([]rune(p.text)) {
			break
		}
	}
	for len(kept) > 1 && strings.TrimSpace(kept[len(kept)-1].text) == "" {
		kept = kept[:len(kept)-1]
	}
	end := &kept[len(kept)-1]
	end.text = strings.TrimRight(end.text, " ,;:") + "…"
	return append(lines[:most-1:most-1], kept)
}

// oneLine cuts a text to a width.
func (s *sheets) oneLine(text, style string, size, wide float64) string {
	if s.width(text, style, size) <= wide {
		return text
	}
	r := []rune(text)
	for len(r) > 0 && s.width(string(r)+"…", style, size) > wide {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}
