package mandate

import (
	"cmp"
	"fmt"
	"slices"

	"passerelle/internal/insertion"
)

// notes are the answers to what the letter asks beside a figure.
func (b *book) notes(code Code) []string {
	switch code {
	case Council:
		return b.councilNotes()
	case CallForProject:
		return b.callNotes()
	case Forum:
		return b.forumNotes()
	case Networks:
		return b.networkNotes()
	case Allotment, Levers:
		return b.projectNotes()
	}
	return nil
}

func (b *book) councilNotes() []string {
	var out []string
	if next, ok := NextMeeting(b.kinds[Meeting], CouncilName, b.today); ok {
		out = append(out, "Prochaine séance du conseil : le "+next.Words()+".")
	} else {
		out = append(out, "Aucune prochaine séance du conseil n'est prévue : c'est ce que la lettre demandait d'abord.")
	}
	open, late := 0, 0
	for _, r := range b.kinds[Point] {
		if r.Text("nature") != "ordre du jour" && cmp.Or(r.Text("etat"), "à suivre") == "à suivre" {
			open++
			if r.Said("echeance") && r.Date("echeance") < b.today {
				late++
			}
		}
	}
	if open > 0 {
		out = append(out, fmt.Sprintf("Propositions et décisions à suivre : %s, dont %s en retard.", number(open), number(late)))
	}
	return out
}

// callNotes answers the letter's question of the last call.
func (b *book) callNotes() []string {
	if len(b.kinds[Call]) == 0 {
		return nil
	}
	call := slices.MaxFunc(b.kinds[Call], func(x, y Record) int {
		return cmp.Or(cmp.Compare(x.Year("annee"), y.Year("annee")), cmp.Compare(x.ID, y.ID))
	})
	verdict, reasons := Innovation(call)
	return append([]string{fmt.Sprintf("« %s » (%d), l'innovation empêche-t-elle d'aider ce qui marche ? %s", call.Text("nom"), call.Year("annee"), verdict)}, reasons...)
}

// Innovation reads the check-list of a call: whether asking for innovation shuts
// out what already works, and why, in French.
func Innovation(call Record) (verdict string, reasons []string) {
	s, _ := SheetOf(Call)
	doors := []string{"reconduction", "essaimage"}
	help := []string{"pluriannuel", "fonctionnement", "petites"}
	open, unsaid := 0, 0
	for _, name := range append(slices.Clone(doors), help...) {
		if !call.Said(name) {
			unsaid++
			reasons = append(reasons, "Le cahier des charges ne dit pas : « "+s.label(name)+" ».")
		} else if !call.Ticked(name) {
			reasons = append(reasons, "Le cahier des charges dit non : « "+s.label(name)+" ».")
		}
	}
	for _, name := range doors {
		if call.Ticked(name) {
			open++
		}
	}
	switch {
	case call.Said("innovation") && !call.Ticked("innovation"):
		return "Non : l'innovation n'y est pas exigée.", reasons
	case open == len(doors):
		return "Non : reconduire et essaimer y sont recevables.", reasons
	case open > 0:
		return "En partie : une porte est ouverte à ce qui marche, l'autre non.", reasons
	case call.Ticked("innovation") && call.Said("reconduction") && call.Said("essaimage"):
		return "Oui : l'innovation est exigée, ni reconduire ni essaimer n'y sont recevables.", reasons
	}
	return "On ne peut le dire : le cahier des charges est à compléter.", reasons
}

func (b *book) forumNotes() []string {
	var out []string
	for _, r := range b.kinds[Event] {
		if r.Text("nature") == "forum" && r.Date("date") >= b.today {
			todo := 0
			for _, t := range b.under[r.ID] {
				if t.Kind == Task && cmp.Or(t.Text("etat"), "à faire") == "à faire" {
					todo++
				}
			}
			held, _ := appointment(r, Record{}, nil)
			out = append(out, fmt.Sprintf("Prochain forum : le %s ; %s à faire.", held.Words(), counted(todo, "tâche")))
			break
		}
	}
	return out
}

func (b *book) networkNotes() []string {
	members := int64(0)
	for _, r := range b.kinds[Network] {
		members += r.Whole("adherents")
	}
	if len(b.kinds[Network]) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%s, %s adhérents (une structure peut être de plusieurs).", counted(len(b.kinds[Network]), "réseau"), insertion.Thousands(members))}
}

func (b *book) projectNotes() []string {
	preparing, chosen := 0, 0
	for _, r := range b.kinds[Project] {
		if cmp.Or(r.Text("etat"), "en préparation") == "en préparation" {
			preparing++
			if r.Said("levier") {
				chosen++
			}
		}
	}
	if preparing == 0 {
		return nil
	}
	return []string{fmt.Sprintf("Marchés en préparation : %s, dont %s avec un levier retenu.", number(preparing), number(chosen))}
}
