package main

import (
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"
)

// TestThePageAndTheCalendarLeaveOverSSH: the bytes come on the standard output, to a
// reader too; no file of the server is written.
func TestThePageAndTheCalendarLeaveOverSSH(t *testing.T) {
	s := serving(t)
	s.here("mandat", "ajouter", "seance", "instance=conseil de l'ESS", "date=15/01/2099", "heure=14:30", "objet=séance de janvier")
	s.here("utilisateur", "role", "Dominique", "lecteur")
	out, failed := s.there("Dominique", "mandat agenda --format ics")
	if failed {
		t.Fatal(out)
	}
	cal, err := ics.ParseCalendar(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, e := range cal.Events() {
		found = found || strings.Contains(e.GetProperty(ics.ComponentPropertySummary).Value, "séance de janvier")
	}
	if !found {
		t.Errorf("the meeting is not in the calendar:\n%s", out)
	}
	if out, failed := s.there("Dominique", "mandat page --format pdf"); failed || !strings.HasPrefix(out, "%PDF-") || !strings.Contains(out, "%%EOF") {
		t.Errorf("no page: %.200q", out)
	}
	for _, c := range []string{"mandat page -o /tmp/jamais.pdf", "mandat agenda -o /tmp/jamais.ics"} {
		if out, failed := s.there("Dominique", c); !failed || !strings.Contains(out, "ne s'emploie pas par SSH") {
			t.Errorf("%s: %s", c, out)
		}
	}
	if register := s.here("exports"); !strings.Contains(register, "page des élus") || !strings.Contains(register, "Dominique") {
		t.Errorf("the register does not tell who took it:\n%s", register)
	}
}
