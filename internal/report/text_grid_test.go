package report

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// eligible is the widest table of our documents: six columns of French words, one
// cell wider than a line of text.
func eligible() Grid {
	return Grid{
		Head: []string{"catégorie", "justificatif", "daté du", "vu le", "par", "bon jusqu'au"},
		Rows: [][]string{
			{"allocataires du RSA ou ayants droit", "attestation (CAF ou MSA)", "16/09/2026", "02/10/2026", "démonstration", "16/12/2026"},
			{"habitants d'un quartier prioritaire", "justificatif de domicile de moins de trois mois", "16/09/2026", "02/10/2026", "Marie-Antoinette", ""},
		},
	}
}

func structuresNearby() Grid {
	return Grid{
		Head: []string{"structure", "type", "commune", "heures"}, Right: []int{3},
		Rows: [][]string{
			{"Groupement d'employeurs pour l'insertion et la qualification du bâtiment des Boucles de la Seine", "groupement d'employeurs pour l'insertion et la qualification", "Asnières-sur-Seine", "1 234 567,50 h"},
			{"Anticonstitutionnellementhyperphotosynthétique", "entreprise d'insertion", "Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson", "12 h"},
		},
	}
}

// TestATableInTextCutsNoWord: every word of a table is found whole on a line, save
// what no column has room for; a name may go on after its hyphen.
func TestATableInTextCutsNoWord(t *testing.T) {
	for name, g := range map[string]Grid{"eligibility": eligible(), "structures": structuresNearby()} {
		for _, width := range []int{40, 60, 76, 120} {
			text := Text(Paper{Blocks: []Block{g}}, width)
			for _, l := range strings.Split(text, "\n") {
				if ansi.StringWidth(l) > width {
					t.Errorf("%s at %d: a line of %d cells: %q", name, width, ansi.StringWidth(l), l)
				}
			}
			for _, row := range append([][]string{g.Head}, g.Rows...) {
				for _, cell := range row {
					for _, w := range strings.FieldsFunc(newTypographer().set(cell), breaks) {
						for _, part := range parts(strings.ReplaceAll(w, string(narrow), string(noBreak))) {
							if len([]rune(part)) <= mostWord && !strings.Contains(text, part) {
								t.Errorf("%s at %d: %q is cut:\n%s", name, width, part, text)
							}
						}
					}
				}
			}
		}
	}
}

func TestATableInTextGoesOnAfterAHyphenBeforeItIsWrittenRowByRow(t *testing.T) {
	text := Text(Paper{Blocks: []Block{structuresNearby()}}, 76)
	if !strings.Contains(text, "structure  ") || !strings.Contains(text, "1\u00a0234\u00a0567,50\u00a0h") {
		t.Errorf("not in columns:\n%s", text)
	}
	text = Text(Paper{Blocks: []Block{eligible()}}, 76)
	if !strings.Contains(text, "justificatif\u00a0: attestation (CAF ou MSA)\n") {
		t.Errorf("not row by row:\n%s", text)
	}
}

func TestAWordIsFoldedAfterItsHyphensAndANumberIsNot(t *testing.T) {
	for _, c := range []struct {
		text string
		w    int
		want string
	}{
		{"Asnières-sur-Seine", 13, "Asnières-sur-|Seine"},
		{"à Asnières-sur-Seine", 18, "à|Asnières-sur-Seine"},
		{"à Asnières-sur-Seine", 10, "à|Asnières-|sur-Seine"},
		{"le 16/09/2026 au 02/10/2026", 13, "le 16/09/2026|au 02/10/2026"},
		{"photosynthétique", 8, "photosyn|thétique"},
		{"ouvrier/ouvrière", 8, "ouvrier/|ouvrière"},
		{"", 8, ""},
		{"a\nb", 8, "a|b"},
	} {
		if got := strings.Join(fold(c.text, c.w), "|"); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.text, c.w, got, c.want)
		}
	}
}
