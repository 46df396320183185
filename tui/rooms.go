package tui

import tea "charm.land/bubbletea/v2"

// entry is a room one can go to with « g » and a letter.
type entry struct {
	letter, name string
	open         func(*shared) screen
}

// plan lists the rooms, the one that opens first on top; palette, help and
// « g » all read it.
func plan() []entry {
	return []entry{
		{"a", "Aujourd'hui", newDay},
		{"m", "Marchés", newMarches},
		{"s", "Structures", newStructures},
		{"p", "Personnes", newPersons},
		{"h", "Heures", newMonthGrid},
		{"d", "Déclarations", func(sh *shared) screen { return newDeclarations(sh, 0) }},
		{"v", "Veille", newLawWatch},
		{"b", "Bilans", newBilans},
		{"e", "Mandat (engagements)", newMandate},
		{"i", "Importer", newImports},
		{"j", "Journal", newJournal},
		{"u", "Utilisateurs", newUsers},
		{"c", "Conservation", newRetention},
		{"r", "Réglages", newSettings},
		{"t", "Textes", newWordings},
	}
}

func (a *App) room(letter string) screen {
	for _, e := range plan() {
		if e.letter == letter {
			return e.open(a.shared)
		}
	}
	return nil
}

func (a *App) rooms() []action {
	var acts []action
	for _, e := range plan() {
		acts = append(acts, action{
			key: e.letter, label: e.name, help: "Aller à : " + e.name + " (g puis " + e.letter + ").",
			do: func() tea.Cmd { return a.jump(e.letter) },
		})
	}
	return acts
}
