package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// importRun shows one import going on, then its report. The facilitator waits
// for four numbers; Échap interrupts after a question, what is read stays.
type importRun struct {
	page
	path    string
	now     ImportProgress
	news    chan ImportProgress
	running bool
	stop    context.CancelFunc
	done    []insertion.Import
	problem error
	pick    int
}

// The steps of an import.
type (
	importProgressed struct{ now ImportProgress }
	importDone       struct {
		done    []insertion.Import
		problem error
	}
)

func newImportRun(sh *shared, path string) screen {
	return &importRun{page: sh.page(), path: path, running: true, news: make(chan ImportProgress, 1)}
}

func (s *importRun) Title() string  { return "Import" }
func (s *importRun) Unsaved() bool  { return s.running }
func (s *importRun) Losing() string { return "Interrompre l'import de " + baseName(s.path) + " ?" }

func (s *importRun) Init() tea.Cmd {
	ctx, cancel := context.WithCancel(s.ctx)
	s.stop = cancel
	files, path, news := s.deps.Import, s.path, s.news
	work := ask(&s.page, func(context.Context) (tea.Msg, error) {
		defer cancel()
		defer close(news)
		done, err := files.Import(ctx, path, latest(news))
		return importDone{done, err}, nil
	})
	return tea.Batch(work, s.listen())
}

func (s *importRun) listen() tea.Cmd {
	return await(&s.page, s.news, func(p ImportProgress) tea.Msg { return importProgressed{p} })
}

func (s *importRun) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case importProgressed:
		s.now = msg.now
		return s.listen()
	case importDone:
		s.running, s.done, s.problem = false, msg.done, msg.problem
	case tea.KeyPressMsg:
		switch msg.String() {
		case "down", "j":
			s.pick = min(s.pick+1, max(0, len(s.done)-1))
		case "up", "k":
			s.pick = max(0, s.pick-1)
		}
	}
	return nil
}

func (s *importRun) Actions() []action {
	if s.running {
		return []action{{key: "esc", label: "interrompre", help: "Interrompre l'import, après confirmation ; ce qui est déjà lu reste.", do: func() tea.Cmd {
			return confirm("Interrompre l'import de "+baseName(s.path)+" ? Ce qui est déjà lu reste dans la base.", func() tea.Cmd { s.stop(); return nil })
		}}}
	}
	clean := "aucun refus"
	var row insertion.Import
	if s.pick < len(s.done) {
		if row = s.done[s.pick]; row.Refused > 0 {
			clean = ""
		}
	}
	return []action{
		{key: "enter", label: "refus", help: "Voir ce qui a été refusé, et pourquoi.", why: clean, do: func() tea.Cmd { return push(newRefusals(s.shared, row)) }},
		{key: "s", label: "enregistrer les refus", help: "Enregistrer les refus en CSV.", needs: rightToTake(insertion.ExportRefusals), why: clean, do: func() tea.Cmd { return saveRefusals(&s.page, row) }},
		{key: "m", label: "marchés", help: "Aller voir les marchés.", do: func() tea.Cmd { return replace(newMarches(s.shared)) }},
	}
}

func (s *importRun) View() string {
	t := s.theme
	var lines []string
	switch {
	case s.running:
		lines = append(lines, " "+t.paint(strong, cut("Import de "+baseName(s.path), s.w-2)), "", s.progress(), "")
		lines = append(lines, countLines(s.now.Counts)...)
		lines = append(lines, "", "  On peut continuer à travailler dans une autre fenêtre.")
	case s.problem != nil:
		lines = append(lines, " "+t.paint(bad, "! L'import n'est pas allé au bout"), "")
		for _, l := range wrap(sentence(s.problem), s.w-4) {
			lines = append(lines, "  "+l)
		}
		lines = append(lines, "")
	case s.partial():
		lines = append(lines, " "+t.paint(warn, "! Import terminé, mais tout n'a pas été lu"), "")
	default:
		lines = append(lines, " "+t.paint(good, "✓ Import terminé"), "")
	}
	for i, d := range s.done {
		head := "  "
		if i == s.pick {
			head = t.paint(accent, "▸ ")
		}
		lines = append(lines, head+t.paint(strong, cut(baseName(d.File), s.w-3))+" "+t.paint(faint, d.Format))
		if d.Problem != "" {
			for _, l := range wrap("! "+d.Problem, max(1, s.w-5)) {
				lines = append(lines, "    "+t.paint(warn, l))
			}
		}
		lines = append(lines, countLines(d)...)
		if d.Warnings > 0 {
			lines = append(lines, "    "+padLeft(insertion.Thousands(int64(d.Warnings)), 12)+"  pris avec une réserve (montant, date ou lieu à vérifier)")
		}
		lines = append(lines, "")
	}
	return fit(lines, s.w, s.h)
}

// partial tells whether a file was not read to its end.
func (s *importRun) partial() bool {
	return slices.ContainsFunc(s.done, func(i insertion.Import) bool { return i.Problem != "" || !i.Complete })
}

// progress is the bar and its numbers; without a known size, what is read.
func (s *importRun) progress() string {
	p := s.now
	if p.Total <= 0 {
		return "  " + megabytes(p.Done) + " lus"
	}
	number := " " + megabytes(p.Done) + " / " + megabytes(p.Total) + ", " + insertion.Thousands(p.Done*100/p.Total) + " %"
	return "  " + gauge(p.Done, p.Total, max(4, min(50, s.w-len(number)-4))) + number
}

// countLines are the four counts that sum to the records read.
func countLines(i insertion.Import) []string {
	line := func(n int, word string) string {
		return "    " + padLeft(insertion.Thousands(int64(n)), 12) + "  " + word
	}
	return []string{
		line(i.Read, "lus"), line(i.New, "nouveaux"), line(i.Updated, "modifiés"),
		line(i.Unchanged, "inchangés"), line(i.Refused, "refusés"),
	}
}

// megabytes writes a size the French way, « 12,3 Mo ».
func megabytes(n int64) string {
	tenths := (n*10 + 500_000) / 1_000_000
	return insertion.Thousands(tenths/10) + "," + string(rune('0'+tenths%10)) + " Mo"
}
