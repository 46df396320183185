package tui

import (
	"context"
	"slices"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// seeker searches everything at once.
type seeker interface {
	Find(ctx context.Context, text string, limit int) ([]insertion.Hit, error)
}

// hitsShown is how many results one search shows: beyond, one more word is faster
// than reading.
const hitsShown = 60

// finderPage finds a lot, a firm, a structure, a person or a note from anywhere:
// /, a few letters, Entrée.
type finderPage struct {
	page
	input textinput.Model
	list  list[insertion.Hit]
	asked string // what the rows answer, or will
}

type hitsFound struct {
	text string
	hits []insertion.Hit
}

func newFinder(sh *shared) screen {
	s := &finderPage{page: sh.page(), input: newLine("")}
	s.input.Focus()
	s.list = list[insertion.Hit]{page: &s.page, draw: s.draw, key: func(h insertion.Hit) insertion.Cursor { return insertion.Cursor{ID: hitKey(h)} }}
	s.list.set(nil)
	return s
}

// hitKey tells rows apart: kinds number their own.
func hitKey(h insertion.Hit) int64 {
	kinds := []insertion.SubjectKind{insertion.OnLot, insertion.OnOrganisation, insertion.OnStructure, insertion.OnParticipant, insertion.OnNote, insertion.OnMandate}
	return h.ID<<3 | int64(slices.Index(kinds, h.Kind))
}

func (s *finderPage) Title() string { return "Chercher partout" }
func (s *finderPage) Typing() bool  { return true }

func (s *finderPage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case hitsFound:
		if msg.text != s.asked {
			return nil // more was typed since
		}
		s.list.pick, s.list.top = 0, 0
		s.list.set(msg.hits)
		s.list.pick = 0
		return nil
	case tea.KeyPressMsg:
		switch msg.String() {
		case "up", "down", "pgup", "pgdown":
			s.list.resize(s.h - 2)
			cmd, _ := s.list.move(msg.String())
			return cmd
		}
	}
	s.list.resize(s.h - 2)
	var cmd tea.Cmd
	s.input, cmd = s.input.Update(msg)
	if text := s.input.Value(); text != s.asked {
		s.asked = text
		return tea.Batch(later(cmd), s.seek(text))
	}
	return later(cmd)
}

func (s *finderPage) seek(text string) tea.Cmd {
	files := s.deps.Find
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		hits, err := files.Find(ctx, text, hitsShown)
		return hitsFound{text, hits}, err
	})
}

func (s *finderPage) draw(h insertion.Hit, w int, _ bool) string {
	room := w - 12
	detail := "  " + cut(h.Detail, max(room/4, room-4-span(h.Title)))
	return pad(h.Label(), 12) + spread(bothEnds(h.Title, room-span(detail)), detail, room)
}

func (s *finderPage) View() string {
	line := " / " + s.input.View()
	if s.input.Value() == "" {
		line = " / " + s.theme.paint(faint, " lot (23), acheteur, entreprise, structure, personne (P-0042) ou mots d'un échange ou du mandat")
	}
	lines := []string{line, s.theme.rule(s.list.position(), s.w)}
	if len(s.list.rows) == 0 && s.asked != "" {
		lines = append(lines, "  Rien ne commence par ces mots.")
	} else {
		lines = append(lines, s.list.view(s.w))
	}
	return fitText(s.w, s.h, lines...)
}

func (s *finderPage) Pointer() (int, int, bool) { return 3 + cursorAt(s.input), 0, true }

func (s *finderPage) Actions() []action {
	h, some := s.list.current()
	none, file := "", ""
	if !some {
		none, file = "rien n'est trouvé encore", "rien n'est trouvé encore"
	} else if h.Kind == insertion.OnNote || h.Kind == insertion.OnMandate {
		file = "ceci n'a pas de dossier"
	}
	return []action{
		{key: "enter", label: "ouvrir", help: "Ouvrir ce qui est choisi.", why: none, do: func() tea.Cmd { return openHit(&s.page, h) }},
		{key: "tab", label: "dossier", help: "Tout ce qui s'est passé, du plus récent au plus ancien.", why: file, do: func() tea.Cmd { return push(newDossier(s.shared, h.Subject, h.Title)) }},
		{key: "esc", label: "retour", help: "Fermer la recherche.", do: pop},
	}
}

// openHit opens the page of a result.
func openHit(p *page, h insertion.Hit) tea.Cmd {
	switch h.Kind {
	case insertion.OnLot:
		return push(newLotPage(p.shared, insertion.LotID(h.ID)))
	case insertion.OnStructure:
		return push(newStructurePage(p.shared, insertion.StructureID(h.ID)))
	case insertion.OnParticipant:
		return push(newPersonPage(p.shared, insertion.ParticipantID(h.ID)))
	case insertion.OnMandate:
		return openMandateTodo(p, mandate.RecordID(h.ID))
	case insertion.OnNote:
		if h.Lot != 0 {
			return push(newLotPage(p.shared, h.Lot))
		}
		return tell(h.Detail + " : " + h.Title)
	}
	return push(newDossier(p.shared, h.Subject, h.Title))
}
