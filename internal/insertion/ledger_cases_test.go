package insertion

import (
	"slices"
	"testing"
)

// situation is one person, one line, and what changes from a plain case: a
// woman on RSA, seen in time, on a placement of an EI, 100 h in March 2025.
type situation struct {
	clause Clause
	site   Site
	a      Assignment
	e      []Eligibility
	line   HourLine
	others []HourLine // of the same assignment
	more   []Assignment
}

func plainCase() situation {
	return situation{
		clause: Clause{Lot: 1, Basis: ByFixedVolume, Fixed: WholeHours(1000), Start: "2025-01-01", End: "2026-12-31"},
		site:   Site{Placement: 1, Lot: 1, Modality: Subcontracting, Kind: EI, Employer: "Structure fictive", User: "000920001", Notified: "2024-12-01"},
		a:      Assignment{ID: 1, Participant: 42, Placement: 1, Lot: 1, Employment: CDDI, Start: "2025-01-06", End: "2026-01-05"},
		e:      []Eligibility{{ID: 1, Participant: 42, Category: "RSA", Proof: "rsa", Dated: "2024-12-20", Seen: "2025-01-03"}},
		line:   HourLine{ID: 1, Assignment: 1, Month: "2025-03", Hours: WholeHours(100)},
	}
}

// count gives what counts of the line, and the rules that spoke.
func (s situation) count() (Hours, []RuleCode) {
	s.site.Clause = s.clause
	p := Person{
		Participant: Participant{ID: 42}, Eligibilities: s.e,
		Assignments: append([]Assignment{s.a}, s.more...), Lines: append([]HourLine{s.line}, s.others...),
	}
	sites := map[PlacementID]Site{1: s.site}
	other := s.site
	other.Placement, other.Lot = 2, 2
	other.Clause.Lot = 2
	sites[2] = other
	l := CountHours(p, sites)[0]
	var rules []RuleCode
	for _, u := range l.Why {
		rules = append(rules, u.Rule)
	}
	return l.Counted, rules
}

// TestWorkedCasesLedger holds the rules of counting as worked cases: each says
// its source, what changes from the plain case, and what must count.
func TestWorkedCasesLedger(t *testing.T) {
	h := WholeHours
	lines := func(n int, each Hours, from Month) []HourLine {
		var out []HourLine
		for i, m := range Months(from, from.Add(n-1)) {
			out = append(out, HourLine{ID: int64(10 + i), Assignment: 1, Month: m, Hours: each})
		}
		return out
	}
	supplied := func(s *situation) {
		s.site.Kind, s.site.Modality, s.a.Employment = AI, Secondment, Supplied
	}
	for _, c := range []struct {
		name   string
		source string
		change func(*situation)
		want   Hours
		rules  []RuleCode
	}{
		{"tout est en ordre", "CCAP 21_BAM_048 art. 1.4", func(*situation) {}, h(100), nil},
		// The window of the contract.
		{"avant le début de la clause", "CCAP 21_BAM_048 art. 1.4 (notification à livraison)", func(s *situation) { s.clause.Start = "2025-04-01" }, 0, []RuleCode{RuleContractWindow}},
		{"après la fin de la clause", "CCAP 21_BAM_048 art. 1.4", func(s *situation) { s.clause.End = "2025-02-28" }, 0, []RuleCode{RuleContractWindow}},
		{"la clause finit le 15 : quinze jours sur trente et un", "CCAP 21_BAM_048 art. 1.4", func(s *situation) { s.clause.End = "2025-03-15" }, 48_38, []RuleCode{RuleContractWindow}},
		{"la clause commence le 17", "CCAP 21_BAM_048 art. 1.4", func(s *situation) { s.clause.Start = "2025-03-17" }, 48_38, []RuleCode{RuleContractWindow}},
		{"sans début écrit, la notification ouvre la période", "CCAP 21_BAM_048 art. 1.4", func(s *situation) { s.clause.Start = ""; s.site.Notified = "2025-04-02" }, 0, []RuleCode{RuleContractWindow}},
		{"sans fin écrite, la période reste ouverte", "CCAP 21_BAM_048 art. 1.4", func(s *situation) { s.clause.End = "" }, h(100), nil},
		{"le mois suit la fin de l'affectation", "rien n'est travaillé hors du contrat de travail", func(s *situation) { s.a.End = "2025-02-28" }, 0, []RuleCode{RuleAssignment}},
		{"le mois précède l'affectation", "rien n'est travaillé hors du contrat de travail", func(s *situation) { s.a.Start = "2025-04-01" }, 0, []RuleCode{RuleAssignment}},
		{"un seul jour d'affectation porte tout le mois saisi", "les heures d'un mois se répartissent sur les jours de l'affectation", func(s *situation) { s.a.End = "2025-03-01" }, 100_00, []RuleCode{RuleCDDI}},
		{"sans fiche clause rien ne compte", "CCAG 2021 FCS 16.1 (la clause vaut si le CCAP l'active)", func(s *situation) { s.clause.Lot = 0 }, 0, []RuleCode{RuleContractWindow}},
		{"le dernier jour de la clause compte", "CCAP 21_BAM_048 art. 1.4", func(s *situation) { s.clause.End = "2025-03-31" }, h(100), nil},
		// The window of the person.
		{"au vingt-quatrième mois", "AVE, usage (paramètre non sourcé)", func(s *situation) {
			s.a.Start, s.a.End, s.clause.Start = "2023-04-01", "", "2023-01-01"
			s.e[0].Dated = "2023-03-20"
		}, h(100), nil},
		{"au vingt-cinquième mois", "AVE, usage (paramètre non sourcé)", func(s *situation) {
			s.a.Start, s.a.End, s.clause.Start = "2023-03-01", "", "2023-01-01"
			s.e[0].Dated = "2023-02-20"
		}, 0, []RuleCode{RulePersonWindow}},
		{"la fenêtre se ferme le 9 mars", "AVE, usage (paramètre non sourcé)", func(s *situation) {
			s.a.Start, s.a.End, s.clause.Start = "2023-03-10", "", "2023-01-01"
			s.e[0].Dated = "2023-02-20"
		}, 29_03, []RuleCode{RulePersonWindow}},
		{"un marché à trente-six mois", "le contrat l'emporte sur le défaut", func(s *situation) {
			s.a.Start, s.a.End, s.clause.Start, s.clause.Rules.PersonMonths = "2023-01-01", "", "2023-01-01", 36
			s.e[0].Dated = "2022-12-20"
		}, h(100), nil},
		{"un marché à six mois", "AVE, usage (critères légers, six mois)", func(s *situation) {
			s.clause.Rules.PersonMonths = 6
			s.a.Start = "2024-09-01"
			s.clause.Start = "2024-09-01"
			s.e[0].Dated = "2024-08-20"
		}, 0, []RuleCode{RulePersonWindow}},
		{"une première embauche ailleurs ne compte pas pour ce marché", "AVE, usage (paramètre)", func(s *situation) {
			s.more = []Assignment{{ID: 2, Participant: 42, Placement: 2, Lot: 2, Employment: CDDI, Start: "2023-01-01", End: "2023-06-30"}}
		}, h(100), nil},
		{"elle compte quand le marché regarde toute clause", "AVE, usage (paramètre)", func(s *situation) {
			s.clause.Rules.AnyClause = true
			s.more = []Assignment{{ID: 2, Participant: 42, Placement: 2, Lot: 2, Employment: CDDI, Start: "2023-01-01", End: "2023-06-30"}}
		}, 0, []RuleCode{RulePersonWindow}},
		{"un second contrat ne rouvre pas la fenêtre", "AVE, usage (paramètre)", func(s *situation) {
			s.clause.Start = "2023-01-01"
			s.more = []Assignment{{ID: 2, Participant: 42, Placement: 1, Lot: 1, Employment: CDDI, Start: "2023-01-01", End: "2023-06-30"}}
		}, 0, []RuleCode{RulePersonWindow}},
		// Permanent contracts.
		{"un CDI au trente-septième mois, marché à quatre ans", "CCAP 21_BAM_048 art. 1.4 (CDI, quatre ans)", func(s *situation) {
			s.a.Employment, s.a.Start, s.a.End, s.clause.Start, s.clause.Rules.CDIMonths = CDI, "2022-03-01", "", "2022-01-01", 48
			s.e[0].Dated = "2022-02-20"
		}, h(100), nil},
		{"un CDI après quatre ans", "CCAP 21_BAM_048 art. 1.4 (CDI, quatre ans)", func(s *situation) {
			s.a.Employment, s.a.Start, s.a.End, s.clause.Start, s.clause.Rules.CDIMonths = CDI, "2021-03-01", "", "2021-01-01", 48
			s.e[0].Dated = "2021-02-20"
		}, 0, []RuleCode{RuleCDIWindow}},
		{"un CDI ne dépasse pas la fin du marché", "CCAP 21_BAM_048 art. 1.4", func(s *situation) {
			s.a.Employment, s.a.End, s.clause.Rules.CDIMonths, s.clause.End = CDI, "", 48, "2025-02-28"
		}, 0, []RuleCode{RuleContractWindow}},
		{"un CDD n'a pas la règle du CDI", "CCAP 21_BAM_048 art. 1.4", func(s *situation) {
			s.a.Employment, s.a.Start, s.a.End, s.clause.Start, s.clause.Rules.CDIMonths = CDD, "2022-03-01", "", "2022-01-01", 48
			s.e[0].Dated = "2022-02-20"
		}, 0, []RuleCode{RulePersonWindow}},
		{"sans règle propre, un CDI suit les vingt-quatre mois", "AVE, usage (paramètre)", func(s *situation) {
			s.a.Employment, s.a.Start, s.a.End, s.clause.Start = CDI, "2022-03-01", "", "2022-01-01"
			s.e[0].Dated = "2022-02-20"
		}, 0, []RuleCode{RulePersonWindow}},
		// Eligibility and proofs.
		{"aucune éligibilité", "CCAP 21_BAM_048 art. 1.4 (impérativement)", func(s *situation) { s.e = nil }, 0, []RuleCode{RuleEligibility}},
		{"une catégorie que le marché n'accepte pas", "CCAP 21_BAM_048 art. 1.4", func(s *situation) { s.clause.Publics = []string{"RQTH"} }, 0, []RuleCode{RuleEligibility}},
		{"une seule catégorie suffit", "CCAP 21_BAM_048 art. 1.4", func(s *situation) { s.clause.Publics = []string{"RSA"} }, h(100), nil},
		{"un public propre au marché", "CCAP : le marché peut en dire d'autres", func(s *situation) {
			s.clause.Publics, s.clause.OtherPublics = []string{"RQTH"}, []string{"parents isolés"}
			s.e = []Eligibility{{ID: 1, Category: "parents isolés", Proof: "document", Seen: "2025-01-03"}}
		}, h(100), nil},
		{"une attestation RSA de plus de trois mois à l'embauche", "les-emplois, administrative_criteria.json (3 mois)", func(s *situation) { s.e[0].Dated = "2024-10-05" }, 0, []RuleCode{RuleEligibility}},
		{"une attestation RSA de trois mois jour pour jour", "les-emplois, administrative_criteria.json (3 mois)", func(s *situation) { s.e[0].Dated = "2024-10-06" }, h(100), nil},
		{"un justificatif de domicile de cinq mois pour le QPV", "les-emplois, administrative_criteria.json (6 mois)", func(s *situation) {
			s.e = []Eligibility{{ID: 1, Category: "QPV", Proof: "domicile", Dated: "2024-08-10", Seen: "2025-01-03"}}
		}, h(100), nil},
		{"un justificatif de domicile de sept mois pour le QPV", "les-emplois, administrative_criteria.json (6 mois)", func(s *situation) {
			s.e = []Eligibility{{ID: 1, Category: "QPV", Proof: "domicile", Dated: "2024-06-05", Seen: "2025-01-03"}}
		}, 0, []RuleCode{RuleEligibility}},
		{"une RQTH échue la veille de l'embauche", "les-emplois, administrative_criteria.json (valide à l'embauche)", func(s *situation) {
			s.e = []Eligibility{{ID: 1, Category: "RQTH", Proof: "rqth", Until: "2025-01-05", Seen: "2025-01-03"}}
		}, 0, []RuleCode{RuleEligibility}},
		{"une RQTH échue après l'embauche reste bonne", "AVE, usage : éligible à l'entrée, éligible ensuite", func(s *situation) {
			s.e = []Eligibility{{ID: 1, Category: "RQTH", Proof: "rqth", Until: "2025-01-31", Seen: "2025-01-03"}}
		}, h(100), nil},
		{"un titre de séjour échu avant l'embauche", "les-emplois, administrative_criteria.json (titre valide)", func(s *situation) {
			s.e = []Eligibility{{ID: 1, Category: "REFUGIE", Proof: "titre", Until: "2024-12-31", Seen: "2025-01-03"}}
		}, 0, []RuleCode{RuleEligibility}},
		{"une pièce d'identité ne se périme pas (senior)", "les-emplois, administrative_criteria.json", func(s *situation) {
			s.e = []Eligibility{{ID: 1, Category: "SENIOR", Proof: "identite", Dated: "2015-01-01", Seen: "2025-01-03"}}
		}, h(100), nil},
		{"sur avis motivé du facilitateur", "CCAP 21_BAM_048 art. 1.4 (avis motivé)", func(s *situation) {
			s.e = []Eligibility{{ID: 1, Category: "AVIS", Proof: "avis", Reason: "sans solution de garde", Seen: "2025-01-03"}}
		}, h(100), nil},
		{"un justificatif annoncé, pas encore vu", "CCAP 21_BAM_048, modalités de contrôle", func(s *situation) { s.e[0].Seen = "" }, 0, []RuleCode{RuleEligibility}},
		{"vu le 17 mars : quinze jours sur trente et un", "CCAP 21_BAM_048 : contrôle avant le début", func(s *situation) { s.e[0].Seen = "2025-03-17" }, 48_38, []RuleCode{RuleProofLate}},
		{"vu le dernier jour du mois", "CCAP 21_BAM_048 : contrôle avant le début", func(s *situation) { s.e[0].Seen = "2025-03-31" }, 3_22, []RuleCode{RuleProofLate}},
		{"vu après le mois", "CCAP 21_BAM_048 : contrôle avant le début", func(s *situation) { s.e[0].Seen = "2025-04-01" }, 0, []RuleCode{RuleProofLate}},
		{"compté par décision motivée, sans preuve vue", "décision du facilitateur", func(s *situation) { s.e = nil; s.line.Granted = "attestation en cours" }, h(100), []RuleCode{RuleGranted}},
		{"une décision ne lève pas la fenêtre du marché", "CCAP 21_BAM_048 art. 1.4", func(s *situation) { s.e = nil; s.line.Granted = "attestation en cours"; s.clause.End = "2025-02-28" }, 0, []RuleCode{RuleContractWindow}},
		{"deux preuves : la première vue vaut", "CCAP 21_BAM_048 art. 1.4", func(s *situation) {
			s.e = append(s.e, Eligibility{ID: 2, Category: "QPV", Proof: "domicile", Dated: "2025-03-01", Seen: "2025-03-17"})
		}, h(100), nil},
		{"la seule preuve admise est vue plus tard", "CCAP 21_BAM_048 art. 1.4", func(s *situation) {
			s.clause.Publics = []string{"QPV"}
			s.e = append(s.e, Eligibility{ID: 2, Category: "QPV", Proof: "domicile", Dated: "2025-01-02", Seen: "2025-03-17"})
		}, 48_38, []RuleCode{RuleProofLate}},
		// Modalities.
		{"une modalité que le marché n'admet pas", "CCAP 21_BAM_048 art. 1.4 (trois modalités)", func(s *situation) { s.clause.Modalities = DirectHire }, 0, []RuleCode{RuleModality}},
		{"une modalité admise", "CCAP 21_BAM_048 art. 1.4", func(s *situation) { s.clause.Modalities = DirectHire | Subcontracting }, h(100), nil},
		{"embauche directe sans tuteur : signalé, compté", "CCAP 21_BAM_048 (« un tuteur sera nommé »)", func(s *situation) {
			s.site.Modality, s.site.Kind, s.clause.Rules.NeedTutor = DirectHire, "", true
		}, h(100), []RuleCode{RuleTutor}},
		{"embauche directe avec tuteur", "CCAP 21_BAM_048", func(s *situation) {
			s.site.Modality, s.site.Kind, s.clause.Rules.NeedTutor, s.a.Tutor = DirectHire, "", true, true
		}, h(100), nil},
		// Ceilings.
		{"AI : 480 h déjà faites, rien de plus", "L5132-9 2°, R5132-18", func(s *situation) { supplied(s); s.others = lines(2, h(240), "2025-01") }, 0, []RuleCode{RuleAI480}},
		{"AI : 430 h faites, il en reste 50", "L5132-9 2°, R5132-18", func(s *situation) { supplied(s); s.others = lines(2, h(215), "2025-01") }, h(50), []RuleCode{RuleAI480}},
		{"AI : 380 h faites, tout tient", "L5132-9 2°, R5132-18", func(s *situation) { supplied(s); s.others = lines(2, h(190), "2025-01") }, h(100), nil},
		{"AI : une collectivité n'a pas de plafond", "URSSAF (particuliers, associations, collectivités)", func(s *situation) {
			supplied(s)
			s.clause.Rules.PublicUser, s.others = true, lines(2, h(240), "2025-01")
		}, h(100), nil},
		{"AI : dérogation du préfet à 800 h", "D5132-18-1", func(s *situation) {
			supplied(s)
			s.clause.Rules.AIHours, s.others = h(800), lines(2, h(240), "2025-01")
		}, h(100), nil},
		{"AI : les heures d'après ne comptent pas avant", "L5132-9 2°", func(s *situation) { supplied(s); s.others = lines(2, h(240), "2025-04") }, h(100), nil},
		{"EI : le plafond des AI ne la regarde pas", "L5132-9 2°", func(s *situation) { s.others = lines(2, h(240), "2025-01") }, h(100), nil},
		{"ETTI : au vingt-cinquième mois de mission", "L5132-6 (24 mois)", func(s *situation) {
			s.site.Kind, s.site.Modality, s.a.Employment = ETTI, Secondment, Agency
			s.clause.Rules.PersonMonths, s.clause.Start, s.a.Start, s.a.End = 60, "2023-01-01", "2023-03-01", ""
			s.e[0].Dated, s.e[0].Seen, s.others = "2023-02-20", "2023-02-25", lines(1, h(10), "2023-03")
		}, 0, []RuleCode{RuleETTI24}},
		{"ETTI : au vingt-quatrième mois de mission", "L5132-6 (24 mois)", func(s *situation) {
			s.site.Kind, s.site.Modality, s.a.Employment = ETTI, Secondment, Agency
			s.clause.Rules.PersonMonths, s.clause.Start, s.a.Start, s.a.End = 60, "2023-01-01", "2023-04-01", ""
			s.e[0].Dated, s.e[0].Seen, s.others = "2023-03-20", "2023-03-25", lines(1, h(10), "2023-04")
		}, h(100), nil},
		{"CDDI de trois mois : signalé, compté", "ACI, EI : CDDI de 4 mois au moins", func(s *situation) { s.a.End = "2025-04-05" }, h(100), []RuleCode{RuleCDDI}},
		{"CDDI de quatre mois", "ACI, EI : CDDI de 4 mois au moins", func(s *situation) { s.a.End = "2025-05-05" }, h(100), nil},
		{"CDDI de plus de vingt-quatre mois : signalé", "ACI, EI : CDDI de 24 mois au plus", func(s *situation) { s.a.End = "2027-01-06" }, h(100), []RuleCode{RuleCDDI}},
		{"160 h dans le mois : signalé, compté", "durée légale, 35 h × 52 ÷ 12", func(s *situation) { s.line.Hours = h(160) }, h(160), []RuleCode{RuleMonthFull}},
		{"151,67 h dans le mois", "durée légale, 35 h × 52 ÷ 12", func(s *situation) { s.line.Hours = 151_67 }, 151_67, nil},
		// Totals without persons.
		{"un total sans détail compte et se signale", "usage, paramètre du marché", func(s *situation) { s.a.Participant, s.a.Start, s.a.End, s.e = 0, "", "", nil }, h(100), []RuleCode{RuleUndetailed}},
		{"un total quand le marché exige le détail", "CCAP 21_BAM_048, contrôle de l'éligibilité", func(s *situation) {
			s.a.Participant, s.a.Start, s.a.End, s.e = 0, "", "", nil
			s.clause.Rules.NoUndetailed = true
		}, 0, []RuleCode{RuleUndetailed}},
		{"un total hors de la période", "CCAP 21_BAM_048 art. 1.4", func(s *situation) { s.a.Participant, s.a.Start, s.a.End, s.clause.End = 0, "", "", "2025-02-28" }, 0, []RuleCode{RuleContractWindow}},
		{"la clause qui n'exige aucun public", "paramètre, jamais par défaut", func(s *situation) { s.e, s.clause.Rules.AnyPublic = nil, true }, h(100), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := plainCase()
			c.change(&s)
			got, rules := s.count()
			if got != c.want || !slices.Equal(rules, c.rules) {
				t.Errorf("%s (%s): %s count by %v, not %s by %v", c.name, c.source, got, rules, c.want, c.rules)
			}
		})
	}
}
