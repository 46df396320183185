package report

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The spaces a line is never cut at: U+00A0 of a full width, U+202F narrow
// (Lexique des règles typographiques en usage à l'Imprimerie nationale).
const (
	noBreak = '\u00a0'
	narrow  = '\u202f'
)

// typographer sets a text the French way. It only changes spaces, apostrophes and
// quotes already there: a text imported or typed is never given other words, and what is
// set already stays as it is.
type typographer struct{ number, before, after *regexp.Regexp }

func newTypographer() typographer {
	return typographer{
		number: regexp.MustCompile(`(\d) (\d)`),
		before: regexp.MustCompile(`([\d)]) (h|€|%|ETP|km|ans?|mois|jours?|HT|TTC|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)(\P{L}|$)`),
		after:  regexp.MustCompile(`(^|[\s(«])(n°|art\.|p\.|M\.|Mme|lot|page|[ÀAa]rt\.) (\d|\p{Lu})`),
	}
}

// set returns the text with its no-break spaces and typographic apostrophes.
func (t typographer) set(s string) string {
	s = quoted(norm.NFC.String(strings.Map(printable, s)))
	for range 2 { // « 1 234 567 », telephones, SIRET: what ends one match begins the next
		s = t.number.ReplaceAllString(s, "${1}"+string(narrow)+"${2}")
	}
	s = t.before.ReplaceAllString(s, "${1}"+string(noBreak)+"${2}${3}")
	s = t.after.ReplaceAllString(s, "${1}${2}"+string(noBreak)+"${3}")
	r := []rune(s)
	for i, c := range r {
		next := func(any string) bool { return i+1 < len(r) && strings.ContainsRune(any, r[i+1]) }
		switch {
		case c == ' ' && i > 0 && r[i-1] == '«', c == ' ' && next("»:"):
			r[i] = noBreak
		case c == ' ' && next(";!?") && i > 0 && r[i-1] != ' ':
			r[i] = narrow
		case c == '\'' && i > 0 && i+1 < len(r) && unicode.IsLetter(r[i-1]) && (unicode.IsLetter(r[i+1]) || next("«\u00a0 ")):
			r[i] = '’'
		}
	}
	return string(r)
}

// quoted writes quotes inside quotes as “ and ”, where all are closed: what a wording
// quotes may hold some.
func quoted(s string) string {
	if strings.Count(s, "«") < 2 {
		return s
	}
	var out []rune
	depth := 0
	r := []rune(s)
	space := func(i int) bool { return i >= 0 && i < len(r) && (r[i] == ' ' || r[i] == noBreak || r[i] == narrow) }
	for i, c := range r {
		switch {
		case c == '«':
			if depth++; depth > 1 {
				c = '“'
			}
		case c == '»':
			if depth--; depth < 0 {
				return s
			}
			if depth > 0 {
				c = '”'
			}
		case depth > 1 && space(i) && (r[i-1] == '«' || i+1 < len(r) && r[i+1] == '»'):
			continue
		}
		out = append(out, c)
	}
	if depth != 0 {
		return s
	}
	return string(out)
}

// printable drops what no page and no terminal shows: controls, joiners, marks of
// direction. A line break stays, a tab is a space.
func printable(r rune) rune {
	switch {
	case r == '\n':
		return r
	case r == '\t':
		return ' '
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r), r == unicode.ReplacementChar:
		return -1
	}
	return r
}

// typeset is the paper with every text set, ready to be written.
func typeset(p Paper) Paper { return retold(p, newTypographer().set) }

// retold is the paper with every text replaced, from its head to its foot.
func retold(p Paper, set func(string) string) Paper {
	all := func(in []string) []string {
		out := make([]string, len(in))
		for i, s := range in {
			out[i] = set(s)
		}
		return out
	}
	runs := func(in []Run) []Run {
		out := make([]Run, len(in))
		for i, r := range in {
			r.Text = set(r.Text)
			out[i] = r
		}
		return out
	}
	p.Head.Name, p.Head.Lines = set(p.Head.Name), all(p.Head.Lines)
	p.To, p.Mark, p.Title, p.About, p.Foot = all(p.To), set(p.Mark), set(p.Title), set(p.About), set(p.Foot)
	blocks := make([]Block, len(p.Blocks))
	for i, b := range p.Blocks {
		switch b := b.(type) {
		case Heading:
			b.Text = set(b.Text)
			blocks[i] = b
		case Paragraph:
			blocks[i] = Paragraph{runs(b.Runs)}
		case Bullets:
			items := make([][]Run, len(b.Items))
			for j, item := range b.Items {
				items[j] = runs(item)
			}
			b.Items = items
			blocks[i] = b
		case Grid:
			b.Head = all(b.Head)
			rows := make([][]string, len(b.Rows))
			for j, row := range b.Rows {
				rows[j] = all(row)
			}
			b.Rows = rows
			blocks[i] = b
		case Bars:
			b.Title, b.Names, b.Shown = set(b.Title), all(b.Names), all(b.Shown)
			blocks[i] = b
		case Signatures:
			blocks[i] = Signatures{all(b.Who)}
		default:
			blocks[i] = b
		}
	}
	p.Blocks = blocks
	return p
}
