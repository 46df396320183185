package report

import (
	"io"
	"strconv"
	"strings"

	ics "github.com/arran4/golang-ical"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// WriteAgenda writes appointments as an iCalendar (RFC 5545) file on the time of
// Paris. house tells one file of Passerelle from another in the identifiers, so that
// two calendars can be read side by side. The same agenda gives the same bytes: the
// stamp of each entry is its own day, its SEQUENCE how often it was corrected.
func WriteAgenda(w io.Writer, name, house string, agenda []mandate.Appointment) error {
	cal := ics.NewCalendar()
	cal.SetProductId("-//Passerelle//Mandat//FR")
	cal.SetCalscale("GREGORIAN")
	cal.SetXWRCalName(name)
	cal.SetXWRTimezone(paris)
	addParis(cal)
	for _, a := range agenda {
		id := a.ID + "." + house + "@passerelle"
		if a.Task {
			addTask(cal.AddTodo(id), a)
		} else {
			addEvent(cal.AddEvent(id), a)
		}
	}
	return cal.SerializeTo(w, ics.WithNewLine("\r\n"))
}

const paris = "Europe/Paris"

// addParis describes the time of Paris: summer from the last Sunday of March to the
// last of October, since 1996.
func addParis(cal *ics.Calendar) {
	zone := cal.AddTimezone(paris)
	half := func(b *ics.ComponentBase, name, start, month, from, to string) {
		b.SetProperty(ics.ComponentPropertyDtStart, start)
		b.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), from)
		b.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), to)
		b.SetProperty(ics.ComponentProperty(ics.PropertyTzname), name)
		b.SetProperty(ics.ComponentPropertyRrule, "FREQ=YEARLY;BYMONTH="+month+";BYDAY=-1SU")
	}
	summer := &ics.Daylight{}
	half(&summer.ComponentBase, "CEST", "19960331T020000", "3", "+0100", "+0200")
	zone.Components = append(zone.Components, summer)
	half(&zone.AddStandard().ComponentBase, "CET", "19961027T030000", "10", "+0200", "+0100")
}

func addEvent(e *ics.VEvent, a mandate.Appointment) {
	common(&e.ComponentBase, a)
	day, clock := a.Ends()
	if clock == "" {
		e.SetProperty(ics.ComponentPropertyDtStart, compact(a.Day), ics.WithValue("DATE"))
		e.SetProperty(ics.ComponentPropertyDtEnd, compact(day), ics.WithValue("DATE"))
	} else {
		e.SetProperty(ics.ComponentPropertyDtStart, local(a.Day, a.Clock), tzid())
		e.SetProperty(ics.ComponentPropertyDtEnd, local(day, clock), tzid())
	}
	if a.Place != "" {
		e.SetLocation(a.Place)
	}
	switch {
	case a.Off:
		e.SetStatus(ics.ObjectStatusCancelled)
	case a.Asked:
		e.SetStatus(ics.ObjectStatusTentative)
	default:
		e.SetStatus(ics.ObjectStatusConfirmed)
	}
}

func addTask(t *ics.VTodo, a mandate.Appointment) {
	common(&t.ComponentBase, a)
	t.SetProperty(ics.ComponentPropertyDue, compact(a.Day), ics.WithValue("DATE"))
	switch {
	case a.Off:
		t.SetStatus(ics.ObjectStatusCancelled)
	case a.Done:
		t.SetStatus(ics.ObjectStatusCompleted)
		t.SetPercentComplete(100)
	default:
		t.SetStatus(ics.ObjectStatusNeedsAction)
	}
}

func common(c *ics.ComponentBase, a mandate.Appointment) {
	c.SetProperty(ics.ComponentPropertyDtstamp, compact(a.Day)+"T000000Z")
	c.SetSequence(int(max(0, a.Revision-1)))
	c.SetSummary(a.Title)
	if len(a.Notes) > 0 {
		c.SetDescription(strings.Join(a.Notes, "\n"))
	}
	c.SetProperty(ics.ComponentPropertyCategories, string(a.Kind))
}

func tzid() *ics.KeyValues {
	return &ics.KeyValues{Key: string(ics.ParameterTzid), Value: []string{paris}}
}

func compact(d insertion.Date) string { return strings.ReplaceAll(string(d), "-", "") }

func local(d insertion.Date, clock string) string {
	h, m, _ := strings.Cut(clock, ":")
	hours, _ := strconv.Atoi(h)
	if hours < 10 {
		h = "0" + strconv.Itoa(hours)
	}
	return compact(d) + "T" + h + m + "00"
}
