package tui

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// newWordings lists the kinds of documents and whose words each uses.
func newWordings(sh *shared) screen {
	files, by := sh.deps.Wordings, sh.person
	s := &roll[[]WordingRow, WordingRow]{
		title: "Textes des documents", rows: func(d []WordingRow) []WordingRow { return d },
		nothing: "Aucun genre de document.",
	}
	s.read = func(ctx context.Context) ([]WordingRow, error) {
		if files == nil {
			return nil, nil
		}
		return files.WordingList(ctx)
	}
	s.id = func(r WordingRow) int64 {
		for i, k := range insertion.DocumentKinds() {
			if k == r.Kind {
				return int64(i + 1)
			}
		}
		return 0
	}
	s.head = func(_ []WordingRow, w int) []string {
		var lines []string
		for _, l := range wrap("Chaque document suit un texte que vous pouvez récrire ; les faits y entrent par des champs, {{date}} par exemple.", w-1) {
			lines = append(lines, " "+s.theme.paint(faint, l))
		}
		return lines
	}
	s.draw = func(r WordingRow, w int, _ bool) string {
		whose := "texte du programme"
		if r.Own {
			whose = "texte de ce fichier"
		}
		return spread(r.Label, whose, w)
	}
	s.acts = func(_ []WordingRow, r WordingRow, some bool) []action {
		none, own := "", ""
		if !some {
			none = "aucun genre n'est choisi"
		}
		if own = none; own == "" && !r.Own {
			own = "c'est déjà celui du programme"
		}
		return []action{
			{key: "enter", label: "récrire", help: "Lire et récrire le texte.", needs: rightToAll(insertion.ActSettings), why: none, do: func() tea.Cmd { return push(newWordingPage(sh, r.Kind)) }},
			{key: "e", label: "en-têtes", help: "L'en-tête de votre service, et celui de chaque acheteur.", do: func() tea.Cmd { return push(newLetterheads(sh)) }},
			{key: "v", label: "essai", help: "Voir ce que donne le texte sur un lot inventé.", why: none, do: func() tea.Cmd { return push(newTrial(sh, r.Kind, "")) }},
			{key: "x", label: "revenir", help: "Rendre le texte du programme, après confirmation.", needs: rightToAll(insertion.ActSettings), why: own, do: func() tea.Cmd {
				return confirm("Rendre à « "+r.Label+" » le texte du programme ?", func() tea.Cmd {
					return save(&s.page, "Texte du programme rendu (u pour annuler).", func(ctx context.Context) error {
						w, err := files.ReadWording(ctx, r.Kind)
						if err != nil {
							return err
						}
						w.Text = ""
						return files.WriteWording(ctx, by, w)
					})
				})
			}},
		}
	}
	return s.opened(sh)
}

// newTrial shows a text on the invented lot; "" is the text in force.
func newTrial(sh *shared, kind insertion.DocumentKind, text string) screen {
	files := sh.deps.Wordings
	s := &roll[func(int) string, struct{}]{title: "Essai sur un lot inventé", reading: true}
	s.read = func(ctx context.Context) (func(int) string, error) {
		if text == "" {
			w, err := files.ReadWording(ctx, kind)
			if err != nil {
				return nil, err
			}
			text = w.Text
		}
		return files.TryWording(ctx, kind, text)
	}
	s.head = typed
	return s.opened(sh)
}

// newFieldList shows what a text of a kind may hold.
func newFieldList(sh *shared, kind insertion.DocumentKind) screen {
	files := sh.deps.Wordings
	return newReading(sh, "Champs", func(context.Context) (string, error) {
		return "{{champ}} met un fait ; vide, il laisse des points à remplir.\n{{?champ}} au début d'un paragraphe ne le garde que si le champ est connu, {{!champ}} que s'il ne l'est pas.\n" +
			"Tableaux, listes et signatures se mettent seuls sur leur ligne.\n\n" + strings.Join(files.WordingFields(kind), "\n"), nil
	})
}

// wordingPage is the text of a kind, to be rewritten. A mistake is told with its
// line; nothing typed is lost.
type wordingPage struct {
	page
	kind insertion.DocumentKind
	kept insertion.Wording // as read
	form *form             // its one field is the text; nil until read
	why  string            // the last save was refused
}

type wordingRead struct{ wording insertion.Wording }

func newWordingPage(sh *shared, kind insertion.DocumentKind) screen {
	return &wordingPage{page: sh.page(), kind: kind}
}

func (s *wordingPage) Title() string { return "Texte : " + string(s.kind) }
func (s *wordingPage) Waiting() bool { return s.form == nil }
func (s *wordingPage) Typing() bool  { return s.form != nil }
func (s *wordingPage) fields() *form { return s.form }

// text is the field, once there is one.
func (s *wordingPage) text() *textarea.Model { return s.form.inputs[0].area }

// fill opens the field on a text as it was read.
func (s *wordingPage) fill(w insertion.Wording) {
	area := textarea.New()
	area.Prompt, area.ShowLineNumbers, area.CharLimit, area.MaxHeight = "", true, 0, 0
	area.SetVirtualCursor(false)
	area.SetStyles(textarea.Styles{}) // the theme alone decides
	area.SetValue(strings.ReplaceAll(w.Text, "\t", "    "))
	area.MoveToBegin()
	s.kept, s.form = w, newForm(s.theme, &input{name: "texte", label: "Texte", area: &area})
}

func (s *wordingPage) Reread() tea.Cmd { return s.Init() }

func (s *wordingPage) Init() tea.Cmd {
	files, kind := s.deps.Wordings, s.kind
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		w, err := files.ReadWording(ctx, kind)
		return wordingRead{w}, err
	})
}

func (s *wordingPage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case wordingRead:
		s.fill(msg.wording)
		return nil
	case saved:
		return popSaved()
	case tea.KeyPressMsg:
		s.why = ""
	case failed:
		if s.form == nil {
			return nil
		}
		s.why = sentence(msg.err) // said whole under the text, which stays
		if cmd := s.form.refused(msg.err); cmd != nil || !s.long() {
			return cmd
		}
		return fail(&insertion.FieldError{Reason: "Texte non enregistré : la raison est au-dessus."})
	}
	if s.form == nil {
		return nil
	}
	return later(s.form.inputs[0].updateArea(msg))
}

func (s *wordingPage) Actions() []action {
	if s.form == nil {
		return nil
	}
	return []action{
		{key: saveKey, label: "enregistrer", help: "Vérifier et enregistrer le texte.", do: s.save},
		{key: "esc", label: "abandonner", help: "Quitter sans enregistrer.", do: pop},
		{key: "ctrl+e", label: "essai", help: "Voir ce que donne le texte sur un lot inventé, sans l'enregistrer.", do: func() tea.Cmd {
			return push(newTrial(s.shared, s.kind, s.form.get("texte")))
		}},
		{key: "ctrl+f", label: "champs", help: "Lister les champs et les blocs de ce document.", do: func() tea.Cmd { return push(newFieldList(s.shared, s.kind)) }},
	}
}

func (s *wordingPage) save() tea.Cmd {
	if s.form == nil {
		return nil
	}
	files, by, w := s.deps.Wordings, s.person, s.kept
	w.Text = s.form.get("texte")
	done := "Texte enregistré."
	if strings.TrimSpace(w.Text) == "" {
		w.Text, done = "", "Texte vidé : celui du programme est rendu."
	}
	return save(&s.page, done, func(ctx context.Context) error { return files.WriteWording(ctx, by, w) })
}

func (s *wordingPage) View() string {
	if s.form == nil {
		return fit([]string{"", "  Lecture…"}, s.w, s.h)
	}
	var foot []string
	if s.long() {
		foot = wrap(s.why, s.w-2)
		foot = foot[:min(len(foot), s.h/2)]
	}
	s.size(len(foot))
	lines := strings.Split(fit(strings.Split(s.text().View(), "\n"), s.w, s.h-len(foot)), "\n")
	for _, l := range foot {
		lines = append(lines, " "+l)
	}
	return fit(lines, s.w, s.h)
}

// long tells that the notice would cut why the text was refused.
func (s *wordingPage) long() bool { return span(" ! "+s.why) > s.w }

// size gives the text the whole body, less the lines under it.
func (s *wordingPage) size(under int) {
	s.text().SetWidth(max(10, s.w-1))
	s.text().SetHeight(max(1, s.h-under))
}

func (s *wordingPage) Pointer() (int, int, bool) {
	if s.form == nil {
		return 0, 0, false
	}
	if c := s.text().Cursor(); c != nil {
		return c.X, c.Y, true
	}
	return 0, 0, false
}
