package intake

import (
	"cmp"
	"slices"

	"passerelle/internal/insertion"
)

// modifications reads the modifications, nested or in columns, in order of date.
func (b *builder) modifications(n *insertion.Notice) []insertion.Modification {
	var all []insertion.Modification
	for _, i := range b.mods {
		all = b.mod(all, i, n)
	}
	all = b.flatMod(all, n)
	sortMods(all)
	return all
}

// sortMods sorts by date, then by number.
func sortMods(all []insertion.Modification) {
	slices.SortStableFunc(all, func(x, y insertion.Modification) int {
		return cmp.Or(cmp.Compare(cmp.Or(x.Date, x.Published), cmp.Or(y.Date, y.Published)), cmp.Compare(x.Number, y.Number))
	})
}

// mod adds the modifications found at or under a node, whatever wraps them.
func (b *builder) mod(all []insertion.Modification, i int32, n *insertion.Notice) []insertion.Modification {
	b.expand(i)
	if b.tree.nodes[i].shape != shapeObject || b.tree.child(i, fMods) != 0 {
		for c := b.tree.nodes[i].first; c != 0; c = b.tree.nodes[c].next {
			if s := b.tree.nodes[c].shape; s == shapeObject || s == shapeList {
				all = b.mod(all, c, n)
			}
		}
		return all
	}
	var at [fCurrent + 1]int32
	for c := b.tree.nodes[i].first; c != 0; c = b.tree.nodes[c].next {
		if f := b.tree.nodes[c].field; at[f] == 0 && b.tree.nodes[c].shape != shapeNull {
			at[f] = c
		}
	}
	return b.addMod(all, n, modNodes{
		id: first(at[fModID], at[fID]), notified: first(at[fModNotified], first(at[fNotified], at[fSigned])), published: first(at[fModPublished], at[fPublished]),
		amount: first(at[fModAmount], first(at[fAmount], at[fGlobal])), months: first(at[fModMonths], at[fMonths]), object: first(at[fModObject], at[fObject]),
		contractors: first(at[fModContractors], at[fContractors]), flat: flatParty{0, first(at[fModContractorID], at[fContractorID]), at[fModContractorKind], at[fModContractorName], 0},
	})
}

// modNodes is where the parts of a modification are.
type modNodes struct {
	id, notified, published, amount, months, object, contractors int32
	flat                                                         flatParty
}

// flatMod adds the modification given in the columns of the notice itself.
func (b *builder) flatMod(all []insertion.Modification, n *insertion.Notice) []insertion.Modification {
	at := &b.at
	return b.addMod(all, n, modNodes{
		id: at[fModID], notified: at[fModNotified], published: at[fModPublished], amount: at[fModAmount], months: at[fModMonths],
		object: at[fModObject], contractors: at[fModContractors], flat: flatParty{0, at[fModContractorID], at[fModContractorKind], at[fModContractorName], 0},
	})
}

// addMod adds a modification that says something.
func (b *builder) addMod(all []insertion.Modification, n *insertion.Notice, at modNodes) []insertion.Modification {
	if at == (modNodes{}) {
		return all
	}
	var m insertion.Modification
	near := cmp.Or(n.Published, n.Notified)
	m.Published = b.date(at.published, near, "modification.datePublicationDonnees")
	m.Date = b.date(at.notified, cmp.Or(m.Published, near), "modification.dateNotification")
	if c, ok := b.cents(at.amount, "modification.montant"); ok {
		m.Amount = &c
	}
	if months := b.months(at.months, "modification.dureeMois", n.Concession); months > 0 {
		m.Months = &months
	}
	m.Object = b.text(at.object)
	if at.contractors != 0 {
		m.Contractors = b.parties(nil, at.contractors, "modification.titulaires")
	}
	m.Contractors = b.columns(m.Contractors, at.flat, "modification.titulaires")
	if m.Published == "" && m.Date == "" && m.Amount == nil && m.Months == nil && m.Object == "" && len(m.Contractors) == 0 {
		return all
	}
	if f, ok := parseNumber(b.short(at.id)); ok && f >= 0 && f < 1e6 {
		m.Number = int(f)
	}
	return append(all, m)
}
