package tui

import (
	"context"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
)

// lotWriter keeps what a person types of a lot. Imports never replace it.
type lotWriter interface {
	TypeLot(ctx context.Context, by string, id insertion.LotID, version int64, t insertion.Typing) error
	NameOrganisation(ctx context.Context, by string, id insertion.OrganisationID, name string) error
	AddLot(ctx context.Context, by string, n insertion.Notice) (insertion.LotID, error)
}

// lotForm adds a lot by hand. The facilitator heard of a contract that is in no
// file yet: object and buyer are enough, Ctrl+S opens its page.
type lotForm struct {
	page
	form *form
}

// lotAdded is the lot, written.
type lotAdded struct{ id insertion.LotID }

func newLotForm(sh *shared) screen {
	s := &lotForm{page: sh.page()}
	s.form = newForm(s.theme,
		textField("objet", "Objet", "", "l'objet du marché ou du lot"),
		textField("acheteur", "Acheteur", "", "nom de l'acheteur"),
		textField("siretacheteur", "SIRET de l'acheteur", "", "14 chiffres, si vous l'avez"),
		textField("reference", "Référence", "", "l'identifiant que l'acheteur donne au marché"),
		textField("lot", "Numéro du lot", "", "3, 2b ; vide s'il n'y en a qu'un"),
		textField("titulaire", "Titulaire", "", "raison sociale"),
		textField("sirettitulaire", "SIRET du titulaire", "", "14 chiffres, si vous l'avez"),
		textField("montant", "Montant HT", "", "1 820 542"),
		textField("notification", "Notifié le", "", "31/03/2026"),
		textField("duree", "Durée", "", "en mois"),
		textField("lieu", "Lieu", "", "commune, code postal ou département"),
		textField("cpv", "CPV", "", "8 chiffres, ou vide"),
		setField("social", "Social", []string{"clause"}, socialOptions()...),
	)
	return s
}

func socialOptions() []option {
	const hint = "Espace coche."
	return []option{
		{code: "clause", label: "clause sociale", more: hint},
		{code: "critere", label: "critère social", more: hint},
		{code: "reserve", label: "marché réservé", more: hint},
	}
}

func socialOf(codes []string) insertion.Social {
	var s insertion.Social
	for _, c := range codes {
		switch c {
		case "clause":
			s |= insertion.SocialClause
		case "critere":
			s |= insertion.SocialCriterion
		case "reserve":
			s |= insertion.SocialReserved
		}
	}
	return s
}

func socialCodes(s insertion.Social) []string {
	var codes []string
	for i, code := range []string{"clause", "critere", "reserve"} {
		if s&(1<<i) != 0 {
			codes = append(codes, code)
		}
	}
	return codes
}

func (s *lotForm) Title() string     { return "Nouveau lot" }
func (s *lotForm) Typing() bool      { return true }
func (s *lotForm) fields() *form     { return s.form }
func (s *lotForm) Actions() []action { return formActions(s.send) }

func (s *lotForm) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case lotAdded:
		return tea.Batch(tell("Lot "+insertion.Thousands(int64(msg.id))+" ajouté."), add(int64(msg.id)), replace(newLotPage(s.shared, msg.id)))
	case failed:
		return s.form.refused(msg.err)
	}
	cmd, send := s.form.Update(msg)
	if send {
		return s.send()
	}
	return cmd
}

func (s *lotForm) send() tea.Cmd {
	s.form.clear()
	n, bad := s.notice()
	for i := len(bad) - 1; i >= 0; i-- {
		s.form.refuse(bad[i])
	}
	if len(bad) > 0 {
		return nil
	}
	files, by, where := s.deps.LotEdits, s.person, strings.TrimSpace(s.form.get("lieu"))
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		var err error
		if n.Place, err = typedPlace(where, n.Buyer.ID); err != nil {
			return nil, err
		}
		id, err := files.AddLot(ctx, by, n)
		return lotAdded{id}, err
	})
}

// notice reads the fields, with those that cannot be read.
func (s *lotForm) notice() (insertion.Notice, []error) {
	r := &fieldReader{form: s.form}
	get := func(name string) string { return strings.TrimSpace(s.form.get(name)) }
	n := insertion.Notice{
		Reference: get("reference"), Object: get("objet"), LotNumber: get("lot"),
		CPV: readField(r, "cpv", parseCPV), Months: readField(r, "duree", parseMonths),
		Notified: readField(r, "notification", insertion.ParseDate), Amount: readField(r, "montant", insertion.ParseCents),
		Social: socialOf(s.form.input("social").values()),
		Buyer:  insertion.Party{Kind: insertion.SIRET, ID: readField(r, "siretacheteur", parseSIRET), Name: get("acheteur")},
	}
	n.Published = n.Notified
	if n.Notified == "" {
		n.Published = insertion.DateOf(s.now())
	}
	if winner := (insertion.Party{Kind: insertion.SIRET, ID: readField(r, "sirettitulaire", parseSIRET), Name: get("titulaire")}); winner.ID != "" || winner.Name != "" {
		n.Contractors = []insertion.Party{winner}
	}
	if n.Object == "" {
		r.bad = append(r.bad, &insertion.FieldError{Field: "objet", Reason: "l'objet du lot manque"})
	}
	if n.Buyer.ID == "" && n.Buyer.Name == "" {
		r.bad = append(r.bad, &insertion.FieldError{Field: "acheteur", Reason: "l'acheteur manque : un nom ou un SIRET"})
	}
	return n, r.bad
}

func (s *lotForm) View() string {
	return " " + s.theme.paint(strong, "Un lot qui n'est dans aucun fichier") + "\n\n" + s.form.view(s.w-1, s.h-2)
}

func (s *lotForm) Pointer() (int, int, bool) {
	x, y, ok := s.form.pointer(s.w-1, s.h-2)
	return x, y + 2, ok
}

// typedPlace understands a place typed as a name or a code; it reads the
// national table, so it is called off the loop.
func typedPlace(text, buyer string) (insertion.Place, error) {
	g, typed := place.National(), insertion.Place{Code: text, Name: text}
	// Without the buyer, a text that means nothing is found out.
	if p := g.Resolve(typed, ""); text != "" && p.Basis == insertion.PlaceUnknown {
		return p, &insertion.FieldError{Field: "lieu", Reason: "lieu inconnu : écrivez une commune, un code postal ou un département"}
	}
	p := g.Resolve(typed, buyer)
	p.Name = g.Label(p)
	return p, nil
}

type formReason string

func (r formReason) Error() string { return string(r) }

func parseCPV(text string) (string, error) {
	digits, _, _ := strings.Cut(strings.ReplaceAll(text, " ", ""), "-")
	if len(digits) != 8 || strings.Trim(digits, "0123456789") != "" {
		return "", formReason("un code CPV a 8 chiffres, par exemple 45000000")
	}
	return digits, nil
}

func parseMonths(text string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(text, "mois")))
	if err != nil || n < 1 || n > 600 {
		return 0, formReason("une durée va de 1 à 600 mois")
	}
	return n, nil
}

func parseSIRET(text string) (string, error) {
	id := strings.ReplaceAll(text, " ", "")
	if !insertion.ValidSIRET(id) {
		return "", formReason("ce SIRET n'est pas valide : 14 chiffres, clé comprise")
	}
	return id, nil
}
