package mandate

import (
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
