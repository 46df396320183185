package tui

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// structureKeeper reads and writes the directory.
type structureKeeper interface {
	Structures(ctx context.Context, f insertion.StructureFilter, p insertion.Page) ([]insertion.StructureRow, error)
	CountStructures(ctx context.Context, f insertion.StructureFilter, limit int) (insertion.Count, error)
	Structure(ctx context.Context, id insertion.StructureID) (insertion.Structure, error)
	SaveStructure(ctx context.Context, by string, st insertion.Structure) (insertion.StructureID, error)
	StructureIntroductions(ctx context.Context, id insertion.StructureID) ([]insertion.Introduction, error)
	StructurePlacements(ctx context.Context, id insertion.StructureID) ([]insertion.Placement, error)
	Contacts(ctx context.Context, f insertion.ContactFilter) ([]insertion.Contact, error)
}

// structures is the directory. The facilitator looks for one by name (« / »
// and a few letters) or narrows by type, trade and département; Entrée opens it.
type structures struct {
	page
	list   list[structureLine]
	filter insertion.StructureFilter
	search textinput.Model
	typing bool
}

// structureLine is a row of the directory with its trades in words.
type structureLine struct {
	insertion.StructureRow
	trades string
}

type structuresCounted struct {
	ticket int
	total  insertion.Count
}

func newStructures(sh *shared) screen { return newStructuresOf(sh, insertion.StructureFilter{}) }

// newStructuresOf opens the directory narrowed already.
func newStructuresOf(sh *shared, f insertion.StructureFilter) screen {
	s := &structures{page: sh.page(), filter: f, search: newLine(f.Text)}
	s.list = list[structureLine]{
		page: &s.page, draw: s.row,
		key: func(r structureLine) insertion.Cursor {
			return insertion.Cursor{Key: r.Sorted, ID: int64(r.ID)}
		},
	}
	return s
}

func (s *structures) Title() string { return "Structures" }
func (s *structures) Waiting() bool { return !s.list.loaded && !s.typing }
func (s *structures) Typing() bool  { return s.typing }

func (s *structures) Init() tea.Cmd {
	s.resize()
	return s.ask()
}

func (s *structures) Refresh() tea.Cmd { return tea.Batch(s.list.again(), s.count()) }

func (s *structures) resize() {
	s.list.resize(s.h - structuresHead)
	name, _, _, _ := structureColumns(s.w - 2)
	s.list.lit = 8 + name
	s.search.SetWidth(max(10, s.w-14))
}

// ask starts the question of the filter over.
func (s *structures) ask() tea.Cmd {
	files, f := s.deps.Structures, s.filter
	s.list.fetch = func(ctx context.Context, p insertion.Page) ([]structureLine, error) {
		rows, err := files.Structures(ctx, f, p)
		lines := make([]structureLine, len(rows))
		for i, r := range rows { // off the loop: trades are read in names
			lines[i] = structureLine{r, activityWords(r.Structure)}
		}
		return lines, err
	}
	s.list.total = insertion.Count{}
	open := s.list.open()
	return tea.Batch(open, s.count())
}

func (s *structures) count() tea.Cmd {
	files, f, ticket := s.deps.Structures, s.filter, s.list.ticket
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		total, err := files.CountStructures(ctx, f, countLimit)
		return structuresCounted{ticket, total}, err
	})
}

func (s *structures) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := s.list.take(msg); mine {
		return cmd
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.resize()
	case structuresCounted:
		if msg.ticket == s.list.ticket {
			s.list.total = msg.total
		}
	case tea.KeyPressMsg:
		if s.typing {
			return s.edit(msg)
		}
		cmd, _ := s.list.move(msg.String())
		return cmd
	case tea.PasteMsg:
		if s.typing {
			return s.edit(msg)
		}
	}
	return nil
}

// edit changes the search; the list follows each letter.
func (s *structures) edit(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter", "down":
			s.typing = false
			s.search.Blur()
			return nil
		case "esc":
			s.typing = false
			s.search.Blur()
			s.search.SetValue("")
			s.filter.Text = ""
			return s.ask()
		}
	}
	var cmd tea.Cmd
	s.search, cmd = s.search.Update(msg)
	if v := s.search.Value(); v != s.filter.Text {
		s.filter.Text = v
		return tea.Batch(later(cmd), s.ask())
	}
	return later(cmd)
}

func (s *structures) Actions() []action {
	if s.typing {
		return []action{
			{key: "enter", label: "garder", help: "Garder la recherche et revenir à la liste.", do: func() tea.Cmd {
				s.typing = false
				s.search.Blur()
				return nil
			}},
		}
	}
	row, some := s.list.current()
	none := ""
	if !some {
		none = "aucune structure"
	}
	acts := []action{
		{key: "enter", label: "ouvrir", help: "Ouvrir la fiche de la structure.", why: none, do: func() tea.Cmd { return push(newStructurePage(s.shared, row.ID)) }},
		{key: "f", label: "filtrer", help: "Filtrer par nom, ville, SIRET ou réseau.", do: func() tea.Cmd {
			s.typing = true
			return later(s.search.Focus())
		}},
		{key: "n", label: "nouvelle", help: "Saisir une structure.", needs: rightToAll(insertion.ActWrite), do: func() tea.Cmd {
			return push(newStructureForm(s.shared, insertion.Structure{Active: true}))
		}},
		{key: "t", label: "type", help: "Ne garder qu'un type de structure.", do: s.chooseKind},
		{key: "m", label: "métier", help: "Ne garder qu'un métier.", do: s.chooseTrade},
		{key: "d", label: "département", help: "Ne garder qu'un département.", do: s.chooseDepartment},
		{key: "r", label: "réseau", help: "Ne garder qu'un réseau.", quiet: true, do: s.chooseNetwork},
		{key: "i", label: "inactives", help: "Voir les structures inactives, ou revenir à toutes.", quiet: true, do: func() tea.Cmd {
			s.filter.Inactive = !s.filter.Inactive
			return s.ask()
		}},
		{key: "c", label: "carte", help: "Voir les structures sur la carte d'un département.", do: func() tea.Cmd { return push(newMap(s.shared, s.filter)) }},
	}
	if s.filter != (insertion.StructureFilter{}) {
		acts = append(acts, action{key: "e", label: "effacer les filtres", help: "Revenir à toutes les structures.", do: func() tea.Cmd {
			s.filter = insertion.StructureFilter{}
			s.search.SetValue("")
			return s.ask()
		}})
	}
	return acts
}

func (s *structures) chooseKind() tea.Cmd {
	choices := []choice{{label: "tous les types", do: func() tea.Cmd { s.filter.Kind = ""; return s.ask() }}}
	for _, k := range insertion.Kinds() {
		choices = append(choices, choice{label: pad(string(k), 6) + k.Label(), do: func() tea.Cmd { s.filter.Kind = k; return s.ask() }})
	}
	return askChoice("Quel type de structure ?", choices)
}

func (s *structures) chooseTrade() tea.Cmd {
	choices := []choice{{label: "tous les métiers", do: func() tea.Cmd { s.filter.Trade = ""; return s.ask() }}}
	for _, t := range trade.All() {
		choices = append(choices, choice{label: t.Label, do: func() tea.Cmd { s.filter.Trade = t.Code; return s.ask() }})
	}
	return askChoice("Quel métier déclaré ?", choices)
}

func (s *structures) chooseDepartment() tea.Cmd {
	return askText("Quel département ?", s.filter.Department, "92, vide pour tous", func(code string) tea.Cmd {
		s.filter.Department = strings.ToUpper(strings.TrimSpace(code))
		return s.ask()
	})
}

func (s *structures) chooseNetwork() tea.Cmd {
	return askText("Quel réseau ?", s.filter.Network, "Coorace, FEI, CNLRQ… vide pour tous", func(name string) tea.Cmd {
		s.filter.Network = strings.TrimSpace(name)
		return s.ask()
	})
}
