package tui

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// The small questions a screen can ask without becoming a form.
type (
	wanted struct { // one line of text
		question, hint string
		value          string
		then           func(string) tea.Cmd
	}
	offered struct { // one of several
		question string
		choices  []choice
		unasked  bool // it comes by itself: letters typed by habit do nothing
	}
)

// choice is one line of askChoice; why, when not empty, says why it cannot be
// taken now.
type choice struct {
	label, why string
	needs      need // as an action's
	do         func() tea.Cmd
}

// askText asks for one line of text, without leaving the screen; Échap gives up.
// When what then does fails, at once or after work, the question comes back with
// what was typed and the reason under it: see textQuestion.
func askText(question, value, hint string, then func(string) tea.Cmd) tea.Cmd {
	return func() tea.Msg { return wanted{question, hint, value, then} }
}

// askChoice asks to choose one of several lines; Échap gives up. With a single
// choice that can be taken the question is still asked, so that nothing
// happens unseen.
func askChoice(question string, choices []choice) tea.Cmd {
	return func() tea.Msg { return offered{question: question, choices: choices} }
}

// refuse answers a question of one line that what was typed cannot be taken, and
// says how to write it.
func refuse(reason string) tea.Cmd { return fail(&insertion.FieldError{Reason: reason}) }

// textQuestion is the overlay of askText; err is why the last answer was refused.
type textQuestion struct {
	wanted
	input textinput.Model
	err   string
}

// refusedText brings a question back: its answer could not be taken.
type refusedText struct {
	question *textQuestion
	err      error
}

func newTextQuestion(w wanted) *textQuestion {
	in := newLine(w.value)
	in.Focus()
	return &textQuestion{wanted: w, input: in}
}

func (q *textQuestion) update(msg tea.Msg) (overlay, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return nil, nil
		case "enter":
			return nil, q.followed(q.then(q.input.Value()))
		}
	}
	var cmd tea.Cmd
	before := q.input.Value()
	if q.input, cmd = q.input.Update(msg); q.input.Value() != before {
		q.err = ""
	}
	return q, later(cmd)
}

// followed is a command whose failure, now or once its work is done, comes back to
// the question.
func (q *textQuestion) followed(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		switch msg := cmd().(type) {
		case failed:
			return refusedText{q, msg.err}
		case slow:
			return slow{func() tea.Msg {
				done := msg.work()
				if a, ok := done.(answer); ok {
					a.question = q
					return a
				}
				return done
			}}
		case tea.BatchMsg:
			for i := range msg {
				msg[i] = q.followed(msg[i])
			}
			return msg
		default:
			return msg
		}
	}
}

// again is the question with the reason; a file that exists is offered another name.
func (q *textQuestion) again(err error) *textQuestion {
	q.err = sentence(err)
	if errors.Is(err, fs.ErrExist) {
		q.err = "« " + baseName(q.input.Value()) + " » existe déjà : voici un nom libre à valider, ou écrivez-en un autre."
		q.input.SetValue(nextName(q.input.Value()))
		q.input.CursorEnd()
	}
	return q
}

// nextName is another name for a file that exists: « bilan.pdf » gives
// « bilan-2.pdf », which gives « bilan-3.pdf ».
func nextName(path string) string {
	path = strings.TrimSpace(path)
	dir := path[:len(path)-len(baseName(path))]
	name, ending := path[len(dir):], ""
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		name, ending = name[:dot], name[dot:]
	}
	n := 2
	if dash := strings.LastIndexByte(name, '-'); dash > 0 {
		// A year or a month at the end is part of the name.
		if k, err := strconv.Atoi(name[dash+1:]); err == nil && k >= 2 && k < 100 && name[dash+1] != '0' {
			name, n = name[:dash], k+1
		}
	}
	return dir + name + "-" + strconv.Itoa(n) + ending
}

func (q *textQuestion) view(t *theme, w, h int) string {
	q.input.SetWidth(max(4, w-5))
	line := "  " + q.input.View()
	if q.input.Value() == "" && q.hint != "" {
		line = "   " + t.paint(faint, cut(q.hint, w-3))
	}
	lines := []string{t.rule(cut(q.question, w-6), w), line}
	if q.err != "" {
		for i, l := range wrap(q.err, w-5) {
			mark := "  ! "
			if i > 0 {
				mark = "    "
			}
			lines = append(lines, t.paint(bad, mark+l))
		}
	}
	return fit(lines, w, h)
}

func (q *textQuestion) pointer() (int, int, bool) {
	return 2 + cursorAt(q.input), 1, true
}

func (q *textQuestion) actions() []action {
	return []action{{key: "enter", label: "valider"}, {key: "esc", label: "abandonner"}}
}

// choiceQuestion is the overlay of askChoice.
type choiceQuestion struct {
	offered
	pick int
	head int // lines above the choices, as drawn last
}

func (q *choiceQuestion) update(msg tea.Msg) (overlay, tea.Cmd) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return q, nil
	}
	k := key.String()
	if q.unasked && len(k) == 1 {
		return q, nil
	}
	switch k {
	case "esc", "q":
		return nil, nil
	case "up", "k":
		q.pick = max(0, q.pick-1)
	case "down", "j":
		q.pick = min(len(q.choices)-1, q.pick+1)
	case "enter":
		if q.pick >= len(q.choices) {
			return nil, nil
		}
		c := q.choices[q.pick]
		if c.why != "" {
			return nil, tell(c.label + " : " + c.why)
		}
		return nil, c.do()
	}
	return q, nil
}

func (q *choiceQuestion) view(t *theme, w, h int) string {
	lines := []string{t.rule(q.question, w)}
	if span(q.question) > w-6 { // what is asked is read whole
		lines = []string{t.rule("Question", w)}
		for _, l := range wrap(q.question, w-4) {
			lines = append(lines, "  "+t.paint(strong, l))
		}
	}
	q.head = len(lines)
	from := max(0, q.pick-max(0, h-2-q.head))
	for i := from; i < len(q.choices); i++ {
		c := q.choices[i]
		text := c.label
		if c.why != "" {
			text += "  (pas maintenant : " + c.why + ")"
		}
		if i == q.pick {
			lines = append(lines, t.paint(selected, pad("▸ "+text, w)))
			continue
		}
		lines = append(lines, "  "+cut(text, w-2))
	}
	return fit(lines, w, h)
}

func (q *choiceQuestion) pointer() (int, int, bool) { return 0, max(1, q.head) + q.pick, true }

func (q *choiceQuestion) actions() []action {
	return []action{{key: "up", label: "monter"}, {key: "down", label: "descendre"}, {key: "enter", label: "choisir"}, {key: "esc", label: "abandonner"}}
}

// under says how many lines an overlay leaves to the screen below it: the
// small questions keep it in sight, the palette and the help cover it.
func under(view string, h int) int {
	n := 1
	for i := range len(view) {
		if view[i] == '\n' {
			n++
		}
	}
	return max(0, h-n)
}

// fill adds empty lines up to h, for an overlay that covers the whole body.
func fill(lines []string, w, h int) string {
	for len(lines) < h {
		lines = append(lines, "")
	}
	return fit(lines, w, h)
}

// cursorAt is the cell of the text cursor of a one-line input that has the focus.
func cursorAt(in textinput.Model) int {
	if c := in.Cursor(); c != nil {
		return c.X
	}
	return 0
}
