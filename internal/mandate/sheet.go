package mandate

// Kind is a kind of record.
type Kind string

// Type is how a field is typed, kept and shown.
type Type string

// The types. What is kept is the canonical text: a date as 2026-11-28, money in
// cents, an area in hundredths of m², a share in basis points, a tick as "1" or "".
const (
	Text    Type = "texte"
	Long    Type = "long" // several lines
	Day     Type = "date"
	Clock   Type = "heure" // 14:30
	Year    Type = "année"
	Whole   Type = "nombre"
	Amount  Type = "montant"
	Surface Type = "surface"
	Percent Type = "part"
	Tick    Type = "oui"
	Choice  Type = "choix"
	Trade   Type = "métier"  // a trade of package trade, by its code
	Commune Type = "commune" // an INSEE code
	Buyer   Type = "acheteur"
)

// Field is one field of a sheet. Required is refused empty.
type Field struct {
	Name     string // in files, commands and JSON
	Label    string
	Hint     string
	Type     Type
	Required bool
	Choices  []string
}

// Sheet is what a kind of record is made of: forms, lists, commands, imports and
// checks all read it.
type Sheet struct {
	Kind   Kind
	Label  string // « séance du conseil »
	Plural string
	Of     Code   // the commitment it belongs to
	Parent Kind   // the kind it hangs on; "" when it stands by itself
	Title  string // the field that names it in lists
	Dated  string // the field it is sorted by; "" for none
	Fields []Field
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

// SheetOf finds the sheet of a kind.
func SheetOf(kind Kind) (Sheet, bool) {
	for _, s := range Sheets() {
		if s.Kind == kind {
			return s, true
		}
	}
	return Sheet{}, false
}
