package store

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"modernc.org/sqlite"
)

// freeText is a table where people type sentences, in which a name may stand.
type freeText struct {
	table   string
	columns []string
}

// freeTexts are the columns read without the names the file keeps, by those who
// may not read names, and without pseudonyms by those who may read no person: the
// tables of names and of persons are closed to them, and so is what somebody typed
// elsewhere. See designations and codePrefix for what is recognised.
func freeTexts() []freeText {
	return []freeText{
		{"contact", []string{"text"}}, {"change", []string{"what"}}, {"change_row", []string{"before", "after"}}, {"postponed", []string{"reason"}},
		{"deed", []string{"label"}}, {"receipt", []string{"document"}}, {"penalty_step", []string{"text"}}, {"exemption", []string{"text", "evidence"}},
		{"eligibility", []string{"reason"}}, {"hour_line", []string{"granted", "why", "source"}}, {"placement", []string{"note"}}, {"introduction", []string{"reason"}},
		{"clause", []string{"doc"}}, {"mandate_record", []string{"doc"}}, {"export", []string{"what"}}, {"worked_month", []string{"agreement"}},
		{"import", []string{"file", "problem"}}, {"refusal", []string{"value"}},
		{"letterhead", []string{"doc"}}, {"wording", []string{"text"}}, {"structure", []string{"doc"}},
	}
}

// typedIn tells whether a column is one of freeTexts.
func typedIn(table, column string) bool {
	return slices.ContainsFunc(freeTexts(), func(f freeText) bool { return f.table == table && slices.Contains(f.columns, column) })
}

// hiddenName stands where a name was, for those who may not read it.
const hiddenName = "(nom masqué)"

// withoutNames is the function of SQL that takes the names of a JSON array out of
// a text, and what else designates those who bear them. The list is read again only
// when it changes.
func withoutNames(designate func(names []string) ([][]string, error)) func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
	var mu sync.Mutex
	var last string
	var hidden seeker
	return func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		text, is := args[0].(string)
		list, _ := args[1].(string)
		if !is || text == "" || list == "[]" {
			return args[0], nil
		}
		mu.Lock()
		defer mu.Unlock()
		if list != last {
			var all []string
			if err := json.Unmarshal([]byte(list), &all); err != nil {
				return nil, err
			}
			found, err := designate(all)
			if err != nil {
				return nil, err
			}
			last, hidden = list, newSeeker(found)
		}
		return hideNames(text, hidden), nil
	}
}

// hideNames hides names in a text; in the values of a JSON document when it is one,
// which stays one.
func hideNames(text string, names seeker) string {
	// A letter of an escape is not one of the word it precedes.
	if !strings.Contains(text, `\`) && len(names.among(wordsIn(text))) == 0 {
		return text
	}
	return inStrings(text, func(text string) string {
		return without(text, names.among(wordsIn(text)), nil, hiddenName)
	})
}

// inStrings rewrites a text; each text of a JSON document when it is one, which may
// be a document itself, as a clause is in the journal.
func inStrings(text string, rewrite func(string) string) string {
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return rewrite(text)
	}
	var doc any
	if !readJSON(text, &doc) {
		return rewrite(text)
	}
	changed := false
	doc = eachString(doc, func(text string) string {
		now := inStrings(text, rewrite)
		changed = changed || now != text
		return now
	})
	if !changed {
		return text
	}
	return writtenJSON(doc, rewrite(text))
}

func eachString(doc any, rewrite func(string) string) any {
	switch doc := doc.(type) {
	case string:
		return rewrite(doc)
	case []any:
		for i := range doc {
			doc[i] = eachString(doc[i], rewrite)
		}
	case map[string]any:
		for k := range doc {
			doc[k] = eachString(doc[k], rewrite)
		}
	}
	return doc
}

// readJSON reads a document whole, its numbers as they are written.
func readJSON(text string, into any) bool {
	read := json.NewDecoder(strings.NewReader(text))
	read.UseNumber()
	return read.Decode(into) == nil && !read.More()
}

// writtenJSON writes a document that was read, or what stands for it.
func writtenJSON(doc any, otherwise string) string {
	var out bytes.Buffer
	write := json.NewEncoder(&out)
	write.SetEscapeHTML(false)
	if write.Encode(doc) != nil {
		return otherwise
	}
	return strings.TrimSuffix(out.String(), "\n")
}
