package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// textWidth is how many cells a line of plain text takes at most.
const textWidth = 76

// WriteText writes a paper as plain text of at most 76 columns, everything from
// the left so that a screen reader says it in order. A page break is three blank
// lines, never a form feed, which terminals and readers show or say as a letter.
func WriteText(w io.Writer, p Paper) error {
	_, err := io.WriteString(w, Text(p, textWidth))
	return err
}

// Text is what WriteText writes, in lines of another width: 40 cells at least.
func Text(p Paper, width int) string {
	p = typeset(p)
	t := &plain{width: max(40, width)}
	t.head(p)
	for _, b := range p.Blocks {
		t.block(b)
	}
	if p.Foot != "" {
		t.space(2)
		t.say(p.Foot, "")
	}
	return strings.ReplaceAll(strings.Join(t.lines, "\n")+"\n", string(narrow), string(noBreak)) // few terminals have the narrow one
}

// plain is a text being written.
type plain struct {
	width int
	lines []string
}

// space leaves at least n blank lines, however many are already there; none at the
// beginning.
func (t *plain) space(n int) {
	have := 0
	for have < len(t.lines) && t.lines[len(t.lines)-1-have] == "" {
		have++
	}
	if len(t.lines) > have {
		t.blank(n - have)
	}
}

func (t *plain) blank(n int) {
	for range max(0, n) {
		t.lines = append(t.lines, "")
	}
}

// say adds a paragraph, its next lines indented.
func (t *plain) say(text, hang string) {
	for i, l := range fold(text, t.width-len(hang)) {
		if i > 0 {
			l = hang + l
		}
		t.lines = append(t.lines, l)
	}
}

func (t *plain) head(p Paper) {
	if p.Mark != "" {
		t.say("*** "+p.Mark+" ***", "")
		t.space(1)
	}
	if p.Head.Name != "" {
		t.say(p.Head.Name, "")
	}
	for _, l := range p.Head.Lines {
		t.say(l, "")
	}
	if len(p.To) > 0 {
		t.space(1)
		for _, l := range p.To {
			t.say(l, "")
		}
	}
	if p.On != "" {
		t.space(1)
		t.say(newTypographer().set("Le "+Day(p.On)), "")
	}
	if p.Title != "" {
		t.space(2)
		t.say(strings.ToUpper(p.Title), "")
	}
	if p.About != "" {
		t.say(p.About, "")
	}
	t.space(1)
}

func (t *plain) block(b Block) {
	switch b := b.(type) {
	case Heading:
		t.space(2)
		text := b.Text
		if b.Level <= 1 {
			text = strings.ToUpper(text)
		}
		t.say(text, "")
		t.space(1)
	case Paragraph:
		t.space(1)
		t.say(joined(b.Runs), "")
	case Bullets:
		t.space(1)
		for i, item := range b.Items {
			mark := "- "
			if b.Numbered {
				mark = fmt.Sprintf("%d. ", i+1)
			}
			t.say(mark+joined(item), strings.Repeat(" ", len(mark)))
		}
	case Grid:
		t.space(1)
		t.grid(b)
		t.space(1)
	case Bars:
		t.space(1)
		t.bars(b)
		t.space(1)
	case Signatures:
		t.space(1)
		for _, who := range b.Who {
			t.say(who+" — date et signature\u00a0:", "")
			t.blank(2)
		}
	case Rule:
		t.space(1)
		t.lines = append(t.lines, "---")
	case PageBreak:
		t.space(3)
	}
}

// bars writes each number before its bar, so that it is heard first.
func (t *plain) bars(b Bars) {
	if b.Title != "" {
		t.say(b.Title, "")
	}
	names, shown, most := 0, 0, int64(1)
	for i, name := range b.Names {
		names, shown = max(names, ansi.StringWidth(name)), max(shown, ansi.StringWidth(at(b.Shown, i)))
		if i < len(b.Value) {
			most = max(most, b.Value[i])
		}
	}
	if shown > 30 { // no number is: the texts, one under the other
		for i, name := range b.Names {
			t.say(name+"\u00a0: "+at(b.Shown, i), "    ")
		}
		return
	}
	names = min(names, t.width*2/5)
	room := int64(max(8, t.width-names-shown-4))
	for i, name := range b.Names {
		var value int64
		if i < len(b.Value) {
			value = max(0, b.Value[i])
		}
		bar := strings.Repeat("█", int(value*room/most))
		for j, l := range fold(name, names) {
			if j > 0 {
				t.lines = append(t.lines, l)
				continue
			}
			t.lines = append(t.lines, strings.TrimRight(padTo(l, names)+"  "+padLeft(at(b.Shown, i), shown)+"  "+bar, " "))
		}
	}
}

func joined(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

func padTo(s string, w int) string   { return s + strings.Repeat(" ", max(0, w-ansi.StringWidth(s))) }
func padLeft(s string, w int) string { return strings.Repeat(" ", max(0, w-ansi.StringWidth(s))) + s }
