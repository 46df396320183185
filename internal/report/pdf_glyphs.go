package report

import (
	"slices"
	"strings"
	"unicode"

	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// glyphs knows which letters the font can draw: the four styles have the same.
type glyphs struct {
	font *sfnt.Font
	as   map[rune]string
}

func newGlyphs(ttf []byte) (glyphs, error) {
	f, err := sfnt.Parse(ttf)
	return glyphs{f, map[rune]string{}}, err
}

// missing stands for a letter that cannot be drawn: of a script the font lacks,
// or written from right to left, which a line of this layout cannot hold.
const missing = '□'

// drawable writes a text in letters the font has: its own, others that say the same
// (« ﬃ » in three letters, « Ａ » as A, « ✓ » as √), □ for the rest.
func (g glyphs) drawable(text string) string {
	var b strings.Builder
	g.each(text, func(_, as string) { b.WriteString(as) })
	return b.String()
}

// each gives the letters of a text and how each is drawn: as "" what goes with the
// lost letter before it, a mark laid over it or the tint of an emoji.
func (g glyphs) each(text string, give func(letter, as string)) {
	lost := false
	for _, r := range text {
		as, known := g.as[r]
		if !known {
			as = g.drawn(r)
			g.as[r] = as
		}
		follows := unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Sk, r) && r > 0xffff
		if follows && lost {
			give("", "")
			continue
		}
		lost = as == string(missing) && r != missing && r != '☐'
		give(string(r), as)
	}
}

// drawn is how one letter is written.
func (g glyphs) drawn(r rune) string {
	if r == '☐' { // a box to tick
		return string(missing)
	}
	if g.has(r) {
		return string(r)
	}
	for _, as := range []string{variants(r), norm.NFKC.String(string(r))} {
		if as != "" && !strings.ContainsFunc(as, func(r rune) bool { return !g.has(r) }) {
			return as
		}
	}
	return string(missing)
}

// variants are signs written for another that the font has. Our lines do not break
// at hyphens: the one that never breaks is one like the others.
func variants(r rune) string {
	return map[rune]string{
		'\u2011': "-", '✓': "√", '✔': "√", '☑': "■", '☒': "■", '✗': "×", '✘': "×", '✕': "×", '✖': "×", '★': "*", '☆': "*",
		'⇒': "→", '➔': "→", '➜': "→", '➡': "→", '⇐': "←", '⬅': "←", '●': "•", '⚫': "•", '➢': "•", '❑': "□", '❒': "□",
		'〈': "‹", '〉': "›", '《': "«", '》': "»", '⟨': "‹", '⟩': "›",
	}[r]
}

func (g glyphs) has(r rune) bool {
	var b sfnt.Buffer
	i, err := g.font.GlyphIndex(&b, r)
	return err == nil && i != 0 && r < 0x10000 && !unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
}

// Undrawn are the letters of a paper that its PDF shows as □, each once, as they are
// read: a line break, which begins a line, is none. Its plain text shows them all.
func Undrawn(p Paper) []string {
	g, err := newGlyphs(liberationsansregular.TTF)
	if err != nil { // WritePDF tells it
		return nil
	}
	var out []string
	set := newTypographer().set
	retold(p, func(text string) string {
		g.each(set(text), func(letter, as string) {
			if letter != "\n" && as == string(missing) && letter != "☐" && letter != as && !slices.Contains(out, letter) {
				out = append(out, letter)
			}
		})
		return text
	})
	return out
}
