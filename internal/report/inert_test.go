package report_test

import (
	"testing"

	"passerelle/internal/report"
)

func TestASpreadsheetReadsNoFormula(t *testing.T) {
	for in, want := range map[string]string{"=1+1": "'=1+1", "+33": "'+33", "@x": "'@x", "-": "'-", "Lot 1": "Lot 1", "": ""} {
		if got := report.Inert(in); got != want {
			t.Errorf("Inert(%q) = %q, want %q", in, got, want)
		}
	}
}
