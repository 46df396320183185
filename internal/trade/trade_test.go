package trade

import (
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

func TestANoticeTellsItsTradeEvenWithLostAccents(t *testing.T) {
	for _, c := range []struct {
		cpv, object string
		want        insertion.Trade
	}{
		{"", "activit\uFFFDs de d\uFFFDm\uFFFDnagement", Demenagement},
		{"", "travaux d\uFFFD\uFFFDlagage", EspacesVerts},
		{"77310000", "Entretien des espaces verts", EspacesVerts},
		{"", "ÉLAGAGE ET ABATTAGE D'ARBRES", EspacesVerts},
		{"", "Collecte des d\uFFFDchets et tri s\uFFFDlectif", Dechets},
		{"", "Prestation d\uFFFDentretien des locaux et vitrerie", Nettoyage},
		{"", "propret? urbaine et balayage", PropreteUrbaine},
		{"", "RESTAURATION \uFFFDCOLOGIQUE DE LA RIVI\uFFFDRE", EspacesNaturels},
		{"", "Travaux de ma\uFFFDonnerie, gros \uFFFDuvre", GrosOeuvre},
		{"", "R\uFFFD\uFFFDnovation de logements", Renovation},
		{"98310000", "Entretien du linge", Blanchisserie},
		{"", "location et lavage de linge plat", Blanchisserie},
		{"55520000", "Fourniture de plateaux-repas", Restauration},
		{"", "Déménagement des services", Demenagement},
		{"", "Numérisation et archivage de dossiers", Administratif},
		{"79620000", "Remplacement de personnel", Personnel},
		{"45442100", "Marché à bons de commande", Peinture},
		{"", "Impression du magazine municipal", Impression},
		{"90500000", "", Dechets},
		{"", "Mise sous pli et affranchissement", Administratif},
		{"", "Colis de No\uFFFDl pour les a\uFFFDn\uFFFDs", Alimentation},
	} {
		e := OfNotice(c.cpv, c.object)
		if e.Best() != c.want {
			t.Errorf("OfNotice(%q, %q) = %v, want first %s", c.cpv, c.object, e[:min(3, len(e))], c.want)
		}
	}
}

func TestAStructureTellsItsTradeByWhatIsKnownOfIt(t *testing.T) {
	for _, c := range []struct {
		s    insertion.Structure
		want insertion.Trade
		why  string
	}{
		{insertion.Structure{Kind: insertion.EI, Name: "SARL X", NAF: "8130Z"}, EspacesVerts, "NAF 81.30Z"},
		{insertion.Structure{Kind: insertion.ACI, Name: "ASSOC RECUP Y", NAF: "9499Z"}, Dechets, "« RECUP »"},
		{insertion.Structure{Kind: insertion.EI, Name: "BLANCHISSERIE DU NORD"}, Blanchisserie, "BLANCHISSERIE"},
		{insertion.Structure{Kind: insertion.EI, Name: "Les saveurs partagées"}, Restauration, "saveurs"},
		{insertion.Structure{Kind: insertion.ACI, Name: "Jardins de Cocagne"}, Alimentation, ""},
		{insertion.Structure{Kind: insertion.EI, Name: "B.T.P. Insertion"}, Renovation, "B.T.P"},
		{insertion.Structure{Kind: insertion.ACI, ROME: []string{"A1203"}, NAF: "9499Z"}, EspacesVerts, "ROME A1203"},
		{insertion.Structure{Kind: insertion.ETTI, NAF: "7820Z"}, Personnel, ""},
		{insertion.Structure{Kind: insertion.EI, NAF: "8130Z", Activities: []insertion.Activity{{Trade: Peinture}}}, Peinture, "filière déclarée"},
	} {
		e := OfStructure(c.s)
		if e.Best() != c.want {
			t.Errorf("OfStructure(%+v) = %v, want first %s", c.s, e[:min(3, len(e))], c.want)
			continue
		}
		if !strings.Contains(e[0].Why, c.why) {
			t.Errorf("why %q does not name %q", e[0].Why, c.why)
		}
	}
}

func TestDeclaredTradesAreTheOnlyOnes(t *testing.T) {
	e := OfStructure(insertion.Structure{Kind: insertion.EI, NAF: "8130Z", Name: "Espaces verts", Activities: []insertion.Activity{{Trade: Peinture}, {Trade: Peinture}}})
	if len(e) != 1 || e[0].Trade != Peinture || e[0].Score >= 1 {
		t.Errorf("evidence %v", e)
	}
}

func TestEveryTieOfTheTablesIsWellFormed(t *testing.T) {
	if n := len(All()); n > 64 {
		t.Fatalf("%d trades do not fit a word", n)
	}
	seen := map[insertion.Trade]bool{}
	for _, one := range All() {
		if seen[one.Code] || one.Label == "" || one.Code == "" {
			t.Errorf("trade %q: twice, or without a label", one.Code)
		}
		seen[one.Code] = true
		for _, codes := range []string{one.CPV, one.NAF, one.ROME} {
			known := map[string]bool{}
			for field := range strings.FieldsSeq(codes) {
				prefix, points := parseTie(field)
				if len(prefix) < 2 || points <= 0 || points >= 1.001 || known[prefix] {
					t.Errorf("%s: bad or repeated tie %q", one.Code, field)
				}
				known[prefix] = true
			}
		}
		for _, list := range []string{one.Words, one.Names} {
			known := map[string]bool{}
			for field := range strings.SplitSeq(list, ",") {
				if field == "" {
					continue
				}
				text, points := parseTie(field)
				if text != strings.ToLower(text) || points <= 0 || points > 1 || known[text] {
					t.Errorf("%s: bad or repeated word %q", one.Code, field)
				}
				known[text] = true
				for word := range strings.FieldsSeq(text) {
					if f := tokenize(strings.TrimSuffix(word, "$")); len(f) != 1 || f[0].text != strings.TrimSuffix(word, "$") {
						t.Errorf("%s: the stem %q can never be met", one.Code, word)
					}
				}
			}
		}
	}
}

func FuzzOfNoticeNeverPanics(f *testing.F) {
	f.Add("77310000", "Entretien d\uFFFDespaces verts ? B.T.P.")
	f.Add("7", "\xff\xfe??? l?")
	f.Fuzz(func(t *testing.T, cpv, object string) {
		for _, w := range OfNotice(cpv, object) {
			if w.Score <= 0 || w.Score > 1 || w.Why == "" {
				t.Errorf("weight %+v", w)
			}
		}
	})
}
