package mandate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is a kind of record.
type Kind string

// Type is how a field is typed, kept and shown.
type Type string

// The types. What is kept is the canonical text: a date as 2026-11-28, money in
// cents, an area in hundredths of m², a share in basis points, a measure in
// hundredths of its unit, a tick as "1" or "0" ("" when nobody said).
const (
	Text    Type = "texte"
	Long    Type = "long" // several lines
	Day     Type = "date"
	Clock   Type = "heure" // 14:30
	Year    Type = "année"
	Whole   Type = "nombre"
	Minutes Type = "minutes"
	Measure Type = "mesure" // in the unit of a commitment
	Amount  Type = "montant"
	Surface Type = "surface"
	Percent Type = "part"
	Tick    Type = "oui"
	Choice  Type = "choix"
	CPV     Type = "cpv"     // two to eight digits
	SIREN   Type = "siren"   // nine digits; those of a SIRET are kept
	Trade   Type = "filière" // of package trade, by its code
	Commune Type = "commune" // its name, or its INSEE code
	Buyer   Type = "acheteur"
)

// Field is one field of a sheet. Required is refused empty; a required amount or
// surface is refused at zero.
type Field struct {
	Name     string // in files, commands and JSON
	Label    string
	Hint     string // an example, or what is expected
	Type     Type
	Required bool
	Past     bool // a day that cannot be to come
	Choices  []string
}

// Sheet is what a kind of record is made of: forms, lists, commands, imports and
// checks all read it.
type Sheet struct {
	Kind   Kind
	Label  string // « séance »
	Plural string
	Her    bool   // the label is feminine
	Of     Code   // the commitment it belongs to; "" for those of every commitment
	Parent Kind   // the kind it hangs on; "" when it stands by itself
	Alone  bool   // with a Parent: it may also stand by itself
	Title  string // the field that names it in lists
	Dated  string // the field it is sorted by; "" for none
	Fields []Field
	// What is checked beyond each field, by names of fields.
	Order  [][2]string // the first day is not after the second
	Within [][2]string // the first amount is not more than the second, when both are said
	Expect [][2]string // the same, but field practice allows more: a warning
	Unique []string    // no two records alike in all of these
}

// Field finds a field by its name.
func (s Sheet) Field(name string) (Field, bool) {
	for _, f := range s.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Saved is « enregistré », agreed with the label.
func (s Sheet) Saved() string {
	if s.Her {
		return "enregistrée"
	}
	return "enregistré"
}

// Caption is the label inside a sentence or a row, where its value carries its unit:
// « dont ESS », « CPV », « surface ».
func (f Field) Caption() string {
	label := f.Label
	if f.Type == Surface {
		label = strings.TrimSuffix(label, " (m²)")
	}
	first, size := utf8.DecodeRuneInString(label)
	if second, _ := utf8.DecodeRuneInString(label[size:]); unicode.IsUpper(second) {
		return label
	}
	return string(unicode.ToLower(first)) + label[size:]
}

// SheetOf finds the sheet of a kind.
func SheetOf(kind Kind) (Sheet, bool) {
	for _, s := range Sheets() {
		if s.Kind == kind {
			return s, true
		}
	}
	return Sheet{}, false
}

// Children lists the sheets that hang on a kind.
func Children(kind Kind) []Sheet {
	var out []Sheet
	for _, s := range Sheets() {
		if s.Parent == kind {
			out = append(out, s)
		}
	}
	return out
}
