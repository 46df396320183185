package mandate

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"passerelle/internal/insertion"
)

const today = insertion.Date("2026-11-29")

func TestTypedTextsAreKeptInOneFormAndShownTheFrenchWay(t *testing.T) {
	for _, c := range []struct {
		kind             Kind
		field, typed     string
		kept, shown, bad string
	}{
		{Meeting, "date", "28/11/2026", "2026-11-28", "28/11/2026", ""},
		{Meeting, "date", "31/02/2026", "", "", "n'est pas une date"},
		{Meeting, "heure", "14h30", "14:30", "14:30", ""},
		{Meeting, "heure", "9h", "09:00", "09:00", ""},
		{Meeting, "heure", "25:00", "", "", "n'est pas une heure"},
		{Meeting, "etat", "TENUE", "tenue", "tenue", ""},
		{Meeting, "etat", "rep", "reportée", "reportée", ""},
		{Meeting, "instance", "co", "", "", "n'est pas un de ces choix"},
		{Meeting, "objet", "  séance\x1b[31m \t ordinaire\u202e ", "séance[31m ordinaire", "séance[31m ordinaire", ""},
		{Point, "texte", "un\r\ndeux\x00", "un\ndeux", "un\ndeux", ""},
		{Support, "accorde", "15 000,5 €", "1500050", "15 000,50 €", ""},
		{Support, "accorde", "-3", "", "", "attendu un montant, de 0 à"},
		{Support, "annee", "26", "", "", "n'est pas une année"},
		{Stock, "surface", "12 500,25 m²", "1250025", "12 500,25 m²", ""},
		{Network, "adherents", "1 200", "1200", "1 200", ""},
		{Network, "adherents", "douze", "", "", "n'est pas un nombre entier"},
		{Call, "innovation", "Oui", "1", "oui", ""},
		{Call, "innovation", "non", "0", "non", ""},
		{Call, "innovation", "peut-être", "", "", "oui ou non"},
		{Project, "cpv", "7731", "77310000", "77310000", ""},
		{Project, "cpv", "77310000-6", "77310000", "77310000", ""},
		{Project, "cpv", "espaces", "", "", "n'est pas un code CPV"},
		{FirmSize, "siren", "442 293 375 00014", "442293375", "442293375", ""},
		{FirmSize, "siren", "442293375", "442293375", "442293375", ""},
		{FirmSize, "siren", "44229337500015", "", "", "n'est ni un SIREN"},
		{Part, "filiere", "Espaces-Verts", "espaces-verts", "Espaces verts", ""},
		{Part, "filiere", "fusées", "", "", "n'est pas une filière"},
		{Part, "part", "65 %", "6500", "65 %", ""},
		{Promise, "cible", "1 %", "100", "1", ""},
		{Meeting, "date", "01/01/0001", "", "", "une date de 1990 à 2100"},
		{Meeting, "duree", "0", "", "", "attendu des minutes"},
		{Meeting, "duree", "99999999", "", "", "attendu des minutes"},
		{Promise, "cible", "8 9", "", "", "n'est pas un nombre"},
		{Network, "adherents", "1 2", "", "", "n'est pas un nombre entier"},
		{Promise, "cible", "99999999999999", "", "", "attendu un nombre, de 0 à"},
		{Seat, "nom", "quelqu'un", "", "", "n'est pas de la fiche"},
	} {
		s, _ := SheetOf(c.kind)
		kept, err := Parse(s, c.field, c.typed)
		var field *insertion.FieldError
		if c.bad != "" {
			if !errors.As(err, &field) || field.Field != c.field || !strings.Contains(field.Reason, c.bad) {
				t.Errorf("%s, %q: %v", c.field, c.typed, err)
			}
			continue
		}
		f, _ := s.Field(c.field)
		if err != nil || kept != c.kept || Show(f, kept) != c.shown {
			t.Errorf("%s, %q: kept %q, shown %q, %v", c.field, c.typed, kept, Show(f, kept), err)
		}
	}
}

// TestWhateverIsTypedIsKeptAsItWillBeAccepted types anything in any field: what is
// kept is accepted again as it is, and holds nothing a terminal would obey.
func TestWhateverIsTypedIsKeptAsItWillBeAccepted(t *testing.T) {
	var fields []Field
	for _, s := range Sheets() {
		fields = append(fields, s.Fields...)
	}
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SampledFrom(fields).Draw(t, "field")
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9 ,./:h€%-]{0,12}`), rapid.StringOf(rapid.SampledFrom([]rune("ouinxé\n\t \u202e\x1b0123456789-/,"))), rapid.SampledFrom(append(f.Choices, "oui", "1"))).Draw(t, "typed")
		kept, err := f.Parse(typed)
		if err != nil {
			return
		}
		f.Required, f.Past = false, false
		if reason := f.check(kept, today); reason != "" {
			t.Fatalf("%s: %q kept as %q, then refused: %s", f.Name, typed, kept, reason)
		}
		if strings.ContainsAny(kept, "\x1b\x00\u202e\t") {
			t.Fatalf("%s: %q kept as %q", f.Name, typed, kept)
		}
	})
}

func TestARecordIsCheckedAsAWhole(t *testing.T) {
	for _, c := range []struct {
		kind   Kind
		parent RecordID
		values map[string]string
		field  string // refused, "" when it is not
	}{
		{Network, 0, map[string]string{"nom": "Réseau"}, ""},
		{Network, 0, map[string]string{"objet": "sans nom"}, "nom"},
		{Network, 4, map[string]string{"nom": "Réseau"}, "sous"},
		{Support, 0, map[string]string{"annee": "2026", "objet": "aide"}, "sous"},
		{Support, 4, map[string]string{"annee": "2026", "objet": "aide"}, ""},
		{Support, 4, map[string]string{"annee": "2026", "objet": "aide", "decide": "2027-01-01"}, "decide"},
		{Support, 4, map[string]string{"annee": "2026", "objet": "aide", "demande": "100", "accorde": "101"}, "accorde"},
		{Support, 4, map[string]string{"annee": "2026", "objet": "aide", "accorde": "101"}, ""},
		{Candidacy, 4, map[string]string{"porteur": "p", "projet": "q", "decision": "retenue", "demande": "100", "accorde": "101"}, "accorde"},
		{Candidacy, 4, map[string]string{"porteur": "p", "projet": "q", "decision": "refusée", "demande": "100", "accorde": "50"}, "accorde"},
		{Candidacy, 4, map[string]string{"porteur": "p", "projet": "q", "demande": "100", "accorde": "50"}, "accorde"},
		{Candidacy, 4, map[string]string{"porteur": "p", "projet": "q", "decision": "refusée", "demande": "100", "accorde": "0"}, ""},
		{Seat, 0, map[string]string{"college": "IAE", "organisation": "o", "propose": "2026-05-01", "decide": "2026-04-01"}, "decide"},
		{Agreement, 0, map[string]string{"entreprise": "e", "signee": "2026-01-01", "montant": "0"}, "montant"},
		{Agreement, 0, map[string]string{"entreprise": "e", "signee": "2026-01-01", "montant": "100", "insertion": "101"}, "insertion"},
		{Meeting, 0, map[string]string{"instance": "autre", "date": "2026-12-24", "objet": "o", "etat": "tenue"}, "etat"},
		{Promise, 0, map[string]string{"code": "locaux", "cible": "10001"}, "cible"},
		{Promise, 0, map[string]string{"code": "locaux", "cible": "0"}, ""},
		{Promise, 0, map[string]string{"code": "reseaux", "cible": "2000000"}, ""},
		{Statement, 0, map[string]string{"code": "locaux", "annee": "2027", "valeur": "1", "preuve": "p"}, "annee"},
		{Premise, 0, map[string]string{"bailleur": "b", "occupant": "o", "surface": "1", "debut": "2026-02-01", "fin": "2026-01-01"}, "fin"},
		{Task, 0, map[string]string{"texte": "seule"}, ""},
		{Network, 0, map[string]string{"nom": "Réseau", "inconnu": "x"}, "inconnu"},
		{Network, 0, map[string]string{"nom": "pas\x1bpropre"}, "nom"},
	} {
		s, _ := SheetOf(c.kind)
		err := s.Validate(Record{Kind: c.kind, Parent: c.parent, Values: c.values}, today)
		var field *insertion.FieldError
		if errors.As(err, &field); c.field == "" && err != nil || c.field != "" && (field == nil || field.Field != c.field) {
			t.Errorf("%s %v: %v", c.kind, c.values, err)
		}
	}
}

func TestMoreForInsertionThanForTheESSIsAWarning(t *testing.T) {
	s, _ := SheetOf(Agreement)
	r := Record{Kind: Agreement, Values: map[string]string{"entreprise": "e", "signee": "2026-01-01", "montant": "300", "ess": "100", "insertion": "200"}}
	if err := s.Validate(r, today); err != nil || len(s.Warnings(r, today)) != 1 {
		t.Errorf("%v %v", err, s.Warnings(r, today))
	}
}

func TestEverySheetIsWhole(t *testing.T) {
	seen := map[Kind]bool{}
	for _, s := range Sheets() {
		if seen[s.Kind] || s.Label == "" || s.Plural == "" {
			t.Errorf("%s: twice, or without a name", s.Kind)
		}
		seen[s.Kind] = true
		names := []string{s.Title}
		for _, pair := range append(append(s.Order, s.Within...), s.Expect...) {
			names = append(names, pair[:]...)
		}
		if s.Dated != "" {
			names = append(names, s.Dated)
		}
		for _, name := range append(names, s.Unique...) {
			if _, ok := s.Field(name); !ok {
				t.Errorf("%s: no field %q", s.Kind, name)
			}
		}
		if _, ok := SheetOf(s.Parent); s.Parent != "" && !ok {
			t.Errorf("%s hangs on nothing", s.Kind)
		}
		for _, f := range s.Fields {
			if f.Label == "" || f.Hint == "" && f.Type != Choice {
				t.Errorf("%s.%s: without a label or a hint", s.Kind, f.Name)
			}
			if _, reason := f.read("x"); reason == "type de champ inconnu" {
				t.Errorf("%s.%s: type %q", s.Kind, f.Name, f.Type)
			}
		}
	}
}
