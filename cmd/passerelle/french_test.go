package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// literal is a text of the program, and where it is written.
type literal struct{ at, text string }

// literals are the texts of the program, its tests aside, the parts of a sentence
// joined by + put together, and the wordings of its documents.
func literals(t *testing.T) []literal {
	t.Helper()
	var out []literal
	for _, dir := range []string{"cmd", "internal", "seed", "store", "tui"} {
		err := filepath.WalkDir(filepath.Join("..", "..", dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if strings.HasSuffix(path, ".md") {
				text, err := os.ReadFile(path)
				out = append(out, literal{path, string(text)})
				return err
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ImportSpec:
					return false
				case *ast.Field:
					n.Tag = nil
				case ast.Expr:
					if text, ok := written(n); ok {
						out = append(out, literal{set.Position(n.Pos()).String(), text})
						return false
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// written is the text of a literal, or of several joined.
func written(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return text, err == nil
		}
	case *ast.BinaryExpr:
		left, okLeft := written(e.X)
		right, okRight := written(e.Y)
		return left + right, okLeft && okRight && e.Op == token.ADD
	}
	return "", false
}

// french tells a sentence of ours from SQL, patterns, lists of a standard and what
// wraps an error.
func french(text string) bool {
	ours := regexp.MustCompile(`(?i)[éèêàçùô«’]|\b(le|la|les|de|du|des|un|une|et|est|sur|pour|au|aux)\b`)
	code := regexp.MustCompile(`(?i)\b(select|insert|update|delete|create|where|with|from|on conflict)\b[\s\S]*[=(,*?]|%w|\\[dswb]|\(\?|^<|https?:|\[\$-|\|`)
	return strings.ContainsAny(text, " \n") && ours.MatchString(text) && !code.MatchString(text)
}

// TestTheFrenchOfTheProgramIsWellWritten: the sentences of the program have ordinary
// spaces, that the writers of papers and screens make no-break; what no writer can
// mend is looked for here.
func TestTheFrenchOfTheProgramIsWellWritten(t *testing.T) {
	rules := map[string]*regexp.Regexp{
		"a plural in brackets":                          regexp.MustCompile(`\pL\((s|x|es|aux)\)`),
		"no space before : ; ? ! »":                     regexp.MustCompile(`[\pL)%][:;?!](\s|$)|[^\s\x{a0}]»`),
		"no space after «":                              regexp.MustCompile(`«[^\s\x{a0}]`),
		"a line that begins with : ; ? ! »":             regexp.MustCompile(`\n\s*[:;?!»] `),
		"a line that ends with «":                       regexp.MustCompile(`«\s*\n`),
		"quotes inside quotes":                          regexp.MustCompile(`«[^»]*«`),
		"two apostrophes, or straight quotes":           regexp.MustCompile(`\pL''\pL|“|”`),
		"three dots for an ellipsis":                    regexp.MustCompile(`\pL\.\.\.`),
		"a time that is not « 14 h 30 », in a sentence": regexp.MustCompile(`[àÀ] \d?\d:\d\d`),
		"no elision":                                    regexp.MustCompile(`(?i)(^|[\s«(])(de|le|la|que|ne|se) [aeiouéèêàœ]\pL{2,}`),
	}
	for _, l := range literals(t) {
		if !french(l.text) {
			continue
		}
		for name, rule := range rules {
			if found := rule.FindString(l.text); found != "" {
				t.Errorf("%s: %s: %q in %q", l.at, name, found, l.text)
			}
		}
	}
}

// TestNoLineIsCutBeforeHighPunctuation: the papers hold their spaces with no-break
// ones, the screens by the lines they make.
func TestNoLineIsCutBeforeHighPunctuation(t *testing.T) {
	for pattern, wrong := range map[string]*regexp.Regexp{
		"testdata/papers/*.golden":                  regexp.MustCompile(` [:;?!»]|« |«\n`),
		"../../internal/document/testdata/*.golden": regexp.MustCompile(` [:;?!»]|« |«\n`),
		"../../tui/testdata/*.golden":               regexp.MustCompile(`\n\s*[:;»] |«\s*\n`),
	} {
		files, err := filepath.Glob(filepath.FromSlash(pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if at := wrong.FindIndex(text); at != nil {
				t.Errorf("%s: %q", f, text[max(0, at[0]-40):min(len(text), at[1]+40)])
			}
		}
	}
}
