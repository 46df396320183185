package store

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// forged replaces what was counted last by a count no file could give: whoever reads
// it did not count.
func forged(t *testing.T, s *Store) {
	t.Helper()
	var doc bytes.Buffer
	must(t, gob.NewEncoder(&doc).Encode([]mandate.Facts{{Year: 1789}}))
	if _, err := s.w.Exec("UPDATE award_count SET counted = ?", doc.Bytes()); err != nil {
		t.Fatal(err)
	}
}

func isForged(t *testing.T, s *Store) bool {
	t.Helper()
	facts, err := s.MandateFacts(t.Context())
	must(t, err)
	return len(facts) > 0 && facts[0].Year == 1789
}

func TestOnlyWhatAwardsAreCountedFromMakesThemCountedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.db")
	s := fresh(t, path)
	imported(t, s, lotOf("A", "Peinture", scop, "2025-03-01", 0), lotOf("B", "Sols", stranger, "2025-03-01", 0))
	if isForged(t, s) {
		t.Fatal("nothing was counted yet")
	}
	forged(t, s)
	size := noted(t, s, mandate.Network, 0, "nom", "Réseau")
	must(t, s.RemoveMandateRecord(t.Context(), someone, size.ID))
	must(t, s.SaveClause(t.Context(), someone, insertion.Clause{Lot: 1, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(400)}, 0))
	imported(t, s, lotOf("A", "Peinture", scop, "2025-03-01", 0)) // the same again
	if !isForged(t, s) {
		t.Error("counted again for a network, a clause and a notice already known")
	}
	if !isForged(t, fresh(t, path)) {
		t.Error("another process counts again what this one counted")
	}
	typed := noted(t, s, mandate.FirmSize, 0, "siren", insertion.SIREN(scop), "taille", "PME")
	social := insertion.SocialReserved
	for name, change := range map[string]func(){
		"a size was typed":   func() { noted(t, s, mandate.FirmSize, 0, "siren", insertion.SIREN(stranger), "taille", "GE") },
		"a size was removed": func() { must(t, s.RemoveMandateRecord(t.Context(), someone, typed.ID)) },
		"a structure came": func() {
			_, err := s.SaveStructure(t.Context(), someone, insertion.Structure{SIRET: scop, Kind: insertion.SCOP, Name: "Pont", Active: true})
			must(t, err)
		},
		"a notice came":        func() { imported(t, s, lotOf("C", "Sols", scop, "2025-03-02", 0)) },
		"a notice was amended": func() { n := lotOf("B", "Sols", scop, "2025-03-01", 0); n.Published = "2025-05-01"; imported(t, s, n) },
		"a lot was corrected": func() {
			l, err := s.Lot(t.Context(), 1)
			must(t, err)
			must(t, s.TypeLot(t.Context(), someone, 1, l.Version, insertion.Typing{Social: &social}))
		},
	} {
		if isForged(t, s) {
			_, _ = s.MandateFacts(t.Context())
		}
		forged(t, s)
		change()
		if isForged(t, s) {
			t.Errorf("%s, and nothing was counted again", name)
		}
	}
}

// TestPacksSayWhatTheLotsSay: however the lots came and changed, packed in their
// import or at a count, they are counted as if nothing had ever been packed.
func TestPacksSayWhatTheLotsSay(t *testing.T) {
	s, ctx := opened(t), t.Context()
	notices := series(2 * fewest)
	imported(t, s, notices...)
	var packs int
	must(t, s.r.QueryRowContext(ctx, "SELECT count(*) FROM lot_pack").Scan(&packs))
	if packs != 1 {
		t.Errorf("a large import made %d packs", packs)
	}
	for i := range 3 { // some come, one of those packed is amended, one is told twice in one file
		one := notices[7*i]
		one.Published, one.Amount = "2027-01-01", insertion.Euros(int64(1000*(i+1)))
		twice := lotOf(fmt.Sprint("N", i), "Peinture", scop, "2025-03-01", insertion.SocialClause)
		again := twice
		again.Published, again.Social = "2027-02-01", insertion.NoSocial
		imported(t, s, one, twice, again)
		got, err := s.MandateFacts(ctx)
		must(t, err)
		if _, err := s.w.Exec("DELETE FROM lot_pack"); err != nil {
			t.Fatal(err)
		}
		_, want, err := s.countAwards(ctx, nil)
		must(t, err)
		if len(want) == 0 || len(got) != len(want) {
			t.Fatalf("%d years, %d without packs", len(got), len(want))
		}
		for y := range want {
			if !reflect.DeepEqual(got[y].Whole, want[y].Whole) || !reflect.DeepEqual(got[y].Territory, want[y].Territory) {
				t.Errorf("packed %+v\nread %+v", got[y].Whole, want[y].Whole)
			}
		}
	}
	if wrong := checked(t, s); len(wrong) > 0 {
		t.Error(wrong)
	}
}

func TestADamagedPackIsNotCounted(t *testing.T) {
	l := awarded{contract: -5, buyer: 3, year: 2025, dep: []byte("92"), division: 45, numbered: true, social: insertion.SocialClause, amount: -120, holders: []int64{1, 900}}
	whole := pack(nil, &l)
	for n := 1; n < len(whole); n++ {
		if err := unpack(whole[:n], func(got *awarded) { t.Errorf("%d bytes of %d are read as %+v", n, len(whole), got) }); err == nil {
			t.Errorf("%d bytes of %d pass for a pack", n, len(whole))
		}
	}
	must(t, unpack(append(whole, whole...), func(got *awarded) {
		if !reflect.DeepEqual(*got, l) {
			t.Errorf("%+v is read as %+v", l, *got)
		}
	}))
}
