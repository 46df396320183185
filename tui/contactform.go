package tui

import (
	"context"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// contactWriter keeps the log of exchanges.
type contactWriter interface {
	AddContact(ctx context.Context, by string, c insertion.Contact) error
}

// contactForm notes an exchange. The facilitator has just hung up: j, the kind
// and the day are already there, type one line, Ctrl+S.
type contactForm struct {
	page
	form *form
	lot  insertion.Lot
	with []partner
}

// partner is someone the exchange may have been with.
type partner struct {
	name         string
	organisation insertion.OrganisationID
	structure    insertion.StructureID
}

// partnersOf are the people one speaks to about a lot: its contractors, the
// structures proposed for it, its buyer.
func partnersOf(lot insertion.Lot, intros []insertion.Introduction) []partner {
	var with []partner
	for _, o := range lot.Contractors {
		with = append(with, partner{name: o.Party.Label(), organisation: o.ID})
	}
	for _, in := range intros {
		with = append(with, partner{name: structureName(in.Kind, in.Name), structure: in.Structure})
	}
	return append(with, partner{name: lot.Buyer.Label(), organisation: lot.BuyerID})
}

// newContactWith notes an exchange with one of several partners, the first
// being proposed.
func newContactWith(sh *shared, lot insertion.Lot, with []partner) screen {
	s := &contactForm{page: sh.page(), lot: lot, with: with}
	var kinds, partners []option
	for _, k := range insertion.ContactKinds() {
		kinds = append(kinds, option{code: string(k), label: string(k)})
	}
	for i, p := range with {
		partners = append(partners, option{code: strconv.Itoa(i), label: p.name})
	}
	s.form = newForm(s.theme,
		textField("texte", "Ce qui s'est dit", "", "une ligne : ce qui a été dit, ce qui est promis"),
		choiceField("genre", "Genre", string(insertion.Call), kinds...),
		choiceField("avec", "Avec", "0", partners...),
		textField("date", "Le", insertion.DateOf(s.now()).French(), "31/03/2026"),
	)
	return s
}

func (s *contactForm) subject() insertion.Subject {
	if s.lot.ID == 0 {
		return insertion.Subject{}
	}
	return insertion.Subject{Kind: insertion.OnLot, ID: int64(s.lot.ID)}
}

func (s *contactForm) Title() string     { return "Échange" }
func (s *contactForm) Typing() bool      { return true }
func (s *contactForm) fields() *form     { return s.form }
func (s *contactForm) Actions() []action { return formActions(s.send) }

func (s *contactForm) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case saved:
		return popSaved()
	case failed:
		return s.form.refused(msg.err)
	}
	cmd, send := s.form.Update(msg)
	if send {
		return s.send()
	}
	return cmd
}

func (s *contactForm) send() tea.Cmd {
	s.form.clear()
	c, err := s.contact()
	if err != nil {
		s.form.refuse(err)
		return nil
	}
	files, by := s.deps.Contacts, s.person
	return save(&s.page, "Échange noté.", func(ctx context.Context) error {
		return files.AddContact(ctx, by, c)
	})
}

func (s *contactForm) contact() (insertion.Contact, error) {
	on, err := insertion.ParseDate(s.form.get("date"))
	if err == nil && on == "" {
		err = insertion.ErrDate
	}
	if err != nil {
		return insertion.Contact{}, &insertion.FieldError{Field: "date", Reason: err.Error()}
	}
	text := strings.TrimSpace(s.form.get("texte"))
	if text == "" {
		return insertion.Contact{}, &insertion.FieldError{Field: "texte", Reason: "écrivez une ligne, même courte"}
	}
	c := insertion.Contact{Lot: s.lot.ID, Kind: insertion.ContactKind(s.form.get("genre")), On: on, Text: text, By: s.person}
	if i, err := strconv.Atoi(s.form.get("avec")); err == nil && i < len(s.with) {
		c.With, c.Organisation, c.Structure = s.with[i].name, s.with[i].organisation, s.with[i].structure
	}
	return c, nil
}

func (s *contactForm) View() string {
	title := " " + s.theme.paint(strong, cut("Un échange sur "+lotName(s.lot.LotRow), s.w-2))
	return title + "\n\n" + s.form.view(s.w-1, s.h-2)
}

func (s *contactForm) Pointer() (int, int, bool) {
	x, y, ok := s.form.pointer(s.w-1, s.h-2)
	return x, y + 2, ok
}
