package tui

import (
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// structuresHead is how many lines stand above the list.
const structuresHead = 3

func (s *structures) View() string {
	head := " " + s.filters()
	if s.typing {
		head = " Chercher : " + s.search.View()
	}
	lines := []string{cut(head, s.w), "  " + s.heads(s.w-2), s.theme.rule(s.list.position(), s.w)}
	if s.list.loaded && len(s.list.rows) == 0 {
		none := "  Aucune structure. Importez un annuaire (g puis i), ou saisissez-en une (n)."
		if s.filter != (insertion.StructureFilter{}) {
			none = "  Aucune structure ne répond à cette recherche. e : effacer les filtres."
		}
		lines = append(lines, "", none)
		return fit(lines, s.w, s.h)
	}
	return fitText(s.w, s.h, append(lines, s.list.view(s.w))...)
}

func (s *structures) filters() string {
	var parts []string
	f := s.filter
	for _, p := range []struct{ name, value string }{
		{"recherche", f.Text}, {"type", string(f.Kind)}, {"métier", tradeLabel(f.Trade)}, {"département", f.Department}, {"réseau", f.Network},
	} {
		if p.value != "" {
			parts = append(parts, p.name+" « "+p.value+" »")
		}
	}
	if f.Inactive {
		parts = append(parts, "inactives")
	}
	if len(parts) == 0 {
		return "toutes les structures"
	}
	return strings.Join(parts, ", ")
}

func (s *structures) Pointer() (int, int, bool) {
	if s.typing {
		return 12 + cursorAt(s.search), 0, true
	}
	y, ok := s.list.pointer()
	return 0, y + structuresHead, ok
}

// structureColumns are the widths of a row.
func structureColumns(w int) (name, city, trades, load int) {
	city, load = 18, 11
	switch {
	case w >= 150:
		trades = 60
	case w >= 100:
		trades = 34
	case w < 70:
		load = 0
	}
	return w - 6 - city - trades - load, city, trades, load
}

func (s *structures) heads(w int) string {
	name, city, trades, load := structureColumns(w)
	head := pad("type", 6) + pad("nom", name) + pad("commune", city)
	if trades > 0 {
		head += pad("métiers (« ? » : supposés)", trades)
	}
	return head + padLeft(cut("prévu, 1 an", load), load)
}

func (s *structures) row(r structureLine, w int, _ bool) string {
	nameW, cityW, tradeW, loadW := structureColumns(w)
	name := r.DisplayName()
	if !r.Active {
		name += " (inactive)"
	}
	line := pad(string(r.Kind), 6) + pad(name, nameW-1) + " " + pad(r.City, cityW-1) + " "
	if tradeW > 0 {
		line += pad(r.trades, tradeW-1) + " "
	}
	if loadW > 0 {
		load := "—"
		if r.Load.Planned > 0 {
			load = r.Load.Planned.Whole() + " h"
		}
		line += padLeft(load, loadW)
	}
	return line
}

// activityWords lists the trades of a structure: those it declared, else the
// best two its codes and its name let one suppose, marked so.
func activityWords(st insertion.Structure) string {
	var names []string
	for _, a := range st.Activities {
		if l := tradeLabel(a.Trade); l != "" && !slices.Contains(names, l) {
			names = append(names, l)
		}
	}
	if len(names) > 0 {
		return strings.Join(names, ", ")
	}
	for _, w := range trade.OfStructure(st) {
		if !w.Usual && len(names) < 2 {
			names = append(names, strings.ToLower(tradeLabel(w.Trade)))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "? " + strings.Join(names, ", ")
}
