package store

import (
	"database/sql/driver"
	"regexp"
	"strconv"
	"strings"

	"modernc.org/sqlite"

	"passerelle/internal/insertion"
)

// hiding is, for each table where people type, the columns that stand for those of
// the same name when an access may not read all that was typed there: texts without
// the names the file keeps, or without pseudonyms too for who may read no person.
func hiding(a insertion.Access) map[string]string {
	instead := map[string]string{}
	without := func(text string) string {
		if !a.May(insertion.ActNames) {
			text = "without_names(" + text + ", (SELECT json_group_array(name) FROM main.person_name))"
		}
		if !a.May(insertion.ActPersons) {
			text = "without_codes(" + text + ", " + numbersGiven + ")"
		}
		return text
	}
	if a.May(insertion.ActNames) {
		return instead
	}
	for _, f := range freeTexts() {
		for _, column := range f.columns {
			text := "t." + column
			switch {
			case f.table == "change_row" && !a.May(insertion.ActJournal):
				text = "NULL"
			case f.table == "structure":
				text = inFields(text, structureTexts(), without)
			default:
				text = without(text)
			}
			instead[f.table] += text + " AS " + column + ", "
		}
	}
	return instead
}

// structureTexts are the fields of a structure where sentences are typed; the others
// name a firm, which may bear the name of its founder.
func structureTexts() []string { return []string{"Description", "Phone", "Mail", "Web"} }

// inFields rewrites some fields of a JSON document, which is written again only when
// one of them changes: the directory holds thousands.
func inFields(doc string, fields []string, rewrite func(string) string) string {
	var paths []string
	out := "json_replace(" + doc
	for _, f := range fields {
		path := "'$." + f + "'"
		paths = append(paths, path)
		out += ", " + path + ", " + rewrite("json_extract("+doc+", "+path+")")
	}
	all := "json_extract(" + doc + ", " + strings.Join(paths, ", ") + ")"
	return "iif(" + rewrite(all) + " = " + all + ", " + doc + ", " + out + "))"
}

// numbersGiven is the greatest number a person was ever given: what looks like a
// pseudonym beyond it, as the reference of a contract may, is nobody's.
const numbersGiven = "(SELECT seq FROM main.sqlite_sequence WHERE name = 'participant')"

// codePrefix begins a pseudonym, however it is typed: P-0042, p-42, P0042, P 0042.
const codePrefix = `(?i)\bP(?:[\s\x{a0}\x{202f}]?[-‐‑–—−][\s\x{a0}\x{202f}]?0*|[\s\x{a0}\x{202f}]?0+)`

// hiddenCode stands where a pseudonym was, for those who may read no person.
const hiddenCode = "(personne masquée)"

// coded finds the pseudonyms of a text.
type coded struct{ *regexp.Regexp }

func newCoded() coded { return coded{regexp.MustCompile(codePrefix + `([1-9]\d*)\b`)} }

// hide takes the pseudonyms up to a number out of a text; out of the values of a
// JSON document when it is one, which stays one.
func (c coded) hide(text string, greatest int64) string {
	// A letter of an escape is not one of the word it precedes.
	if !strings.Contains(text, `\`) && !c.MatchString(text) {
		return text
	}
	return inStrings(text, func(text string) string {
		return c.ReplaceAllStringFunc(text, func(code string) string {
			if !c.given(code, greatest) {
				return code
			}
			return hiddenCode
		})
	})
}

// first is the first pseudonym up to a number that a text holds, "" when none does.
func (c coded) first(text string, greatest int64) string {
	for _, code := range c.FindAllString(text, -1) {
		if c.given(code, greatest) {
			return code
		}
	}
	return ""
}

// given tells whether the number of a pseudonym was given to somebody.
func (c coded) given(code string, greatest int64) bool {
	n, err := strconv.ParseInt(c.FindStringSubmatch(code)[1], 10, 64)
	return err == nil && n <= greatest
}

// withoutCodes is the function of SQL that hides the pseudonyms of a text up to a
// number.
func (c coded) withoutCodes(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	text, is := args[0].(string)
	greatest, _ := args[1].(int64)
	if !is || text == "" {
		return args[0], nil
	}
	return c.hide(text, greatest), nil
}

// tellsPerson is the function of SQL that says whether a text is about a person,
// erased since or not: an exchange or a line of the journal is then hidden whole.
func (c coded) tellsPerson(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	text, _ := args[0].(string)
	greatest, _ := args[1].(int64)
	return strings.Contains(text, redacted) || c.hide(text, greatest) != text, nil
}
