package insertion

import (
	"testing"
)

func TestTheRealClauseCountsWhatItSays(t *testing.T) {
	clause := Clause{Lot: 1, Basis: ByFixedVolume, Fixed: WholeHours(150), Start: "2025-01-15", End: "2026-12-31", Rules: Rules{CDIMonths: 48}}
	p := Person{
		Participant:   Participant{ID: 42},
		Eligibilities: []Eligibility{{ID: 1, Category: "RSA", Proof: "rsa", Dated: "2025-01-02", Seen: "2025-01-20"}},
		Assignments:   []Assignment{{ID: 7, Participant: 42, Placement: 3, Lot: 1, Employment: CDDI, Start: "2025-01-15", End: "2025-08-31", Tutor: true}},
		Lines: []HourLine{
			{Assignment: 7, Month: "2025-01", Hours: WholeHours(17)},
			{Assignment: 7, Month: "2025-02", Hours: WholeHours(100)},
		},
	}
	lines := CountHours(p, map[PlacementID]Site{3: {Placement: 3, Lot: 1, Modality: Subcontracting, Kind: EI, Clause: clause}})
	if got := lines[0]; got.Counted != WholeHours(12) || got.Why[0].Rule != RuleProofLate || got.Why[0].Hours != WholeHours(5) {
		t.Errorf("January, proof seen the 20th: %+v", got)
	}
	if got := lines[1]; got.Counted != WholeHours(100) || len(got.Why) != 0 {
		t.Errorf("February: %+v", got)
	}
}
