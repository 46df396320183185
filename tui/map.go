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
	s.communes = nil
	for _, c := range place.National().Communes(s.filter.Department) {
		index[c.INSEE] = len(s.communes)
		s.communes = append(s.communes, mapCommune{Commune: c})
	}
	for _, r := range rows {
		if i, ok := index[r.INSEE]; ok {
			s.communes[i].structures = append(s.communes[i].structures, string(r.Kind)+" "+r.DisplayName())
		}
	}
	slices.SortFunc(s.communes, func(a, b mapCommune) int { return strings.Compare(fold(a.Name), fold(b.Name)) })
	s.pick = max(0, min(s.pick, len(s.communes)-1))
}

func (s *mapScreen) Actions() []action {
	return []action{
		{key: "down", label: "commune suivante", help: "Aller à la commune suivante.", do: func() tea.Cmd { s.pick = min(s.pick+1, len(s.communes)-1); return nil }},
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
	return fit(append(lines, s.theme.paint(faint, " · commune sans structure   1-9 nombre de structures, + au-delà   ◆ commune choisie")), s.w, s.h)
}

// draw places each commune in a grid by its coordinates; when two fall on the
// same cell the one with more structures shows.
func (s *mapScreen) draw(w, h int) []string {
	if len(s.communes) == 0 || w < 4 || h < 2 {
		return nil
	}
	first := s.communes[0]
	south, north, west, east := first.Lat, first.Lat, first.Lon, first.Lon
	for _, c := range s.communes {
		south, north = min(south, c.Lat), max(north, c.Lat)
		west, east = min(west, c.Lon), max(east, c.Lon)
	}
	grid := make([][]string, h)
	for y := range grid {
		grid[y] = slices.Repeat([]string{" "}, w)
	}
	best := map[[2]int]int{}
	for i, c := range s.communes {
		x := scale(c.Lon-west, east-west, w-2)
		y := scale(north-c.Lat, north-south, h-1)
		n := len(c.structures)
		if had, taken := best[[2]int{x, y}]; taken && had > n && i != s.pick {
			continue
		}
		best[[2]int{x, y}] = n
		sign := s.theme.paint(faint, "·")
		if n > 0 {
			sign = s.theme.paint(accent, count(n))
		}
		if i == s.pick {
			sign = s.theme.paint(selected, "◆")
			best[[2]int{x, y}] = 1 << 30
		}
		grid[y][x] = sign
	}
	lines := make([]string, h)
	for y := range grid {
		lines[y] = strings.Join(grid[y], "")
	}
	return lines
}

func scale(v, span float64, cells int) int {
	if span <= 0 {
		return cells / 2
	}
	return max(0, min(cells, int(v/span*float64(cells)+0.5)))
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
	lines := []string{s.theme.paint(strong, c.Name), plural(c.Population, "habitant", "habitants"), plural(len(c.structures), "structure", "structures")}
	if c.EPT != "" {
		lines = append(lines, c.EPT)
	}
	for i, name := range c.structures {
		if i == 6 {
			lines = append(lines, fmt.Sprintf("… et %d autres", len(c.structures)-i))
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
	return lines
}
