package tui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// papers are the documents about one subject.
type papers struct {
	about insertion.DocumentSubject
	name  string // « lot 12 », « P-0042 »
	code  string // of the command and of the file: « 12 », « P-0042 »
}

func papersOfLot(id insertion.LotID) papers {
	n := fmt.Sprint(int64(id))
	return papers{insertion.DocumentSubject{Lot: id}, "lot " + n, n}
}

func papersOfPerson(id insertion.ParticipantID) papers {
	return papers{insertion.DocumentSubject{Person: id}, id.Code(), id.Code()}
}

// file is the name offered for a document.
func (p papers) file(kind insertion.DocumentKind, ending string) string {
	return string(kind) + "-" + strings.ReplaceAll(p.name, " ", "-") + "." + ending
}

// newDocuments lists the documents about a subject: Entrée reads one, p writes its
// PDF. Those that cannot be made now say why.
func newDocuments(sh *shared, p papers) screen {
	files := sh.deps.Documents
	s := &roll[[]DocumentChoice, DocumentChoice]{
		title: "Documents : " + p.name, rows: usualFirst,
		nothing: "Aucun document ici.",
	}
	s.read = func(ctx context.Context) ([]DocumentChoice, error) { return files.Documents(ctx, p.about) }
	s.id = func(c DocumentChoice) int64 {
		for i, k := range insertion.DocumentKinds() {
			if k == c.Kind {
				return int64(i + 1)
			}
		}
		return 0
	}
	s.head = func(_ []DocumentChoice, w int) []string {
		var lines []string
		for _, l := range wrap("Aucun document destiné à d'autres ne nomme une personne. Chaque fichier écrit s'inscrit au registre des exports.", w-1) {
			lines = append(lines, " "+s.theme.paint(faint, l))
		}
		return lines
	}
	s.draw = func(c DocumentChoice, w int, on bool) string {
		if c.Why == "" {
			return spread(c.Label, " pour : "+c.For, w)
		}
		text := cut(pad(c.Label, 40)+"pas maintenant : "+c.Why, w)
		if !on {
			return s.theme.paint(faint, text)
		}
		return text
	}
	s.detail = func(_ []DocumentChoice, c DocumentChoice, _ int) []string {
		if c.Why != "" {
			return []string{c.What, "Pas maintenant : " + c.Why + "."}
		}
		return []string{c.What}
	}
	s.acts = func(_ []DocumentChoice, c DocumentChoice, some bool) []action {
		why := c.Why
		if !some {
			why = "aucun document n'est choisi"
		}
		acts := []action{{key: "enter", label: "lire", help: "Lire le document sur l'écran.", needs: rightToTake(c.Kind.Export()), why: why, do: func() tea.Cmd { return push(newPreview(sh, p, c.Kind, c.Label)) }}}
		return append(acts, paperActions(&s.page, p, c.Kind, why)...)
	}
	return s.opened(sh)
}

// usualFirst puts those that can be made first, the most asked for on top: the
// attestation is one key away, the reminder two.
func usualFirst(all []DocumentChoice) []DocumentChoice {
	usual := []insertion.DocumentKind{insertion.DocDone, insertion.DocReminder, insertion.DocList, insertion.DocAgreement, insertion.DocLaunch}
	rank := func(c DocumentChoice) int {
		i := slices.Index(usual, c.Kind)
		if i < 0 {
			i = len(usual)
		}
		if c.Why != "" {
			i += 100
		}
		return i
	}
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b DocumentChoice) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

// paperActions are what can be done with one document, on the list and on its page.
func paperActions(page *page, p papers, kind insertion.DocumentKind, why string) []action {
	write := func(ending string) func() tea.Cmd { return func() tea.Cmd { return askPaper(page, p, kind, ending) } }
	take := rightToTake(kind.Export())
	return []action{
		{key: "p", label: "PDF", help: "Écrire le document en PDF dans un fichier.", needs: take, why: why, do: write("pdf")},
		{key: "t", label: "texte", help: "Écrire le document en texte dans un fichier.", needs: take, why: why, do: write("txt")},
		{key: "w", label: "modèle", help: "Lire ou récrire le texte de ce genre de document.", needs: rightToAll(insertion.ActSettings), quiet: true, do: func() tea.Cmd {
			if page.deps.Wordings == nil {
				return tell("Les textes des documents ne sont pas disponibles ici.")
			}
			return push(newWordingPage(page.shared, kind))
		}},
	}
}

// askPaper asks where to write a document; over SSH it says which command does.
func askPaper(page *page, p papers, kind insertion.DocumentKind, ending string) tea.Cmd {
	files := page.deps.DocumentFiles
	if files == nil {
		format := map[string]string{"pdf": "pdf", "txt": "texte"}[ending]
		return tell(fmt.Sprintf("Par SSH : ssh hôte document %s %s --format %s > %s", kind, p.code, format, p.file(kind, ending)))
	}
	write := askText("Écrire dans quel fichier ?", p.file(kind, ending), "un nom de fichier qui n'existe pas encore", func(path string) tea.Cmd {
		if strings.TrimSpace(path) == "" {
			return tell("Rien n'a été écrit.")
		}
		return ask(page, func(ctx context.Context) (tea.Msg, error) {
			w, err := files.SaveDocument(ctx, kind, p.about, path)
			return told{w.words()}, err
		})
	})
	return ask(page, func(ctx context.Context) (tea.Msg, error) {
		doubts, err := files.DocumentReread(ctx, kind, p.about)
		if err != nil || len(doubts) == 0 {
			return write(), err
		}
		return asked{capital(strings.Join(doubts, ", ")) + ". L'écrire quand même ?", func() tea.Cmd { return write }}, nil
	})
}

// newPreview shows a document as plain text.
func newPreview(sh *shared, p papers, kind insertion.DocumentKind, label string) screen {
	files := sh.deps.Documents
	s := &roll[func(int) string, struct{}]{title: label + ", " + p.name, reading: true}
	s.read = func(ctx context.Context) (func(int) string, error) { return files.DocumentText(ctx, kind, p.about) }
	s.head = typed
	s.acts = func(func(int) string, struct{}, bool) []action { return paperActions(&s.page, p, kind, "") }
	return s.opened(sh)
}

// typed draws a document at the width of the screen, no wider than a page.
func typed(text func(width int) string, w int) []string {
	if text == nil {
		return nil
	}
	return textLines(text(min(w-2, 76)), w)
}

// textLines folds a text to a width, its blank lines kept.
func textLines(text string, w int) []string {
	var lines []string
	for _, l := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if span(l) <= w-1 {
			lines = append(lines, " "+l)
			continue
		}
		for _, part := range wrap(l, w-2) {
			lines = append(lines, " "+part)
		}
	}
	return lines
}

// newReading shows a text to read, longer than the screen.
func newReading(sh *shared, title string, read func(ctx context.Context) (string, error)) screen {
	s := &roll[string, struct{}]{title: title, read: read, reading: true}
	s.head = func(text string, w int) []string { return textLines(text, w) }
	return s.opened(sh)
}
