package report

import (
	"strconv"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// bilanFacts are the parameters a bilan prints, each with its name.
func bilanFacts(r bilan.Report) [][2]string {
	return [][2]string{
		{"Année", strconv.Itoa(r.Query.Year)},
		{"Périmètre", r.Scope},
		{"Vu le", r.Query.On.French()},
		{"Heures pour un ETP", bilanDivisor(r).String() + usual(bilanDivisor(r) == bilan.DefaultDivisor, bilan.DefaultDivisor.String())},
		{"Seuil du secret", strconv.Itoa(bilanLeast(r)) + " personnes" + usual(bilanLeast(r) == bilan.DefaultLeast, strconv.Itoa(bilan.DefaultLeast))},
		{"Règles", r.Rules},
		{"Empreinte", r.Fingerprint},
	}
}

// usual tells the usual value of a parameter that has another.
func usual(is bool, value string) string {
	if is {
		return ""
	}
	return " (" + value + " d'ordinaire)"
}

func bilanDivisor(r bilan.Report) insertion.Hours {
	if r.Query.Divisor == 0 {
		return bilan.DefaultDivisor
	}
	return r.Query.Divisor
}

func bilanLeast(r bilan.Report) int {
	if r.Query.Least == 0 {
		return bilan.DefaultLeast
	}
	return r.Query.Least
}

// bilanFoot is at the foot of every page: what tells two bilans are the same.
func bilanFoot(r bilan.Report) string {
	print := r.Fingerprint
	if len(print) > 16 {
		print = print[:16] + "…"
	}
	return r.Title + " · empreinte " + print + " · règles " + r.Rules
}
