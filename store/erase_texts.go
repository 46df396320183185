package store

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// traces are the ways a text may designate a person: her pseudonyms however they
// are typed, and her names when the file keeps names.
type traces struct {
	ids   []int64
	codes *regexp.Regexp
	names [][]string // words, folded
	kept  [][]string // names of others, which a part of hers may be in
	mark  string     // what stands in their place
}

func tracesOf(ids []int64, names []string) traces {
	numbers := make([]string, len(ids))
	for i, id := range ids {
		numbers[i] = fmt.Sprint(id)
	}
	t := traces{ids: ids, mark: redacted, codes: regexp.MustCompile(codePrefix + "(?:" + strings.Join(numbers, "|") + `)\b`)}
	for _, name := range names {
		if words := wordsOf(name); len(words) > 0 {
			t.names = append(t.names, words)
		}
	}
	return t
}

// redacted is what stands where a person was designated.
const redacted = "(personne effacée)"

// redact takes her out of a text; withNames as well as her pseudonyms.
func (t traces) redact(text string, withNames bool) string {
	return inStrings(text, func(text string) string {
		if len(t.ids) > 0 {
			text = t.codes.ReplaceAllString(text, t.mark)
		}
		if withNames {
			text = without(text, t.names, t.kept, t.mark)
		}
		return text
	})
}

// redactIn takes her out of a text of a table. Of a structure, the names are sought
// only in what people write about it, and a mail or a site that holds one goes whole.
func (t traces) redactIn(table, text string) string {
	text = t.redact(text, namesIn(table))
	if table != "structure" || !strings.HasPrefix(text, "{") {
		return text
	}
	var doc map[string]any
	if !readJSON(text, &doc) {
		return text
	}
	changed := false
	for field, value := range doc {
		said, is := value.(string)
		if !is || field == "Name" || field == "Brand" {
			continue
		}
		if field == "doc" { // a row of the journal, which holds it whole
			doc[field] = t.redactIn(table, said)
		} else if now := t.redact(said, true); slices.Contains([]string{"Description", "Phone", "Mail", "Web"}, field) && now != said {
			if field != "Description" {
				now = ""
			}
			doc[field] = now
		}
		changed = changed || doc[field] != value
	}
	if !changed {
		return text
	}
	return writtenJSON(doc, text)
}

// word is a word of a text, folded, and where it stands.
type word struct {
	folded   string
	from, to int
}

func wordsIn(text string) []word {
	var out []word
	inside := false
	for i, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mn, r)
		switch {
		case letter && !inside:
			out = append(out, word{from: i})
		case !letter && inside:
			out[len(out)-1].to = i
		}
		inside = letter
	}
	if inside {
		out[len(out)-1].to = len(text)
	}
	for i, w := range out {
		out[i].folded = strings.Join(wordsOf(text[w.from:w.to]), "")
	}
	return out
}

// like is the condition that finds, among the texts of some columns, all those
// that may designate her and some more.
func (t traces) like(columns ...string) (string, []any) {
	var either []string
	var args []any
	add := func(patterns ...string) {
		var some []string
		for _, p := range patterns {
			for _, c := range columns {
				some, args = append(some, c+" LIKE ?"), append(args, p)
			}
		}
		either = append(either, "("+strings.Join(some, " OR ")+")")
	}
	for _, id := range t.ids {
		add(fmt.Sprintf("%%P%%%d%%", id))
	}
	for _, name := range t.names {
		add(patternsOf(name)...)
	}
	return "(" + strings.Join(either, " OR ") + ")", args
}

// patternsOf are patterns of LIKE one of which finds any text a name stands in. Of
// the words that tell it two at least are there, so that one of them need not be
// sought: the shortest.
func patternsOf(name []string) []string {
	longest := slices.SortedFunc(slices.Values(name), func(a, b string) int { return len(b) - len(a) })
	strong := slices.DeleteFunc(slices.Clone(longest), weak)
	sought := longest[:1]
	if len(strong) > 1 {
		sought = strong[:len(strong)-1]
	}
	patterns := make([]string, len(sought))
	for i, w := range sought {
		// Letters an accent or a ligature may change stand for any: LIKE folds
		// only the letters of ASCII.
		patterns[i] = "%" + strings.Map(func(r rune) rune {
			if strings.ContainsRune("aceinouy", r) || r > unicode.MaxASCII {
				return '%'
			}
			return r
		}, w) + "%"
	}
	return patterns
}

// untouched are the tables whose texts are not rewritten: those the erasure deals
// with by itself, those that only hold what was published, and those of SQLite.
func untouched(table string) bool {
	return slices.Contains([]string{"participant", "person_name", "change", "change_row", "lot", "lot_source", "organisation", "exact_place"}, table)
}

// namesIn tells whether names are sought in the texts of a table: not in those
// that name firms, which may bear the name of their founder.
func namesIn(table string) bool {
	return !slices.Contains([]string{"structure", "organisation", "lot"}, table)
}

// texts rewrites every text of the file that designates her, whatever the table:
// one added later is reached too.
func (e *eraser) texts() error {
	type column struct{ table, name string }
	columns, err := query(e.ctx, e.tx, func(scan func(...any) error) (c column, err error) {
		err = scan(&c.table, &c.name)
		return c, err
	}, `SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c
		WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'goose%' AND c.type = 'TEXT' ORDER BY t.name, c.cid`)
	if err != nil {
		return err
	}
	for _, c := range columns {
		if untouched(c.table) || e.alone && !typedIn(c.table, c.name) {
			continue
		}
		where, args := e.traces.like(c.name)
		found, err := query(e.ctx, e.tx, scanText, "SELECT DISTINCT "+c.name+" FROM "+c.table+" WHERE "+where, args...)
		if err != nil {
			return err
		}
		for _, text := range found {
			now := e.traces.redactIn(c.table, text)
			if now == text {
				continue
			}
			e.report.Notes++
			if err := e.exec("UPDATE "+c.table+" SET "+c.name+" = ? WHERE "+c.name+" = ?", now, text); err != nil {
				return err
			}
		}
	}
	return nil
}

// withoutDays cuts the days of a text to their month.
func withoutDays(text string) string {
	return regexp.MustCompile(`\b\d\d/(\d\d/\d{4})\b`).ReplaceAllString(text, "$1")
}
