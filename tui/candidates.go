package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/match"
)

// finder gives the directory of structures, in memory, as the file stands.
type finder interface {
	Directory(ctx context.Context) (*match.Directory, error)
}

// proposer keeps what was proposed.
type proposer interface {
	Introductions(ctx context.Context, lot insertion.LotID) ([]insertion.Introduction, error)
	Propose(ctx context.Context, by string, list []insertion.Introduction) error
	ProposalShares(ctx context.Context) ([]insertion.Share, error)
}

// candidatesShown is how many structures a ranking keeps.
const candidatesShown = 200

// candidates ranks the structures able to do the hours of a lot. The
// facilitator reads the reasons to a firm on the phone and proposes a list:
// m, then Espace on a few, then p. The firm chooses.
type candidates struct {
	page
	lot     insertion.Lot
	dir     *match.Directory
	need    match.Need
	weights match.Weights
	result  match.Result
	intros  map[insertion.StructureID]insertion.IntroductionState
	marked  map[insertion.StructureID]bool
	rows    list[match.Candidate]
	weigh   bool // the weights are being moved
	knob    int
	out     bool // those left out are shown
	outTop  int
	loaded  bool
}

// found is what the search answers.
type found struct {
	dir    *match.Directory
	need   match.Need
	result match.Result
	intros []insertion.Introduction
}

func newCandidates(sh *shared, lot insertion.Lot) screen {
	s := &candidates{page: sh.page(), lot: lot, weights: match.DefaultWeights(), marked: map[insertion.StructureID]bool{}}
	s.rows = list[match.Candidate]{
		page: &s.page, draw: s.row,
		key: func(c match.Candidate) insertion.Cursor { return insertion.Cursor{ID: int64(c.Structure.ID)} },
	}
	return s
}

func (s *candidates) Title() string {
	return fmt.Sprintf("Candidats du lot %d", s.lot.ID)
}

// Typing keeps Échap for the weights while they are moved.
func (s *candidates) Typing() bool { return s.weigh }

func (s *candidates) Init() tea.Cmd { return s.Refresh() }

func (s *candidates) Refresh() tea.Cmd {
	finder, files, lot, weights := s.deps.Finder, s.deps.Proposals, s.lot, s.weights
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		d, err := finder.Directory(ctx)
		if err != nil {
			return nil, err
		}
		intros, err := files.Introductions(ctx, lot.ID)
		if err != nil {
			return nil, err
		}
		need := match.NeedOf(lot)
		need.Declined = map[insertion.StructureID]bool{}
		for _, i := range intros {
			if i.State == insertion.Declined {
				need.Declined[i.Structure] = true
			}
		}
		return found{d, need, d.Rank(need, weights, candidatesShown), intros}, nil
	})
}

func (s *candidates) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case found:
		s.dir, s.need, s.result, s.loaded = msg.dir, msg.need, msg.result, true
		s.intros = map[insertion.StructureID]insertion.IntroductionState{}
		for _, i := range slices.Backward(msg.intros) {
			s.intros[i.Structure] = i.State
		}
		s.show()
	case saved:
		clear(s.marked)
	case sharesRead:
		return push(newShares(s.shared, msg.shares))
	case tea.KeyPressMsg:
		return s.key(msg.String())
	}
	return nil
}

// show gives the list the candidates in their order now.
func (s *candidates) show() {
	s.rows.set(slices.Clone(s.result.Candidates))
}

func (s *candidates) key(k string) tea.Cmd {
	switch {
	case s.out && (k == "down" || k == "j"):
		s.outTop++
	case s.out && (k == "up" || k == "k"):
		s.outTop = max(0, s.outTop-1)
	case s.out && k == "pgdown":
		s.outTop += max(1, s.h-6)
	case s.out && k == "pgup":
		s.outTop = max(0, s.outTop-max(1, s.h-6))
	case s.out:
	default:
		cmd, _ := s.rows.move(k)
		return cmd
	}
	return nil
}

func (s *candidates) Actions() []action {
	if s.weigh {
		return s.weightActions()
	}
	none := ""
	if len(s.rows.rows) == 0 {
		none = "aucune structure ne convient"
	}
	outLabel := "écartées"
	if s.out {
		outLabel = "candidats"
	}
	two := none
	if two == "" && len(s.marked) != 2 {
		two = "marquez-en deux avec Espace"
	}
	return []action{
		{key: "space", label: "marquer", help: "Marquer ou démarquer la structure, pour la proposer ou la comparer.", why: none, do: s.mark},
		{key: "p", label: "proposer", help: "Proposer les structures marquées (ou celle-ci). La liste est gardée avec sa date et son auteur.", why: none, do: s.askPropose},
		{key: "c", label: "comparer", help: "Comparer côte à côte les deux structures marquées.", why: two, do: s.compare},
		{key: "w", label: "poids", help: "Changer le poids des cinq critères : l'ordre suit aussitôt.", why: none, do: func() tea.Cmd { s.weigh = true; return nil }},
		{key: "x", label: outLabel, help: "Voir les structures écartées et pourquoi, ou revenir aux candidats.", do: func() tea.Cmd { s.out, s.outTop = !s.out, 0; return nil }},
		{key: "enter", label: "fiche", help: "Ouvrir la fiche de la structure.", why: none, quiet: true, do: s.open},
		{key: "f", label: "équité", help: "Voir la part de chaque structure dans toutes les propositions faites.", quiet: true, do: s.shares},
	}
}

func (s *candidates) mark() tea.Cmd {
	c, ok := s.rows.current()
	if !ok || s.out {
		return nil
	}
	if id := c.Structure.ID; s.marked[id] {
		delete(s.marked, id)
	} else {
		s.marked[id] = true
	}
	cmd, _ := s.rows.move("down")
	return cmd
}

// chosen are the marked candidates in order, or the selected one.
func (s *candidates) chosen() []match.Candidate {
	var out []match.Candidate
	for _, c := range s.result.Candidates {
		if s.marked[c.Structure.ID] {
			out = append(out, c)
		}
	}
	if c, ok := s.rows.current(); ok && len(out) == 0 {
		out = append(out, c)
	}
	return out
}

func (s *candidates) askPropose() tea.Cmd {
	var names []string
	var list []insertion.Introduction
	for _, c := range s.chosen() {
		if st, open := s.intros[c.Structure.ID]; open && st != insertion.Declined {
			continue
		}
		names = append(names, c.Structure.DisplayName())
		list = append(list, insertion.Introduction{
			Lot: s.lot.ID, Structure: c.Structure.ID, Rank: c.Rank, Score: c.Score, Rule: match.Rule,
		})
	}
	if len(list) == 0 {
		return tell("Déjà proposée pour ce lot.")
	}
	files, by := s.deps.Proposals, s.person
	question := fmt.Sprintf("Proposer à %s : %s ? L'entreprise reste libre de son choix.", partyName(s.lot.Lead), strings.Join(names, ", "))
	return confirm(question, func() tea.Cmd {
		return save(&s.page, plural(len(list), "structure proposée", "structures proposées"), func(ctx context.Context) error {
			return files.Propose(ctx, by, list)
		})
	})
}

func (s *candidates) open() tea.Cmd {
	if c, ok := s.rows.current(); ok {
		return push(newStructurePage(s.shared, c.Structure.ID))
	}
	return nil
}

func (s *candidates) compare() tea.Cmd {
	chosen := s.chosen()
	if len(chosen) != 2 {
		return nil
	}
	return push(newComparison(s.shared, chosen[0], chosen[1]))
}

type sharesRead struct{ shares []insertion.Share }

func (s *candidates) shares() tea.Cmd {
	files := s.deps.Proposals
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		shares, err := files.ProposalShares(ctx)
		return sharesRead{shares}, err
	})
}
