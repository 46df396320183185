package insertion_test

import (
	"errors"
	"testing"

	"passerelle/internal/insertion"
)

func TestTheCodeOfADistrictLooksLikeOne(t *testing.T) {
	for code, good := range map[string]bool{"": true, "QP092001": true, "QN09205M": true, "XX": false, "92050": false, "QN0": false, "QN09205M0000": false, "QN09 05M": false} {
		err := insertion.Participant{Entered: "2026-01-05", QPV: code}.Validate("2026-06-15")
		var field *insertion.FieldError
		if good != (err == nil) || !good && (!errors.As(err, &field) || field.Field != "qpv") {
			t.Errorf("%q: %v", code, err)
		}
	}
}
