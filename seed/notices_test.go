package seed

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

const someday = insertion.Date("2026-06-15")

func TestTheDemonstrationIsTheSameEveryTime(t *testing.T) {
	if !bytes.Equal(Notices(someday), Notices(someday)) {
		t.Error("two drawings differ")
	}
}

func TestInventedSIRETAreValidAndBorneByNobody(t *testing.T) {
	seen := map[string]bool{}
	for _, block := range []struct{ from, n int }{{buyerBlock, len(buyers())}, {firmBlock, len(firms())}, {structureBlock, len(outfits())}} {
		for i := range block.n {
			s := siret(block.from + i)
			if !insertion.ValidSIRET(s) || !strings.HasPrefix(s, "000") || seen[s] {
				t.Errorf("SIRET %s: invalid, not in 000, or drawn twice", s)
			}
			seen[s] = true
		}
	}
}

func TestTheDemonstrationIsTheSizeOfARealPortfolio(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(Notices(someday))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lots, contracts, flagged := map[string]bool{}, map[string]bool{}, 0
	for _, r := range rows[1:] {
		if !lots[r[0]] && strings.Contains(r[18], "Clause sociale") {
			flagged++
		}
		lots[r[0]], contracts[r[1]] = true, true
		if r[14] > string(someday) {
			t.Errorf("%s is notified after the day of the demonstration", r[1])
		}
	}
	if len(contracts) != 60 || len(lots) < 125 || len(lots) > 140 || len(outfits()) != 45 {
		t.Errorf("%d contracts, %d lots, %d structures", len(contracts), len(lots), len(outfits()))
	}
	if flagged < 70 || flagged > 120 {
		t.Errorf("%d lots with a clause", flagged)
	}
}
