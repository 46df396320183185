package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansbolditalic"
	"github.com/go-fonts/liberation/liberationsansitalic"
	"github.com/go-fonts/liberation/liberationsansregular"
)

func fontOf(t *testing.T, ttf []byte) glyphs {
	t.Helper()
	g, err := newGlyphs(ttf)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestALetterTheFontLacksIsWrittenInOthersThatSayTheSame(t *testing.T) {
	g := fontOf(t, liberationsansregular.TTF)
	set := newTypographer().set
	for in, want := range map[string]string{
		"oﬃciel, aﬀaire":             "officiel, affaire",
		"Ａtelier ① de 20 ㎡, ℡":       "Atelier 1 de 20 m2, TEL",
		"mi\u2011temps, mi‐temps":    "mi-temps, mi‐temps",
		"e\u0301le\u0300ve, Ṽ, m̃":   "élève, Ṽ, m̃",
		"✓ fait, ★★, ⇒ suite":        "√ fait, **, → suite",
		"𝐀teliers\u3000du 𝟗𝟐":        "Ateliers du 92",
		"œuvre, Łódź, Ştefan, Αθήνα": "œuvre, Łódź, Ştefan, Αθήνα",
		"☐ à cocher":                 "□ à cocher",
		"Équipe 👷🏽\u200d♀️ verte":    "Équipe □♀ verte",
		"שָׁלוֹם":                    "□□□□",
	} {
		if got := g.drawable(set(in)); got != set(want) {
			t.Errorf("%q is drawn %q, want %q", in, got, want)
		}
	}
}

func TestThePaperTellsWhatItsPDFCannotShow(t *testing.T) {
	p := Paper{
		Head: Head{Name: "شركة", Lines: []string{"☐ rue"}}, To: []string{"希"}, Mark: "望", Title: "会", About: "社", Foot: "🏗",
		Blocks: []Block{
			Heading{2, "ꙮ"}, Say("oﬃciel 希望 ✓"), Bullets{Items: [][]Run{{{Text: "한"}}}}, Grid{Head: []string{"א"}, Rows: [][]string{{"ב", "希"}}},
			Bars{Title: "ไ", Names: []string{"ग"}, Shown: []string{"গ"}}, Signatures{[]string{"ა"}}, Rule{}, PageBreak{},
		},
	}
	want := strings.Split("ش ر ك ة 希 望 会 社 🏗 ꙮ 한 א ב ไ ग গ ა", " ")
	if got := Undrawn(p); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Undrawn(Paper{Head: Head{Lines: []string{"une ligne\nune\tautre\r\n"}}, Blocks: []Block{Say("Camille Exemple\nfacilitatrice")}}); len(got) != 0 {
		t.Errorf("what lays a text out is told as lacking: %q", got)
	}
	if got := Undrawn(sample()); len(got) != 0 {
		t.Errorf("a French paper lacks %q", got)
	}
}

func TestTheFourStylesOfTheFontHaveTheSameLetters(t *testing.T) {
	regular := fontOf(t, liberationsansregular.TTF)
	for _, ttf := range [][]byte{liberationsansbold.TTF, liberationsansitalic.TTF, liberationsansbolditalic.TTF} {
		other := fontOf(t, ttf)
		for r := rune(' '); r < 0x10000; r++ {
			if regular.has(r) != other.has(r) {
				t.Fatalf("%U is in one style and not in another", r)
			}
		}
	}
}
