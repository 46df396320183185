package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
)

// lotReader reads all that the page of a lot shows.
type lotReader interface {
	Lot(ctx context.Context, id insertion.LotID) (insertion.Lot, error)
	Introductions(ctx context.Context, id insertion.LotID) ([]insertion.Introduction, error)
	Placements(ctx context.Context, id insertion.LotID) ([]insertion.Placement, error)
	Contacts(ctx context.Context, f insertion.ContactFilter) ([]insertion.Contact, error)
	History(ctx context.Context, id insertion.LotID, limit int) ([]insertion.Event, error)
	LotDues(ctx context.Context, id insertion.LotID) (insertion.Dues, error)
}

// historyShown is how many lines of history the page of a lot keeps.
const historyShown = 200

// lotFacts is one reading of a lot and its lists.
type lotFacts struct {
	lot        insertion.Lot
	where      string // its place in words
	intros     []insertion.Introduction
	placements []insertion.Placement
	contacts   []insertion.Contact
	events     []insertion.Event
	dues       insertion.Dues // zero without a clause
	limits     insertion.Thresholds
}

// lotPage shows one lot. The facilitator has someone on the phone: everything
// is on the page, and each next step is one key (c clause, m apparier, i, p, j).
type lotPage struct {
	page
	id     insertion.LotID
	facts  lotFacts
	loaded bool
	top    int // first line drawn
}

func newLotPage(sh *shared, id insertion.LotID) screen {
	return &lotPage{page: sh.page(), id: id}
}

func (s *lotPage) subject() insertion.Subject {
	return insertion.Subject{Kind: insertion.OnLot, ID: int64(s.id)}
}
func (s *lotPage) Title() string { return "Lot " + insertion.Thousands(int64(s.id)) }
func (s *lotPage) Waiting() bool { return !s.loaded }

func (s *lotPage) Init() tea.Cmd { return s.Refresh() }

func (s *lotPage) Refresh() tea.Cmd {
	files, settings, id := s.deps.Lot, s.deps.Settings, s.id
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		f, err := readLot(ctx, files, id)
		f.limits = insertion.DefaultThresholds()
		if err == nil && settings != nil {
			f.limits, err = settings.Thresholds(ctx)
		}
		return f, err
	})
}

func readLot(ctx context.Context, files lotReader, id insertion.LotID) (lotFacts, error) {
	var f lotFacts
	var err error
	if f.lot, err = files.Lot(ctx, id); err != nil {
		return f, err
	}
	f.where = place.National().Label(f.lot.Place)
	if f.lot.Clause != nil {
		if f.dues, err = files.LotDues(ctx, id); err != nil {
			return f, err
		}
	}
	if f.intros, err = files.Introductions(ctx, id); err != nil {
		return f, err
	}
	if f.placements, err = files.Placements(ctx, id); err != nil {
		return f, err
	}
	if f.contacts, err = files.Contacts(ctx, insertion.ContactFilter{Lot: id}); err != nil {
		return f, err
	}
	f.events, err = files.History(ctx, id, historyShown)
	return f, err
}

func (s *lotPage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.scroll(0)
	case lotFacts:
		s.facts, s.loaded = msg, true
		s.scroll(0)
	case tea.KeyPressMsg:
		switch msg.String() {
		case "down":
			s.scroll(1)
		case "up":
			s.scroll(-1)
		case "pgdown", "space":
			s.scroll(max(1, s.h-1))
		case "pgup":
			s.scroll(-max(1, s.h-1))
		case "home":
			s.scroll(-s.top)
		case "end":
			s.scroll(1 << 20)
		}
	}
	return nil
}

func (s *lotPage) scroll(by int) {
	s.top = max(0, min(s.top+by, len(s.lines())-s.h))
}

func (s *lotPage) View() string {
	if !s.loaded {
		return fit([]string{"", "  Lecture…"}, s.w, s.h)
	}
	lines := s.lines()
	return fit(lines[min(s.top, len(lines)):], s.w, s.h)
}

func (s *lotPage) Pointer() (int, int, bool) { return 0, 0, s.loaded }

func (s *lotPage) Actions() []action {
	lot := s.facts.lot
	unread, noIntro, noClause, noPlacement := "", "", "", ""
	if !s.loaded {
		unread = "le lot n'est pas encore lu"
	}
	if noIntro = unread; len(s.facts.intros) == 0 {
		noIntro = "aucune structure n'a été proposée (m pour en chercher)"
	}
	if noClause = unread; lot.Clause == nil {
		noClause = "aucune clause n'est écrite"
	}
	if noPlacement = unread; len(s.facts.placements) == 0 {
		noPlacement = "aucun placement n'est enregistré (p pour en écrire un)"
	}
	write := "écrire la clause"
	if lot.Clause != nil {
		write = "clause"
	}
	return []action{
		{key: "c", label: write, help: "Écrire ou corriger la clause de ce lot : heures dues, modalités, publics, pénalités.", needs: rightTo(insertion.ActWrite), why: unread, do: func() tea.Cmd { return push(newClauseForm(s.shared, lot)) }},
		{key: "m", label: "apparier", help: "Classer les structures capables de faire ces heures, avec les raisons.", why: unread, do: func() tea.Cmd { return push(newCandidates(s.shared, lot)) }},
		{key: "i", label: "proposition", help: "Faire avancer une proposition : contactée, acceptée, déclinée.", needs: rightTo(insertion.ActApprove), why: noIntro, do: s.chooseIntroduction},
		{key: "p", label: "placement", help: "Enregistrer un placement : heures prévues par mois, chez une structure ou en embauche directe.", needs: rightTo(insertion.ActWrite), why: unread, do: s.choosePlacement},
		{key: "j", label: "échange", help: "Noter un appel, un courriel, une réunion.", needs: rightTo(insertion.ActComment), why: unread, do: func() tea.Cmd { return push(newContactWith(s.shared, lot, partnersOf(lot, s.facts.intros))) }},
		{key: "h", label: "heures", help: "Saisir les heures faites, mois par mois, sur les placements de ce lot.", why: noPlacement, do: func() tea.Cmd { return push(newMonthGridOf(s.shared, s.id)) }},
		{key: "d", label: "heures dues", help: "Les trois chiffres (au marché, à ce jour, au terme), leur calcul, et les actes : factures, bons, tranches, avenants.", why: noClause, do: func() tea.Cmd { return push(newDues(s.shared, lot)) }},
		{key: "f", label: "prévision", help: "Quand les heures seront atteintes, ou combien manqueront ; et si… sans rien enregistrer.", why: noClause, do: func() tea.Cmd { return push(newForecast(s.shared, lot)) }},
		{key: "k", label: "pénalités", help: "Ce que le manque coûterait selon le marché, et les étapes.", why: noClause, do: func() tea.Cmd { return push(newPenalties(s.shared, s.id)) }},
		{key: "a", label: "documents", help: "Attestation, lettres, fiches, convention, bilan de ce lot : lire, écrire en PDF ou en texte.", needs: rightToTake(insertion.ExportDocument), why: unread, do: func() tea.Cmd { return push(newDocuments(s.shared, papersOfLot(s.id))) }},
		{key: "s", label: "déclarations", help: "Le calendrier des déclarations de ce lot : ce qui manque, ce qui est reçu.", quiet: true, why: noClause, do: func() tea.Cmd { return push(newDeclarations(s.shared, s.id)) }},
		{key: "o", label: "groupement", help: "Parts, cessions d'heures entre titulaires, et qui doit combien à qui.", quiet: true, why: noClause, do: func() tea.Cmd { return push(newGroup(s.shared, lot)) }},
		{key: "b", label: "dossier", help: "Tout ce qui s'est passé sur ce lot, cherchable.", quiet: true, why: unread, do: func() tea.Cmd {
			return push(newDossier(s.shared, insertion.Subject{Kind: insertion.OnLot, ID: int64(s.id)}, lotName(lot.LotRow)))
		}},
		{key: "E", label: "entreprise", help: "Le dossier de l'entreprise titulaire.", quiet: true, why: unread, do: s.firmFile},
		{key: "e", label: "corriger", help: "Corriger une donnée du lot ; l'import ne l'écrasera pas.", needs: rightTo(insertion.ActWrite), why: unread, do: func() tea.Cmd { return push(newLotFields(s.shared, lot)) }},
		{key: "n", label: "nommer", help: "Donner un nom à un titulaire ou à l'acheteur.", needs: rightToAll(insertion.ActWrite), quiet: true, why: unread, do: s.chooseName},
		{key: "l", label: "contrat", help: "Voir les autres lots du contrat et leurs totaux.", quiet: true, why: unread, do: func() tea.Cmd { return push(newContract(s.shared, lot.LotRow)) }},
		{key: "v", label: "journal du lot", help: "Voir dans le journal qui a changé quoi sur ce lot, avant et après.", quiet: true, needs: rightTo(insertion.ActJournal), why: unread, do: func() tea.Cmd { return push(newJournalOf(s.shared, s.id)) }},
		{key: "r", label: "retirer la clause", help: "Retirer la clause de ce lot, après confirmation.", needs: rightTo(insertion.ActWrite), quiet: true, why: noClause, do: s.removeClause},
	}
}

// chooseIntroduction asks which proposal moves, then leaves it to its own form.
func (s *lotPage) chooseIntroduction() tea.Cmd {
	var choices []choice
	var open []insertion.Introduction
	for _, in := range s.facts.intros {
		if len(in.State.Next()) > 0 {
			open = append(open, in)
		}
		c := choice{label: introductionLine(in), do: func() tea.Cmd { return moveIntroduction(&s.page, s.facts.lot, in) }}
		if len(in.State.Next()) == 0 {
			c.why = "elle est terminée"
		}
		choices = append(choices, c)
	}
	if len(open) == 1 {
		return moveIntroduction(&s.page, s.facts.lot, open[0])
	}
	return askChoice("Quelle proposition fait-on avancer ?", choices)
}

// choosePlacement asks for whom: a structure that accepted, or a direct hire.
func (s *lotPage) choosePlacement() tea.Cmd {
	lot := s.facts.lot
	var choices []choice
	for _, in := range s.facts.intros {
		if in.State != insertion.Declined {
			choices = append(choices, choice{label: introductionLine(in), do: func() tea.Cmd { return push(newPlacement(s.shared, lot, in)) }})
		}
	}
	choices = append(choices, choice{label: "Embauche directe par " + partyName(lot.Lead), do: func() tea.Cmd {
		return push(newPlacement(s.shared, lot, insertion.Introduction{}))
	}})
	return askChoice("Un placement avec qui ?", choices)
}

// firmFile opens the file of the lead contractor.
func (s *lotPage) firmFile() tea.Cmd {
	if len(s.facts.lot.Contractors) == 0 {
		return tell("Ce lot n'a pas de titulaire connu.")
	}
	lead := s.facts.lot.Contractors[0]
	return push(newDossier(s.shared, insertion.Subject{Kind: insertion.OnOrganisation, ID: int64(lead.ID)}, lead.Party.Label()))
}

// chooseName asks whose name to write, then the name.
func (s *lotPage) chooseName() tea.Cmd {
	var choices []choice
	add := func(role string, id insertion.OrganisationID, p insertion.Party) {
		choices = append(choices, choice{label: role + " : " + p.Label(), do: func() tea.Cmd {
			return askText("Nom "+insertion.Of(p.Label()), p.Name, "raison sociale", func(name string) tea.Cmd { return s.name(id, name) })
		}})
	}
	for _, o := range s.facts.lot.Contractors {
		add("Titulaire", o.ID, o.Party)
	}
	add("Acheteur", s.facts.lot.BuyerID, s.facts.lot.Buyer)
	return askChoice("Quel nom écrire ?", choices)
}

func (s *lotPage) name(id insertion.OrganisationID, name string) tea.Cmd {
	if name == "" {
		return tell("Aucun nom n'a été écrit.")
	}
	files, by := s.deps.LotEdits, s.person
	return save(&s.page, "Nom enregistré : "+name, func(ctx context.Context) error {
		return files.NameOrganisation(ctx, by, id, name)
	})
}

func (s *lotPage) removeClause() tea.Cmd {
	files, by, id := s.deps.Clauses, s.person, s.id
	question := "Retirer la clause de « " + s.facts.lot.Object + " » (" + s.facts.lot.Hours.Due.String() + " dues) ?"
	return confirm(question, func() tea.Cmd {
		return save(&s.page, "Clause retirée (u pour annuler).", func(ctx context.Context) error {
			return files.RemoveClause(ctx, by, id)
		})
	})
}
