package mandate

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// Appointment is something of the mandate that stands in a calendar: a meeting, an
// event, or something to be done by a day.
type Appointment struct {
	ID       string // stable: « seance-12 »
	Record   RecordID
	Kind     Kind
	Title    string
	Place    string
	Day      insertion.Date
	Clock    string // local time, « 14:30 »; "" = the whole day
	Minutes  int    // how long; 0 when nobody said
	Notes    []string
	Task     bool // to be done by that day, rather than held on it
	Done     bool // a task that is done, a meeting that was held
	Off      bool // called off
	Asked    bool // not certain yet: a postponed meeting
	Revision int64
	Points   int // of a meeting: what is on its agenda
}

// supposed is how many minutes a meeting that does not say lasts.
const supposed = 120

// Ends is the local day and time of the end of what has a time; days after the
// first are counted in days.
func (a Appointment) Ends() (insertion.Date, string) {
	start, ok := minutes(a.Clock)
	if !ok {
		return a.Day.AddDays(1), ""
	}
	long := a.Minutes
	if long <= 0 {
		long = supposed
	}
	end := start + long
	return a.Day.AddDays(end / (24 * 60)), fmt.Sprintf("%02d:%02d", end/60%24, end%60)
}

// When is the day and the hour as one says them: « 28/11/2026 à 14 h 30 ».
func (a Appointment) When() string {
	if a.Clock == "" {
		return a.Day.French()
	}
	return a.Day.French() + " à " + clockWords(a.Clock)
}

// clockWords says « 14:30 » as « 14 h 30 », « 09:00 » as « 9 h ».
func clockWords(clock string) string {
	hour, minute, _ := strings.Cut(clock, ":")
	hour = strings.TrimPrefix(hour, "0") + " h"
	if minute == "00" {
		return hour
	}
	return hour + " " + minute
}

// Words is When, the place and how many points: « 28/11/2026 à 14 h 30, hôtel du
// département, 3 points ».
func (a Appointment) Words() string {
	text := a.When()
	if a.Place != "" {
		text += ", " + a.Place
	}
	if a.Points > 0 {
		text += ", " + counted(a.Points, "point")
	}
	return text
}

// State is the state of an appointment in a word.
func (a Appointment) State() string {
	switch {
	case a.Off:
		return "annulée"
	case a.Done && a.Task:
		return "fait"
	case a.Done:
		return "tenue"
	case a.Kind == Event:
		return ""
	case a.Asked:
		return "à confirmer"
	case a.Task:
		return "à faire"
	}
	return "prévue"
}

func minutes(clock string) (int, bool) {
	h, m, ok := strings.Cut(clock, ":")
	hours, errH := strconv.Atoi(h)
	mins, errM := strconv.Atoi(m)
	return hours*60 + mins, ok && errH == nil && errM == nil && hours < 24 && mins < 60
}

// AgendaKinds lists the kinds of records Agenda reads.
func AgendaKinds() []Kind { return []Kind{Meeting, Point, Event, Debate, Task, Promise} }

// Agenda lists what stands in a calendar, in order of time: meetings with their
// points, events with their debates, dated tasks and decisions, and the next step of
// each commitment. Records without a date are not there.
func Agenda(records []Record) []Appointment {
	records = slices.SortedFunc(slices.Values(records), func(a, b Record) int { return cmp.Compare(a.ID, b.ID) })
	under := map[RecordID][]Record{}
	byID := map[RecordID]Record{}
	for _, r := range records {
		byID[r.ID] = r
		if r.Parent != 0 {
			under[r.Parent] = append(under[r.Parent], r)
		}
	}
	var out []Appointment
	for _, r := range records {
		if a, ok := appointment(r, byID[r.Parent], under[r.ID]); ok && a.Day.Time().Year() > 1 {
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, func(a, b Appointment) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Clock, b.Clock), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Record, b.Record))
	})
	return out
}

// appointment is what a record puts in the calendar; false for one that puts nothing.
func appointment(r, parent Record, children []Record) (Appointment, bool) {
	v := r.Values
	a := Appointment{
		ID: fmt.Sprintf("%s-%d", r.Kind, r.ID), Record: r.ID, Kind: r.Kind, Revision: r.Version,
		Place: v["lieu"], Day: insertion.Date(v["date"]), Clock: v["heure"],
	}
	a.Minutes, _ = strconv.Atoi(v["duree"])
	switch r.Kind {
	case Meeting:
		a.Title = title(v["instance"]) + " : " + v["objet"]
		a.Off, a.Asked, a.Done = v["etat"] == "annulée", v["etat"] == "reportée", v["etat"] == "tenue"
		for _, p := range children {
			if p.Kind == Point {
				a.Points++
				a.Notes = append(a.Notes, fmt.Sprintf("%d. %s : %s", a.Points, p.Values["nature"], oneLine(p.Values["texte"])))
			}
		}
	case Event:
		a.Title = v["nom"]
		for _, d := range children {
			if d.Kind == Debate {
				a.Notes = append(a.Notes, strings.TrimSpace(d.Values["heure"]+" débat "+d.Values["theme"]+" : "+d.Values["titre"]))
			}
		}
		slices.Sort(a.Notes)
	case Task:
		a.Title, a.Notes = oneLine(v["texte"]), append(whose(v["qui"]), within(parent)...)
		a.deadline(v)
	case Point:
		if v["echeance"] == "" {
			return a, false
		}
		a.Title, a.Notes = title(v["nature"])+" : "+oneLine(v["texte"]), append(whose(v["suivi"]), within(parent)...)
		a.deadline(v)
	case Promise:
		if v["etape"] == "" {
			return a, false
		}
		a.Title, a.Notes = r.Title()+" : "+v["etape"], whose(v["suivi"])
		a.deadline(v)
	default:
		return a, false
	}
	return a, a.Day != ""
}

// deadline makes an appointment something to be done by its date.
func (a *Appointment) deadline(v map[string]string) {
	a.Task, a.Day, a.Clock = true, insertion.Date(v["echeance"]), ""
	a.Done, a.Off = v["etat"] == "fait", v["etat"] == "abandonné"
}

func whose(who string) []string {
	if who == "" {
		return nil
	}
	return []string{"Suivi par : " + who}
}

// within says what a task or a decision belongs to.
func within(parent Record) []string {
	switch parent.Kind {
	case Meeting:
		return []string{title(parent.Values["instance"]) + " du " + insertion.Date(parent.Values["date"]).French()}
	case Event:
		return []string{parent.Values["nom"]}
	}
	return nil
}

// NextMeeting is the next meeting of an instance ("" for any) held on a day or after
// it: of the council, it is the letter's own question. records are the meetings, and
// their points if these are to be told. false when none is planned.
func NextMeeting(records []Record, instance string, today insertion.Date) (Appointment, bool) {
	of := map[RecordID]string{}
	for _, r := range records {
		of[r.ID] = r.Text("instance")
	}
	for _, a := range Agenda(records) {
		planned := a.Kind == Meeting && a.Day >= today && !a.Off && !a.Asked && !a.Done
		if planned && (instance == "" || of[a.Record] == instance) {
			return a, true
		}
	}
	return Appointment{}, false
}

// CouncilName is the instance of a Meeting that the letter asks about.
const CouncilName = "conseil de l'ESS"

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// title begins with a capital.
func title(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return ""
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}
