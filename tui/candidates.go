package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/match"
	"passerelle/internal/place"
)

// finder gives the directory of structures, in memory, as the file stands.
type finder interface {
	Directory(ctx context.Context) (*match.Directory, error)
}

// proposer keeps what was proposed.
type proposer interface {
	Lot(ctx context.Context, id insertion.LotID) (insertion.Lot, error)
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
	where   string // the place of the work, and how it is known
	weights match.Weights
	result  match.Result
	intros  map[insertion.StructureID]insertion.Introduction // the latest of each
	marked  map[insertion.StructureID]bool
	rows    list[match.Candidate]
	outs    list[match.Exclusion]
	weigh   bool // the weights are being moved
	knob    int
	out     bool // those left out are shown
	loaded  bool
}

// found is what the search answers.
type found struct {
	lot    insertion.Lot
	dir    *match.Directory
	need   match.Need
	result match.Result
	where  string
	intros []insertion.Introduction
}

func newCandidates(sh *shared, lot insertion.Lot) screen {
	s := &candidates{page: sh.page(), lot: lot, weights: match.DefaultWeights(), marked: map[insertion.StructureID]bool{}}
	s.rows = list[match.Candidate]{
		page: &s.page, draw: s.row,
		key: func(c match.Candidate) insertion.Cursor { return insertion.Cursor{ID: int64(c.Structure.ID)} },
	}
	s.outs = list[match.Exclusion]{
		page: &s.page, draw: s.outRow,
		key: func(e match.Exclusion) insertion.Cursor { return insertion.Cursor{ID: int64(e.Structure.ID)} },
	}
	return s
}

func (s *candidates) Title() string {
	return fmt.Sprintf("Candidats du lot %d", s.lot.ID)
}

func (s *candidates) Waiting() bool { return !s.loaded }

// Typing keeps Échap for the weights while they are moved.
func (s *candidates) Typing() bool { return s.weigh }

func (s *candidates) Init() tea.Cmd { return s.Refresh() }

func (s *candidates) Refresh() tea.Cmd {
	finder, files, id, weights := s.deps.Finder, s.deps.Proposals, s.lot.ID, s.weights
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		lot, err := files.Lot(ctx, id) // what is left to do moves with each placement
		if err != nil {
			return nil, err
		}
		d, err := finder.Directory(ctx)
		if err != nil {
			return nil, err
		}
		intros, err := files.Introductions(ctx, id)
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
		result := d.Rank(need, weights, candidatesShown)
		return found{lot, d, need, result, spotWords(lot.Place, result.Place), intros}, nil
	})
}

// spotWords names the commune when the place is known exactly; else it is the
// sentence of the ranking, which says what the place rests on.
func spotWords(p insertion.Place, understood string) string {
	if p.Basis == insertion.PlaceExact || p.Basis == insertion.PlacePostal {
		return place.National().Label(p)
	}
	return understood
}

func (s *candidates) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case found:
		s.lot, s.dir, s.need, s.result, s.where, s.loaded = msg.lot, msg.dir, msg.need, msg.result, msg.where, true
		s.intros = map[insertion.StructureID]insertion.Introduction{}
		for _, i := range slices.Backward(msg.intros) {
			s.intros[i.Structure] = i
		}
		match.Reorder(&s.result, s.weights) // they may have moved while the search ran
		s.show()
		s.outs.set(msg.result.Excluded)
		s.resize()
	case saved:
		clear(s.marked)
	case sharesRead:
		return push(newShares(s.shared, msg.shares))
	case tea.WindowSizeMsg:
		s.resize()
	case tea.KeyPressMsg:
		var cmd tea.Cmd
		if s.out {
			cmd, _ = s.outs.move(msg.String())
		} else {
			cmd, _ = s.rows.move(msg.String())
		}
		return cmd
	}
	return nil
}

// show gives the list the candidates in their order now.
func (s *candidates) show() {
	s.rows.set(slices.Clone(s.result.Candidates))
}

func (s *candidates) Actions() []action {
	if s.weigh {
		return s.weightActions()
	}
	if s.out {
		return s.outActions()
	}
	none := ""
	if len(s.rows.rows) == 0 {
		none = "aucune structure ne convient"
	}
	unproposed := none
	var proposed insertion.Introduction
	if c, some := s.rows.current(); some {
		switch proposed = s.intros[c.Structure.ID]; {
		case proposed.ID == 0:
			unproposed = "cette structure n'a pas été proposée pour ce lot (p)"
		case len(proposed.State.Next()) == 0:
			unproposed = "cette proposition est terminée : elle est " + string(proposed.State)
		}
	}
	two := none
	if two == "" && len(s.marked) != 2 {
		two = "marquez-en deux avec Espace"
	}
	return []action{
		{key: "space", label: "marquer", help: "Marquer ou démarquer la structure, pour la proposer ou la comparer.", why: none, do: s.mark},
		{key: "p", label: "proposer", help: "Proposer les structures marquées (ou celle-ci). La liste est gardée avec sa date et son auteur.", needs: rightTo(insertion.ActApprove), why: none, do: s.askPropose},
		{key: "c", label: "comparer", help: "Comparer côte à côte les deux structures marquées.", why: two, do: s.compare},
		{key: "w", label: "poids", help: "Changer le poids des cinq critères : l'ordre suit aussitôt.", why: none, do: func() tea.Cmd { s.weigh = true; return nil }},
		{key: "x", label: "écartées", help: "Voir les structures écartées et pourquoi.", do: func() tea.Cmd { s.out = true; return nil }},
		{key: "i", label: "réponse", help: "Faire avancer la proposition : contactée, acceptée, déclinée, placement.", needs: rightTo(insertion.ActApprove), why: unproposed, do: func() tea.Cmd {
			return moveIntroduction(&s.page, s.lot, proposed)
		}},
		{key: "enter", label: "fiche", help: "Ouvrir la fiche de la structure.", why: none, do: s.open},
		{key: "f", label: "équité", help: "Voir la part de chaque structure dans toutes les propositions faites.", quiet: true, do: s.shares},
	}
}

func (s *candidates) mark() tea.Cmd {
	c, ok := s.rows.current()
	if !ok {
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
		if i, open := s.intros[c.Structure.ID]; open && i.State != insertion.Declined {
			continue
		}
		names = append(names, c.Structure.DisplayName())
		list = append(list, insertion.Introduction{
			Lot: s.lot.ID, Structure: c.Structure.ID, Rank: c.Rank, Score: c.Score, Rule: match.Rule,
		})
	}
	if len(list) == 0 {
		return tell("Déjà proposée pour ce lot : i pour noter sa réponse.")
	}
	files, by := s.deps.Proposals, s.person
	question := fmt.Sprintf("Proposer à %s : %s ?\nL'entreprise reste libre de son choix.", s.lot.Lead.Label(), strings.Join(names, ", "))
	return confirm(question, func() tea.Cmd {
		return save(&s.page, insertion.Counted(len(list), "structure proposée", "structures proposées"), func(ctx context.Context) error {
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
