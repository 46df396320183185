package mandate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// letterDate is the day of the meeting the letter tells of: it asks for three members
// more than there were then.
const letterDate = insertion.Date("2011-04-06")

// seats counts those of the ESS accepted since, by the end of the year.
func (b *book) seats(year int) (int64, []string, bool) {
	if len(b.kinds[Seat]) == 0 {
		return 0, []string{"Aucun siège n'est tenu dans le fichier."}, false
	}
	n := int64(0)
	states := map[string]map[string]int{}
	for _, r := range b.kinds[Seat] {
		if cmp.Or(r.Date("propose"), r.Date("decide")) > b.end(year) {
			continue
		}
		state := cmp.Or(r.Text("etat"), "proposé")
		if state != "proposé" && r.Date("decide") > b.end(year) {
			state = "proposé"
		}
		college := r.Text("college")
		if states[college] == nil {
			states[college] = map[string]int{}
		}
		states[college][state]++
		if state == "accepté" && cmp.Or(r.Date("decide"), r.Date("propose"), letterDate) >= letterDate && slices.Contains([]string{"entreprises de l'ESS", "IAE", "réseaux"}, college) {
			n++
		}
	}
	var detail []string
	for _, college := range slices.Sorted(maps.Keys(states)) {
		var some []string
		for _, state := range slices.Sorted(maps.Keys(states[college])) {
			some = append(some, counted(states[college][state], state))
		}
		detail = append(detail, fmt.Sprintf("Collège « %s » : %s.", college, strings.Join(some, ", ")))
	}
	return n, append(detail, "Comptent les sièges acceptés depuis la lettre (avril 2011) des collèges « entreprises de l'ESS », « IAE » et « réseaux »."), true
}

// debates counts which of the letter's three are at the forum of the year.
func (b *book) debates(year int) (int64, []string, bool) {
	for _, forum := range slices.Backward(b.kinds[Event]) {
		if forum.Text("nature") != "forum" || yearOf(forum.Date("date")) != year {
			continue
		}
		themes := map[string]bool{}
		all, organisations := 0, 0
		for _, r := range b.under[forum.ID] {
			switch r.Kind {
			case Debate:
				all++
				themes[r.Text("theme")] = true
			case Attendance:
				organisations++
			}
		}
		var there, missing []string
		for _, d := range lettersDebates() {
			if themes[d] {
				there = append(there, d)
			} else {
				missing = append(missing, d)
			}
		}
		detail := []string{fmt.Sprintf("« %s », le %s : %s, %s.", forum.Text("nom"), forum.Date("date").French(), counted(all, "débat"), counted(organisations, "organisation"))}
		if len(missing) > 0 {
			detail = append(detail, "Manque au programme : "+strings.Join(missing, ", ")+".")
		} else {
			detail = append(detail, "Les trois débats demandés y sont : "+strings.Join(there, ", ")+".")
		}
		return int64(len(there)), detail, true
	}
	return 0, []string{fmt.Sprintf("Aucun forum en %d n'est tenu.", year)}, false
}

// committee counts the meetings that prepared the month of the ESS.
func (b *book) committee(year int) (int64, []string, bool) {
	n, events := int64(0), 0
	var detail []string
	known := false
	for _, r := range b.kinds[Meeting] {
		if r.Text("instance") != "comité du mois de l'ESS" || yearOf(r.Date("date")) != year {
			continue
		}
		known = true
		if held(r, b.today) && r.Date("date") < insertion.Date(fmt.Sprintf("%04d-11-01", year)) {
			n++
			detail = append(detail, fmt.Sprintf("Tenue le %s : %s.", r.Date("date").French(), r.Text("objet")))
		}
	}
	for _, r := range b.kinds[Event] {
		if yearOf(r.Date("date")) == year && r.Text("nature") != "autre" {
			events++
		}
	}
	if !known && events == 0 {
		return 0, []string{fmt.Sprintf("Ni réunion du comité, ni rencontre du mois de l'ESS en %d.", year)}, false
	}
	return n, append(detail, fmt.Sprintf("%s dans l'année (forum et mois de l'ESS).", counted(events, "rencontre"))), true
}

// held tells whether a meeting took place.
func held(r Record, today insertion.Date) bool {
	switch r.Text("etat") {
	case "annulée", "reportée":
		return false
	case "tenue":
		return true
	}
	return r.Date("date") < today
}
