package store

import (
	"errors"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// Two people note one declaration; the second is told by whom and when, and notes hers
// only if she asks for it.
func TestADeclarationReceivedTwiceIsTold(t *testing.T) {
	s := opened(t)
	imported(t, s, award(0))
	ctx := t.Context()
	rec := insertion.Receipt{Lot: 1, From: "2026-01", To: "2026-03", Received: "2026-06-02", Document: "courriel"}
	_, err := s.Receive(ctx, "Paul", rec)
	must(t, err)
	other := rec
	other.From, other.To = "2026-04", "2026-05"
	_, err = s.Receive(ctx, "Camille", other)
	must(t, err)

	_, err = s.Receive(ctx, "Camille", rec)
	var told *insertion.FieldError
	if !errors.As(err, &told) || told.Field != "encore" || !strings.Contains(told.Reason, "déjà reçue le 02/06/2026 (courriel), notée par Paul") {
		t.Fatalf("the second hears %v", err)
	}
	rec.Again = true
	if _, err = s.Receive(ctx, "Camille", rec); err != nil {
		t.Errorf("she insists: %v", err)
	}
}
