package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// statementReader checks a statement filled by a firm or a structure, and writes
// it once accepted. Paths are those of the machine the program runs on.
type statementReader interface {
	CheckFile(ctx context.Context, path string) (insertion.StatementReport, error)
	AcceptStatement(ctx context.Context, by string, st insertion.Statement, doubtful bool) (insertion.StatementReport, error)
}

// askStatement asks which file to check.
func askStatement(p *page) tea.Cmd {
	if p.deps.Statements == nil {
		return tell("Les relevés se contrôlent sur le poste du facilitateur (passerelle heures importer).")
	}
	return askText("Contrôler quel relevé ?", "", "chemin du fichier .xlsx ou .csv rempli", func(path string) tea.Cmd {
		if path = strings.TrimSpace(path); path == "" {
			return refuse("Nommez un fichier, ou Échap pour y renoncer.")
		}
		return push(newStatement(p.shared, path))
	})
}

// newStatement answers a statement row by row before anything is written. The
// facilitator reads what is refused and why, then a writes the rest.
func newStatement(sh *shared, path string) screen {
	files, by := sh.deps.Statements, sh.person
	only := insertion.Verdict("")
	type numbered struct {
		insertion.StatementAnswer
		n int64
	}
	s := &roll[insertion.StatementReport, numbered]{
		title:   "Relevé",
		read:    func(ctx context.Context) (insertion.StatementReport, error) { return files.CheckFile(ctx, path) },
		nothing: "Ce relevé ne porte aucune heure.",
	}
	s.rows = func(r insertion.StatementReport) []numbered {
		var out []numbered
		for _, v := range insertion.Verdicts() {
			for i, a := range r.Answers {
				if a.Verdict == v && (only == "" || only == v) {
					out = append(out, numbered{a, int64(i)})
				}
			}
		}
		return out
	}
	s.id = func(a numbered) int64 { return a.n }
	s.head = func(r insertion.StatementReport, w int) []string {
		st := r.Statement
		lines := []string{" " + s.theme.paint(strong, cut(fmt.Sprintf("%s, %s · %s", st.Name, periodWords(st.From, st.To), st.File), w-1))}
		var counts []string
		for _, v := range insertion.Verdicts() {
			if n := r.Count(v); n > 0 {
				counts = append(counts, fmt.Sprintf("%d %s", n, v))
			}
		}
		lines = append(lines, " "+strings.Join(counts, " · ")+". Rien n'est écrit.")
		if r.Again != "" {
			lines = append(lines, " "+s.theme.paint(warn, "Ce fichier a déjà été reçu le "+r.Again.French()+" : rien ne sera compté deux fois."))
		}
		return lines
	}
	s.draw = func(a numbered, w int, on bool) string {
		mark, which := verdictMark(a.Verdict)
		verdict := pad(mark+" "+string(a.Verdict), 14)
		if !on {
			verdict = s.theme.paint(which, verdict)
		}
		month, hours := "", ""
		if a.Month != "" {
			month, hours = a.Month.French(), a.New.Number()
			if a.Old != a.New && a.Old != 0 {
				hours = a.Old.Number() + " → " + hours
			}
		}
		return verdict + pad(fmt.Sprintf("l. %d", a.Line), 8) + pad(a.Code, 9) + pad(month, 9) + padLeft(hours, 16) + "  " + cut(a.Text, w-58)
	}
	s.detail = func(_ insertion.StatementReport, a numbered, _ int) []string {
		return []string{strings.Trim(fmt.Sprintf("ligne %d, %s, lot %d : %s. %s", a.Line, a.Code, a.Lot, a.Verdict, a.Text), " ")}
	}
	accept := func(doubtful bool) func() tea.Cmd {
		return func() tea.Cmd {
			st, n := s.data.Statement, 0
			for _, a := range s.data.Answers {
				if a.Written(doubtful) {
					n++
				}
			}
			if n == 0 {
				return tell("Rien à écrire : tout est refusé, douteux ou déjà connu.")
			}
			return confirm(fmt.Sprintf("Écrire %s de %s ?", insertion.Counted(n, "cellule", "cellules"), st.Name), func() tea.Cmd {
				return save(&s.page, fmt.Sprintf("%s, u pour annuler.", insertion.Counted(n, "cellule écrite", "cellules écrites")), func(ctx context.Context) error {
					_, err := files.AcceptStatement(ctx, by, st, doubtful)
					return err
				})
			})
		}
	}
	s.acts = func(r insertion.StatementReport, _ numbered, _ bool) []action {
		unread, certain := "", ""
		if !s.loaded {
			unread = "le relevé n'est pas encore lu"
		}
		if certain = unread; r.Count(insertion.CellDoubtful) == 0 {
			certain = "aucune cellule n'est douteuse"
		}
		return []action{
			{key: "a", label: "écrire", help: "Écrire ce qui est accepté ou modifié, après confirmation.", needs: rightTo(insertion.ActWrite), why: unread, do: accept(false)},
			{key: "D", label: "écrire, douteuses comprises", help: "Écrire aussi ce qui est douteux.", needs: rightTo(insertion.ActWrite), why: certain, do: accept(true)},
			{key: "t", label: "filtrer", help: "Ne voir qu'un verdict, ou tous.", why: unread, do: func() tea.Cmd {
				choices := []choice{{label: "tout", do: func() tea.Cmd { only = ""; return s.Refresh() }}}
				for _, v := range insertion.Verdicts() {
					if n := r.Count(v); n > 0 {
						choices = append(choices, choice{label: fmt.Sprintf("%s (%d)", v, n), do: func() tea.Cmd { only = v; return s.Refresh() }})
					}
				}
				return askChoice("Que voir ?", choices)
			}},
		}
	}
	return s.opened(sh)
}

// verdictMark is a sign and a tone for each verdict.
func verdictMark(v insertion.Verdict) (string, tone) {
	switch v {
	case insertion.CellRefused:
		return "✗", bad
	case insertion.CellDoubtful:
		return "?", warn
	case insertion.CellChanged:
		return "~", accent
	case insertion.CellAccepted:
		return "✓", good
	}
	return "=", faint
}
