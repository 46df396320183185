package mandate

import (
	"errors"
	"testing"

	"passerelle/internal/insertion"
)

func TestEveryRuleIsAParameterThatReadsWhatItShows(t *testing.T) {
	usual := DefaultRules()
	for _, p := range Parameters() {
		for _, n := range []int64{p.least, p.value(usual), p.most} {
			r := usual
			p.set(&r, n)
			read, err := usual.With(p.Name, p.Show(r))
			if err != nil || p.value(read) != n {
				t.Errorf("%s shows %q, read as %d: %v", p.Name, p.Show(r), p.value(read), err)
			}
			if back, err := read.With(p.Name, " "); err != nil || back != usual {
				t.Errorf("%s emptied is not its default: %v", p.Name, err)
			}
			p.set(&r, p.most+1)
			var field *insertion.FieldError
			if err := r.Validate(); !errors.As(err, &field) || field.Field != p.Name {
				t.Errorf("%s beyond its range: %v", p.Name, err)
			}
		}
	}
	var bare Rules
	for _, p := range Parameters() {
		p.set(&bare, p.value(usual))
	}
	if bare != usual {
		t.Errorf("a rule is no parameter: %+v", bare)
	}
	if err := usual.Validate(); err != nil {
		t.Error(err)
	}
}

func TestARuleOutOfReasonIsRefusedByItsName(t *testing.T) {
	for name, typed := range map[string]string{"part-ca": "0", "lots": "-1", "cout-horaire": "mille", "km": "3 lieues", "inconnu": "1"} {
		var field *insertion.FieldError
		if _, err := DefaultRules().With(name, typed); !errors.As(err, &field) || field.Field != name {
			t.Errorf("%s=%s: %v", name, typed, err)
		}
	}
	r, err := DefaultRules().With("reserver-tout", "5")
	if err != nil || r.Validate() == nil {
		t.Errorf("the whole is easier to reserve than a lot: %v", err)
	}
}
