package mandate

import (
	"fmt"
	"maps"
	"slices"

	"passerelle/internal/insertion"
)

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
