package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// importReader reads what files brought.
type importReader interface {
	Imports(ctx context.Context, limit int) ([]insertion.Import, error)
	Refusals(ctx context.Context, id insertion.ImportID, after, limit int) ([]insertion.Refusal, error)
}

// importer takes a file in. Screens give a path as typed and never open files:
// whoever opened the program does, and says how far it is.
type importer interface {
	Import(ctx context.Context, path string, progress func(ImportProgress)) ([]insertion.Import, error)
	SaveRefusals(ctx context.Context, id insertion.ImportID, path string) (Written, error)
}

// ImportProgress is how far an import is, in bytes of the file as it is on the
// disk; Total is 0 when unknown.
type ImportProgress struct {
	File        string
	Done, Total int64
	Counts      insertion.Import
}

// importsKept is how many imports the history shows.
const importsKept = 500

// imports lists the files taken in. The facilitator drops in the week's award
// notices: n, the path, Entrée; the refusals of a file are one Entrée away.
type imports struct {
	page
	list list[insertion.Import]
}

// importsRead is the history, read.
type importsRead struct{ rows []insertion.Import }

func newImports(sh *shared) screen {
	s := &imports{page: sh.page()}
	s.list = list[insertion.Import]{
		page: &s.page,
		key:  func(i insertion.Import) insertion.Cursor { return insertion.Cursor{ID: int64(i.ID)} },
		draw: func(i insertion.Import, w int, on bool) string { return importLine(s.theme, i, w, on) },
	}
	return s
}

func (s *imports) Title() string { return "Importer" }

func (s *imports) Init() tea.Cmd {
	s.list.resize(s.h - 2)
	return s.Refresh()
}

func (s *imports) Refresh() tea.Cmd {
	files := s.deps.Imports
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		rows, err := files.Imports(ctx, importsKept)
		return importsRead{rows}, err
	})
}

func (s *imports) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.list.resize(s.h - 2)
	case importsRead:
		s.list.set(msg.rows)
	case tea.KeyPressMsg:
		cmd, _ := s.list.move(msg.String())
		return cmd
	}
	return nil
}

func (s *imports) Actions() []action {
	row, some := s.list.current()
	none, clean, closed := "", "", ""
	if !some {
		none, clean = "aucun fichier n'a été importé", "aucun fichier n'a été importé"
	} else if row.Refused == 0 {
		clean = "ce fichier n'a pas de refus"
	}
	if s.deps.Import == nil {
		closed = "aucun fichier ne s'ouvre d'ici ; envoyez le vôtre : « ssh hôte importer - < fichier »"
	}
	return []action{
		{key: "enter", label: "refus", help: "Voir ce que ce fichier a fait refuser, ligne par ligne.", why: none, do: func() tea.Cmd { return push(newRefusals(s.shared, row)) }},
		{key: "n", label: "importer un fichier", help: "Importer des avis d'attribution ou des structures, depuis un fichier.", needs: rightToAll(insertion.ActWrite), why: closed, do: s.choose},
		{key: "s", label: "enregistrer les refus", help: "Enregistrer les refus de ce fichier en CSV.", needs: rightToTake(insertion.ExportRefusals), why: clean, do: func() tea.Cmd { return saveRefusals(&s.page, row) }},
	}
}

func (s *imports) choose() tea.Cmd {
	return askText("Importer quel fichier ? (DECP, CSV, structures ; .gz et .zip aussi)", "", "~/Téléchargements/decp.json", func(path string) tea.Cmd {
		path = strings.TrimSpace(path)
		if path == "" {
			return refuse("Nommez un fichier, ou Échap pour y renoncer.")
		}
		return push(newImportRun(s.shared, path))
	})
}

// saveRefusals asks where, then writes the refusals of an import as CSV.
func saveRefusals(p *page, i insertion.Import) tea.Cmd {
	if p.deps.Import == nil {
		return tell("Aucun fichier ne s'écrit d'ici : « ssh hôte imports N --json » donne les refus.")
	}
	name := "refus-" + strings.TrimSuffix(baseName(i.File), ".gz") + ".csv"
	return askText("Enregistrer les refus dans", name, "chemin d'un fichier CSV", func(path string) tea.Cmd {
		files := p.deps.Import
		return ask(p, func(ctx context.Context) (tea.Msg, error) {
			w, err := files.SaveRefusals(ctx, i.ID, strings.TrimSpace(path))
			return told{w.words()}, err
		})
	})
}

// baseName is what follows the last slash of a path.
func baseName(path string) string { return path[strings.LastIndexAny(path, `/\`)+1:] }

func (s *imports) View() string {
	if len(s.list.rows) == 0 {
		text := []string{"", "  Lecture…"}
		if s.list.loaded {
			text = []string{"", "  Aucun fichier n'a encore été importé.", "", "  n : importer des avis d'attribution (DECP, JSON, XML, CSV) ou des structures.",
				"  Le même fichier deux fois ne change rien ; ce que vous avez saisi n'est jamais écrasé."}
		}
		return fit(text, s.w, s.h)
	}
	head := spread(" Fichiers importés", s.list.position()+" ", s.w)
	return head + "\n" + s.theme.paint(faint, "  "+importHeads(s.w-2)) + "\n" + s.list.view(s.w)
}

func (s *imports) Pointer() (int, int, bool) {
	y, ok := s.list.pointer()
	return 0, 2 + y, ok
}

// importColumns are the widths of a row of imports: file, then counts.
func importColumns(w int) (file, at, count int) {
	count = 10
	if w < 74 {
		count = 9
	}
	if at = 17; w < 90 {
		at = 11
	}
	return max(0, w-at-5*count), at, count
}

func importHeads(w int) string {
	file, at, count := importColumns(w)
	line := pad("date", at) + pad("fichier", file)
	for _, h := range []string{"lus", "nouveaux", "modifiés", "inchangés", "refusés"} {
		line += padLeft(cut(h, count-1), count)
	}
	return line
}

func importLine(t *theme, i insertion.Import, w int, on bool) string {
	file, at, count := importColumns(w)
	when := i.At.Local().Format("02/01/2006 15:04")[:min(16, at-1)]
	name := baseName(i.File)
	if !i.Complete {
		name = "! " + name + " (interrompu)"
	}
	line := pad(when, at-1) + " " + pad(name, file)
	for _, n := range []int{i.Read, i.New, i.Updated, i.Unchanged} {
		line += padLeft(insertion.Thousands(int64(n)), count)
	}
	refused := padLeft(insertion.Thousands(int64(i.Refused)), count)
	if i.Refused > 0 && !on {
		refused = t.paint(warn, refused)
	}
	return line + refused
}
