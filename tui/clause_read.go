package tui

import (
	"errors"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// fieldReader reads the fields of a form one by one and gathers what could not
// be read, so that every bad field is marked at once.
type fieldReader struct {
	form *form
	bad  []error
}

func readField[T any](r *fieldReader, name string, parse func(string) (T, error)) T {
	var none T
	text := strings.TrimSpace(r.form.get(name))
	if text == "" {
		return none
	}
	v, err := parse(text)
	if err != nil {
		r.bad = append(r.bad, &insertion.FieldError{Field: name, Reason: err.Error()})
		return none
	}
	return v
}

// read makes a clause of what is typed, with the fields that cannot be read.
// Fields of the other forms are kept as typed, so that changing the form and
// back loses nothing.
func (s *clauseForm) read() (insertion.Clause, []error) {
	r := &fieldReader{form: s.form}
	get := func(name string) string { return strings.TrimSpace(s.form.get(name)) }
	c := insertion.Clause{
		Lot: s.lot.ID, Basis: insertion.Basis(get("base")),
		Start: readField(r, "debut", insertion.ParseDate), End: readField(r, "fin", insertion.ParseDate),
		RoundTo: readField(r, "arrondi", insertion.ParseHours), FTEHours: readField(r, "heures_etp", insertion.ParseHours),
		Publics: s.form.input("publics").values(), Contact: get("facilitateur"), Note: get("note"),
		Penalty: insertion.Penalty{
			PerHour: readField(r, "penalite", insertion.ParseCents), PerDay: readField(r, "parjour", insertion.ParseCents),
			WorkingDays: get("jours") == "ouvres", AfterNotice: get("demeure") == "oui", AllMeans: get("moyens") == "oui",
			Cap: readField(r, "plafond", insertion.ParseShare), Allowance: readField(r, "franchise", insertion.ParseHours),
			Text: get("article"),
		},
	}
	readCounting(r, &c)
	for _, code := range s.form.input("modalites").values() {
		if m, ok := insertion.ParseModality(code); ok {
			c.Modalities |= m
		}
	}
	switch c.Basis {
	case insertion.ByLabourShare:
		c.Amount, c.HourlyCost = readField(r, "montant", insertion.ParseCents), readField(r, "cout", insertion.ParseCents)
		c.LabourShare, c.Rate = readField(r, "part", insertion.ParseShare), readField(r, "taux", insertion.ParseShare)
	case insertion.ByInvoiced:
		c.Step, c.Threshold = readField(r, "tranche", insertion.ParseCents), readField(r, "seuil", insertion.ParseCents)
		c.Invoiced = readField(r, "facture", insertion.ParseCents)
	case insertion.ByFixedVolume:
		c.Fixed = readField(r, "volume", insertion.ParseHours)
	}
	return c, r.bad
}

// panel is what follows the typing: the figure in every unit, its trace, where
// the labour share comes from, and what the CCAG asks a contract to state.
func (s *clauseForm) panel(w, h int) []string {
	c, bad := s.read()
	due, err := c.Compute()
	if len(bad) > 0 {
		err = bad[0]
	}
	lines := []string{s.theme.rule("Heures dues", w)}
	if err != nil {
		var field *insertion.FieldError
		text := sentence(err)
		if errors.As(err, &field) {
			if in := s.form.input(field.Field); in != nil {
				text = in.label + " : " + text
			}
		}
		for _, l := range wrap(text, w-4) {
			lines = append(lines, "  "+s.theme.paint(warn, l))
		}
	} else {
		for _, l := range wrap(dueWords(due), w-3) {
			lines = append(lines, "  "+s.theme.paint(strong, l))
		}
		for _, l := range wrap(strings.Join(due.Trace, "\n"), w-3) {
			lines = append(lines, "  "+l)
		}
	}
	lines = append(lines, s.shareLines(c, w)...)
	if h >= 14 {
		return append(lines, s.checklist(c, w)...)
	}
	return append(lines, "  "+cut(completeness(c), w-3))
}

// shareLines says where the labour share comes from and how far to trust it.
func (s *clauseForm) shareLines(c insertion.Clause, w int) []string {
	code := insertion.Trade(s.form.get("filiere"))
	if c.Basis != insertion.ByLabourShare {
		return nil
	}
	share, ok := insertion.UsualShare(code)
	if !ok {
		return nil
	}
	text := "usuelle en " + strings.ToLower(trade.Label(code)) + " : " + share.Words()
	if c.LabourShare != share.Share {
		text += " ; le marché en dit autrement"
	}
	var lines []string
	for _, l := range wrap("Part "+text, w-3) {
		lines = append(lines, "  "+s.theme.paint(faint, l))
	}
	return lines
}

// completeness is the checklist in one line.
func completeness(c insertion.Clause) string {
	var missing []string
	for _, m := range c.Completeness() {
		if !m.OK {
			missing = append(missing, m.Item)
		}
	}
	if len(missing) == 0 {
		return "✓ les quatre mentions du CCAG y sont"
	}
	return "CCAG, il manque : " + strings.Join(missing, ", ")
}

func (s *clauseForm) checklist(c insertion.Clause, w int) []string {
	lines := []string{"", s.theme.rule("Mentions demandées par le CCAG", w)}
	for _, m := range c.Completeness() {
		if m.OK {
			lines = append(lines, "  "+s.theme.paint(good, "✓")+" "+m.Item)
			continue
		}
		for i, l := range wrap(m.Item+" : "+m.Hint, w-5) {
			mark := s.theme.paint(warn, "○")
			if i > 0 {
				mark = " "
			}
			lines = append(lines, "  "+mark+" "+l)
		}
	}
	return lines
}
