package document

import (
	"cmp"
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/report"
)

// Field is a word that stands for a fact in a wording.
type Field struct {
	Name string `json:"nom"`
	Help string `json:"aide"`

	group group
	text  func(f facts) string
	table func(f facts, arguments string) []report.Block
}

// facts are the facts of a document, with what is worked out of them.
type facts struct{ insertion.DocumentFacts }

// Fields are the fields a wording of the kind may hold.
func (s Sheet) Fields() []Field { return s.those(fields()) }

// Blocks are those that stand alone on a line: tables, lists, frames.
func (s Sheet) Blocks() []Field { return s.those(blocks()) }

func (s Sheet) those(all []Field) []Field {
	return slices.DeleteFunc(all, func(f Field) bool { return !slices.Contains(s.groups, f.group) })
}

func fields() []Field {
	return slices.Concat(commonFields(), lotFields(), clauseFields(), hourFields(), partnerFields(), personFields())
}

func commonFields() []Field {
	return []Field{
		{Name: "date", Help: "le jour du document", text: func(f facts) string { return report.Day(f.On) }},
		{Name: "echeance", Help: "jusqu'à quand répondre : 15 jours, ou --avant", text: func(f facts) string { return report.Day(f.Deadline) }},
		{Name: "points", Help: "des points, à remplir à la main", text: func(facts) string { return points }},
		{Name: "service.nom", Help: "votre service (en-tête)", text: func(f facts) string { return f.Own.Name }},
		{Name: "service.facilitateur", Help: "qui vous êtes (en-tête)", text: func(f facts) string { return f.Own.Facilitator }},
		{Name: "service.signataire", Help: "qui vous êtes et votre qualité (en-tête)", text: func(f facts) string { return withQuality(f.Own.Facilitator) }},
		{Name: "service.service", Help: "la direction, le bureau (en-tête)", text: func(f facts) string { return f.Own.Service }},
		{Name: "service.adresse", Help: "son adresse", text: func(f facts) string { return f.Own.Address }},
		{Name: "service.contact", Help: "son téléphone, son courriel", text: func(f facts) string { return f.Own.Contact }},
		{Name: "lieu", Help: "« Fait à… » (en-tête)", text: func(f facts) string { return f.Own.Place }},
		{Name: "signature", Help: "votre nom et votre service, l'un sous l'autre", text: func(f facts) string {
			return strings.TrimSpace(f.Own.Facilitator + "\n" + f.ownName())
		}},
		{Name: "facilitateur", Help: "qui vous êtes et comment vous joindre : la clause, sinon l'en-tête", text: func(f facts) string {
			if c := f.Lot.Clause; c != nil && c.Contact != "" && !f.Kind.Nominal() {
				return c.Contact
			}
			return said(f.Own.Facilitator, f.Own.Contact, f.Own.Name)
		}},
	}
}

// withQuality is who signs, points when nobody is known, and as what: the quality
// written after the name, else that of all who use this program.
func withQuality(name string) string {
	name = cmp.Or(name, points)
	if strings.ContainsAny(name, ",(\n") || strings.Contains(strings.ToLower(name), "facilitat") {
		return name
	}
	return name + ", facilitateur de la clause sociale"
}

// ownName is who writes, when no letterhead says better.
func (f facts) ownName() string {
	return cmp.Or(f.Own.Name, "Facilitateur de la clause sociale")
}

// said joins what is known.
func said(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return strings.TrimSpace(p) == "" }), ", ")
}

func day(d insertion.Date) string {
	if d == "" {
		return ""
	}
	return report.Day(d)
}

func yes(b bool) string {
	if b {
		return "oui"
	}
	return ""
}

func grouped(g group, list []Field) []Field {
	for i := range list {
		list[i].group = g
	}
	return list
}
