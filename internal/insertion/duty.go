package insertion

import (
	"slices"
	"strings"
)

// EUThreshold is the European threshold on the day a consultation was launched,
// excluding tax; false when the table does not reach that day. Sources:
// règlements délégués (UE) 2023/2495 et s. and 2025/2150 à 2152.
func EUThreshold(kind ThresholdKind, launched Date) (Cents, bool) {
	for _, p := range euThresholds() {
		if launched >= p.from && launched <= p.to {
			return p.amount[kind], true
		}
	}
	return 0, false
}

type thresholdPeriod struct {
	from, to Date
	amount   map[ThresholdKind]Cents
}

func euThresholds() []thresholdPeriod {
	return []thresholdPeriod{
		{"2024-01-01", "2025-12-31", map[ThresholdKind]Cents{
			StateSupplies: Euros(143_000), LocalSupplies: Euros(221_000), UtilitySupplies: Euros(443_000), Works: Euros(5_538_000),
		}},
		{"2026-01-01", "2027-12-31", map[ThresholdKind]Cents{
			StateSupplies: Euros(140_000), LocalSupplies: Euros(216_000), UtilitySupplies: Euros(432_000), Works: Euros(5_404_000),
		}},
	}
}

// ThresholdKindOf tells which threshold a notice meets: works by their CPV
// division (45) or a concession by its nature; the State by its SIREN (1 or 2
// begin those of the State's administrations, save local ones, which begin by
// 20 to 26). What the notice does not say is taken as a local buyer's.
func ThresholdKindOf(n Notice) ThresholdKind {
	switch {
	case strings.HasPrefix(n.CPV, "45"), strings.Contains(strings.ToLower(n.Nature), "concession"), strings.Contains(strings.ToLower(n.Nature), "délégation"):
		return Works
	case strings.HasPrefix(n.Buyer.ID, "11"), strings.HasPrefix(n.Buyer.ID, "12"), strings.HasPrefix(n.Buyer.ID, "13"), strings.HasPrefix(n.Buyer.ID, "15"), strings.HasPrefix(n.Buyer.ID, "17"), strings.HasPrefix(n.Buyer.ID, "18"), strings.HasPrefix(n.Buyer.ID, "19"):
		return StateSupplies
	}
	return LocalSupplies
}

// Completeness checks the clause sheet against the four things the contract must
// state at least when it activates the clause (CCAG 2021: FCS and TIC 16.1,
// Travaux 20.1).
func (c Clause) Completeness() []Completeness {
	volume, err := c.Compute()
	return []Completeness{
		{"périmètre de l'action", strings.TrimSpace(c.Perimeter) != "", "dites à quels lots et à quelles prestations la clause s'applique"},
		{"coordonnées du facilitateur", strings.TrimSpace(c.Contact) != "", "donnez le service et le moyen de le joindre"},
		{"profils de publics éligibles", len(c.Publics)+len(c.OtherPublics) > 0, "choisissez les catégories que le marché accepte"},
		{"volume horaire à la charge du titulaire", err == nil && (volume.Hours > 0 || c.Basis == ByInvoiced), "calculez ou fixez le volume"},
	}
}

// Validate checks an exemption a person typed; the error is a *FieldError.
func (e Exemption) Validate(today Date) error {
	switch {
	case !slices.Contains(Motives(), e.Motive):
		return &FieldError{"motif", "choisissez le motif"}
	case strings.TrimSpace(e.Text) == "":
		return &FieldError{"explication", "la loi demande que le motif soit expliqué"}
	case strings.TrimSpace(e.Evidence) == "":
		return &FieldError{"preuve", "dites quel document le montre"}
	case e.Dated == "" || e.Dated > today:
		return &FieldError{"date", "une date passée"}
	}
	return nil
}
