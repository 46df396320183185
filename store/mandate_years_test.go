package store

import (
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// lotsOf are notices of one buyer: reference, object, lead, and what they declare.
func lotOf(reference, object, lead string, day insertion.Date, social insertion.Social) insertion.Notice {
	n := award(0)
	n.Reference, n.Object, n.Notified, n.Published, n.Social = reference, object, day, day, social
	n.Contractors = []insertion.Party{{Kind: insertion.SIRET, ID: lead}}
	n.Place.Department, n.Place.INSEE, n.Place.Code = "92", "92050", "92050"
	return n
}

const (
	scop     = "44229337500014"
	stranger = "00092000000011"
)

func TestAwardsAreCountedByContractYearTerritoryAndWinner(t *testing.T) {
	s, ctx := opened(t), t.Context()
	local := insertion.DefaultThresholds()
	local.Departments = []string{"92"}
	must(t, s.SetThresholds(ctx, someone, insertion.DefaultThresholds(), local))
	one := lotOf("A", "Réfection de la salle polyvalente - Lot 1 : peinture", scop, "2025-03-01", insertion.SocialClause)
	one.LotNumber = "1"
	two := lotOf("A", "Réfection de la salle polyvalente - Lot 2 : sols", stranger, "2025-03-01", insertion.SocialClause|insertion.SocialCriterion)
	two.LotNumber = "2"
	alone := lotOf("B", "Fourniture de papier", stranger, "2025-04-01", 0)
	doubtful := lotOf("C", "Nettoyage", stranger, "2025-05-01", insertion.NoSocial)
	doubtful.AmountDoubtful = true
	elsewhere := lotOf("D", "Élagage", scop, "2025-06-01", insertion.SocialReserved)
	elsewhere.Place.Department = "75"
	first := lotOf("E", "Transport, marché subséquent de mars", stranger, "2025-03-01", 0)
	second := lotOf("F", "Transport, marché subséquent d'avril", stranger, "2025-04-01", 0)
	first.FrameworkRef, second.FrameworkRef = "AC-7", "AC-7"
	imported(t, s, one, two, alone, doubtful, elsewhere, first, second)
	_, err := s.SaveStructure(ctx, someone, insertion.Structure{SIRET: scop, Kind: insertion.SCOP, Name: "Coopérative du Pont", Active: true})
	must(t, err)

	facts, err := s.MandateFacts(ctx)
	must(t, err)
	if len(facts) != 1 || facts[0].Year != 2025 {
		t.Fatalf("%+v", facts)
	}
	here, all := facts[0].Territory, facts[0].Whole
	// A in two lots, B, C, and the framework, whose two contracts are no lots.
	if here.Contracts != 4 || here.InLots != 1 || here.All.Lots != 6 || here.Doubtful != 1 || all.Contracts != 5 {
		t.Errorf("%+v, and %d in all", here, all.Contracts)
	}
	if here.WonByESS() != (mandate.Tally{Lots: 1, Amount: one.Amount}) || all.WonByESS().Lots != 2 || here.Known != 1 {
		t.Errorf("won by the ESS: %+v here, %+v in all, %d known", here.WonByESS(), all.WonByESS(), here.Known)
	}
	for lever, n := range map[mandate.Lever]int{mandate.LeverClause: 1, mandate.LeverBoth: 1, mandate.LeverReserved: 0, mandate.LeverNone: 1, mandate.LeverUnsaid: 3} {
		if here.Levers[lever] != n {
			t.Errorf("%s: %d, want %d", lever, here.Levers[lever], n)
		}
	}
	if here.All.Amount != 5*one.Amount {
		t.Errorf("a doubtful amount is added: %s", here.All.Amount)
	}
}

func TestWhatWasCountedIsCountedAgainOnlyWhenItChanged(t *testing.T) {
	s, ctx := opened(t), t.Context()
	imported(t, s, lotOf("A", "Peinture", scop, "2025-03-01", 0))
	count := func() mandate.Awards {
		t.Helper()
		facts, err := s.MandateFacts(ctx)
		must(t, err)
		return facts[0].Territory
	}
	if a := count(); a.WonByESS().Lots != 0 || a.Known != 0 {
		t.Fatalf("%+v", a)
	}
	st := insertion.Structure{SIRET: scop, Kind: insertion.EI, Name: "Pinceaux", Active: true}
	id, err := s.SaveStructure(ctx, someone, st)
	must(t, err)
	if a := count(); a.Structures.Lots != 1 || a.WonByESS().Lots != 0 {
		t.Errorf("a structure came in, whose form is not known: %+v", a)
	}
	st.ID, st.Status = id, insertion.Association
	_, err = s.SaveStructure(ctx, someone, st)
	must(t, err)
	if a := count(); a.WonByESS().Lots != 1 {
		t.Errorf("its legal form was typed: %+v", a)
	}
	imported(t, s, lotOf("B", "Sols", scop, "2025-03-02", 0))
	if a := count(); a.WonByESS().Lots != 2 {
		t.Errorf("a notice arrived: %+v", a)
	}
	noted(t, s, mandate.FirmSize, 0, "siren", insertion.SIREN(scop), "taille", "PME")
	if a := count(); a.Sizes[mandate.SizePME].Lots != 2 {
		t.Errorf("its size was typed: %+v", a.Sizes)
	}
	social := insertion.SocialReserved
	must(t, s.TypeLot(ctx, someone, 1, 1, insertion.Typing{Social: &social}))
	if a := count(); a.Levers[mandate.LeverReserved] != 1 {
		t.Errorf("a consideration was typed: %+v", a)
	}
	paris := insertion.DefaultThresholds()
	paris.Departments = []string{"75"}
	must(t, s.SetThresholds(ctx, someone, insertion.DefaultThresholds(), paris))
	if a := count(); a.Contracts != 0 {
		t.Errorf("the territory changed: %+v", a)
	}
}

func TestThoseNarrowedCountTheirLotsOnly(t *testing.T) {
	s, ctx := opened(t), t.Context()
	imported(t, s, lotOf("A", "Peinture", scop, "2025-03-01", insertion.SocialClause), award(1), award(2))
	lot, err := s.Lot(ctx, 1)
	must(t, err)
	if _, err := s.MandateFacts(ctx); err != nil {
		t.Fatal(err)
	}
	view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Viewer, Buyers: []insertion.OrganisationID{lot.BuyerID}})
	facts, err := view.MandateFacts(ctx)
	must(t, err)
	if len(facts) != 1 || facts[0].Whole.All.Lots != 1 {
		t.Errorf("%+v", facts)
	}
}

func TestSizesAreLearntFromTheNoticesAndAnswerToWhatSomebodyLookedUp(t *testing.T) {
	s, ctx := opened(t), t.Context()
	sized := func(reference, size string, published insertion.Date) insertion.Notice {
		n := lotOf(reference, "Peinture", scop, "2025-03-01", 0)
		n.Published, n.Contractors[0].Size = published, size
		return n
	}
	sizes := func() map[mandate.Size]mandate.Tally {
		t.Helper()
		facts, err := s.MandateFacts(ctx)
		must(t, err)
		return facts[0].Territory.Sizes
	}
	imported(t, s, lotOf("A", "Peinture", scop, "2025-03-01", 0))
	if got := sizes(); len(got) != 0 {
		t.Errorf("nobody said a size: %v", got)
	}
	said := sized("A", "PME", "2025-03-01")
	if sum := imported(t, s, said); sum.Updated != 0 || sum.Unchanged != 1 {
		t.Errorf("a size is no change of the notice: %+v", sum)
	}
	if got := sizes(); got[mandate.SizePME].Lots != 1 {
		t.Errorf("the notice said PME: %v", got)
	}
	imported(t, s, sized("B", "ETI", "2025-06-01"))
	imported(t, s, sized("C", "PME", "2025-01-01"))
	if got := sizes(); got[mandate.SizeETI].Lots != 3 {
		t.Errorf("the last published said ETI: %v", got)
	}
	noted(t, s, mandate.FirmSize, 0, "siren", insertion.SIREN(scop), "taille", "GE")
	imported(t, s, sized("D", "PME", "2025-09-01"))
	if got := sizes(); got[mandate.SizeGE].Lots != 4 {
		t.Errorf("somebody looked it up: %v", got)
	}
}
