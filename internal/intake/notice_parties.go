package intake

import (
	"cmp"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// contractors reads the contractors, nested any way or in numbered columns,
// each once.
func (b *builder) contractors() []insertion.Party {
	var all []insertion.Party
	if i := b.at[fContractors]; i != 0 {
		for c := i; c != 0; c = b.tree.nodes[c].next {
			if b.tree.nodes[c].field == fContractors {
				all = b.parties(all, c, "titulaires")
			}
		}
	}
	if len(b.flat) > 0 {
		slices.SortStableFunc(b.flat, func(x, y flatParty) int { return cmp.Compare(x.number, y.number) })
		for _, f := range b.flat {
			all = b.columns(all, f, "titulaires")
		}
	}
	if len(all) == 0 {
		b.warn("titulaires", "", "titulaire à compléter")
	}
	return all
}

// parties adds the parties found at or under a node.
func (b *builder) parties(all []insertion.Party, i int32, field string) []insertion.Party {
	b.expand(i)
	n := &b.tree.nodes[i]
	switch n.shape {
	case shapeText, shapeNumber:
		return b.written(all, i, field)
	case shapeObject:
		id, kind, name := b.tree.child(i, fID), b.tree.child(i, fKind), b.tree.child(i, fName)
		if id == 0 {
			id, kind, name = first(b.tree.child(i, fContractorID), b.tree.child(i, fSubID)), first(kind, b.tree.child(i, fContractorKind)), first(name, b.tree.child(i, fContractorName))
		}
		if id != 0 || name != 0 {
			return b.party(all, b.short(id), b.short(kind), b.short(name), field)
		}
	}
	for c := n.first; c != 0; c = b.tree.nodes[c].next {
		if b.tree.nodes[c].field != fKind {
			all = b.parties(all, c, field)
		}
	}
	return all
}

// party adds one party unless it is there already or says nothing.
func (b *builder) party(all []insertion.Party, id, kind, name, field string) []insertion.Party {
	p, doubt := parseParty(id, kind)
	p.Name = name
	if p.ID == "" && p.Name == "" {
		return all
	}
	if p.ID == "" {
		doubt = "identifiant absent, seul le nom est gardé"
	}
	for i := range all {
		if all[i].ID == p.ID && (p.ID != "" || all[i].Name == p.Name) {
			all[i].Name = cmp.Or(all[i].Name, p.Name)
			return all
		}
	}
	if doubt != "" {
		b.warn(field+".id", cmp.Or(p.ID, p.Name), doubt)
	}
	return append(all, p)
}

// columns adds the parties of a set of columns; a cell may hold a list, « ['1', '2'] ».
func (b *builder) columns(all []insertion.Party, f flatParty, field string) []insertion.Party {
	ids, kinds, names, sizes := b.items(f.id), b.items(f.kind), b.items(f.name), b.items(f.size)
	for i := range max(len(ids), len(names)) {
		had := len(all)
		if all = b.party(all, item(ids, i), item(kinds, i), item(names, i), field); len(all) > had {
			all[had].Size = sizeOf(item(sizes, i))
		}
	}
	return all
}

// sizeOf reads the size of a firm as INSEE writes it.
func sizeOf(s string) string {
	switch size := strings.ToUpper(strings.TrimSpace(s)); size {
	case "PME", "ETI", "GE":
		return size
	}
	return ""
}

func item(all []string, i int) string {
	if i < len(all) {
		return all[i]
	}
	return ""
}

// items are the texts of a cell, one or several.
func (b *builder) items(i int32) []string {
	if i == 0 {
		return nil
	}
	if b.expand(i); b.tree.nodes[i].first == 0 {
		return []string{b.short(i)}
	}
	var all []string
	for c := b.tree.nodes[i].first; c != 0; c = b.tree.nodes[c].next {
		all = append(all, b.items(c)...)
	}
	return all
}

// written reads parties in a text: an identifier, or in the column of a local
// file « ENTREPRISE X (123 456 789 00012) ; ENTREPRISE Y (…) ».
func (b *builder) written(all []insertion.Party, i int32, field string) []insertion.Party {
	s := b.short(i)
	if s == "" {
		return all
	}
	if isID(s) {
		return b.party(all, s, "", "", field)
	}
	column := b.tree.nodes[i].field == fContractors && s != "id" && s != "typeIdentifiant"
	if !column {
		return all
	}
	found := false
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '|' || r == '/' }) {
		if id, name, ok := siretIn(part); ok {
			all, found = b.party(all, id, "SIRET", name, field), true
		}
	}
	if !found {
		all = b.party(all, "", "", s, field)
	}
	return all
}

// isID tells a text that can only be an identifier: 9 to 18 digits, spaces
// aside, or a European VAT number.
func isID(s string) bool {
	compact := compactID(s)
	if _, ok := digits(compact); ok {
		return len(compact) >= 9 && len(compact) <= 18
	}
	return !strings.Contains(s, " ") && len(s) >= 2 && looksVAT(s)
}

// siretIn finds 14 digits, spaces aside, in a text; name is what is around them.
func siretIn(s string) (id, name string, ok bool) {
	for at := 0; at < len(s); at++ {
		if s[at] < '0' || s[at] > '9' {
			continue
		}
		var b []byte
		end := at
		for end < len(s) && len(b) < 14 && (s[end] == ' ' || s[end] >= '0' && s[end] <= '9') {
			if s[end] != ' ' {
				b = append(b, s[end])
			}
			end++
		}
		if len(b) == 14 && (end == len(s) || s[end] < '0' || s[end] > '9') {
			return string(b), strings.Trim(s[:at]+s[end:], " ()[]-:,"), true
		}
		at = end
	}
	return "", "", false
}

// subcontractors reads the declared subcontractors.
func (b *builder) subcontractors() []insertion.Party {
	var all []insertion.Party
	if i := b.at[fSubcontracts]; i != 0 {
		b.expand(i)
		all = b.subs(all, i)
	}
	if i := b.at[fSubcontractor]; i != 0 {
		all = b.parties(all, i, "sousTraitant")
	}
	if i := b.at[fSubID]; i != 0 {
		all = b.party(all, b.short(i), b.short(b.at[fSubKind]), "", "sousTraitant")
	}
	return all
}

func (b *builder) subs(all []insertion.Party, i int32) []insertion.Party {
	for c := b.tree.nodes[i].first; c != 0; c = b.tree.nodes[c].next {
		if b.tree.nodes[c].field == fSubcontractor {
			all = b.parties(all, c, "sousTraitant")
		} else {
			all = b.subs(all, c)
		}
	}
	return all
}
