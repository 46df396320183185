package intake

import (
	"strings"

	"passerelle/internal/insertion"
)

// buyer reads the buyer, nested or in columns; a missing one is looked for in
// the uid, which is its SIRET followed by the reference.
func (b *builder) buyer(n *insertion.Notice) {
	id, name := b.at[fBuyerID], b.at[fBuyerName]
	if o := b.at[fBuyer]; o != 0 {
		b.expand(o)
		if b.tree.nodes[o].shape == shapeText || b.tree.nodes[o].shape == shapeNumber {
			if isID(b.short(o)) && id == 0 {
				id = o
			} else if name == 0 {
				name = o
			}
		} else if nested := b.object(o); nested != 0 {
			id, name = first(b.tree.child(nested, fID), id), first(b.tree.child(nested, fName), name)
		}
	}
	var doubt string
	n.Buyer, doubt = parseParty(b.short(id), "")
	n.Buyer.Name = b.short(name)
	if doubt != "" {
		b.warn("acheteur.id", n.Buyer.ID, doubt)
	}
	if n.Buyer.ID == "" && b.at[fUID] != 0 {
		if uid := b.short(b.at[fUID]); len(uid) > 14 && insertion.ValidSIRET(uid[:14]) {
			n.Buyer.Kind, n.Buyer.ID = insertion.SIRET, uid[:14]
		}
	}
}

// object is the first object at or under a node, 0 when there is none.
func (b *builder) object(i int32) int32 {
	switch b.tree.nodes[i].shape {
	case shapeObject:
		if f := b.tree.nodes[i].first; f != 0 && b.tree.nodes[f].next == 0 && b.tree.nodes[f].shape == shapeObject {
			return b.object(f) // a wrapper
		}
		return i
	case shapeList:
		for c := b.tree.nodes[i].first; c != 0; c = b.tree.nodes[c].next {
			if o := b.object(c); o != 0 {
				return o
			}
		}
	}
	return 0
}

// first is the first of two nodes that is there.
func first(a, b int32) int32 {
	if a != 0 {
		return a
	}
	return b
}

func (b *builder) cpv(n *insertion.Notice) {
	raw := b.raw(b.at[fCPV])
	if len(raw) == 0 {
		return
	}
	if n.CPV = b.cpvs.of(raw); n.CPV == "" {
		if value := b.texts.of(raw); value != "" {
			b.warn("codeCPV", value, "code CPV inconnu")
		}
	} else if _, old := division(n.CPV[:2]); old {
		b.warn("codeCPV", n.CPV, "code de la nomenclature CPV de 2003")
	}
}

// when reads the dates. An absurd year is mended by the other date.
func (b *builder) when(n *insertion.Notice) {
	notified := first(b.at[fNotified], b.at[fSigned])
	if notified == 0 {
		notified = b.at[fStarted]
	}
	n.Published = b.date(b.at[fPublished], "", "")
	n.Notified = b.date(notified, n.Published, "dateNotification")
	if n.Published == "" {
		n.Published = b.date(b.at[fPublished], n.Notified, "datePublicationDonnees")
	}
}

// date reads a date; field is "" to keep silent about one that cannot be read.
func (b *builder) date(i int32, near insertion.Date, field string) insertion.Date {
	raw := b.raw(i)
	if len(raw) == 0 {
		return ""
	}
	w := b.dates.of(raw)
	if w.date != "" {
		return w.date
	}
	date := insertion.Date("")
	if w.ok {
		date = century(w.year, w.month, w.day, near)
	}
	if field == "" {
		return date
	}
	if value := Value(string(raw)); value != "" {
		if date != "" {
			b.warn(field, value, "année corrigée en "+string(date[:4]))
		} else {
			b.warn(field, value, "date illisible")
		}
	}
	return date
}

func (b *builder) amount(n *insertion.Notice) {
	i, field := b.at[fAmount], "montant"
	if g := b.at[fGlobal]; g != 0 && (i == 0 || n.Concession) {
		i, field = g, "valeurGlobale"
	}
	amount, ok := b.cents(i, field)
	n.Amount = amount
	if n.AmountDoubtful = doubtful(amount); ok && n.AmountDoubtful {
		b.warn(field, string(b.raw(i)), "montant à vérifier, laissé hors des totaux")
	}
}

// cents reads an amount; a negative one counts for none.
func (b *builder) cents(i int32, field string) (insertion.Cents, bool) {
	raw := b.raw(i)
	if len(raw) == 0 {
		return 0, false
	}
	if c, ok := plainCents(string(raw)); ok {
		return c, true
	}
	value := Value(string(raw))
	c, ok := parseCents(value)
	if value != "" && (!ok || c < 0) {
		b.warn(field, value, "montant illisible")
	}
	return max(c, 0), ok && c >= 0
}

// months reads a duration. Beyond thirty years it is taken for days, save for
// concessions, which last up to a century.
func (b *builder) months(i int32, field string, concession bool) int {
	raw := b.raw(i)
	if len(raw) == 0 {
		return 0
	}
	value := b.texts.of(raw)
	months, ok := parseMonths(value)
	switch {
	case value == "":
		return 0
	case !ok:
		b.warn(field, value, "durée illisible")
		return 0
	case concession && months <= 1200:
		return months
	case months > 360 && months <= 36_525:
		b.warn(field, value, "durée lue comme un nombre de jours")
		return (months*100 + 3043) / 3044
	case months > 360:
		b.warn(field, value, "durée impossible")
		return 0
	case months > 120:
		b.warn(field, value, "durée de plus de dix ans, à vérifier")
	}
	return months
}

// considerations reads the social considerations, whatever they are wrapped in.
// A positive one wins over « pas de considération sociale ».
func (b *builder) considerations() insertion.Social {
	var flags insertion.Social
	for _, i := range b.socials {
		flags |= b.consider(i)
	}
	if flags.Positive() && flags&insertion.NoSocial != 0 {
		flags &^= insertion.NoSocial
		b.warn("considerationsSociales", strings.Join((flags|insertion.NoSocial).Words(), ", "), "valeurs contraires : la considération déclarée l'emporte")
	}
	return flags
}

func (b *builder) consider(i int32) insertion.Social {
	b.expand(i)
	n := &b.tree.nodes[i]
	if n.shape == shapeList || n.shape == shapeObject {
		var flags insertion.Social
		for c := n.first; c != 0; c = b.tree.nodes[c].next {
			flags |= b.consider(c)
		}
		return flags
	}
	raw := b.raw(i)
	if len(raw) == 0 {
		return 0
	}
	w := b.social.of(raw)
	if w.odd != "" {
		b.warn("considerationsSociales", w.odd, "considération inconnue")
	}
	return w.flags
}

// place reads the place of performance and has the gazetteer understand it.
func (b *builder) place(n *insertion.Notice) {
	code, kind, name := b.at[fPlaceCode], b.at[fPlaceKind], b.at[fPlaceName]
	if o := b.at[fPlace]; o != 0 {
		b.expand(o)
		if nested := b.object(o); nested != 0 {
			code = first(b.tree.child(nested, fCode), code)
			kind = first(b.tree.child(nested, fCodeKind), kind)
			name = first(b.tree.child(nested, fName), name)
		} else if name == 0 {
			name = o
		}
	}
	n.Place = insertion.Place{Code: b.short(code), Name: b.short(name)}
	if kind != 0 {
		n.Place.Kind = b.kinds.of(b.raw(kind))
	}
	if n.Place.Code == "FR" {
		n.Place.Kind = "pays"
	}
	n.Place = b.resolve(n.Place, n.Buyer.ID)
	if b.outside(n) {
		r := b.note("lieuExecution", strings.TrimSpace(n.Place.Code+" "+n.Place.Name), "hors du territoire demandé")
		b.rec.Refusal, b.rec.Notice, b.rec.Warnings = &r, insertion.Notice{}, nil
	}
}

// resolve asks the gazetteer, once for each place declared by one buyer.
func (b *builder) resolve(p insertion.Place, buyer string) insertion.Place {
	if b.opt.Resolve == nil {
		return p
	}
	key := placeKey{p.Code, p.Kind, p.Name, buyer}
	known, ok := b.known[key]
	if !ok {
		known = b.opt.Resolve(p, buyer)
		if len(b.known) < maxMemo {
			b.known[key] = known
		}
	}
	return known
}

// outside tells that a notice is not of the départements asked: that of its
// place or, when the place has none, that of its buyer.
func (b *builder) outside(n *insertion.Notice) bool {
	if len(b.opt.Departments) == 0 {
		return false
	}
	department := n.Place.Department
	if department == "" {
		department = b.resolve(insertion.Place{}, n.Buyer.ID).Department
	}
	if department == "" && b.opt.Resolve == nil {
		department = departmentOf(n.Place.Code)
	}
	for _, d := range b.opt.Departments {
		if strings.EqualFold(strings.TrimSpace(d), department) {
			return false
		}
	}
	return true
}

// departmentOf is the beginning of a code, for want of a gazetteer.
func departmentOf(code string) string {
	if len(code) >= 3 && code[:2] == "97" {
		return code[:3]
	}
	if len(code) >= 2 {
		return code[:2]
	}
	return ""
}
