package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// placementWriter keeps a placement.
type placementWriter interface {
	SavePlacement(ctx context.Context, by string, p insertion.Placement) (insertion.PlacementID, error)
}

// placementForm records the hours agreed with an employer. The facilitator
// types a total and two months; the program spreads it, and each month can
// then be corrected on the grid of hours. Six fields, Ctrl+S.
type placementForm struct {
	page
	lot  insertion.Lot
	from insertion.Introduction
	form *form
}

func newPlacement(sh *shared, lot insertion.Lot, from insertion.Introduction) screen {
	s := &placementForm{page: sh.page(), lot: lot, from: from}
	today := insertion.DateOf(sh.now())
	employer := from.Name
	if from.ID == 0 {
		employer = lot.Lead.Label()
	}
	start, end := today.Month(), today.Month().Add(11)
	left := max(0, lot.Hours.Due-lot.Hours.Planned)
	if c := lot.Clause; c != nil {
		start = max(start, c.Start.Month())
		if c.End != "" {
			end = max(start, c.End.Month())
		}
	}
	var modalities []option
	allowed := s.allowed()
	for _, m := range allowed.Split() {
		modalities = append(modalities, option{code: m.Code(), label: m.Label()})
	}
	first := ""
	if len(modalities) > 0 {
		first = modalities[0].code
	}
	s.form = newForm(sh.theme,
		textField("employeur", "Employeur", employer, "la structure, ou l'entreprise qui embauche"),
		choiceField("modalite", "Modalité", first, modalities...),
		textField("signe", "Signé le", today.French(), "31/03/2026, vide si pas encore signé"),
		textField("heures", "Heures prévues", left.Number(), "le total, réparti également sur les mois"),
		textField("debut", "Premier mois", start.French(), "03/2026"),
		textField("fin", "Dernier mois", end.French(), "12/2026"),
		textField("note", "Note", "", "poste, référent, horaires (aucun nom de personne)"),
	)
	return s
}

// allowed are the modalities the clause accepts and the employer can offer.
func (s *placementForm) allowed() insertion.Modality {
	accepted := insertion.DirectHire | insertion.Secondment | insertion.Subcontracting | insertion.Reserved
	if c := s.lot.Clause; c != nil && c.Modalities != 0 {
		accepted = c.Modalities
	}
	if s.from.ID == 0 {
		return insertion.DirectHire
	}
	if offered := accepted & s.from.Kind.Offers(); offered != 0 {
		return offered
	}
	return s.from.Kind.Offers()
}

func (s *placementForm) subject() insertion.Subject {
	return insertion.Subject{Kind: insertion.OnLot, ID: int64(s.lot.ID)}
}

func (s *placementForm) Title() string { return "Placement" }
func (s *placementForm) Typing() bool  { return true }
func (s *placementForm) fields() *form { return s.form }
func (s *placementForm) Actions() []action {
	return formActions(s.send)
}

func (s *placementForm) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case saved:
		return popSaved()
	case failed:
		return s.form.refused(msg.err)
	default:
		cmd, sent := s.form.Update(msg)
		if sent {
			return s.send()
		}
		return cmd
	}
}

// read turns what is typed into a placement; the error is a *FieldError.
func (s *placementForm) read() (insertion.Placement, error) {
	p := insertion.Placement{
		Lot: s.lot.ID, Introduction: s.from.ID, Structure: s.from.Structure,
		Employer: s.form.get("employeur"), Note: s.form.get("note"),
	}
	p.Modality, _ = insertion.ParseModality(s.form.get("modalite"))
	var err error
	if p.Signed, err = insertion.ParseDate(s.form.get("signe")); err != nil {
		return p, &insertion.FieldError{Field: "signe", Reason: err.Error()}
	}
	total, err := insertion.ParseHours(s.form.get("heures"))
	if err != nil {
		return p, &insertion.FieldError{Field: "heures", Reason: err.Error()}
	}
	from, err := insertion.ParseMonth(s.form.get("debut"))
	if err != nil {
		return p, &insertion.FieldError{Field: "debut", Reason: err.Error()}
	}
	to, err := insertion.ParseMonth(s.form.get("fin"))
	if err != nil {
		return p, &insertion.FieldError{Field: "fin", Reason: err.Error()}
	}
	if to < from {
		return p, &insertion.FieldError{Field: "fin", Reason: "le dernier mois précède le premier"}
	}
	for _, m := range insertion.SpreadEvenly(total, insertion.Months(from, to)) {
		p.Months = append(p.Months, insertion.PlacementMonth{Month: m.Month, Planned: m.Hours})
	}
	return p, p.Validate()
}

func (s *placementForm) send() tea.Cmd {
	s.form.clear()
	p, err := s.read()
	if err != nil {
		s.form.refuse(err)
		return nil
	}
	files, by := s.deps.Placements, s.person
	return save(&s.page, "Placement enregistré chez "+p.Employer, func(ctx context.Context) error {
		_, err := files.SavePlacement(ctx, by, p)
		return err
	})
}

func (s *placementForm) View() string {
	head := []string{
		" " + cut(s.lot.Object, s.w-2),
		fmt.Sprintf(" %s dues, %s déjà prévues, %s faites", s.lot.Hours.Due, s.lot.Hours.Planned, s.lot.Hours.Done),
		s.theme.rule("", s.w),
	}
	return fitText(s.w, s.h, append(head, s.form.view(s.w, max(1, s.h-len(head)-3)), "", s.preview())...)
}

// preview says how the total is spread, as one types.
func (s *placementForm) preview() string {
	p, err := s.read()
	if err != nil || len(p.Months) == 0 {
		return ""
	}
	first, last := p.Months[0], p.Months[len(p.Months)-1]
	text := fmt.Sprintf("soit %s en %s", first.Planned, first.Month.French())
	switch {
	case first.Month == last.Month:
	case first.Planned == last.Planned:
		text = fmt.Sprintf("soit %s par mois, pendant %d mois", first.Planned, len(p.Months))
	default:
		text = fmt.Sprintf("soit %d mois, de %s au premier à %s au dernier", len(p.Months), first.Planned, last.Planned)
	}
	var lines []string
	for _, l := range wrap(text+". Chaque mois se corrige ensuite sur la grille des heures (h sur la page du lot, puis t).", s.w-2) {
		lines = append(lines, " "+s.theme.paint(faint, l))
	}
	return strings.Join(lines, "\n")
}

func (s *placementForm) Pointer() (int, int, bool) {
	x, y, ok := s.form.pointer(s.w, max(1, s.h-6))
	return x, y + 3, ok
}
