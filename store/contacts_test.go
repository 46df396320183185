package store

import (
	"errors"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

func TestAnExchangeLongerThanTwoPagesIsRefused(t *testing.T) {
	s := working(t)
	note := func(n int) error {
		return s.AddContact(t.Context(), someone, insertion.Contact{Lot: s.lot, Kind: insertion.Call, On: "2026-05-02", Text: strings.Repeat("é", n)})
	}
	must(t, note(longestNote))
	var field *insertion.FieldError
	if err := note(65_536); !errors.As(err, &field) || field.Field != "texte" || !strings.Contains(field.Reason, "65 536 signes, 5 000 au plus") {
		t.Errorf("a paste that went wrong is kept: %v", err)
	}
}
