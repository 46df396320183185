package insertion

import (
	"errors"
	"testing"
)

func TestAYearOfTwoDigitsIsOfThisCenturyWhenItCanBeOfNoOther(t *testing.T) {
	for typed, want := range map[string]Date{"31/03/26": "2026-03-31", "1/2/49": "2049-02-01", "29/02/28": "2028-02-29", "31/03/2026": "2026-03-31", " 2026-03-31 ": "2026-03-31", "": ""} {
		if got, err := ParseDate(typed); err != nil || got != want {
			t.Errorf("%q is %s (%v), not %s", typed, got, err, want)
		}
	}
	for typed, want := range map[string]error{"31/03/85": ErrCentury, "31/03/50": ErrCentury, "31/02/26": ErrDate, "26-03-31": ErrDate, "31/03/026": ErrDate, "03/26": ErrDate} {
		if got, err := ParseDate(typed); !errors.Is(err, want) {
			t.Errorf("%q is %q, %v", typed, got, err)
		}
	}
	if m, err := ParseMonth("3/26"); err != nil || m != "2026-03" {
		t.Errorf("3/26 is %q, %v", m, err)
	}
	for _, typed := range []string{"03/12", "1/85", "13/26"} {
		if m, err := ParseMonth(typed); err == nil {
			t.Errorf("%q is %s", typed, m)
		}
	}
}
