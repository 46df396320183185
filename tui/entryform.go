package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// questionnaire is what one kind of form is made of: every form that only fills and
// sends fields is one of these.
type questionnaire struct {
	title  string
	head   []string // a line or two above the fields: what this is about
	inputs []*input
	needs  need // what saving it asks for
	// send reads the fields and gives the work to do and what to say once it is
	// done; the error marks its field.
	send func(get func(string) string) (done string, work func(ctx context.Context) error, err error)
	note func(get func(string) string, w int) []string // below the fields, as one types; may be nil
	help func(field string) string                     // below them, of the field the cursor is on; may be nil
}

// entryForm is the screen of a questionnaire.
type entryForm struct {
	page
	questionnaire
	record string
	form   *form
}

// newEntryForm opens a questionnaire on a record, named so that what is typed of one
// never fills the form of another; "" is the only one of its kind.
func newEntryForm(sh *shared, record string, q questionnaire) screen {
	return &entryForm{page: sh.page(), questionnaire: q, record: record, form: newForm(sh.theme, q.inputs...)}
}

func (s *entryForm) Title() string     { return s.title }
func (s *entryForm) Typing() bool      { return true }
func (s *entryForm) fields() *form     { return s.form }
func (s *entryForm) Actions() []action { return formActions(s.save) }

func (s *entryForm) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case saved:
		return popSaved()
	case failed:
		return s.form.refused(msg.err)
	}
	cmd, sent := s.form.Update(msg)
	if sent {
		return s.save()
	}
	return cmd
}

func (s *entryForm) save() tea.Cmd {
	s.form.clear()
	done, work, err := s.send(s.form.get)
	if err != nil {
		if !s.form.refuse(err) {
			return fail(err)
		}
		return nil
	}
	return save(&s.page, done, work)
}

// above and below are the lines around the fields.
func (s *entryForm) above() []string {
	var lines []string
	for _, h := range s.head {
		for _, l := range wrap(h, s.w-2) {
			lines = append(lines, " "+l)
		}
	}
	return append(lines, s.theme.rule("", s.w))
}

func (s *entryForm) below() []string {
	var notes []string
	if s.note != nil {
		notes = s.note(s.form.get, s.w-2)
	}
	if s.help != nil {
		notes = append(notes, s.help(s.form.inputs[s.form.pick].name))
	}
	var lines []string
	for _, n := range notes {
		for _, l := range wrap(n, s.w-2) {
			lines = append(lines, " "+s.theme.paint(faint, l))
		}
	}
	return lines
}

func (s *entryForm) View() string {
	above, below := s.above(), s.below()
	body := s.form.view(s.w, max(1, s.h-len(above)-len(below)))
	return fitText(s.w, s.h, append(append(above, body), below...)...)
}

func (s *entryForm) Pointer() (int, int, bool) {
	above := len(s.above())
	x, y, ok := s.form.pointer(s.w, max(1, s.h-above-len(s.below())))
	return x, y + above, ok
}
