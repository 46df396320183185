package tui_test

import (
	"testing"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// claused is a lot flagged « Clause sociale », with a clause, two proposals and
// a placement over the months around the day of the tests.
func claused(t testing.TB) (*store.Store, insertion.LotID) {
	t.Helper()
	s := opened(t)
	n := award(0)
	n.Object = "Réhabilitation du groupe scolaire Jules-Verne, lot 3 : peinture et revêtements"
	n.CPV, n.LotNumber, n.Amount, n.Months = "45442100", "3", insertion.Euros(1_000_000), 24
	n.Contractors = []insertion.Party{party("42140650500022", ""), party("44229337500015", "PEINTURES DE L'ORME")}
	n.Group = "Solidaire"
	amount := insertion.Euros(1_150_000)
	n.Modifications = []insertion.Modification{{Number: 1, Date: "2026-03-02", Amount: &amount}}
	load(t, s, []insertion.Notice{n}, nil)
	ctx := t.Context()
	clause := insertion.Clause{
		Lot: 1, Basis: insertion.ByLabourShare, Amount: insertion.Euros(1_000_000), LabourShare: 7000, Rate: 500, HourlyCost: insertion.Euros(30),
		Start: "2025-10-01", End: "2027-09-30", Modalities: insertion.Secondment | insertion.Subcontracting, Contact: "Camille, 01 02 03 04 05",
		Publics: []string{"DELD", "RSA"}, Penalty: insertion.Penalty{PerHour: insertion.Euros(60), AfterNotice: true},
	}
	must(t, s.SaveClause(ctx, "Camille", clause, 0))
	must(t, s.AddContact(ctx, "Camille", insertion.Contact{Lot: 1, Kind: insertion.Call, On: "2026-06-02", Text: "le chantier ouvre en septembre"}))
	id, err := s.SavePlacement(ctx, "Camille", insertion.Placement{
		Lot: 1, Employer: "PEINTURES DE L'ORME", Modality: insertion.DirectHire, Signed: "2025-11-03",
		Months: []insertion.PlacementMonth{{Month: "2025-11", Planned: 70_00}, {Month: "2025-12", Planned: 70_00}, {Month: "2026-01", Planned: 140_00}, {Month: "2026-09", Planned: 300_00}},
	})
	must(t, err)
	for _, m := range []insertion.PlacementMonth{{Month: "2025-11", Planned: 70_00, Done: 63_00}, {Month: "2025-12", Planned: 70_00, Done: 70_00}, {Month: "2026-01", Planned: 140_00, Done: 112_50}} {
		before := insertion.PlacementMonth{Month: m.Month, Planned: m.Planned}
		m.Entered = true
		must(t, s.SetHours(ctx, "Camille", id, m.Month, before, m))
	}
	return s, 1
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestThePageOfALotShowsEverythingAPhoneCallNeeds(t *testing.T) {
	s, _ := claused(t)
	d := drive(t, s, depsOf(s), "m", 220, 60)
	d.press("enter")
	d.sees("SIRET 421 406 505 00022 (nom inconnu)", "1 150 000,00 € (initialement 1 000 000,00 €)", "Nanterre (92)",
		"1 166 h", "166,57 jours", "60,00 € par heure non faite, après mise en demeure", "mise à disposition", "DELD, RSA",
		"le chantier ouvre en septembre", "PEINTURES DE L'ORME", "245,50 h", "prévues", "attendues", "24 mois")
	d.golden("lot")
}

func TestTheChartOfALotRunsToTheEndAnAmendmentGaveIt(t *testing.T) {
	s, _ := claused(t)
	_, err := s.SaveDeed(t.Context(), "Camille", insertion.Deed{Lot: 1, Kind: insertion.Amendment, Dated: "2026-06-01", End: "2029-09-30"})
	must(t, err)
	d := drive(t, s, allDeps(s), "m", 120, 60)
	d.press("enter")
	d.sees("09/2029")
}

func TestALotWithoutClauseSaysWhichKeyWritesIt(t *testing.T) {
	s := stocked(t, 1)
	d := drive(t, s, depsOf(s), "m", 80, 24)
	d.press("enter")
	d.sees("À clauser", "Touche c", "c écrire la clause")
	d.press("i")
	d.sees("aucune structure n'a été proposée")
	d.golden("lot-bare")
}

func TestANameIsGivenToAContractor(t *testing.T) {
	s, _ := claused(t)
	d := drive(t, s, depsOf(s), "m", 120, 40)
	d.press("enter", "n")
	d.sees("Quel nom écrire ?")
	d.press("enter")
	d.write("BÂTI-RIVE")
	d.press("enter")
	d.sees("Nom enregistré : BÂTI-RIVE", "mandataire   BÂTI-RIVE")
	d.press("u")
	d.sees("Annuler « nom saisi : BÂTI-RIVE »")
	d.press("o")
	d.sees("(nom inconnu)")
}

func TestAClauseIsRemovedOnlyAfterAYes(t *testing.T) {
	s, _ := claused(t)
	d := drive(t, s, depsOf(s), "m", 120, 40)
	d.press("enter", "r")
	d.sees("Retirer la clause de", "1 166 h")
	d.press("enter")
	d.sees("1 166 h")
	d.press("r", "o")
	d.sees("Clause retirée", "Touche c")
}

func TestAnExchangeIsOneKeyAndOneLine(t *testing.T) {
	s, _ := claused(t)
	d := drive(t, s, depsOf(s), "m", 120, 50)
	d.press("enter", "j")
	d.golden("contact")
	d.resize(120, 50)
	d.write("rappeler lundi")
	d.press("ctrl+s")
	d.sees("Échange noté.", "rappeler lundi", "15/06/2026  appel")
}

func TestAFieldIsCorrectedAndTheImportedValueStaysReadable(t *testing.T) {
	s, _ := claused(t)
	d := drive(t, s, depsOf(s), "m", 120, 50)
	d.press("enter", "e", "tab")
	d.erase()
	d.write("abc")
	d.press("ctrl+s")
	d.sees("« abc » n'est pas un montant")
	d.golden("lotfields")
	d.resize(120, 50)
	d.erase()
	d.write("1 200 000")
	d.press("tab", "tab")
	d.erase()
	d.write("Atlantide")
	d.press("ctrl+s")
	d.sees("lieu inconnu")
	d.erase()
	d.write("antony")
	d.press("ctrl+s")
	d.sees("Lot corrigé", "1 200 000,00 €", "(le fichier dit :", "Antony (92)")
}

func TestALotIsAddedByHand(t *testing.T) {
	s := opened(t)
	d := drive(t, s, depsOf(s), "m", 100, 30)
	d.press("n")
	d.golden("lotform")
	d.resize(100, 30)
	d.press("ctrl+s")
	d.sees("l'objet du lot manque", "l'acheteur manque")
	d.write("Entretien du parc")
	d.press("tab")
	d.write("Ville d'Antony")
	d.press("ctrl+s")
	d.sees("Entretien du parc", "Lot 1", "À clauser")
	d.press("esc")
	d.sees("1/1", "Entretien du parc")
}

func TestTheContractSumsItsLots(t *testing.T) {
	s := stocked(t, 30)
	d := drive(t, s, depsOf(s), "m", 120, 40)
	d.press("c")
	d.sees("Contrat 2026-", " HT", "(0 suivi)")
	d.golden("contract")
	d.press("enter")
	d.sees("Lot ")
}
