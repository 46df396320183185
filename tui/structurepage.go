package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// structurePage is the file of one structure. The facilitator has it on the
// phone: what it does, where, what it has free, what was promised and kept.
type structurePage struct {
	page
	id     insertion.StructureID
	facts  structureFacts
	loaded bool
	top    int
}

type structureFacts struct {
	structure  insertion.Structure
	intros     []insertion.Introduction
	placements []insertion.Placement
	contacts   []insertion.Contact
}

func newStructurePage(sh *shared, id insertion.StructureID) screen {
	return &structurePage{page: sh.page(), id: id}
}

func (s *structurePage) subject() insertion.Subject {
	return insertion.Subject{Kind: insertion.OnStructure, ID: int64(s.id)}
}

func (s *structurePage) Title() string {
	if !s.loaded {
		return "Structure"
	}
	return s.facts.structure.DisplayName()
}

func (s *structurePage) Waiting() bool { return !s.loaded }

func (s *structurePage) Init() tea.Cmd { return s.Refresh() }

func (s *structurePage) Refresh() tea.Cmd {
	files, id := s.deps.Structures, s.id
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		var f structureFacts
		var err error
		if f.structure, err = files.Structure(ctx, id); err != nil {
			return nil, err
		}
		if f.intros, err = files.StructureIntroductions(ctx, id); err != nil {
			return nil, err
		}
		if f.placements, err = files.StructurePlacements(ctx, id); err != nil {
			return nil, err
		}
		f.contacts, err = files.Contacts(ctx, insertion.ContactFilter{Structure: id})
		return f, err
	})
}

func (s *structurePage) Update(msg tea.Msg) tea.Cmd {
	key := ""
	switch msg := msg.(type) {
	case structureFacts:
		s.facts, s.loaded = msg, true
	case tea.KeyPressMsg:
		key = msg.String()
	}
	s.top = scrolled(s.top, key, len(s.lines()), s.h)
	return nil
}

func (s *structurePage) Actions() []action {
	unread := ""
	if !s.loaded {
		unread = "la fiche n'est pas encore lue"
	}
	st, unproposed := s.facts.structure, ""
	if len(s.facts.intros) == 0 {
		unproposed = "elle n'a été proposée pour aucun lot"
	}
	return []action{
		{key: "e", label: "corriger", help: "Corriger la fiche : métiers, zone, capacité, réseaux.", needs: rightToAll(insertion.ActWrite), why: unread, do: func() tea.Cmd { return push(newStructureForm(s.shared, st)) }},
		{key: "b", label: "dossier", help: "Tout ce qui s'est passé avec cette structure, cherchable.", why: unread, do: func() tea.Cmd {
			return push(newDossier(s.shared, insertion.Subject{Kind: insertion.OnStructure, ID: int64(st.ID)}, st.DisplayName()))
		}},
		{key: "l", label: "lot", help: "Ouvrir un des lots pour lesquels elle a été proposée.", why: unproposed, do: s.chooseLot},
		{key: "j", label: "noter un échange", help: "Noter un appel ou un courriel avec cette structure.", needs: rightToAll(insertion.ActComment), why: unread, do: func() tea.Cmd {
			return push(newContactWith(s.shared, insertion.Lot{}, []partner{{name: st.DisplayName(), structure: st.ID}}))
		}},
	}
}

func (s *structurePage) chooseLot() tea.Cmd {
	var choices []choice
	for _, i := range s.facts.intros {
		choices = append(choices, choice{
			label: fmt.Sprintf("Lot %d : %s le %s", i.Lot, i.State, insertion.DateOf(i.Proposed).French()),
			do:    func() tea.Cmd { return push(newLotPage(s.shared, i.Lot)) },
		})
	}
	return askChoice("Quel lot ouvrir ?", choices)
}

func (s *structurePage) View() string {
	if !s.loaded {
		return fit([]string{"", "  Lecture…"}, s.w, s.h)
	}
	lines := s.lines()
	return fit(slices.Clone(lines[min(s.top, len(lines)):]), s.w, s.h)
}

func (s *structurePage) Pointer() (int, int, bool) { return 0, 0, s.loaded }

func (s *structurePage) lines() []string {
	st := s.facts.structure
	lines := []string{
		" " + s.theme.paint(strong, st.DisplayName()) + "  " + string(st.Kind) + ", " + st.Kind.Label(),
		" SIRET " + insertion.SpacedSIRET(st.SIRET) + alternative(st.Name, st.DisplayName()),
		" " + strings.TrimSpace(st.Address+" "+st.PostalCode+" "+st.City) + precision(st),
	}
	if contact := joined("  ", st.Phone, st.Mail, st.Web); contact != "" {
		lines = append(lines, " "+contact)
	}
	if !st.Active {
		lines = append(lines, " "+s.theme.paint(warn, "! inactive : elle n'est plus proposée"))
	}
	lines = append(lines, "", s.theme.rule("Métiers", s.w))
	lines = append(lines, s.activities()...)
	lines = append(lines, "", s.theme.rule("Capacité et charge, mois par mois", s.w))
	lines = append(lines, s.capacity()...)
	lines = append(lines, "", s.theme.rule("Mises en relation", s.w))
	lines = append(lines, s.introductions()...)
	lines = append(lines, "", s.theme.rule("Échanges", s.w))
	if len(s.facts.contacts) == 0 {
		lines = append(lines, "  aucun"+s.ifMay(rightToAll(insertion.ActComment), " (j pour en noter un)"))
	}
	for _, c := range s.facts.contacts {
		lines = append(lines, fmt.Sprintf("  %s %s, %s : %s", c.On.French(), c.Kind, c.By, c.Text))
	}
	if st.Description != "" {
		lines = append(lines, "", s.theme.rule("Présentation", s.w))
		for _, l := range wrap(st.Description, s.w-4) {
			lines = append(lines, "  "+l)
		}
	}
	return lines
}

// alternative shows the legal name when the brand is what is displayed.
func alternative(name, shown string) string {
	if name == "" || name == shown {
		return ""
	}
	return "  (" + name + ")"
}

func precision(st insertion.Structure) string {
	if st.Lat != 0 && !st.Precise {
		return "  (située au centre de la commune)"
	}
	return ""
}

// joined puts a separator between the parts that are not empty.
func joined(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), sep)
}

// activities are the trades declared, or what the file lets one suppose.
func (s *structurePage) activities() []string {
	st := s.facts.structure
	var lines []string
	for _, a := range st.Activities {
		line := "  " + pad(tradeLabel(a.Trade), min(48, s.w/2)) + " " + areaWords(a.Area)
		if a.Modality != 0 {
			line += ", " + modalityWords(a.Modality)
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		for i, w := range trade.OfStructure(st) {
			if i == 4 {
				break
			}
			why := w.Why
			if _, sign, ok := strings.Cut(why, " : "); ok { // the trade is already said
				why = sign
			}
			lines = append(lines, "  "+pad(tradeLabel(w.Trade), min(48, s.w/2))+" "+s.theme.paint(faint, "supposé : "+why))
		}
	}
	if len(lines) == 0 {
		lines = append(lines, "  aucun métier connu"+s.ifMay(rightToAll(insertion.ActWrite), " : e pour les saisir"))
	}
	if form := st.LegalForm(); form != "" {
		line := "  Statut : " + string(form)
		if st.Turnover > 0 {
			line += ", chiffre d'affaires " + st.Turnover.Round()
		}
		lines = append(lines, line)
	}
	if len(st.Networks) > 0 {
		lines = append(lines, "  Réseaux : "+strings.Join(st.Networks, ", "))
	}
	return lines
}

func areaWords(a insertion.Area) string {
	switch a.Kind {
	case insertion.Country:
		return "France entière"
	case insertion.Radius:
		return fmt.Sprintf("dans un rayon de %d km", a.Km)
	case insertion.Departments, insertion.Regions, insertion.Communes:
		return string(a.Kind) + " " + strings.Join(a.Codes, ", ")
	}
	return "zone non déclarée"
}

func (s *structurePage) introductions() []string {
	if len(s.facts.intros) == 0 {
		return []string{"  aucune : elle n'a pas encore été proposée"}
	}
	count := map[insertion.IntroductionState]int{}
	for _, i := range s.facts.intros {
		count[i.State]++
	}
	head := fmt.Sprintf("  %s : %s", insertion.Counted(len(s.facts.intros), "proposition", "propositions"), insertion.Counted(count[insertion.Placed], "placement", "placements"))
	if n := count[insertion.Declined]; n > 0 {
		head += ", " + insertion.Counted(n, "refus", "refus")
	}
	if n := count[insertion.Proposed] + count[insertion.Contacted]; n > 0 {
		head += ", " + insertion.Counted(n, "sans réponse", "sans réponse")
	}
	lines := []string{head}
	for _, i := range s.facts.intros {
		line := fmt.Sprintf("  %s %s lot %s, le %s", stateMark(i.State), pad(string(i.State), 10), pad(fmt.Sprint(i.Lot), 5), insertion.DateOf(i.Proposed).French())
		if i.Reason != "" {
			line += " : " + i.Reason
		}
		lines = append(lines, line)
	}
	return lines
}
