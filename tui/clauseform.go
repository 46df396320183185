package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// clauseWriter keeps the clause sheets. A save of an older version than the
// one in the file is insertion.ErrStale; version 0 is « there was none ».
type clauseWriter interface {
	SaveClause(ctx context.Context, by string, c insertion.Clause, version int64) error
	RemoveClause(ctx context.Context, by string, lot insertion.LotID) error
}

// clauseForm writes the clause of a lot. The facilitator reads the contract and
// wants the hours due at once: amount, dates and labour share are prefilled,
// the figure follows every key, Ctrl+S keeps it (two keys when all is right).
type clauseForm struct {
	page
	form    *form
	lot     insertion.Lot
	version int64
	trade   string // the trade the labour share was last taken from
}

// clauseReread is the lot as somebody else left it while this form was open.
type clauseReread struct{ lot insertion.Lot }

func newClauseForm(sh *shared, lot insertion.Lot) screen {
	s := &clauseForm{page: sh.page(), lot: lot, version: lot.ClauseVersion}
	s.fill(startingClause(lot))
	return s
}

// fill opens the form on a clause; everything is then as if just read.
func (s *clauseForm) fill(c insertion.Clause) {
	s.form = newForm(s.theme, clauseInputs(s.lot, c, func(b insertion.Basis) bool {
		return insertion.Basis(s.form.get("base")) == b
	})...)
	s.trade = s.form.get("filiere")
}

func (s *clauseForm) subject() insertion.Subject {
	return insertion.Subject{Kind: insertion.OnLot, ID: int64(s.lot.ID)}
}

func (s *clauseForm) Title() string     { return "Clause" }
func (s *clauseForm) Typing() bool      { return true }
func (s *clauseForm) fields() *form     { return s.form }
func (s *clauseForm) Actions() []action { return formActions(s.send) }

func (s *clauseForm) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case saved:
		return popSaved()
	case failed:
		return s.form.refused(msg.err)
	case clauseReread:
		s.lot, s.version = msg.lot, msg.lot.ClauseVersion
		s.fill(startingClause(msg.lot))
		return nil
	}
	cmd, send := s.form.Update(msg)
	if now := s.form.get("filiere"); now != s.trade {
		s.trade = now
		if share, ok := insertion.UsualShare(insertion.Trade(now)); ok {
			s.form.input("part").text.SetValue(share.Share.String())
		}
	}
	if send {
		return s.send()
	}
	return cmd
}

func (s *clauseForm) send() tea.Cmd {
	c, bad := s.read()
	if !s.mark(bad) {
		return nil
	}
	due, err := c.Compute()
	if err != nil {
		if !s.form.refuse(err) {
			return tell(sentence(err))
		}
		return nil
	}
	files, by, version := s.deps.Clauses, s.person, s.version
	return save(&s.page, "Clause enregistrée : "+due.Hours.String()+" dues.", func(ctx context.Context) error {
		return files.SaveClause(ctx, by, c, version)
	})
}

// mark shows every unreadable field and goes to the first; it reports whether
// there was none.
func (s *clauseForm) mark(bad []error) bool {
	s.form.clear()
	for i := len(bad) - 1; i >= 0; i-- {
		s.form.refuse(bad[i])
	}
	return len(bad) == 0
}

// Reread asks what somebody else wrote.
func (s *clauseForm) Reread() tea.Cmd {
	files, id := s.deps.Lot, s.lot.ID
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		lot, err := files.Lot(ctx, id)
		return clauseReread{lot}, err
	})
}

// clausePanel is the height of the figures when they stand under the form.
func (s *clauseForm) clausePanel() int { return min(9, s.h/2) }

func (s *clauseForm) wide() bool { return s.w >= 100 }

func (s *clauseForm) formSize() (w, h int) {
	if s.wide() {
		return s.w * 58 / 100, s.h - 1
	}
	return s.w - 1, s.h - 1 - s.clausePanel()
}

func (s *clauseForm) View() string {
	title := " " + s.theme.paint(strong, cut(lotName(s.lot.LotRow), s.w-2))
	w, h := s.formSize()
	fields := strings.Split(s.form.view(w, h), "\n")
	if s.wide() {
		panel := s.panel(s.w-w-3, h)
		return fit(append([]string{title}, columns(fields, panel, w)...), s.w, s.h)
	}
	for len(fields) < h {
		fields = append(fields, "")
	}
	return fit(join([]string{title}, fields, s.panel(s.w, s.clausePanel())), s.w, s.h)
}

func (s *clauseForm) Pointer() (int, int, bool) {
	w, h := s.formSize()
	x, y, ok := s.form.pointer(w, h)
	return x, y + 1, ok
}
