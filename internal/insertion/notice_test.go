package insertion

import "testing"

func ptr[T any](v T) *T { return &v }

func TestFortySevenLotsUnderOneReferenceStayApart(t *testing.T) {
	a := Notice{Reference: "2024-OCC010-00", Buyer: Party{ID: "1"}, Amount: 100, Notified: "2024-01-02", Object: "Lot 1", Contractors: []Party{{ID: "x"}, {ID: "y"}}}
	b := a
	b.Object = "Lot 2"
	if a.Key() == b.Key() {
		t.Error("two lots of one reference share a key")
	}
}

func TestANoticeKeepsItsKeyWhenAPlatformRewritesItsReference(t *testing.T) {
	a := Notice{Reference: "2024-occ 010/00", Buyer: Party{ID: "1"}, Contractors: []Party{{ID: "x"}, {ID: "y"}}, CPV: "45000000"}
	b := Notice{Reference: "2024OCC01000", Buyer: Party{ID: "1", Name: "Ville"}, Contractors: []Party{{ID: "y"}, {ID: "x"}}}
	if a.Key() != b.Key() {
		t.Error("the same notice has two keys")
	}
}

func TestModificationsGiveTheCurrentAmountDurationAndWinners(t *testing.T) {
	n := Notice{Amount: Euros(100), Months: 12, Contractors: []Party{{ID: "a"}}, Modifications: []Modification{
		{Date: "2024-02-01", Amount: ptr(Euros(150))},
		{Date: "2024-03-01", Months: ptr(24), Contractors: []Party{{ID: "b"}}},
	}}
	if n.CurrentAmount() != Euros(150) || n.CurrentMonths() != 24 || n.CurrentContractors()[0].ID != "b" {
		t.Errorf("got %v, %d months, %v", n.CurrentAmount(), n.CurrentMonths(), n.CurrentContractors())
	}
	if n.Amount != Euros(100) || n.Months != 12 {
		t.Error("the initial values were lost")
	}
}

func TestListsSortOnPublicationWhenTheNotificationCannotBeTrue(t *testing.T) {
	for _, c := range []struct{ notified, published, want Date }{
		{"2024-01-02", "2024-02-01", "2024-01-02"},
		{"", "2024-02-01", "2024-02-01"},
		{"2027-07-01", "2024-02-01", "2024-02-01"},
		{"2024-01-02", "", "2024-01-02"},
	} {
		if got := (Notice{Notified: c.notified, Published: c.published}).SortDate(); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestAnUnknownNameShowsTheSIRET(t *testing.T) {
	if got := (Party{Kind: SIRET, ID: "42140650500022"}).Label(); got != "SIRET 421 406 505 00022 (nom inconnu)" {
		t.Error(got)
	}
}
