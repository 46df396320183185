package mandate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// What the records of the mandate say of a year.

func (b *book) end(year int) insertion.Date {
	return min(insertion.Date(fmt.Sprintf("%04d-12-31", year)), b.today)
}

func yearOf(d insertion.Date) int {
	if d == "" {
		return 0
	}
	return d.Time().Year()
}

// seats counts those of the ESS accepted by the end of the year.
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
		if state == "accepté" && slices.Contains([]string{"entreprises de l'ESS", "IAE", "réseaux"}, college) {
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
	return n, append(detail, "Comptent les sièges acceptés des collèges « entreprises de l'ESS », « IAE » et « réseaux »."), true
}

// support adds what networks were granted.
func (b *book) support(year int) (int64, []string, bool) {
	var asked, granted insertion.Cents
	var detail []string
	any := false
	for _, net := range b.kinds[Network] {
		var a, g insertion.Cents
		n := 0
		for _, r := range b.under[net.ID] {
			if r.Year("annee") == year {
				a, g, n = a+r.Amount("demande"), g+r.Amount("accorde"), n+1
			}
		}
		if n == 0 {
			continue
		}
		any = true
		asked, granted = asked+a, granted+g
		detail = append(detail, fmt.Sprintf("%s : %s demandés, %s accordés (%s).", net.Text("nom"), a.Round(), g.Round(), counted(n, "dossier")))
	}
	if !any {
		return 0, []string{fmt.Sprintf("Aucun soutien de %d n'est tenu.", year)}, false
	}
	return int64(granted), append([]string{fmt.Sprintf("%s accordés sur %s demandés.", granted.Round(), asked.Round())}, detail...), true
}

// proven is the share of grants that went to what already works.
func (b *book) proven(year int) (int64, []string, bool) {
	var proven, said, unsaid insertion.Cents
	candidacies, won := 0, 0
	for _, call := range b.kinds[Call] {
		if call.Year("annee") != year {
			continue
		}
		for _, r := range b.under[call.ID] {
			candidacies++
			if !kept(r) {
				continue
			}
			won++
			switch g := r.Amount("accorde"); {
			case !r.Said("eprouve"):
				unsaid += g
			case r.Ticked("eprouve"):
				proven, said = proven+g, said+g
			default:
				said += g
			}
		}
	}
	if said == 0 {
		return 0, []string{fmt.Sprintf("Aucune aide accordée en %d dont on sache si l'action était éprouvée.", year)}, false
	}
	detail := []string{
		fmt.Sprintf("%s sur %s accordés à des actions éprouvées.", proven.Round(), said.Round()),
		fmt.Sprintf("%s, %s.", counted(candidacies, "candidature"), counted(won, "retenue")),
	}
	if unsaid > 0 {
		detail = append(detail, fmt.Sprintf("%s ne comptent pas : on ne sait pas si l'action était éprouvée.", unsaid.Round()))
	}
	return share(int64(proven), int64(said)), detail, true
}

// premises compares what the ESS rents with what each landlord holds.
func (b *book) premises(year int) (int64, []string, bool) {
	stocks := map[string]Record{} // the last known by the year, by landlord
	for _, r := range b.kinds[Stock] {
		key := folded(r.Text("bailleur"))
		if y := r.Year("annee"); y <= year && y >= stocks[key].Year("annee") {
			stocks[key] = r
		}
	}
	if len(stocks) == 0 {
		return 0, []string{fmt.Sprintf("La surface d'aucun bailleur n'est connue en %d.", year)}, false
	}
	on := b.end(year)
	let := map[string]int64{}
	lost := int64(0)
	for _, r := range b.kinds[Premise] {
		if r.Date("debut") > on || r.Said("fin") && r.Date("fin") < on {
			continue
		}
		key := folded(r.Text("bailleur"))
		if _, known := stocks[key]; !known {
			lost += r.Whole("surface")
			continue
		}
		let[key] += r.Whole("surface")
	}
	var part, whole int64
	detail := []string{"Au " + on.French() + " :"}
	for _, key := range slices.Sorted(maps.Keys(stocks)) {
		r := stocks[key]
		area := r.Whole("surface")
		part, whole = part+let[key], whole+area
		old := ""
		if y := r.Year("annee"); y < year {
			old = fmt.Sprintf(", surface de %d", y)
		}
		detail = append(detail, fmt.Sprintf("%s : %s sur %s, soit %s%s.", r.Text("bailleur"), Area.Show(let[key]), Area.Show(area), percent(let[key], area), old))
	}
	if lost > 0 {
		detail = append(detail, fmt.Sprintf("%s ne comptent pas : la surface de leur bailleur manque.", Area.Show(lost)))
	}
	if part > whole {
		detail = append(detail, "Plus est loué que les bailleurs n'ont : une surface est à vérifier.")
	}
	return share(part, whole), detail, true
}

// reach counts those the actions of promotion touched.
func (b *book) reach(year int) (int64, []string, bool) {
	n, actions, unsaid := int64(0), 0, 0
	places := map[string]int64{}
	for _, r := range b.kinds[Action] {
		if yearOf(r.Date("date")) != year || r.Date("date") > b.today {
			continue
		}
		actions++
		if !r.Said("public") {
			unsaid++
		}
		n += r.Whole("public")
		places[r.Text("aupres")] += r.Whole("public")
	}
	if actions == 0 {
		return 0, []string{fmt.Sprintf("Aucune action de %d n'est tenue.", year)}, false
	}
	var some []string
	for _, p := range slices.Sorted(maps.Keys(places)) {
		some = append(some, fmt.Sprintf("%s %s", p, insertion.Thousands(places[p])))
	}
	detail := []string{fmt.Sprintf("%s ; personnes touchées : %s.", counted(actions, "action"), strings.Join(some, ", "))}
	if unsaid > 0 {
		detail = append(detail, fmt.Sprintf("%s sans nombre de personnes.", counted(unsaid, "action")))
	}
	return n, detail, true
}

// freeSoftware counts this program, which keeps the figure, or what was entered
// last.
func (b *book) freeSoftware(year int) (int64, []string, bool) {
	if year != b.year {
		return 0, nil, false
	}
	n, detail := int64(1), []string{"Passerelle, qui tient ce mandat, est un logiciel libre (EUPL-1.2). Les autres se saisissent, avec leur preuve."}
	last := 0
	for _, r := range b.kinds[Statement] {
		if y := r.Year("annee"); Code(r.Text("code")) == FreeSoftware && y < year && y > last {
			last, n = y, max(1, Number.fromHundredths(r.Whole("valeur")))
			detail = []string{fmt.Sprintf("%s d'après le relevé de %d (%s), sans autre depuis.", insertion.Thousands(n), y, r.Text("preuve"))}
		}
	}
	return n, detail, true
}

// revitalised is the share of agreements that goes to insertion.
func (b *book) revitalised(year int) (int64, []string, bool) {
	var amount, ess, iae, unsaid insertion.Cents
	n := 0
	for _, r := range b.kinds[Agreement] {
		if yearOf(r.Date("signee")) != year {
			continue
		}
		n++
		if !r.Said("insertion") {
			unsaid += r.Amount("montant")
			continue
		}
		amount, ess, iae = amount+r.Amount("montant"), ess+r.Amount("ess"), iae+r.Amount("insertion")
	}
	if amount == 0 {
		return 0, []string{fmt.Sprintf("Aucune convention signée en %d ne dit sa part d'insertion.", year)}, false
	}
	detail := []string{
		fmt.Sprintf("%s ; %s sur %s à l'insertion par l'économie.", counted(n, "convention"), iae.Round(), amount.Round()),
		fmt.Sprintf("Part de l'ESS : %s.", percent(int64(ess), int64(amount))),
	}
	if unsaid > 0 {
		detail = append(detail, fmt.Sprintf("%s ne comptent pas : leur part d'insertion n'est pas dite.", unsaid.Round()))
	}
	return share(int64(iae), int64(amount)), detail, true
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
