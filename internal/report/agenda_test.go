package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"passerelle/internal/mandate"
	"passerelle/internal/report"
)

// season is a council with its points, a forum with a debate and a task, and a next
// step.
func season() []mandate.Record {
	rec := func(id int64, kind mandate.Kind, parent int64, pairs ...string) mandate.Record {
		r := mandate.Record{ID: mandate.RecordID(id), Kind: kind, Parent: mandate.RecordID(parent), Values: map[string]string{}, Version: 1}
		for i := 0; i < len(pairs); i += 2 {
			r.Values[pairs[i]] = pairs[i+1]
		}
		return r
	}
	long := strings.Repeat("préparer le forum avec les acteurs de terrain, ", 8)
	return []mandate.Record{
		rec(1, mandate.Meeting, 0, "instance", "conseil de l'ESS", "date", "2026-10-25", "heure", "14:30", "duree", "90", "lieu", "Salle Bleue, 2e étage ; Nanterre", "objet", "séance ordinaire", "etat", "prévue"),
		rec(2, mandate.Point, 1, "nature", "décision", "texte", long, "suivi", "délégation", "echeance", "2026-12-01", "etat", "à suivre"),
		rec(3, mandate.Point, 1, "nature", "ordre du jour", "texte", "les locaux"),
		rec(4, mandate.Event, 0, "nature", "forum", "nom", "Forum de l'ESS", "date", "2026-11-28"),
		rec(5, mandate.Debate, 4, "theme", "SCOP", "titre", "Reprendre son entreprise", "heure", "10:30"),
		rec(6, mandate.Task, 4, "texte", "réserver le hall", "echeance", "2026-09-15", "etat", "fait"),
		rec(7, mandate.Promise, 0, "code", "locaux", "etape", "écrire aux bailleurs", "echeance", "2027-01-31"),
		rec(8, mandate.Meeting, 0, "instance", "autre", "date", "2026-11-02", "heure", "23:00", "objet", "veillée", "etat", "annulée"),
		rec(9, mandate.Network, 0, "nom", "CAI 92"),
	}
}

func agendaOf(t *testing.T, records []mandate.Record) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.WriteAgenda(&b, "Mandat de l'ESS", "ab12cd34", mandate.Agenda(records)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAMeetingIsReadBackAtItsHourInParis(t *testing.T) {
	cal, err := ics.ParseCalendar(strings.NewReader(agendaOf(t, season())))
	if err != nil {
		t.Fatal(err)
	}
	if len(cal.Events()) != 3 || len(cal.Todos()) != 3 || len(cal.Timezones()) != 1 {
		t.Fatalf("%d events, %d tasks, %d zones", len(cal.Events()), len(cal.Todos()), len(cal.Timezones()))
	}
	council := cal.Events()[0]
	start, err := council.GetStartAt()
	if err != nil {
		t.Fatal(err)
	}
	end, _ := council.GetEndAt()
	// 25/10/2026 is the day winter time begins: at 14:30 Paris is one hour ahead.
	if !start.Equal(time.Date(2026, 10, 25, 13, 30, 0, 0, time.UTC)) || end.Sub(start) != 90*time.Minute {
		t.Errorf("from %v to %v", start, end)
	}
	if got := council.GetProperty(ics.ComponentPropertyLocation).Value; got != "Salle Bleue, 2e étage ; Nanterre" {
		t.Errorf("place %q", got)
	}
	if got := council.GetProperty(ics.ComponentPropertyDescription).Value; !strings.Contains(got, "1. décision : préparer") || !strings.Contains(got, "\n2. ordre du jour : les locaux") {
		t.Errorf("points %q", got)
	}
}

func TestTheAgendaKeepsTheRulesOfTheFormat(t *testing.T) {
	text := agendaOf(t, season())
	if again := agendaOf(t, season()); again != text {
		t.Error("two writings differ")
	}
	seen := map[string]bool{}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 {
			t.Errorf("%d octets: %s", len(line), line)
		}
		if strings.Contains(line, "\n") {
			t.Errorf("a bare line feed in %q", line)
		}
		if id, ok := strings.CutPrefix(line, "UID:"); ok {
			if seen[id] {
				t.Errorf("%s twice", id)
			}
			seen[id] = true
		}
	}
	unfolded := strings.ReplaceAll(text, "\r\n ", "")
	for _, want := range []string{
		"UID:seance-1.ab12cd34@passerelle\r\n", "DTSTAMP:20261025T000000Z\r\n", "DTSTART;TZID=Europe/Paris:20261025T143000\r\n",
		"DTSTART;VALUE=DATE:20261128\r\nDTEND;VALUE=DATE:20261129\r\n", "DUE;VALUE=DATE:20260915\r\n", "STATUS:COMPLETED\r\n", "STATUS:CANCELLED\r\n",
		"DTEND;TZID=Europe/Paris:20261103T010000\r\n", "SUMMARY:Les locaux : écrire aux bailleurs\r\n", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n",
		"préparer le forum avec les acteurs de terrain\\, préparer",
	} {
		if !strings.Contains(unfolded, want) {
			t.Errorf("%q is missing from:\n%s", want, unfolded)
		}
	}
}

func TestACorrectionKeepsTheIdentifierAndRaisesTheSequence(t *testing.T) {
	records := season()
	records[0].Version, records[0].Values["heure"] = 4, "15:00"
	cal, err := ics.ParseCalendar(strings.NewReader(agendaOf(t, records)))
	if err != nil {
		t.Fatal(err)
	}
	e := cal.Events()[0]
	if e.Id() != "seance-1.ab12cd34@passerelle" || e.GetProperty(ics.ComponentPropertySequence).Value != "3" {
		t.Errorf("%s, sequence %v", e.Id(), e.GetProperty(ics.ComponentPropertySequence))
	}
}

func TestTheNextCouncilIsTheOneStillPlanned(t *testing.T) {
	records := season()
	a, ok := mandate.NextMeeting(records, mandate.CouncilName, "2026-10-01")
	if !ok || a.Record != 1 || a.When() != "25/10/2026 à 14 h 30" || a.Points != 2 {
		t.Errorf("%v %+v", ok, a)
	}
	if _, ok := mandate.NextMeeting(records, mandate.CouncilName, "2026-10-26"); ok {
		t.Error("a past meeting is still to come")
	}
	records[0].Values["etat"] = "annulée"
	if _, ok := mandate.NextMeeting(records, mandate.CouncilName, "2026-10-01"); ok {
		t.Error("a meeting called off is still to come")
	}
}
