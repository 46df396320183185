package tui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// ChangeLines says, value by value, what a change did: each as it was, then as it is.
// c holds its rows.
func ChangeLines(c insertion.Change) []string {
	var lines []string
	for _, r := range c.Rows {
		before, after := sayings(r.Table, r.Before), sayings(r.Table, r.After)
		switch {
		case r.Before == nil:
			lines = append(lines, rowName(r)+" : créé"+listed(after))
		case r.After == nil:
			lines = append(lines, rowName(r)+" : retiré"+listed(before))
		default:
			which := rowName(r)
			if m, ok := unfolded(r.After)["month"].(string); ok {
				which += " " + insertion.Month(m).French()
			}
			for _, d := range differences(before, after) {
				lines = append(lines, which+", "+d)
			}
		}
	}
	if len(lines) == 0 {
		return []string{"aucune valeur n'a changé"}
	}
	return lines
}

// unfolded reads a row, the documents it holds opened, so that each of their
// values is compared by itself.
func unfolded(row []byte) map[string]any {
	flat := map[string]any{}
	var open func(prefix string, doc []byte)
	open = func(prefix string, doc []byte) {
		var values map[string]any
		d := json.NewDecoder(bytes.NewReader(doc))
		d.UseNumber()
		if d.Decode(&values) != nil {
			return
		}
		for k, v := range values {
			text, _ := v.(string)
			inner, nested := v.(map[string]any)
			switch {
			case k == "doc" || (k == "typed" || k == "value") && strings.HasPrefix(text, "{"):
				open("", []byte(text))
			case nested:
				again, _ := json.Marshal(inner)
				open(k+".", again)
			default:
				flat[prefix+k] = v
			}
		}
	}
	open("", row)
	return flat
}

// saidValue is a value of a row in the words of people.
type saidValue struct{ label, text string }

// sayings are the values of a row, each with its name, in the order of its screen.
func sayings(table string, row []byte) []saidValue {
	if row == nil {
		return nil
	}
	flat := unfolded(row)
	switch {
	case table == "mandate_record":
		return sheetSayings(flat)
	case table == "setting" && flat["name"] == adviceSetting:
		return ruleSayings(flat)
	}
	var out []saidValue
	for _, f := range journalTables()[table].fields {
		out = append(out, saidValue{f.label, f.write(flat[f.name])})
	}
	return out
}

// listed writes the values of a row that was created or removed.
func listed(row []saidValue) string {
	var parts []string
	for _, v := range row {
		if v.text != "" {
			parts = append(parts, v.label+" "+shortened(v.text))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " ; " + strings.Join(parts, ", ")
}

// differences writes « taux : 5 % → 7 % » for each value that changed.
func differences(before, after []saidValue) []string {
	var out []string
	for i, v := range after {
		if i < len(before) && before[i].text != v.text {
			was, is := apart(before[i].text, v.text)
			out = append(out, v.label+" : "+orNothing(was)+" → "+orNothing(is))
		}
	}
	return out
}

// longest is how much of a text the journal shows.
const longest = 120

func shortened(text string) string { return cut(strings.Join(strings.Fields(text), " "), longest) }

// apart shortens two texts around where they begin to differ: a whole wording is
// pages long.
func apart(a, b string) (string, string) {
	a, b = strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " ")
	if span(a) <= longest && span(b) <= longest {
		return a, b
	}
	from, word := 0, 0 // where the last two words they share begin
	for i := 0; i < min(len(a), len(b)) && a[i] == b[i]; i++ {
		if a[i] == ' ' {
			from, word = word, i+1
		}
	}
	if from == 0 {
		return cut(a, longest), cut(b, longest)
	}
	return "… " + cut(a[from:], longest), "… " + cut(b[from:], longest)
}

func orNothing(s string) string {
	if s == "" {
		return "(vide)"
	}
	return s
}

// rowName is the French name of what a row of the file is, with its number when
// people use it.
func rowName(r insertion.ChangeRow) string {
	t := journalTables()[r.Table]
	row := unfolded(r.After)
	if r.After == nil {
		row = unfolded(r.Before)
	}
	name := t.name
	switch r.Table {
	case "mandate_record":
		name = sheetOf(mandate.Kind(fmt.Sprint(row["kind"]))).Label
	case "wording":
		name += " " + insertion.Quoted(insertion.DocumentKind(fmt.Sprint(row["kind"])).Label())
	case "setting":
		name = settingTitle(fmt.Sprint(row["name"]))
	case "participant":
		return insertion.ParticipantID(r.Row).Code()
	}
	if t.numbered {
		name += " " + strconv.FormatInt(r.Row, 10)
	}
	return name
}

// journalField is a value the journal shows: its name in the file, in French,
// and what it is. What is not listed is only bookkeeping.
type journalField struct {
	name, label string
	is          valueKind
}

type valueKind uint8

const (
	asText valueKind = iota
	asHours
	asMoney
	asShare
	asFlag
	asDate
	asModality
	asScore
	asCount // a number that is no measure
	asPeople
	asPicture // an image, by the beginning of its fingerprint
)

// write says a value in French; "" for what is empty or zero.
func (f journalField) write(v any) string {
	text := ""
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		text = map[bool]string{true: "1", false: "0"}[v]
	case []any:
		return f.list(v)
	default:
		text = fmt.Sprint(v)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if text == "" || err == nil && n == 0 && f.is != asFlag {
		return ""
	}
	switch {
	case f.is == asFlag:
		return map[bool]string{true: "oui", false: "non"}[n != 0 || text == "true"]
	case f.is == asDate && len(text) == 7:
		return insertion.Month(text).French()
	case f.is == asDate:
		return insertion.Date(text).French()
	case f.is == asPeople:
		return insertion.ParticipantID(n).Code()
	case f.is == asPicture:
		return "image " + text[:min(len(text), 6)]
	case f.is == asScore:
		if x, err := strconv.ParseFloat(text, 64); err == nil {
			return fmt.Sprintf("%.0f", x)
		}
	case err != nil:
		return text
	case f.is == asHours:
		return insertion.Hours(n).String()
	case f.is == asMoney:
		return insertion.Cents(n).String()
	case f.is == asShare:
		return insertion.BasisPoints(n).String()
	case f.is == asModality:
		return modalityWords(insertion.Modality(n))
	}
	return text
}

// list writes the items of a list, each by what names it.
func (f journalField) list(items []any) string {
	var words []string
	for _, item := range items {
		switch item := item.(type) {
		case map[string]any:
			switch {
			case item["filiere"] != nil:
				words = append(words, tradeLabel(insertion.Trade(fmt.Sprint(item["filiere"]))))
			case item["mois"] != nil:
				hours := journalField{is: asHours}.write(item["heures"])
				words = append(words, insertion.Month(fmt.Sprint(item["mois"])).French()+" "+hours)
			}
		default:
			words = append(words, fmt.Sprint(item))
		}
	}
	return strings.Join(slices.Compact(words), ", ")
}
