package document

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"passerelle/internal/insertion"
)

// MaxWording is how long a wording may be, in bytes.
const MaxWording = 64 << 10

// A field stands in a text as {{nom}}. {{?nom}} at the beginning of a paragraph
// keeps it only when the field says something; {{!nom}}, only when it does not. A
// block ({{tableau mois}}, {{signatures : A ; B}}) stands alone on its line.
const fieldPattern = `\{\{\s*([?!]?)([^{}]*?)\s*\}\}`

// grammar are the expressions of the language, made once for each reading.
type grammar struct{ field, condition, alone *regexp.Regexp }

func newGrammar() grammar {
	return grammar{
		field:     regexp.MustCompile(fieldPattern),
		condition: regexp.MustCompile(`^\s*` + fieldPattern),
		alone:     regexp.MustCompile(`^\s*` + fieldPattern + `\s*$`),
	}
}

// WordingError is what is wrong in a wording, and where.
type WordingError struct {
	Line    int
	Reason  string
	Unknown insertion.DocumentKind // it names no field of this kind; "" when it is something else
}

func (e *WordingError) Error() string {
	if e.Line == 0 {
		return e.Reason
	}
	return fmt.Sprintf("ligne %d : %s", e.Line, e.Reason)
}

// Check reads a wording as the documents of a kind will; the error is a
// *WordingError that names the line, the field, and the nearest known one.
func (s Sheet) Check(source string) error {
	switch {
	case len(source) > MaxWording:
		return &WordingError{Reason: fmt.Sprintf("ce texte pèse %d Ko, %d au plus conviennent", len(source)>>10, MaxWording>>10)}
	case strings.TrimSpace(source) == "":
		return &WordingError{Reason: "ce texte est vide ; pour rendre celui du programme : --revenir"}
	case !utf8.ValidString(source):
		return &WordingError{Reason: "ce texte n'est pas en UTF-8 ; enregistrez-le dans ce codage"}
	}
	g := newGrammar()
	for i, line := range strings.Split(source, "\n") {
		if reason, unknown := s.checkLine(g, line); reason != "" {
			wrong := &WordingError{Line: i + 1, Reason: reason}
			if unknown {
				wrong.Unknown = s.Kind
			}
			return wrong
		}
	}
	return nil
}

// checkLine says what is wrong in a line, "" when nothing is, and whether it is a field
// nobody knows.
func (s Sheet) checkLine(g grammar, line string) (wrong string, unknown bool) {
	if strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) && r != '\t' && r != '\r' }) {
		return "un caractère de commande ne s'imprime pas : retirez-le", false
	}
	begins := content(line) // its conditions, then what they keep
	for _, m := range g.field.FindAllStringSubmatch(line, -1) {
		mark, name := m[1], spaced(m[2])
		block, isBlock := s.blockNamed(name)
		switch {
		case isBlock && mark != "":
			return fmt.Sprintf("« %s » est un bloc, pas un champ : il n'a pas de « %s »", block.Name, mark), false
		case isBlock && !g.alone.MatchString(line):
			return fmt.Sprintf("« %s » se met seul sur sa ligne", block.Name), false
		case isBlock:
		case mark != "" && !strings.HasPrefix(begins, m[0]):
			return fmt.Sprintf("« {{%s%s}} » se met au début de son paragraphe", mark, name), false
		case !s.knows(name):
			names := s.names()
			return fmt.Sprintf("le champ « %s » n'existe pas%s", name, didYouMean(name, names)), true
		}
		if mark != "" { // another condition may follow
			begins = strings.TrimLeft(strings.TrimPrefix(begins, m[0]), " ")
		}
	}
	rest := g.field.ReplaceAllString(line, "")
	if strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		return "« {{ » ou « }} » reste ouvert : un champ s'écrit {{nom}}, sur une seule ligne", false
	}
	return "", false
}

// content is a line without what makes it a title, an item or a quotation.
func content(line string) string {
	return strings.TrimLeft(line, " \t#>-*+.)0123456789")
}

// spaced writes a name with single spaces.
func spaced(name string) string { return strings.Join(strings.Fields(name), " ") }

func (s Sheet) knows(name string) bool {
	return slices.ContainsFunc(s.Fields(), func(f Field) bool { return f.Name == name })
}

// blockNamed finds a block by what stands in its braces, its arguments aside.
func (s Sheet) blockNamed(text string) (Field, bool) {
	name, _, _ := strings.Cut(text, ":")
	name = spaced(name)
	for _, b := range s.Blocks() {
		if b.Name == name {
			return b, true
		}
	}
	return Field{}, false
}

func (s Sheet) names() []string {
	var out []string
	for _, f := range append(s.Fields(), s.Blocks()...) {
		out = append(out, f.Name)
	}
	return out
}

// didYouMean offers the nearest name, when one is near enough to be meant.
func didYouMean(name string, names []string) string {
	best, least := "", max(2, len([]rune(name))/2)
	for _, n := range names {
		if d := distance(strings.ToLower(name), n); d <= least && (best == "" || d < distance(strings.ToLower(name), best)) {
			best = n
		}
	}
	if best == "" {
		return ""
	}
	return " ; le plus proche : « " + best + " »"
}

// distance is how many letters to add, take away or change (Levenshtein).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 80 {
		x = x[:80]
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		before := row[0]
		row[0] = i + 1
		for j := range y {
			cost := before
			if x[i] != y[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(y)]
}
