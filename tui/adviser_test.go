package tui_test

import (
	"context"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/store"
	"passerelle/tui"
)

// advises is a real file with two invented neighbours as candidates.
type advises struct{ *store.Store }

func (a advises) Advise(ctx context.Context, id mandate.RecordID) (tui.Advice, error) {
	out := tui.Advice{Around: "à 30 km au plus de Nanterre"}
	var err error
	if out.Project, err = a.MandateRecord(ctx, id); err != nil {
		return out, err
	}
	if out.Had, err = a.MandateRecords(ctx, mandate.Part, id); err != nil {
		return out, err
	}
	rules, err := a.AdviceRules(ctx)
	if err != nil {
		return out, err
	}
	need := mandate.NeedOf(out.Project, out.Had, rules)
	var candidates []mandate.Candidate
	for _, name := range []string{"Berges Vertes (fictif)", "Jardins du Pont (fictif)", "Clairières (fictif)"} {
		candidates = append(candidates, mandate.Candidate{Name: name, Kind: insertion.EI, Turnover: insertion.Euros(900_000), Trades: []insertion.Trade{"espaces-verts"}, Monthly: insertion.WholeHours(900), Declared: true})
	}
	out.Split = mandate.Allot(need, candidates, rules)
	out.Levers = mandate.ChooseLevers(need, out.Split, mandate.Past{Since: 2024, Division: 77, Trade: map[mandate.Lever]int{mandate.LeverClause: 12, mandate.LeverNone: 30}, All: map[mandate.Lever]int{mandate.LeverClause: 40, mandate.LeverNone: 300}}, insertion.SocialDuty, rules)
	return out, nil
}

func advised(t testing.TB) (*store.Store, *driver, mandate.RecordID) {
	t.Helper()
	s := opened(t)
	id := keptRecord(t, s, mandate.Project, 0, "objet", "Entretien des espaces verts des collèges", "cpv", "77310000", "montant", "960 000", "mois", "24",
		"nature", "services", "publication", "01/10/2026", "lien", "oui", "separable", "oui")
	keptRecord(t, s, mandate.Part, id, "objet", "tout le marché", "filiere", "espaces-verts", "montant", "960 000")
	deps := allDeps(s)
	deps.Adviser = advises{s}
	d := drive(t, s, deps, "e", 80, 24)
	d.press("down", "down", "enter", "enter")
	d.sees("Marché en préparation", "Lots envisagés 1/1")
	d.press("a")
	d.sees("en un seul lot", "en lots proposés", "capables")
	return s, d, id
}

func TestAContractInPreparationIsSplitInOneKeyAndOneUndo(t *testing.T) {
	s, d, id := advised(t)
	d.golden("adviser")
	d.press("o")
	d.sees("Remplacer 1 lot envisagé par")
	d.press("enter") // no, by default
	if parts, _ := s.MandateRecords(t.Context(), mandate.Part, id); len(parts) != 1 {
		t.Fatalf("%d lots without a yes", len(parts))
	}
	d.press("o", "o")
	parts, err := s.MandateRecords(t.Context(), mandate.Part, id)
	must(t, err)
	var sum insertion.Cents
	for _, p := range parts {
		sum += p.Amount("montant")
	}
	if len(parts) < 2 || sum != insertion.Euros(960_000) {
		t.Fatalf("%d lots of %v", len(parts), sum)
	}
	d.press("u", "o")
	if parts, _ = s.MandateRecords(t.Context(), mandate.Part, id); len(parts) != 1 || parts[0].Text("objet") != "tout le marché" {
		t.Errorf("one undo leaves %+v", parts)
	}
}

func TestTheAdviserTellsLeversWithTheirArticlesAndADraft(t *testing.T) {
	_, d, _ := advised(t)
	d.press("v")
	d.sees("Les cinq leviers 1/5", "clause", "employé 12 fois sur 42 avis")
	d.golden("levers")
	d.press("enter")
	d.sees("Aujourd'hui L2112-2", "en 2011 art. 14")
	d.press("esc", "esc", "j")
	d.sees("L2113-10", "PROJET, à relire par l'acheteur")
	d.press("c")
	d.sees("Copié")
}

func TestTheParametersOfTheAdviceAreSetOnTheSpot(t *testing.T) {
	s, d, _ := advised(t)
	d.press("p")
	d.sees("Paramètres du conseil", "33,33 %", "Plus petit lot", "sans source : à fixer")
	d.golden("adviser-rules")
	d.press("down", "down", "down")
	d.erase()
	d.write("400 000")
	d.press("ctrl+s")
	d.sees("Paramètres du conseil enregistrés")
	rules, err := s.AdviceRules(t.Context())
	must(t, err)
	if rules.SmallestLot != insertion.Euros(400_000) || rules.MostLots != mandate.DefaultRules().MostLots {
		t.Fatalf("%+v", rules)
	}
	d.sees("480 000 €") // two lots and no more
}

func TestAReaderIsAdvisedAndKeepsNothing(t *testing.T) {
	s, _, _ := advised(t)
	reader := s.As(insertion.Access{Name: "Noor", Role: insertion.Viewer})
	deps := allDeps(reader)
	deps.Adviser = advises{reader}
	d := drive(t, s, deps, "e", 80, 24)
	d.press("down", "down", "enter", "enter", "a", "o")
	d.sees("réservé aux rôles « facilitateur » et « délégation »")
}
