package document

import "passerelle/internal/insertion"

// Sample are the facts of an invented lot, to see what a wording gives without any
// file. Nothing in it exists; its SIRET belong to nobody.
func Sample(kind insertion.DocumentKind) insertion.DocumentFacts {
	firm := insertion.Party{Kind: insertion.SIRET, ID: "00092000000006", Name: "Peintures du Pont (fictif)"}
	structure := insertion.Structure{ID: 7, SIRET: "00092000100004", Kind: insertion.EI, Name: "Pinceaux Solidaires (fictif)", Address: "12 rue de la Passerelle", PostalCode: "92000",
		City: "Rocreuse", Phone: "01 99 00 00 00", Mail: "contact@pinceaux.example"}
	clause := insertion.Clause{
		Lot: 1, Basis: insertion.ByLabourShare, Amount: insertion.Euros(1_000_000), LabourShare: 5000, Rate: 500, HourlyCost: insertion.DefaultHourlyCost, Start: "2026-01-05", End: "2026-12-31",
		Contact: "Camille Exemple, 01 99 00 00 01", Calendar: insertion.Calendar{Rhythm: insertion.Quarterly},
		Penalty: insertion.Penalty{PerHour: insertion.Euros(60), Text: "60 € par heure non réalisée, sauf si le titulaire prouve avoir usé de tous les moyens."},
	}
	dues, err := clause.Dues(nil, "2026-11-28")
	if err != nil {
		dues = insertion.Dues{} // its figures are ours: a test computes them
	}
	lot := insertion.Lot{LotRow: insertion.LotRow{
		ID: 1, Reference: "2026-014", LotNumber: "2", Object: "Réfection des écoles, lot peinture (fictif)", Buyer: insertion.Party{Name: "Ville de Rocreuse (fictive)"}, Lead: firm,
		Amount: clause.Amount, Place: insertion.Place{Name: "Rocreuse"}, Hours: insertion.HoursSum{Due: dues.ToDate, Planned: insertion.WholeHours(840), Done: 612_50},
	}, Clause: &clause, Contractors: []insertion.Organisation{{ID: 3, Party: firm}}, MonthsNow: 12}
	lot.Notice.Notified = "2026-01-05"
	f := insertion.DocumentFacts{
		Kind: kind, On: "2026-11-28", Deadline: "2026-12-13", Lot: lot, Dues: dues, Structure: structure,
		Own: insertion.Letterhead{Name: "Délégation à l'économie sociale et solidaire (fictive)", Service: "Clause sociale", Address: "1 place du Marché\n92000 Rocreuse",
			Facilitator: "Camille Exemple", Contact: "01 99 00 00 01", Place: "Rocreuse"},
		Buyer:         insertion.Letterhead{Name: lot.Buyer.Name, Service: "Commande publique", Address: "2 place de la Mairie\n92000 Rocreuse", Place: "Rocreuse"},
		Steps:         []insertion.Step{{Kind: insertion.StepReminder, Dated: "2026-07-20"}, {Kind: insertion.StepMeeting, Dated: "2026-09-10"}},
		Declarations:  clause.Calendar.Declarations(1, clause.Start, clause.End, []insertion.Receipt{{From: "2026-01", To: "2026-06", Received: "2026-07-10"}}, "2026-11-28"),
		Introductions: []insertion.ProposedStructure{{Structure: structure, State: insertion.Placed, Proposed: "2026-01-12"}},
		Work: []insertion.PlacedHours{
			{Placement: 1, Employer: structure.Name, Structure: 7, Kind: insertion.EI, Modality: insertion.Subcontracting, Signed: "2026-01-20", Start: "2026-02-01", Planned: insertion.WholeHours(600), Done: 460_00},
			{Placement: 2, Employer: firm.Name, Modality: insertion.DirectHire, Start: "2026-03-01", Planned: insertion.WholeHours(240), Done: 152_50},
		},
	}
	for i, h := range []insertion.Hours{40_00, 80_00, 95_50, 70_00, 62_00, 58_00, 0, 75_00, 66_00, 66_00} {
		f.Months = append(f.Months, insertion.PlacementMonth{Month: insertion.Month("2026-02").Add(i), Planned: insertion.WholeHours(84), Done: h, Entered: true})
	}
	f.Estimate = insertion.PenaltyInput{Rule: clause.Penalty, Amount: lot.Amount, Due: dues.ToDate, Done: lot.Hours.Done, On: f.On, Declarations: f.Declarations}.Estimate()
	f.People = samplePeople()
	if kind.Nominal() {
		f.Person, f.Assignment = samplePerson()
		f.From, f.To = "2026-02", "2026-04"
	}
	return f
}

func samplePeople() insertion.PeopleCount {
	c := insertion.PeopleCount{Total: 17, Women: 6}
	for category, n := range map[string]int{"RSA": 8, "QPV": 6, "RQTH": 2, "JEUNE": 1} {
		for range n {
			c.Categories = append(c.Categories, category)
		}
	}
	for exit, n := range map[insertion.Exit]int{insertion.ExitLasting: 5, insertion.ExitPositive: 1} {
		for range n {
			c.Exits = append(c.Exits, exit)
		}
	}
	return c
}

func samplePerson() (insertion.ParticipantFile, insertion.Assignment) {
	a := insertion.Assignment{ID: 1, Participant: 42, Placement: 1, Lot: 1, Employment: insertion.CDDI, Start: "2026-02-02", End: "2026-07-31", Weekly: 26_00}
	p := insertion.Person{
		Participant:   insertion.Participant{ID: 42, Born: 1990, Sex: insertion.Woman, Level: 3, Entered: "2026-01-20"},
		Eligibilities: []insertion.Eligibility{{ID: 1, Participant: 42, Category: "RSA", Proof: "rsa", Dated: "2026-01-10", Seen: "2026-01-20", By: "Camille"}},
		Assignments:   []insertion.Assignment{a},
	}
	for i, h := range []insertion.Hours{104_00, 112_50, 98_00} {
		p.Lines = append(p.Lines, insertion.HourLine{ID: int64(i + 1), Assignment: 1, Month: insertion.Month("2026-02").Add(i), Hours: h, Counted: h})
	}
	site := insertion.Site{Placement: 1, Lot: 1, Modality: insertion.Subcontracting, Kind: insertion.EI, Employer: "Pinceaux Solidaires (fictif)"}
	return insertion.ParticipantFile{Person: p, Sites: map[insertion.PlacementID]insertion.Site{1: site}}, a
}
