package tui

import (
	"strings"

	"passerelle/internal/insertion"
)

func (s *marches) View() string {
	head := s.filterLine()
	if len(s.list.rows) == 0 {
		return fit(append([]string{head, ""}, s.empty()...), s.w, s.h)
	}
	return head + "\n" + s.theme.paint(faint, "  "+lotColumnsFor(s.w-2).heads()) + "\n" + s.list.view(s.w)
}

// filterLine says what narrows the list, and where the cursor is in it.
func (s *marches) filterLine() string {
	at := s.list.position() + " "
	if s.typing {
		return spread(" Chercher : "+s.search.View(), at, s.w)
	}
	parts := []string{lotViews()[s.view].name}
	if s.filter.Department != "" {
		parts = append(parts, s.department+" ("+s.filter.Department+")")
	}
	if s.filter.Text != "" {
		parts = append(parts, "« "+s.filter.Text+" »")
	}
	if s.filter.Sort == insertion.ByAmount && s.filter.Text == "" {
		parts = append(parts, "par montant")
	}
	line := " " + strings.Join(parts, " · ")
	if s.filtered() {
		line += " · Échap efface"
	}
	return spread(line, at, s.w)
}

func (s *marches) empty() []string {
	switch {
	case !s.list.loaded:
		return []string{"  Lecture…"}
	case s.filtered():
		return []string{"  Aucun lot ne répond à ces filtres.", "  Échap les efface tous."}
	}
	return []string{"  Aucun marché dans cette base.", "", "  g puis i : importer des avis d'attribution (DECP).", "  n : ajouter un lot à la main."}
}

func (s *marches) Pointer() (int, int, bool) {
	if s.typing {
		return 12 + cursorAt(s.search), 0, true
	}
	y, ok := s.list.pointer()
	return 0, 2 + y, ok
}
