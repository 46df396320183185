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
// may not read names: the table of names is closed to them, and so is what
// somebody typed elsewhere. A surname alone is not recognised: it may be a firm's.
func freeTexts() []freeText {
	return []freeText{
		{"contact", []string{"text"}}, {"change", []string{"what"}}, {"change_row", []string{"before", "after"}}, {"postponed", []string{"reason"}},
		{"deed", []string{"label"}}, {"receipt", []string{"document"}}, {"penalty_step", []string{"text"}}, {"exemption", []string{"text", "evidence"}},
		{"eligibility", []string{"reason"}}, {"hour_line", []string{"granted", "why", "source"}}, {"placement", []string{"note"}}, {"introduction", []string{"reason"}},
		{"clause", []string{"doc"}}, {"mandate_record", []string{"doc"}}, {"export", []string{"what"}}, {"worked_month", []string{"agreement"}},
		{"import", []string{"file", "problem"}}, {"refusal", []string{"value"}},
	}
}

// hiddenName stands where a name was, for those who may not read it.
const hiddenName = "(nom masqué)"

// withoutNames is the function of SQL that takes the names of a JSON array out of
// a text. The list is read again only when it changes.
func withoutNames() func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
	var mu sync.Mutex
	var last string
	var names [][]string
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
			last, names = list, tracesOf(nil, all).names
		}
		return hideNames(text, names), nil
	}
}

// hideNames hides names in a text; in the values of a JSON document when it is one,
// which stays one.
func hideNames(text string, names [][]string) string {
	held := map[string]bool{}
	for _, w := range wordsIn(text) {
		held[w.folded] = true
	}
	present := slices.DeleteFunc(slices.Clone(names), func(name []string) bool {
		return slices.ContainsFunc(name, func(w string) bool { return !held[w] })
	})
	if len(present) == 0 {
		return text
	}
	slices.SortStableFunc(present, func(a, b []string) int { return len(b) - len(a) }) // the longest first: one may begin another
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		var doc any
		read := json.NewDecoder(strings.NewReader(text))
		read.UseNumber()
		if read.Decode(&doc) == nil {
			var out bytes.Buffer
			write := json.NewEncoder(&out)
			write.SetEscapeHTML(false)
			if write.Encode(hideIn(doc, present)) == nil {
				return strings.TrimSuffix(out.String(), "\n")
			}
		}
	}
	for _, name := range present {
		text = redactWords(text, name, hiddenName)
	}
	return text
}

func hideIn(doc any, names [][]string) any {
	switch doc := doc.(type) {
	case string: // which may be a document itself, as a clause is in the journal
		return hideNames(doc, names)
	case []any:
		for i := range doc {
			doc[i] = hideIn(doc[i], names)
		}
	case map[string]any:
		for k := range doc {
			doc[k] = hideIn(doc[k], names)
		}
	}
	return doc
}
