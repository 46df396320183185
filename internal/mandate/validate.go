package mandate

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// Fill reads typed texts into a new record of the sheet.
func (s Sheet) Fill(typed map[string]string) (Record, error) {
	r := Record{Kind: s.Kind, Values: map[string]string{}}
	for _, name := range slices.Sorted(maps.Keys(typed)) {
		if err := s.Set(&r, name, typed[name]); err != nil {
			return r, err
		}
	}
	return r, nil
}

// Set reads one typed text into a record; an empty one empties the field.
func (s Sheet) Set(r *Record, name, typed string) error {
	kept, err := Parse(s, name, typed)
	if err != nil {
		return err
	}
	if r.Values == nil {
		r.Values = map[string]string{}
	}
	if kept == "" {
		delete(r.Values, name)
	} else {
		r.Values[name] = kept
	}
	r.Dated = r.Date(s.Dated)
	return nil
}

// Validate checks a record before it is kept, whoever made it; the error is an
// *insertion.FieldError. That the parent is there is checked where it is kept.
func (s Sheet) Validate(r Record, today insertion.Date) error {
	bad := func(field, reason string) error { return &insertion.FieldError{Field: field, Reason: reason} }
	if r.Kind != s.Kind {
		return bad("genre", "cette fiche n'est pas « "+s.Label+" »")
	}
	switch {
	case s.Parent == "" && r.Parent != 0:
		return bad("sous", "« "+s.Label+" » ne dépend d'aucune autre fiche")
	case s.Parent != "" && r.Parent == 0 && !s.Alone:
		parent, _ := SheetOf(s.Parent)
		return bad("sous", "de quelle fiche « "+parent.Label+" » s'agit-il ?")
	}
	for _, name := range slices.Sorted(maps.Keys(r.Values)) {
		if _, ok := s.Field(name); !ok {
			return bad(name, "ce champ n'est pas de la fiche « "+s.Label+" »")
		}
	}
	for _, f := range s.Fields {
		if reason := f.check(r.Values[f.Name], today); reason != "" {
			return bad(f.Name, reason)
		}
	}
	if field, reason := s.together(r, today); reason != "" {
		return bad(field, reason)
	}
	return nil
}

// check says what is wrong with the canonical text of a field, "" when nothing is.
func (f Field) check(value string, today insertion.Date) string {
	if value == "" {
		if f.Required {
			return "« " + f.Label + " » manque"
		}
		return ""
	}
	switch f.Type {
	case Amount, Surface, Measure, Percent: // kept in hundredths, read in units
		n, err := strconv.ParseInt(value, 10, 64)
		switch {
		case err != nil || n < 0 || n > most || f.Type == Percent && n > 10_000:
			return "« " + value + " » ne se lit pas"
		case n == 0 && f.Required && f.Type != Measure:
			return "doit dépasser zéro"
		}
		return ""
	}
	kept, reason := f.read(clean(value, f.Type == Long))
	switch {
	case reason != "":
		return reason
	case kept != value:
		return "« " + value + " » n'est pas écrit comme il se garde (« " + kept + " »)"
	case f.Past && insertion.Date(value) > today:
		return "cette date est à venir"
	}
	return ""
}

// together checks what fields say of one another.
func (s Sheet) together(r Record, today insertion.Date) (field, reason string) {
	for _, o := range s.Order {
		if first, last := r.Date(o[0]), r.Date(o[1]); first != "" && last != "" && first > last {
			return o[1], "avant « " + s.label(o[0]) + " » (" + first.French() + ")"
		}
	}
	for _, w := range s.Within {
		if part, whole := r.Amount(w[0]), r.Amount(w[1]); r.Said(w[1]) && part > whole {
			return w[0], "dépasse « " + s.label(w[1]) + " » (" + whole.String() + ")"
		}
	}
	switch s.Kind {
	case Meeting:
		if r.Text("etat") == "tenue" && r.Date("date") > today {
			return "etat", "une séance à venir ne peut être tenue"
		}
	case Statement:
		if r.Year("annee") > today.Time().Year() {
			return "annee", "cette année est à venir"
		}
		return shareOver(r, "valeur")
	case Promise:
		return shareOver(r, "cible")
	case Candidacy:
		if !kept(r) && r.Amount("accorde") > 0 {
			return "accorde", "rien ne s'accorde à une candidature qui n'est pas « retenue » : videz « Accordé », ou dites la candidature retenue"
		}
	}
	return "", ""
}

// kept tells whether a candidacy won: only then does an amount granted count.
func kept(r Record) bool { return r.Text("decision") == "retenue" }

// shareOver refuses a share of more than the whole.
func shareOver(r Record, name string) (field, reason string) {
	if c, ok := CommitmentOf(Code(r.Text("code"))); ok && c.Unit == Share && r.Whole(name) > 10_000 {
		return name, "une part ne dépasse pas 100 %"
	}
	return "", ""
}

// Warnings are what is unusual in a record and yet allowed, in French.
func (s Sheet) Warnings(r Record, today insertion.Date) []string {
	var out []string
	for _, e := range s.Expect {
		if part, whole := r.Amount(e[0]), r.Amount(e[1]); r.Said(e[0]) && r.Said(e[1]) && part > whole {
			out = append(out, fmt.Sprintf("« %s » (%s) dépasse « %s » (%s)", s.label(e[0]), part, s.label(e[1]), whole))
		}
	}
	if due := r.Date("echeance"); s.Kind == Promise && due != "" && due < today {
		out = append(out, "la date de la prochaine étape ("+due.French()+") est passée")
	}
	return out
}

func (s Sheet) label(name string) string {
	f, _ := s.Field(name)
	return f.Label
}

// Same tells whether two records of the sheet are the same thing: alike in the
// fields that make it unique, under the same parent. Never for a sheet without any.
func (s Sheet) Same(a, b Record) bool {
	if len(s.Unique) == 0 || a.Parent != b.Parent {
		return false
	}
	return !slices.ContainsFunc(s.Unique, func(name string) bool {
		return !strings.EqualFold(a.Values[name], b.Values[name]) && folded(a.Values[name]) != folded(b.Values[name])
	})
}
