package tui

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// personKeeper reads and keeps participants.
type personKeeper interface {
	Participants(ctx context.Context, f insertion.ParticipantFilter, limit int) ([]insertion.ParticipantRow, error)
	Participant(ctx context.Context, id insertion.ParticipantID) (insertion.ParticipantFile, error)
	SaveParticipant(ctx context.Context, by string, p insertion.Participant) (insertion.ParticipantID, error)
	SaveEligibility(ctx context.Context, by string, e insertion.Eligibility) (int64, error)
	RemoveEligibility(ctx context.Context, by string, id int64) error
	SaveAssignment(ctx context.Context, by string, a insertion.Assignment) (insertion.AssignmentID, error)
	RemoveAssignment(ctx context.Context, by string, id insertion.AssignmentID) error
	Lots(ctx context.Context, f insertion.LotFilter, p insertion.Page) ([]insertion.LotRow, error)
	Placements(ctx context.Context, lot insertion.LotID) ([]insertion.Placement, error)
	Merge(ctx context.Context, by string, keep, gone insertion.ParticipantID) (insertion.MergeReport, error)
	Erasure(ctx context.Context, id insertion.ParticipantID) (insertion.ErasureReport, error)
	Erase(ctx context.Context, by string, id insertion.ParticipantID) (insertion.ErasureReport, error)
	EraseWithParts(ctx context.Context, by string, id insertion.ParticipantID) (insertion.ErasureReport, error)
	NameSet(ctx context.Context, by string, id insertion.ParticipantID, name string) (insertion.NamesReport, error)
	SetName(ctx context.Context, by string, id insertion.ParticipantID, name string) (insertion.NamesReport, error)
	NamesKept(ctx context.Context) (bool, error)
}

// personsShown is how many participants the room lists: a facilitator follows a
// hundred a year.
const personsShown = 500

// newPersons is the room of participants. The facilitator has someone's code on
// a statement: g p, f, the code, Entrée.
func newPersons(sh *shared) screen {
	files := sh.deps.Persons
	var filter insertion.ParticipantFilter
	s := &roll[[]insertion.ParticipantRow, insertion.ParticipantRow]{title: "Personnes"}
	read := func() func(ctx context.Context) ([]insertion.ParticipantRow, error) {
		f := filter
		return func(ctx context.Context) ([]insertion.ParticipantRow, error) {
			return files.Participants(ctx, f, personsShown)
		}
	}
	s.read = read()
	s.nothing = "Aucune personne ici : n pour en ajouter une. Passerelle lui donne un pseudonyme (P-0001) et ne garde aucun nom."
	s.rows = func(p []insertion.ParticipantRow) []insertion.ParticipantRow { return p }
	s.id = func(p insertion.ParticipantRow) int64 { return int64(p.ID) }
	s.head = func(_ []insertion.ParticipantRow, w int) []string {
		who := "personnes suivies"
		if filter.Left {
			who = "personnes sorties"
		}
		if filter.Text != "" {
			who += " · filtre « " + filter.Text + " »"
		}
		return []string{
			" " + s.theme.paint(strong, who),
			"    " + s.theme.paint(faint, personColumns("personne", "né", "catégories", "comptées", "saisies", "fenêtre", "plafond", "employeur", w-3)),
		}
	}
	s.draw = func(p insertion.ParticipantRow, w int, on bool) string { return personRow(s.theme, p, w, on) }
	s.detail = func(_ []insertion.ParticipantRow, p insertion.ParticipantRow, _ int) []string {
		if p.Ineligible != "" {
			return []string{"! " + p.Code() + " : " + p.Ineligible + ". Rien ne compte pour elle."}
		}
		text := fmt.Sprintf("%s · %s comptées sur %s saisies", p.Code(), p.Counted, p.Hours)
		for _, more := range []string{strings.Join(p.Categories, ", "), p.Name, p.Employer} {
			if more != "" {
				text += " · " + more
			}
		}
		return []string{text}
	}
	refilter := func() tea.Cmd {
		s.read = read()
		return s.Refresh()
	}
	s.acts = func(_ []insertion.ParticipantRow, p insertion.ParticipantRow, some bool) []action {
		none, other := "", "voir les sorties"
		if !some {
			none = "aucune personne n'est choisie"
		}
		if filter.Left {
			other = "voir les suivies"
		}
		acts := []action{
			{key: "enter", label: "ouvrir", help: "Ouvrir la fiche de la personne.", why: none, do: func() tea.Cmd { return push(newPersonPage(sh, p.ID)) }},
			{key: "n", label: "nouvelle", help: "Ajouter une personne ; Passerelle lui donne un pseudonyme.", needs: rightTo(insertion.ActWrite), do: func() tea.Cmd {
				return push(newPersonForm(sh, insertion.Participant{Entered: insertion.DateOf(sh.now())}))
			}},
			{key: "f", label: "filtrer", help: "Chercher par pseudonyme, commune ou catégorie.", needs: rightTo(insertion.ActPersons), do: func() tea.Cmd {
				return askText("Filtrer les personnes", filter.Text, "P-0042, 92050, RSA…", func(text string) tea.Cmd {
					filter.Text = strings.TrimSpace(text)
					return refilter()
				})
			}},
			{key: "o", label: other, help: "Passer des personnes suivies à celles qui sont sorties.", needs: rightTo(insertion.ActPersons), do: func() tea.Cmd {
				filter.Left = !filter.Left
				return refilter()
			}},
		}
		if filter.Text != "" {
			acts = append(acts, action{key: "esc", label: "tout voir", help: "Retirer le filtre.", do: func() tea.Cmd {
				filter.Text = ""
				return refilter()
			}})
		}
		return acts
	}
	return s.opened(sh)
}

// personColumns aligns the head and the rows of the list.
func personColumns(code, born, categories, counted, hours, window, ceiling, employer string, w int) string {
	line := pad(code, 9) + pad(born, 5)
	if w >= 100 {
		return line + pad(categories, 22) + padLeft(counted, 11) + padLeft(hours, 11) + "  " + pad(window, 11) + padLeft(ceiling, 8) + "  " + pad(employer, max(0, w-81))
	}
	room := max(0, w-71) // of the employer, who is said below when it is too little
	if room < leastEmployer {
		return line + pad(categories, 14+room) + padLeft(counted, 10) + padLeft(hours, 10) + "  " + pad(window, 11) + padLeft(ceiling, 8)
	}
	return line + pad(categories, 14) + padLeft(counted, 10) + padLeft(hours, 10) + "  " + pad(window, 11) + padLeft(ceiling, 8) + "  " + pad(employer, room)
}

// leastEmployer is the fewest cells a name can be known by.
const leastEmployer = 12

func personRow(t *theme, p insertion.ParticipantRow, w int, on bool) string {
	born, ceiling, employer := "", "", p.Employer
	if p.Born > 0 {
		born = strconv.Itoa(p.Born)
	}
	if p.Ceiling > 0 {
		ceiling = p.Ceiling.Round()
	}
	code := p.Code()
	if p.Name != "" {
		employer = p.Name + " · " + employer
	}
	line := personColumns(code, born, strings.Join(p.Categories, " "), p.Counted.Number(), p.Hours.Number(), blank(p.WindowEnds), ceiling, employer, w-2)
	if p.Ineligible != "" {
		if on {
			return "! " + line
		}
		return t.paint(bad, "! ") + line
	}
	return "  " + line
}

// newPersonForm is the form of a person: nothing in it names her.
func newPersonForm(sh *shared, p insertion.Participant) screen {
	files, by := sh.deps.Persons, sh.person
	born := ""
	if p.Born > 0 {
		born = strconv.Itoa(p.Born)
	}
	levels := []option{{code: "0", label: "non dit"}, {code: "2", label: "sans diplôme"}, {code: "3", label: "CAP, BEP"}, {code: "4", label: "bac"}, {code: "5", label: "bac +2"}, {code: "6", label: "licence et plus"}}
	title := "Nouvelle personne"
	if p.ID != 0 {
		title = p.Code()
	}
	left := textField("sortie", "Sortie le", blank(p.Left), "vide tant qu'elle est suivie")
	gone := func() bool { return strings.TrimSpace(left.value()) != "" }
	exits := append([]option{{code: "", label: "non dite"}}, labelled(insertion.Exits()...)...)
	return newEntryForm(sh, fmt.Sprint("personne ", p.ID), questionnaire{
		needs: rightTo(insertion.ActWrite), title: title, head: []string{"Le strict nécessaire à la clause : aucun nom, aucune adresse, aucune pièce."},
		inputs: []*input{
			textField("naissance", "Année de naissance", born, "1990"),
			choiceField("sexe", "Sexe", string(p.Sex), option{code: "", label: "non dit"}, option{code: "F", label: "femme"}, option{code: "H", label: "homme"}),
			textField("commune", "Commune (INSEE)", p.INSEE, "92050"),
			textField("qpv", "QPV", p.QPV, "code du quartier prioritaire, s'il y en a un"),
			choiceField("niveau", "Niveau", strconv.Itoa(int(p.Level)), levels...),
			textField("entree", "Suivie depuis", blank(p.Entered), "31/03/2026"),
			left,
			choiceField("situation", "À la sortie", string(p.Exit), exits...).when(gone),
			textField("rappel", "Rappelée le", blank(p.Asked), "six mois après la sortie").when(gone),
			choiceField("situation_6_mois", "À six mois", string(p.Later), exits...).when(gone),
		},
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			r := &reader{get: get}
			n := p
			n.Born, n.Sex, n.INSEE, n.QPV = r.number("naissance"), insertion.Sex(get("sexe")), strings.TrimSpace(get("commune")), strings.ToUpper(strings.TrimSpace(get("qpv")))
			n.Level, n.Entered, n.Left, n.Asked = insertion.Level(r.number("niveau")), r.date("entree"), r.date("sortie"), r.date("rappel")
			n.Exit, n.Later = insertion.Exit(get("situation")), insertion.Exit(get("situation_6_mois"))
			if n.Left == "" {
				n.Exit, n.Later, n.Asked = "", "", ""
			}
			return "Fiche enregistrée.", func(ctx context.Context) error { _, err := files.SaveParticipant(ctx, by, n); return err }, r.err
		},
	})
}
