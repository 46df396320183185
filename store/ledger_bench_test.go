package store

import (
	"testing"

	"passerelle/internal/insertion"
)

func BenchmarkLotPageOnAGreatFile(b *testing.B) {
	s := greatFile(b)
	var lot insertion.LotID
	must(b, s.r.QueryRowContext(b.Context(), "SELECT lot FROM clause ORDER BY lot LIMIT 1").Scan(&lot))
	for b.Loop() {
		_, err := s.Lot(b.Context(), lot)
		must(b, err)
		_, err = s.Placements(b.Context(), lot)
		must(b, err)
		_, err = s.LotDues(b.Context(), lot)
		must(b, err)
		_, err = s.History(b.Context(), lot, 200)
		must(b, err)
	}
}

func BenchmarkYearsTotalsOnAGreatFile(b *testing.B) {
	s := greatFile(b)
	for b.Loop() {
		_, err := s.Figures(b.Context(), "2025-12-31", insertion.DefaultThresholds())
		must(b, err)
	}
}

// BenchmarkRecountAYear counts a département again: 100 contracts, 100 persons,
// 10 000 lines.
func BenchmarkRecountAYear(b *testing.B) {
	s := opened(b)
	notices := make([]insertion.Notice, 100)
	for i := range notices {
		notices[i] = award(3 * (i + 1))
	}
	imported(b, s, notices...)
	var places []insertion.PlacementID
	for lot := insertion.LotID(1); lot <= 100; lot++ {
		must(b, s.SaveClause(b.Context(), someone, insertion.Clause{Lot: lot, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(400), Start: "2025-01-01", End: "2026-12-31"}, 0))
		p, err := s.SavePlacement(b.Context(), someone, insertion.Placement{Lot: lot, Employer: "Mains Utiles", Modality: insertion.Subcontracting})
		must(b, err)
		places = append(places, p)
	}
	var edits []insertion.LineEdit
	for i := range 100 {
		p, err := s.SaveParticipant(b.Context(), someone, insertion.Participant{Born: 1980, Entered: "2025-01-01"})
		must(b, err)
		_, err = s.SaveEligibility(b.Context(), someone, insertion.Eligibility{Participant: p, Category: "RSA", Proof: "rsa", Dated: "2024-12-20", Seen: "2025-01-01"})
		must(b, err)
		for j := range 8 {
			a, err := s.SaveAssignment(b.Context(), someone, insertion.Assignment{Participant: p, Placement: places[(i*7+j)%100], Employment: insertion.CDDI, Start: "2025-01-02"})
			must(b, err)
			for _, m := range insertion.Months("2025-01", "2026-01") {
				edits = append(edits, insertion.LineEdit{Assignment: a, Month: m, Hours: insertion.WholeHours(12)})
			}
		}
	}
	must(b, s.SetLines(b.Context(), someone, edits[:10_000]))
	for b.Loop() {
		changed, err := s.Recount(b.Context())
		must(b, err)
		if changed != 0 {
			b.Fatalf("%d lines changed", changed)
		}
	}
}

// BenchmarkStatementOf500Rows checks and accepts one.
func BenchmarkStatementOf500Rows(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s := working(b)
		st := s.filled("releve.xlsx")
		for i := range 500 {
			a := s.hired("2026-01-01")
			st.Rows = append(st.Rows, insertion.StatementRow{Line: i + 8, Code: a.Participant.Code(), Lot: s.lot, Cells: cells(100, 90, 80)})
		}
		b.StartTimer()
		r, err := s.AcceptStatement(b.Context(), someone, st, false)
		must(b, err)
		if r.Count(insertion.CellAccepted) != 1500 {
			b.Fatalf("%+v", r.Answers[:3])
		}
	}
}
