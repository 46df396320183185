package document

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"passerelle/internal/report"
)

// points are for a hand to write over.
const points = "…………………………"

// filler turns a wording into blocks. The text is read as Markdown first, then its
// fields are replaced in what was read: what a file or a person wrote in a name can
// never become a title, a table or another field.
type filler struct {
	grammar
	source []byte
	field  func(name string) string
	block  func(name, arguments string) []report.Block
	title  string
	blocks []report.Block
}

func (f *filler) fill(source string) {
	f.source = []byte(strings.ReplaceAll(source, "\r\n", "\n"))
	md := goldmark.New(goldmark.WithExtensions(extension.Table))
	doc := md.Parser().Parse(text.NewReader(f.source))
	f.children(doc, false)
	f.blocks = announced(f.blocks)
}

// announced leaves out the titles nothing follows.
func announced(in []report.Block) []report.Block {
	var out []report.Block
	for i := len(in) - 1; i >= 0; i-- {
		if h, ok := in[i].(report.Heading); ok {
			if len(out) == 0 {
				continue
			}
			if next, ok := out[len(out)-1].(report.Heading); ok && next.Level <= h.Level {
				continue
			}
		}
		out = append(out, in[i])
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

func (f *filler) add(b ...report.Block) { f.blocks = append(f.blocks, b...) }

// children adds the blocks under a node; quoted is for those of a quotation.
func (f *filler) children(n ast.Node, quoted bool) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			f.heading(c)
		case *ast.Paragraph, *ast.TextBlock:
			f.paragraph(c, quoted)
		case *ast.List:
			if b := f.list(c); len(b.Items) > 0 {
				f.add(b)
			}
		case *ast.ThematicBreak:
			f.add(report.Rule{})
		case *ast.Blockquote:
			f.children(c, true)
		case *extast.Table:
			f.table(c)
		default: // code, HTML: as it is written
			if runs, keep := f.replaced([]report.Run{{Text: strings.TrimRight(f.raw(c), "\n")}}); keep && len(runs) > 0 {
				f.add(report.Paragraph{Runs: runs})
			}
		}
	}
}

func (f *filler) heading(h *ast.Heading) {
	runs, keep := f.replaced(f.inline(h, report.Run{}))
	if !keep || len(runs) == 0 {
		return
	}
	words := plain(runs)
	if h.Level == 1 && f.title == "" {
		f.title = words
		return
	}
	f.add(report.Heading{Level: max(1, h.Level-1), Text: words})
}

func (f *filler) paragraph(n ast.Node, quoted bool) {
	runs := f.inline(n, report.Run{Italic: quoted})
	if m := f.alone.FindStringSubmatch(plain(runs)); m != nil && m[1] == "" {
		name, arguments, _ := strings.Cut(m[2], ":")
		if b := f.block(spaced(name), arguments); b != nil {
			f.add(b...)
			return
		}
	}
	if runs, keep := f.replaced(runs); keep && len(runs) > 0 {
		f.add(report.Paragraph{Runs: runs})
	}
}

// list flattens lists inside lists: their items follow, after a dash.
func (f *filler) list(l *ast.List) report.Bullets {
	out := report.Bullets{Numbered: l.IsOrdered()}
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		for part := item.FirstChild(); part != nil; part = part.NextSibling() {
			if inner, ok := part.(*ast.List); ok {
				for _, it := range f.list(inner).Items {
					out.Items = append(out.Items, append([]report.Run{{Text: "– "}}, it...))
				}
				continue
			}
			if runs, keep := f.replaced(f.inline(part, report.Run{})); keep && len(runs) > 0 {
				out.Items = append(out.Items, runs)
			}
		}
	}
	return out
}

func (f *filler) table(t *extast.Table) {
	var g report.Grid
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			runs, _ := f.replaced(f.inline(c, report.Run{}))
			text := plain(runs)
			g.Open = g.Open || text == "" || text == points
			cells = append(cells, text)
		}
		if _, ok := row.(*extast.TableHeader); ok {
			g.Head = cells
			for i, a := range t.Alignments {
				if a == extast.AlignRight {
					g.Right = append(g.Right, i)
				}
			}
			continue
		}
		g.Rows = append(g.Rows, cells)
	}
	f.add(g)
}

// inline reads the text under a node, style by style.
func (f *filler) inline(n ast.Node, style report.Run) []report.Run {
	var out []report.Run
	add := func(text string) {
		if k := len(out); k > 0 && out[k-1].Bold == style.Bold && out[k-1].Italic == style.Italic {
			out[k-1].Text += text
			return
		}
		style.Text = text
		out = append(out, style)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			add(string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(c.Value(f.source))))))
			switch {
			case c.HardLineBreak():
				add("\n")
			case c.SoftLineBreak():
				add(" ")
			}
		case *ast.String:
			add(string(c.Value))
		case *ast.AutoLink:
			add(string(c.Label(f.source)))
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				part := c.Segments.At(i)
				add(string(part.Value(f.source)))
			}
		default:
			inner := style
			if e, ok := c.(*ast.Emphasis); ok {
				inner.Bold, inner.Italic = style.Bold || e.Level == 2, style.Italic || e.Level == 1
			}
			out = append(out, f.inline(c, inner)...)
		}
	}
	return joined(out)
}

// joined makes one run of those that follow each other in one style.
func joined(in []report.Run) []report.Run {
	var out []report.Run
	for _, r := range in {
		if k := len(out); k > 0 && out[k-1].Bold == r.Bold && out[k-1].Italic == r.Italic {
			out[k-1].Text += r.Text
			continue
		}
		out = append(out, r)
	}
	return out
}

// raw is a block as it is written.
func (f *filler) raw(n ast.Node) string {
	var b strings.Builder
	if n.Type() != ast.TypeBlock {
		return ""
	}
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(f.source))
	}
	return b.String()
}

// replaced puts the fields in; keep is false when a condition leaves the text out.
func (f *filler) replaced(runs []report.Run) (out []report.Run, keep bool) {
	for i, r := range runs {
		if i == 0 {
			for {
				m := f.condition.FindStringSubmatch(r.Text)
				if m == nil || m[1] == "" {
					break
				}
				if (f.field(spaced(m[2])) != "") != (m[1] == "?") {
					return nil, false
				}
				r.Text = strings.TrimPrefix(r.Text, m[0])
			}
		}
		r.Text = f.grammar.field.ReplaceAllStringFunc(r.Text, func(found string) string {
			m := f.grammar.field.FindStringSubmatch(found)
			if value := f.field(spaced(m[2])); value != "" {
				return value
			}
			return points
		})
		if r.Text != "" {
			out = append(out, r)
		}
	}
	return out, true
}

func plain(runs []report.Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}
