package tui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// eraseRun shows an erasure at term going on, then its report. Échap interrupts
// it: what is erased stays so, the rest waits for the next one.
type eraseRun struct {
	page
	announced   insertion.RetentionReport
	done, total int
	news        chan [2]int
	running     bool
	stop        context.CancelFunc
	report      insertion.RetentionDone
	problem     error
}

// The steps of an erasure.
type (
	eraseProgressed struct{ done, total int }
	eraseDone       struct {
		report  insertion.RetentionDone
		problem error
	}
)

func newEraseRun(sh *shared, announced insertion.RetentionReport) screen {
	return &eraseRun{page: sh.page(), announced: announced, running: true, news: make(chan [2]int, 1)}
}

func (s *eraseRun) Title() string  { return "Effacement" }
func (s *eraseRun) Unsaved() bool  { return s.running }
func (s *eraseRun) Losing() string { return "Interrompre l'effacement ? Ce qui est effacé le reste." }

func (s *eraseRun) Init() tea.Cmd {
	ctx, cancel := context.WithCancel(s.ctx)
	s.stop = cancel
	files, by, announced, news, pass := s.deps.Retention, s.person, s.announced, s.news, latest(s.news)
	work := ask(&s.page, func(context.Context) (tea.Msg, error) {
		defer cancel()
		defer close(news)
		report, err := files.EraseExpired(ctx, by, announced, func(done, total int) { pass([2]int{done, total}) })
		return eraseDone{report, err}, nil
	})
	return tea.Batch(work, s.listen())
}

func (s *eraseRun) listen() tea.Cmd {
	return await(&s.page, s.news, func(n [2]int) tea.Msg { return eraseProgressed{n[0], n[1]} })
}

func (s *eraseRun) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case eraseProgressed:
		s.done, s.total = msg.done, msg.total
		return s.listen()
	case eraseDone:
		s.running, s.report, s.problem = false, msg.report, msg.problem
	}
	return nil
}

func (s *eraseRun) Actions() []action {
	if !s.running {
		if len(s.report.Doubts) == 0 {
			return nil
		}
		return []action{{key: "enter", label: "relire", help: "Lister les textes qui portent peut-être une partie d'un nom effacé.", do: func() tea.Cmd { return push(newDoubts(s.shared, s.report.Doubts)) }}}
	}
	return []action{{key: "esc", label: "interrompre", help: "Interrompre l'effacement, après confirmation ; ce qui est effacé le reste.", do: func() tea.Cmd {
		return confirm("Interrompre l'effacement ? Ce qui est effacé le reste.", func() tea.Cmd { s.stop(); return nil })
	}}}
}

func (s *eraseRun) View() string {
	t, r := s.theme, s.report
	var lines []string
	say := func(format string, args ...any) {
		for _, l := range wrap(fmt.Sprintf(format, args...), s.w-4) {
			lines = append(lines, "  "+l)
		}
	}
	switch {
	case s.running && s.total > 0 && s.done == s.total:
		return fit([]string{" " + t.paint(strong, "Réécriture du fichier, pour que rien n'attende dans son espace libre…")}, s.w, s.h)
	case s.running:
		count := fmt.Sprintf(" %d/%d", s.done, s.total)
		return fit([]string{" " + t.paint(strong, "Effacement, une personne après l'autre"), "", "  " + gauge(int64(s.done), int64(max(1, s.total)), max(4, min(50, s.w-span(count)-4))) + count}, s.w, s.h)
	case errors.Is(s.problem, context.Canceled):
		lines = append(lines, " "+t.paint(warn, "! Interrompu : le reste attend le prochain effacement"), "")
	case s.problem != nil:
		lines = append(lines, " "+t.paint(bad, "! L'effacement n'est pas allé au bout"), "")
		say("%s", sentence(s.problem))
	default:
		lines = append(lines, " "+t.paint(good, "✓ Effacement terminé"), "")
	}
	say("%s ; %s.", insertion.Counted(r.Persons, "personne effacée", "personnes effacées"), insertion.Counted(r.Proofs, "preuve disparue", "preuves disparues"))
	say("%s pour les statistiques, sous des numéros que personne ne connaît.", insertion.Counted(r.Lines, "ligne d'heures gardée", "lignes d'heures gardées"))
	say("%s, %s.", insertion.Counted(r.Changes, "ligne du journal réécrite", "lignes du journal réécrites"), insertion.Counted(r.Notes, "note réécrite", "notes réécrites"))
	for _, tr := range r.Traces {
		say("%s : %s d'avant le %s.", tr.Kind, insertion.Thousands(int64(tr.Count)), tr.Before.French())
	}
	if r.Passed > 0 {
		say("%s : on a eu de leurs nouvelles depuis.", insertion.Counted(r.Passed, "personne épargnée", "personnes épargnées"))
	}
	if len(r.Doubts) > 0 {
		say("À relire, une partie d'un nom y est peut-être : %s (Entrée les liste).", insertion.Counted(len(r.Doubts), "texte", "textes"))
	}
	if r.Residue != "" {
		say("Reste à faire : %s.", r.Residue)
	}
	lines = append(lines, "")
	say("Les copies faites avant gardent ce qui vient d'être effacé : détruisez-les, ou laissez-les passer leur tour.")
	return fit(lines, s.w, s.h)
}
