package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// refusals lists what one import refused. The facilitator looks for why a
// contract is missing: record, field, value, reason, in the file's order.
type refusals struct {
	page
	from insertion.Import
	list list[refusalRow]
}

// refusalRow is a refusal with its place in the list.
type refusalRow struct {
	insertion.Refusal
	at int
}

func newRefusals(sh *shared, from insertion.Import) screen {
	s := &refusals{page: sh.page(), from: from}
	files := s.deps.Imports
	s.list = list[refusalRow]{
		page: &s.page,
		key:  func(r refusalRow) insertion.Cursor { return insertion.Cursor{Key: "n", ID: int64(r.at)} },
		draw: s.row,
		fetch: func(ctx context.Context, p insertion.Page) ([]refusalRow, error) {
			return readRefusals(ctx, files, from, p)
		},
		total: insertion.Count{N: min(from.Refused, refusalsKept), Exact: from.Refused <= refusalsKept},
	}
	return s
}

// refusalsKept is how many refusals of one import are kept; the others are only
// counted.
const refusalsKept = 20_000

// readRefusals turns a page by cursor into a range of the file's refusals.
func readRefusals(ctx context.Context, files importReader, from insertion.Import, p insertion.Page) ([]refusalRow, error) {
	after, limit := 0, p.Limit
	switch known := p.From != (insertion.Cursor{}); {
	case p.Backwards && known:
		after = max(0, int(p.From.ID)-limit)
		limit = int(p.From.ID) - after
	case p.Backwards:
		after = max(0, min(from.Refused, refusalsKept)-limit)
	case known:
		after = int(p.From.ID) + 1
	}
	found, err := files.Refusals(ctx, from.ID, after, limit)
	rows := make([]refusalRow, len(found))
	for i, r := range found {
		rows[i] = refusalRow{r, after + i}
	}
	return rows, err
}

func (s *refusals) Title() string { return "Refus" }

func (s *refusals) Init() tea.Cmd {
	s.list.resize(s.h - refusalChrome)
	return s.list.open()
}

// refusalChrome is the lines around the list: two above, three of detail below.
const refusalChrome = 5

func (s *refusals) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := s.list.take(msg); mine {
		return cmd
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.list.resize(s.h - refusalChrome)
	case tea.KeyPressMsg:
		cmd, _ := s.list.move(msg.String())
		return cmd
	}
	return nil
}

func (s *refusals) Actions() []action {
	none := ""
	if s.from.Refused == 0 {
		none = "ce fichier n'a pas de refus"
	}
	return []action{{key: "s", label: "enregistrer en CSV", help: "Enregistrer ces refus en CSV, pour celui qui a produit le fichier.", needs: rightToTake(insertion.ExportRefusals), why: none, do: func() tea.Cmd { return saveRefusals(&s.page, s.from) }}}
}

func (s *refusals) row(r refusalRow, w int, on bool) string {
	place := insertion.Thousands(int64(r.Record))
	if r.Line > 0 {
		place += " (l. " + insertion.Thousands(int64(r.Line)) + ")"
	}
	head := pad(place, 20) + pad(r.Field, 18)
	return head + pad(r.Reason+quoted(r.Value), max(0, w-38))
}

func quoted(v string) string {
	if v == "" {
		return ""
	}
	return " : « " + v + " »"
}

func (s *refusals) View() string {
	head := spread(" "+baseName(s.from.File)+" · "+insertion.Counted(s.from.Refused, "refus", "refus"), s.list.position()+" ", s.w)
	if len(s.list.rows) == 0 {
		text := "  Lecture…"
		if s.list.loaded {
			text = "  Aucun refus : tout ce fichier a été pris."
		}
		return fit([]string{head, "", text}, s.w, s.h)
	}
	heads := s.theme.paint(faint, "  "+pad("enregistrement", 20)+pad("champ", 18)+"raison")
	lines := []string{head, heads, s.list.view(s.w), s.theme.rule("", s.w)}
	r, _ := s.list.current()
	detail := wrap(r.Field+" : "+r.Reason+quoted(r.Value), max(1, s.w-2))
	for _, l := range detail[:min(2, len(detail))] {
		lines = append(lines, " "+l)
	}
	return fit(lines, 1<<20, s.h)
}

func (s *refusals) Pointer() (int, int, bool) {
	y, ok := s.list.pointer()
	return 0, 2 + y, ok
}
