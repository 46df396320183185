package report

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// breaks tells the spaces a line may end at: those that are not no-break.
func breaks(r rune) bool { return r == ' ' || r == '\n' }

// fold cuts a text into lines of at most w cells, at its spaces; a word too long for
// a line after its hyphens, and a part still too long anywhere. An empty text is one
// empty line.
func fold(text string, w int) []string {
	var out []string
	for _, part := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.FieldsFunc(part, breaks) {
			if line != "" && ansi.StringWidth(line)+1+ansi.StringWidth(word) <= w {
				line += " " + word
				continue
			}
			if line != "" {
				out = append(out, line)
			}
			cut := chopped(word, w)
			out, line = append(out, cut[:len(cut)-1]...), cut[len(cut)-1]
		}
		out = append(out, line)
	}
	return out
}

// chopped cuts a word into lines of at most w cells, one when it fits.
func chopped(word string, w int) []string {
	out := []string{""}
	for _, part := range parts(word) {
		last := len(out) - 1
		if ansi.StringWidth(out[last])+ansi.StringWidth(part) <= w {
			out[last] += part
			continue
		}
		if out[last] != "" {
			out = append(out, "")
		}
		for ansi.StringWidth(part) > w {
			head := ansi.Truncate(part, w, "")
			if head == "" { // one letter wider than the line
				break
			}
			out[len(out)-1], part = head, part[len(head):]
			out = append(out, "")
		}
		out[len(out)-1] = part
	}
	return out
}

// parts cuts a word after its hyphens, slashes and at signs: « Asnières- », « sur- »,
// « Seine ». A number stays whole.
func parts(word string) []string {
	var out []string
	r := []rune(word)
	from := 0
	for i := 1; i < len(r)-1; i++ {
		if strings.ContainsRune("-/@", r[i]) && unicode.IsLetter(r[i-1]) && unicode.IsLetter(r[i+1]) {
			out, from = append(out, string(r[from:i+1])), i+1
		}
	}
	return append(out, string(r[from:]))
}
