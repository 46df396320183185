package insertion

import (
	"cmp"
	"fmt"
	"slices"
)

// Validate checks a transfer a person typed; the error is a *FieldError.
func (t Transfer) Validate() error {
	switch {
	case t.From == 0 || t.To == 0:
		return &FieldError{"de", "choisissez qui cède et qui prend les heures"}
	case t.From == t.To:
		return &FieldError{"a", "un titulaire ne se cède pas d'heures à lui-même"}
	case t.Hours <= 0:
		return &FieldError{"heures", "le nombre d'heures doit dépasser 0"}
	case t.Price < 0:
		return &FieldError{"prix", "un prix ne peut être négatif"}
	case t.Dated == "":
		return &FieldError{"date", "la date manque"}
	}
	return nil
}

// CheckShares verifies that parts sum to 100 %; the error is a *FieldError.
func CheckShares(members []Member) error {
	var total BasisPoints
	for _, m := range members {
		if m.Share < 0 || m.Share > 10_000 {
			return &FieldError{"part", "une part va de 0 à 100 %"}
		}
		total += m.Share
	}
	if total != 10_000 {
		return &FieldError{"part", fmt.Sprintf("les parts font %s : elles doivent faire 100 %%", total)}
	}
	return nil
}

// Settle works out where each member stands and who pays whom. Parts of the hours
// due are exact to the hundredth and sum to the whole: the hundredths left over
// go to the largest remainders. Payments net every transfer, as few as can be.
func (g Group) Settle() (Settlement, error) {
	if err := CheckShares(g.Members); err != nil {
		return Settlement{}, err
	}
	s := Settlement{Members: g.parts()}
	var done Hours
	for i := range s.Members {
		m := &s.Members[i]
		for _, t := range g.Transfers {
			switch m.Organisation {
			case t.From:
				m.Given += t.Hours
			case t.To:
				m.Taken += t.Hours
			}
		}
		m.Done = g.Done[m.Organisation]
		m.Missing = max(0, m.Due-m.Given+m.Taken-m.Done)
		done += m.Done
	}
	s.Missing = max(0, g.Due-done)
	for i := range s.Members {
		m := &s.Members[i]
		m.Exposure = m.Missing
		if g.Kind == Several {
			m.Exposure = s.Missing // each answers for the whole
		}
	}
	if g.Kind == Several {
		s.Trace = append(s.Trace, fmt.Sprintf("groupement solidaire : chacun répond des %s qui manquent au groupement, quelles que soient les parts", s.Missing))
	}
	s.Payments = g.payments(&s)
	return s, nil
}

// parts shares the hours due by largest remainder.
func (g Group) parts() []MemberState {
	out := make([]MemberState, len(g.Members))
	type rest struct {
		i    int
		left int64
	}
	var rests []rest
	given := Hours(0)
	for i, m := range g.Members {
		exact := int64(g.Due) * int64(m.Share)
		out[i] = MemberState{Member: m, Due: Hours(exact / 10_000)}
		given += out[i].Due
		rests = append(rests, rest{i, exact % 10_000})
	}
	slices.SortStableFunc(rests, func(a, b rest) int { return cmp.Compare(b.left, a.left) })
	for k := range int(g.Due - given) {
		out[rests[k].i].Due++
	}
	return out
}

// payments nets the transfers: first each member's balance, then the largest
// debtor pays the largest creditor until all are even.
func (g Group) payments(s *Settlement) []Payment {
	balance := map[OrganisationID]Cents{}
	name := map[OrganisationID]string{}
	for _, m := range g.Members {
		name[m.Organisation] = m.Name
	}
	for _, t := range g.Transfers {
		amount := Cents(mulDiv(int64(t.Hours), int64(t.Price), 100))
		balance[t.From] -= amount
		balance[t.To] += amount
		s.Trace = append(s.Trace, fmt.Sprintf("%s : %s cède %s à %s, %s de l'heure = %s", t.Dated.French(), name[t.From], t.Hours, name[t.To], t.Price, amount))
	}
	var out []Payment
	for {
		var debtor, creditor OrganisationID
		for id, b := range balance {
			if b < balance[debtor] || b == balance[debtor] && b < 0 && id < debtor {
				debtor = id
			}
			if b > balance[creditor] || b == balance[creditor] && b > 0 && id < creditor {
				creditor = id
			}
		}
		if balance[debtor] >= 0 || balance[creditor] <= 0 {
			return out
		}
		amount := min(-balance[debtor], balance[creditor])
		balance[debtor] += amount
		balance[creditor] -= amount
		out = append(out, Payment{debtor, creditor, amount})
	}
}
