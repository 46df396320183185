package store

import (
	"testing"

	"passerelle/internal/insertion"
)

// found counts the lots a search finds.
func found(t *testing.T, s *Store, text string) int {
	t.Helper()
	c, err := s.CountLots(t.Context(), insertion.LotFilter{Text: text}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return c.N
}

func TestANameLearntLaterIsFoundOnEveryLot(t *testing.T) {
	s := opened(t)
	imported(t, s, series(70)...) // seven buyers, none named
	if n := found(t, s, "nanterre "); n != 0 {
		t.Fatalf("%d lots before any name", n)
	}
	newer := award(70)
	newer.Buyer.Name = "Ville de Nanterre"
	imported(t, s, newer)
	if n := found(t, s, "nanterre "); n != 11 {
		t.Errorf("%d lots of the buyer, want 11", n)
	}
	older := award(77)
	older.Buyer.Name, older.Published = "Mairie", "2020-01-01"
	imported(t, s, older)
	if n := found(t, s, "nanterre "); n != 12 {
		t.Errorf("%d lots after an older name, want 12", n)
	}
	lot, err := s.Lot(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.NameOrganisation(t.Context(), someone, lot.BuyerID, "Commune des Œillets"); err != nil {
		t.Fatal(err)
	}
	newest := award(84)
	newest.Buyer.Name, newest.Published = "Ville de Puteaux", "2030-01-01"
	imported(t, s, newest)
	if was, is := found(t, s, "nanterre "), found(t, s, "OEILL"); was != 0 || is != 13 {
		t.Errorf("%d lots under the old name, %d under the typed one, want 0 and 13", was, is)
	}
}

func TestABuyerWithoutANumberIsKnownByItsName(t *testing.T) {
	s := opened(t)
	n := award(1)
	n.Buyer = insertion.Party{Name: "Régie des Eaux"}
	imported(t, s, n)
	lot, err := s.Lot(t.Context(), 1)
	if err != nil || lot.Buyer.Label() != "Régie des Eaux" || lot.Buyer.ID != "" {
		t.Errorf("%+v %v", lot.Buyer, err)
	}
}

func TestALotIsNamedByItsNumberOrItsReference(t *testing.T) {
	s, ctx := opened(t), t.Context()
	twin := award(5)
	twin.Object, twin.Amount = "Entretien, autre lot", 1
	imported(t, s, award(5), award(6), twin)
	for name, want := range map[string]int{"2": 1, award(5).Buyer.ID + ":2026-00005": 2, award(5).Buyer.ID + ": 2026 00005 ": 2, award(6).Buyer.ID + ":2026-00006": 1} {
		rows, err := s.FindLots(ctx, name)
		if err != nil || len(rows) != want {
			t.Errorf("%q: %d lots, want %d (%v)", name, len(rows), want, err)
		}
	}
	for _, name := range []string{"99", "x", ":", `"*:"`, award(5).Buyer.ID + ":autre"} {
		if rows, err := s.FindLots(ctx, name); err == nil {
			t.Errorf("%q found %d lots", name, len(rows))
		}
	}
	similar, err := s.SimilarLots(ctx, 1)
	if err != nil || len(similar) != 1 || similar[0].ID != 3 {
		t.Errorf("similar: %+v %v", similar, err)
	}
}

func TestTheLotsOfAContractAreTogetherInOrder(t *testing.T) {
	s, ctx := opened(t), t.Context()
	var lots []insertion.Notice
	for _, number := range []string{"10", "2", "1"} {
		n := award(7)
		n.LotNumber, n.Object, n.Reference = number, "Construction d'une école - Lot "+number+" : travaux", "2026-"+number
		lots = append(lots, n)
	}
	imported(t, s, lots...)
	imported(t, s, award(8))
	first, err := s.Lot(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := s.ContractLots(ctx, first.Contract)
	if err != nil || len(rows) != 3 || rows[0].LotNumber != "1" || rows[2].LotNumber != "10" {
		t.Errorf("%+v %v", rows, err)
	}
	c, err := s.Contract(ctx, first.Contract)
	if err != nil || c.Lots != 3 || c.Object != "Construction d'une école" || c.Amount != 3*award(7).Amount {
		t.Errorf("%+v %v", c, err)
	}
}

func TestWhatAnImportChangedIsNotUndone(t *testing.T) {
	s, ctx := opened(t), t.Context()
	imported(t, s, award(1))
	newer := award(1)
	newer.CPV, newer.Published = "45000000", "2026-12-01"
	imported(t, s, newer)
	changes, err := s.Changes(ctx, 0, 0, 10)
	if err != nil || len(changes) == 0 {
		t.Fatal(changes, err)
	}
	if c, err := s.LastUndoable(ctx, someone); err == nil {
		t.Errorf("%q can be undone", c.What)
	}
	for _, c := range changes {
		if err := s.Undo(ctx, someone, c.ID); err == nil {
			t.Errorf("%q was undone", c.What)
		}
	}
}
