package tui

import (
	"context"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// lotFields corrects what the file says of a lot. The facilitator knows better
// than the notice: e, the field, Ctrl+S; no import will write over it.
type lotFields struct {
	page
	form    *form
	lot     insertion.Lot
	version int64
}

// lotReread is the lot as somebody else left it while this form was open.
type lotReread struct{ lot insertion.Lot }

func newLotFields(sh *shared, lot insertion.Lot) screen {
	s := &lotFields{page: sh.page()}
	s.fill(lot)
	return s
}

// fill opens the form on a lot; everything is then as if just read.
func (s *lotFields) fill(lot insertion.Lot) {
	s.lot, s.version = lot, lot.Version
	months := ""
	if lot.MonthsNow > 0 {
		months = strconv.Itoa(lot.MonthsNow)
	}
	s.form = newForm(s.theme,
		textField("objet", "Objet", lot.Object, ""),
		textField("montant", "Montant HT", typedCents(lot.Amount), "1 820 542"),
		textField("duree", "Durée", months, "en mois"),
		textField("lieu", "Lieu", placeName(lot.Place), "commune, code postal ou département"),
		textField("cpv", "CPV", lot.CPV, "8 chiffres, ou vide"),
		setField("social", "Social", socialCodes(lot.Social), socialOptions()...),
	)
}

func (s *lotFields) subject() insertion.Subject {
	return insertion.Subject{Kind: insertion.OnLot, ID: int64(s.lot.ID)}
}

func (s *lotFields) Title() string     { return "Corriger" }
func (s *lotFields) Typing() bool      { return true }
func (s *lotFields) fields() *form     { return s.form }
func (s *lotFields) Actions() []action { return formActions(s.send) }

func (s *lotFields) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case saved:
		return popSaved()
	case failed:
		return s.form.refused(msg.err)
	case lotReread:
		s.fill(msg.lot)
		return nil
	}
	cmd, send := s.form.Update(msg)
	if send {
		return s.send()
	}
	return cmd
}

// Reread asks what somebody else wrote.
func (s *lotFields) Reread() tea.Cmd {
	files, id := s.deps.Lot, s.lot.ID
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		lot, err := files.Lot(ctx, id)
		return lotReread{lot}, err
	})
}

// send saves only the fields that changed: the others keep following the file.
func (s *lotFields) send() tea.Cmd {
	s.form.clear()
	t, bad := s.typing()
	for i := len(bad) - 1; i >= 0; i-- {
		s.form.refuse(bad[i])
	}
	if len(bad) > 0 {
		return nil
	}
	files, by, id, version, buyer := s.deps.LotEdits, s.person, s.lot.ID, s.version, s.lot.Buyer.ID
	where, moved := s.changed("lieu")
	return save(&s.page, "Lot corrigé ; aucun import n'écrasera ces champs.", func(ctx context.Context) error {
		if moved {
			p, err := typedPlace(where, buyer)
			if err != nil {
				return err
			}
			t.Place = &p
		}
		return files.TypeLot(ctx, by, id, version, t)
	})
}

// changed is the value of a field and whether it differs from what was there.
func (s *lotFields) changed(name string) (string, bool) {
	in := s.form.input(name)
	return strings.TrimSpace(in.value()), in.value() != in.first
}

func (s *lotFields) typing() (insertion.Typing, []error) {
	r := &fieldReader{form: s.form}
	var t insertion.Typing
	if v, ok := s.changed("objet"); ok {
		if t.Object = &v; v == "" {
			r.bad = append(r.bad, &insertion.FieldError{Field: "objet", Reason: "l'objet du lot manque"})
		}
	}
	if _, ok := s.changed("montant"); ok {
		v := readField(r, "montant", insertion.ParseCents)
		t.Amount = &v
	}
	if _, ok := s.changed("duree"); ok {
		v := readField(r, "duree", parseMonths)
		t.Months = &v
	}
	if _, ok := s.changed("cpv"); ok {
		v := readField(r, "cpv", parseCPV)
		t.CPV = &v
	}
	if _, ok := s.changed("social"); ok {
		v := socialOf(s.form.input("social").values())
		t.Social = &v
	}
	return t, r.bad
}

func (s *lotFields) View() string {
	title := " " + s.theme.paint(strong, cut("Corriger « "+lotName(s.lot.LotRow)+" »", s.w-2))
	return title + "\n\n" + s.form.view(s.w-1, s.h-2)
}

func (s *lotFields) Pointer() (int, int, bool) {
	x, y, ok := s.form.pointer(s.w-1, s.h-2)
	return x, y + 2, ok
}
