package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
)

// mapScreen draws a département: its communes as dots, and how many structures
// each one has as a digit. The facilitator sees at a glance where nobody is; ↑
// and ↓ go through the communes, and the list on the right names the structures.
type mapScreen struct {
	page
	filter   insertion.StructureFilter
	communes []mapCommune
	strays   int // structures of the département without a known commune
	pick     int
	loaded   bool
}

type mapCommune struct {
	place.Commune
	structures []string
}

type mapRead struct{ rows []insertion.StructureRow }

// mapLimit is how many structures a map counts.
const mapLimit = 5000

func newMap(sh *shared, f insertion.StructureFilter) screen {
	if f.Department == "" {
		f.Department = "92"
	}
	return &mapScreen{page: sh.page(), filter: f}
}

func (s *mapScreen) Title() string { return "Carte du " + s.filter.Department }
func (s *mapScreen) Waiting() bool { return !s.loaded }
func (s *mapScreen) Init() tea.Cmd { return s.Refresh() }

func (s *mapScreen) Refresh() tea.Cmd {
	files, f := s.deps.Structures, s.filter
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		rows, err := files.Structures(ctx, f, insertion.Page{Limit: mapLimit})
		return mapRead{rows}, err
	})
}

func (s *mapScreen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case mapRead:
		s.place(msg.rows)
	case tea.KeyPressMsg:
		switch msg.String() {
		case "down", "j":
			s.pick++
		case "up", "k":
			s.pick--
		case "home":
			s.pick = 0
		case "end":
			s.pick = len(s.communes) - 1
		}
		s.pick = max(0, min(s.pick, len(s.communes)-1))
	}
	return nil
}

func (s *mapScreen) place(rows []insertion.StructureRow) {
	s.loaded = true
	index := map[string]int{}
	s.communes, s.strays = nil, 0
	for _, c := range place.National().Communes(s.filter.Department) {
		index[c.INSEE] = len(s.communes)
		s.communes = append(s.communes, mapCommune{Commune: c})
	}
	for _, r := range rows {
		if i, ok := index[r.INSEE]; ok {
			s.communes[i].structures = append(s.communes[i].structures, string(r.Kind)+" "+r.DisplayName())
		} else {
			s.strays++
		}
	}
	slices.SortFunc(s.communes, func(a, b mapCommune) int { return strings.Compare(fold(a.Name), fold(b.Name)) })
	s.pick = max(0, min(s.pick, len(s.communes)-1))
}

func (s *mapScreen) Actions() []action {
	none := ""
	if s.pick >= len(s.communes) || len(s.communes[s.pick].structures) == 0 {
		none = "cette commune n'a aucune structure"
	}
	return []action{
		{key: "down", label: "commune suivante", help: "Aller à la commune suivante, dans l'ordre alphabétique (↑ pour la précédente)."},
		{key: "enter", label: "ses structures", help: "Voir dans l'annuaire les structures de la commune.", why: none, do: func() tea.Cmd {
			f := s.filter
			f.Text = s.communes[s.pick].Name
			return push(newStructuresOf(s.shared, f))
		}},
		{key: "d", label: "département", help: "Voir un autre département.", do: func() tea.Cmd {
			return askText("Quel département ?", s.filter.Department, "92", func(code string) tea.Cmd {
				code = strings.ToUpper(strings.TrimSpace(code))
				if _, ok := place.National().Department(code); !ok {
					return tell("Département inconnu : " + code)
				}
				s.filter.Department = code
				return s.Refresh()
			})
		}},
	}
}

func (s *mapScreen) View() string {
	if !s.loaded {
		return fit([]string{"", "  Lecture…"}, s.w, s.h)
	}
	mw := s.w * 3 / 5
	drawing := s.draw(mw, s.h-1)
	side := s.side()
	lines := make([]string, 0, s.h)
	for i := range s.h - 1 {
		lines = append(lines, pad(at(drawing, i), mw)+s.theme.paint(faint, "│")+" "+at(side, i))
	}
	return fit(append(lines, s.theme.paint(faint, cut(" · commune sans structure   1-9 structures, + au-delà   ◆ commune choisie", s.w))), s.w, s.h)
}

// count is one character: a digit, or « + » beyond nine.
func count(n int) string {
	if n > 9 {
		return "+"
	}
	return fmt.Sprint(n)
}

// side names the commune chosen and its structures, then the communes with most.
func (s *mapScreen) side() []string {
	if s.pick >= len(s.communes) {
		return []string{"aucune commune"}
	}
	c := s.communes[s.pick]
	lines := []string{s.theme.paint(strong, c.Name), insertion.Counted(c.Population, "habitant", "habitants"), insertion.Counted(len(c.structures), "structure", "structures")}
	if c.EPT != "" {
		lines = append(lines, c.EPT)
	}
	for i, name := range c.structures {
		if i == 8 && len(c.structures) > 9 {
			lines = append(lines, fmt.Sprintf("  … et %d autres (Entrée)", len(c.structures)-i))
			break
		}
		lines = append(lines, "  "+name)
	}
	most := slices.Clone(s.communes)
	slices.SortStableFunc(most, func(a, b mapCommune) int { return len(b.structures) - len(a.structures) })
	lines = append(lines, "", "Le plus de structures :")
	for i, m := range most {
		if i == 8 || len(m.structures) == 0 {
			break
		}
		lines = append(lines, fmt.Sprintf("%s %s", padLeft(fmt.Sprint(len(m.structures)), 3), m.Name))
	}
	if s.strays > 0 {
		lines = append(lines, "", insertion.Counted(s.strays, "structure", "structures")+" sans commune reconnue")
	}
	return lines
}
