package store

import (
	"slices"
	"testing"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// smallYear is a file counted by hand. In 2025, on lot 1 of a first buyer (1 000 h
// due, over on 31 December), an EI put 7 women to work under CDDI, 150 h each. On
// lot 2 of a second buyer (2 000 h due, over in 2026), an AI seconded 5 men, 80 h
// each; the first of them was also hired by the contractor under a CDI, 100 h; and
// 40 h came there without saying whose.
func smallYear(t testing.TB) *Store {
	t.Helper()
	s, ctx := opened(t), t.Context()
	var notices []insertion.Notice
	for n, social := range map[int]insertion.Social{3: insertion.SocialClause, 6: insertion.SocialClause | insertion.SocialCriterion, 4: insertion.NoSocial, 5: 0, 9: insertion.SocialReserved} {
		a := award(n)
		a.Social, a.Notified, a.Published = social, "2025-01-01", "2025-01-10"
		notices = append(notices, a)
	}
	first, second := award(3).Reference, award(6).Reference
	imported(t, s, notices...)
	lotOf := func(reference string) (id insertion.LotID) {
		must(t, s.all.QueryRow("SELECT id FROM lot WHERE reference = ?", reference).Scan(&id))
		return id
	}
	one, two := lotOf(first), lotOf(second)
	must(t, s.SaveClause(ctx, someone, insertion.Clause{Lot: one, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(1000), Start: "2025-01-01", End: "2025-12-31",
		Calendar: insertion.Calendar{Rhythm: insertion.Quarterly}}, 0))
	must(t, s.SaveClause(ctx, someone, insertion.Clause{Lot: two, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(2000), Start: "2025-01-01", End: "2026-12-31"}, 0))
	place := func(lot insertion.LotID, kind insertion.Kind, siret, name string, m insertion.Modality, months ...insertion.PlacementMonth) insertion.PlacementID {
		p := insertion.Placement{Lot: lot, Employer: name, Modality: m, Months: months}
		if kind != "" {
			id, err := s.SaveStructure(ctx, someone, insertion.Structure{SIRET: siret, Kind: kind, Name: name, Active: true})
			must(t, err)
			p.Structure = id
		}
		id, err := s.SavePlacement(ctx, someone, p)
		must(t, err)
		return id
	}
	ei := place(one, insertion.EI, siret(1), "Pinceaux", insertion.Subcontracting, insertion.PlacementMonth{Month: "2025-01", Planned: insertion.WholeHours(600)})
	ai := place(two, insertion.AI, siret(2), "Mains Utiles", insertion.Secondment)
	hire := place(two, "", "", "Constructeur", insertion.DirectHire)
	work := func(who insertion.ParticipantID, at insertion.PlacementID, kind insertion.Employment, end insertion.Date, months map[insertion.Month]int64) {
		a, err := s.SaveAssignment(ctx, someone, insertion.Assignment{Participant: who, Placement: at, Employment: kind, Start: "2025-01-01", End: end})
		must(t, err)
		for m, h := range months {
			must(t, s.SetLines(ctx, someone, []insertion.LineEdit{{Assignment: a, Month: m, Hours: insertion.WholeHours(h)}}))
		}
	}
	for i := range 12 {
		woman := i < 7
		p := insertion.Participant{Born: 1990, Sex: insertion.Man, INSEE: "92002", Level: 4, Entered: "2024-09-01"}
		e := insertion.Eligibility{Category: "DELD", Proof: "ft", Dated: "2024-12-15", Seen: "2024-12-20"}
		if woman {
			p.Sex, p.INSEE, p.Level, p.QPV, p.Entered = insertion.Woman, "92050", 3, "QN09201M", "2025-01-01"
			e.Category, e.Proof = "RSA", "rsa"
		}
		if i >= 10 {
			p.Born = 2001
		}
		if i < 6 {
			p.Left, p.Exit = "2025-12-31", insertion.ExitLasting
		}
		id, err := s.SaveParticipant(ctx, someone, p)
		must(t, err)
		e.Participant = id
		_, err = s.SaveEligibility(ctx, someone, e)
		must(t, err)
		if i == 6 { // the code of her district is not known, her address proves it
			p.ID, p.QPV, p.Version = id, "", 1
			_, err = s.SaveParticipant(ctx, someone, p)
			must(t, err)
			_, err = s.SaveEligibility(ctx, someone, insertion.Eligibility{Participant: id, Category: "QPV", Proof: "domicile", Dated: "2025-01-02", Seen: "2025-01-03"})
			must(t, err)
		}
		if woman {
			work(id, ei, insertion.CDDI, "2025-02-28", map[insertion.Month]int64{"2025-01": 100, "2025-02": 50})
			continue
		}
		work(id, ai, insertion.Supplied, "", map[insertion.Month]int64{"2025-03": 80})
		if i == 7 {
			work(id, hire, insertion.CDI, "", map[insertion.Month]int64{"2025-04": 100})
		}
	}
	must(t, s.SetHours(ctx, someone, hire, "2025-05", insertion.PlacementMonth{}, insertion.PlacementMonth{Done: insertion.WholeHours(40), Entered: true}))
	for _, r := range []insertion.Receipt{{From: "2025-01", To: "2025-03", Received: "2025-04-10"}, {From: "2025-04", To: "2025-06", Received: "2025-07-20"}} {
		r.Lot, r.Document = one, "relevé"
		_, err := s.Receive(ctx, someone, r)
		must(t, err)
	}
	for _, amount := range []insertion.Cents{500_00, 0} {
		_, err := s.SaveStep(ctx, someone, insertion.Step{Lot: two, Kind: insertion.StepDecision, Dated: "2025-11-01", Text: "décidé", Amount: amount})
		must(t, err)
	}
	return s
}

func TestAYearCountedByHand(t *testing.T) {
	s := smallYear(t)
	r, err := s.Bilan(t.Context(), bilan.Query{Year: 2025})
	must(t, err)
	for id, want := range map[string]int64{
		"heures":    1590_00, // 7 × 150 + 5 × 80 + 100 + 40
		"etp":       99,      // 1 590 ÷ 1 600 = 0,99375
		"declarees": 1590_00, "prevues": 600_00,
		"dues": 3000_00, "en-tout": 1590_00,
		"restantes": 1460_00, // nothing on lot 1, 2 000 − 540 on lot 2
		"taux":      51_33,   // (1 000 + 540) ÷ 3 000: 50 h too many on lot 1 cover nothing
		"marches":   2, "lots": 2, "acheteurs": 2, "entreprises": 2,
		"montant":   100_009_00, // 50 003 + 50 006
		"personnes": 12, "contrats": 13,
		"heures-personne": 129_17, // 1 550 ÷ 12: 40 h are nobody's
		"heures-contrat":  119_23, // 1 550 ÷ 13
		"duree":           1_94,   // 59 days × 12 ÷ 365
		"sorties":         6, "structures": 2, "trois-premieres": 100_00,
		"hhi":       6005, // (1 050 ÷ 1 450)² + (400 ÷ 1 450)² = 0,6005
		"penalites": 500_00, "avis": 5, "avis-sociaux": 60_00,
	} {
		if got := figure(t, r, id); got != (bilan.Cell{Value: want}) {
			t.Errorf("%s is %+v, want %d", id, got, want)
		}
	}
	const hidden = -1
	for _, c := range []struct {
		table, row string
		column     int
		want       int64
	}{
		{"acheteurs", "Total", 0, 1590_00},
		{"modalites", "sous-traitance ou cotraitance", 0, 1050_00}, {"modalites", "mise à disposition", 0, 400_00}, {"modalites", "embauche directe", 0, 140_00},
		{"modalites", "embauche directe", 1, 8_81}, // 140 ÷ 1 590
		{"types", "EI, entreprise d'insertion", 0, 1050_00}, {"types", "AI, association intermédiaire", 2, 25}, {"types", "sans structure (embauche directe)", 5, 0},
		{"structures", "Pinceaux (EI)", 1, 72_41},
		{"communes", "92050", 0, 1590_00}, {"filieres", "CPV 77310000", 3, 2},
		{"mois", "01/2025", 0, 700_00}, {"mois", "04/2025", 2, 75}, {"mois", "Total", 0, 1590_00}, // 100 h × 12 ÷ 1 600
		{"annees", "2025", 3, 12}, {"annees", "2024", 0, 0},
		{"sexe", "femmes", 0, 7}, {"sexe", "femmes", 1, 58_33}, {"sexe", "hommes", 2, 500_00}, {"sexe", "hommes", 3, 100_00},
		{"ages", "moins de 26 ans", 0, hidden}, // two men of 24
		{"ages", "de 26 à 40 ans", 0, hidden},  // or 12 − 10 would tell them
		{"ages", "de 26 à 40 ans", 3, hidden}, {"ages", "51 ans et plus", 0, 0}, {"ages", "Total", 0, 12},
		{"categories", "allocataires du RSA ou ayants droit", 2, 1050_00}, {"niveaux", "4 (bac)", 0, 5},
		{"qpv", "quartier prioritaire (QPV)", 0, 7}, {"entrees", "entrées dans l'année", 0, 7},
		{"residence", "92", 0, 12}, {"residence", "92050", 0, 7}, {"residence", "92002", 2, 500_00},
		{"contrats", "CDDI", 0, 7},
		{"contrats", "CDI", 0, hidden}, {"contrats", "mise à disposition", 0, hidden}, // one man, and what would tell him
		{"contrats", "Total", 0, 13}, {"contrats", "CDD", 0, 0},
		{"durees", "de 1 à 3 mois", 0, hidden}, // 7 persons in all: under twice five, nothing is detailed
		{"sorties", "emploi durable", 0, hidden}, {"sorties", "Total", 0, 6},
		{"qualite", "Contrats commencés dans l'année, éligibilité vue avant le premier jour", 0, 13},
		{"qualite", "Déclarations reçues à temps", 0, 1}, {"qualite", "Déclarations reçues à temps", 1, 3}, // due in April, July and October
		{"qualite", "Clauses finies dans l'année, tenues à 100 % ou plus", 0, 1},
		{"qualite", "Décisions des acheteurs qui appliquent une pénalité", 2, 50_00},
		{"considerations", "clause sociale seule", 0, 1}, {"considerations", "clause et critère", 0, 1}, {"considerations", "marché réservé", 1, 20_00},
		{"considerations", "marché réservé", 2, 50_009_00}, {"considerations", "aucune considération sociale", 0, 1}, {"considerations", "non renseigné", 0, 1},
	} {
		want := bilan.Cell{Value: c.want}
		if c.want == hidden {
			want = bilan.Cell{State: bilan.Hidden}
		}
		if got := cellOf(t, r, c.table, c.row, c.column); got != want {
			t.Errorf("%s, %s, column %d is %+v, want %+v", c.table, c.row, c.column, got, want)
		}
	}
}

func TestABuyersBilanIsItsOwnAndTellsNothingOfTheOthers(t *testing.T) {
	s := smallYear(t)
	var buyer, other insertion.OrganisationID
	must(t, s.all.QueryRow("SELECT buyer FROM lot WHERE reference = ?", award(3).Reference).Scan(&buyer))
	must(t, s.all.QueryRow("SELECT buyer FROM lot WHERE reference = ?", award(6).Reference).Scan(&other))
	r, err := s.Bilan(t.Context(), bilan.Query{Year: 2025, Buyer: buyer})
	must(t, err)
	for id, want := range map[string]int64{"heures": 1050_00, "personnes": 7, "contrats": 7, "restantes": 0, "taux": 100_00, "avis": 1, "penalites": 0, "sorties": 6} {
		if got := figure(t, r, id); got != (bilan.Cell{Value: want}) {
			t.Errorf("%s is %+v, want %d", id, got, want)
		}
	}
	if c := cellOf(t, r, "mois", "02/2025", 0); c.Value != 350_00 {
		t.Errorf("February %+v", c)
	}
	if c := cellOf(t, r, "sexe", "femmes", 0); c.State != bilan.Hidden { // 7 persons are not detailed
		t.Errorf("women %+v", c)
	}
	view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Viewer, Buyers: []insertion.OrganisationID{buyer}})
	mine, err := view.Bilan(t.Context(), bilan.Query{Year: 2025})
	must(t, err)
	if c := figure(t, mine, "heures"); c.Value != 1050_00 || mine.Scope != r.Scope {
		t.Errorf("narrowed: %+v, %s", c, mine.Scope)
	}
	if _, err := view.Bilan(t.Context(), bilan.Query{Year: 2025, Buyer: other}); err == nil {
		t.Error("another buyer's bilan is given")
	}
	reader := s.As(insertion.Access{User: 2, Name: "Claude", Role: insertion.Viewer})
	apart, err := reader.Bilan(t.Context(), bilan.Query{Year: 2025, Buyer: buyer})
	must(t, err)
	if c := figure(t, apart, "heures"); c.Value != 1050_00 {
		t.Errorf("a reader of all has %+v of one buyer", c)
	}
	for _, id := range []string{"personnes", "contrats", "heures-personne", "heures-contrat", "duree", "sorties"} {
		if c := figure(t, apart, id); c != (bilan.Cell{State: bilan.Hidden}) {
			t.Errorf("a reader of all takes one buyer's bilan from another's: %s %+v", id, c)
		}
	}
	if c := cellOf(t, apart, "annees", "2025", 3); c.State != bilan.Hidden || slices.Contains(apart.IDs(), "sexe") {
		t.Errorf("persons %+v, tables %v", c, apart.IDs())
	}
	if c := figure(t, mine, "personnes"); c.Value != 7 {
		t.Errorf("who reads one buyer only has all of it: %+v", c)
	}
	empty, err := s.Bilan(t.Context(), bilan.Query{Year: 2015})
	must(t, err)
	if !empty.Empty {
		t.Errorf("2015 is not empty: %+v", empty.Figures)
	}
}

// Those nobody checked are the ones the figure is about: their hours do not count, and
// they do.
func TestAContractWhoseEligibilityNobodySawIsCountedAsNotSeen(t *testing.T) {
	s, ctx := smallYear(t), t.Context()
	for range 5 {
		id, err := s.SaveParticipant(ctx, someone, insertion.Participant{Born: 1990, Sex: insertion.Man, INSEE: "92002", Level: 4, Entered: "2025-02-01"})
		must(t, err)
		a, err := s.SaveAssignment(ctx, someone, insertion.Assignment{Participant: id, Placement: 1, Employment: insertion.CDDI, Start: "2025-02-01"})
		must(t, err)
		must(t, s.SetLines(ctx, someone, []insertion.LineEdit{{Assignment: a, Month: "2025-02", Hours: insertion.WholeHours(20)}}))
	}
	r, err := s.Bilan(ctx, bilan.Query{Year: 2025})
	must(t, err)
	const row = "Contrats commencés dans l'année, éligibilité vue avant le premier jour"
	for column, want := range []int64{13, 18, 72_22} {
		if c := cellOf(t, r, "qualite", row, column); c != (bilan.Cell{Value: want}) {
			t.Errorf("column %d: %+v, want %d", column, c, want)
		}
	}
	if c := figure(t, r, "contrats"); c.Value != 13 {
		t.Errorf("contracts whose hours count: %+v", c)
	}
}

func TestTheSameFileGivesTheSameBilanWhateverWasWrittenAndUndone(t *testing.T) {
	s := smallYear(t)
	before, err := s.Bilan(t.Context(), bilan.Query{Year: 2025})
	must(t, err)
	p, err := s.SaveParticipant(t.Context(), someone, insertion.Participant{Entered: "2025-01-01"})
	must(t, err)
	_, err = s.Merge(t.Context(), someone, 1, p)
	must(t, err)
	last, err := s.LastUndoable(t.Context(), someone)
	must(t, err)
	must(t, s.Undo(t.Context(), someone, last.ID))
	_, err = s.Erase(t.Context(), someone, p)
	must(t, err)
	after, err := s.Bilan(t.Context(), bilan.Query{Year: 2025})
	must(t, err)
	if before.Fingerprint != after.Fingerprint {
		t.Errorf("%s, then %s", before.Fingerprint, after.Fingerprint)
	}
	_, err = s.Erase(t.Context(), someone, 1) // one of the women: statistics keep her
	must(t, err)
	erased, err := s.Bilan(t.Context(), bilan.Query{Year: 2025})
	must(t, err)
	for id, want := range map[string]int64{"heures": 1590_00, "personnes": 12, "contrats": 13, "sorties": 6} {
		if got := figure(t, erased, id); got.Value != want {
			t.Errorf("%s is %+v once she is erased", id, got)
		}
	}
	if c := cellOf(t, erased, "sexe", "femmes", 2); c.Value != 1050_00 {
		t.Errorf("hours of women %+v", c)
	}
	if found, err := s.Check(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("%q %v", found, err)
	}
}

func TestTheCategoryIsThatTheClauseAccepts(t *testing.T) {
	s := working(t)
	lot, err := s.Lot(t.Context(), s.lot)
	must(t, err)
	c := *lot.Clause
	c.Publics = []string{"RQTH", "RSA"}
	must(t, s.SaveClause(t.Context(), someone, c, lot.ClauseVersion))
	for range 12 {
		a := s.hired("2026-01-20")
		for _, e := range []insertion.Eligibility{
			{Category: "QPV", Proof: "domicile", Dated: "2026-01-01", Seen: "2026-01-02"}, // not accepted by this clause
			{Category: "RSA", Proof: "rsa", Dated: "2025-06-01", Seen: "2026-01-03"},      // stale on the first day
			{Category: "RQTH", Proof: "rqth", Seen: "2026-01-10"},
		} {
			e.Participant = a.Participant
			_, err := s.SaveEligibility(t.Context(), someone, e)
			must(t, err)
		}
		s.types(a, "2026-02", 50)
	}
	r, err := s.Bilan(t.Context(), bilan.Query{Year: 2026})
	must(t, err)
	if c := cellOf(t, r, "categories", "travailleurs handicapés (L5212-13)", 0); c.Value != 12 {
		t.Errorf("RQTH %+v", c)
	}
}
