package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
)

// bilanWriter writes a bilan in a new file of this machine. A name already taken is fs.ErrExist.
type bilanWriter interface {
	SaveBilan(ctx context.Context, r bilan.Report, format, path string) (Written, error)
}

// bilanBuyer chooses whose bilan to show; of number 0, all.
type bilanBuyer struct{ buyer insertion.Organisation }

func (s *bilans) Actions() []action {
	none, first, last := "", "", ""
	if !s.loaded || len(s.tables) == 0 {
		none = "il n'y a pas de bilan à montrer"
	}
	if s.year <= 2000 {
		first = "les bilans commencent en 2000"
	}
	if s.year >= s.now().Year() {
		last = "l'année suivante n'a pas commencé"
	}
	to := func(year int) func() tea.Cmd { return func() tea.Cmd { s.year = year; return s.again() } }
	return []action{
		{key: "tab", label: "tableau suivant", help: "Montrer le tableau suivant.", why: none, do: func() tea.Cmd { return s.show(s.table + 1) }},
		{key: "left", label: "année d'avant", help: "Le bilan de l'année précédente.", why: first, do: to(s.year - 1)},
		{key: "right", label: "année d'après", help: "Le bilan de l'année suivante.", why: last, do: to(s.year + 1)},
		{key: "x", label: "tableur", help: "Écrire le bilan en tableur XLSX, avec ses graphiques.", why: none, do: s.write("xlsx", "le tableur")},
		{key: "p", label: "PDF", help: "Écrire le bilan en PDF.", why: none, do: s.write("pdf", "le PDF")},
		{key: "c", label: "CSV", help: "Écrire le bilan en CSV, un nombre par ligne.", why: none, do: s.write("csv", "le CSV")},
		{key: "a", label: "acheteur", help: "Choisir l'acheteur, ou tous.", do: s.askBuyer},
		{key: "d", label: "diviseur", help: "Changer le nombre d'heures qui font un ETP.", do: s.askDivisor},
		{key: "n", label: "notes", help: "Lire les paramètres, les notes et l'empreinte.", why: none, do: func() tea.Cmd {
			text := bilanNotes(s.report, s.drawn.Table)
			return push(newReading(s.shared, "Notes", func(context.Context) (string, error) { return text, nil }))
		}},
		{key: "t", label: "tableaux", help: "Choisir un tableau dans la liste.", why: none, do: s.askTable},
		{key: "shift+tab", label: "tableau précédent", help: "Montrer le tableau précédent.", why: none, quiet: true, do: func() tea.Cmd { return s.show(s.table - 1) }},
	}
}

func (s *bilans) askTable() tea.Cmd {
	var choices []choice
	for i, t := range s.tables {
		choices = append(choices, choice{label: t.Title, do: func() tea.Cmd { return s.show(i) }})
	}
	return askChoice("Quel tableau ?", choices)
}

func (s *bilans) askDivisor() tea.Cmd {
	divisor := s.divisor
	if divisor == 0 {
		divisor = bilan.DefaultDivisor
	}
	return askText("Combien d'heures font un ETP ?", divisor.Number(), "1600 pour la consolidation nationale", func(text string) tea.Cmd {
		h, err := bilan.ParseDivisor(text)
		if err != nil {
			return refuse(capital(err.Error()) + ".")
		}
		s.divisor = h
		return s.again()
	})
}

// mostBuyers is how many buyers the question lists; beyond, one writes a name.
const mostBuyers = 12

// askBuyer offers the buyers whose clauses are followed.
func (s *bilans) askBuyer() tea.Cmd {
	files, p := s.deps.Bilans, &s.page
	pick := func(o insertion.Organisation) func() tea.Cmd {
		return func() tea.Cmd { return s.Update(bilanBuyer{o}) }
	}
	return ask(p, func(ctx context.Context) (tea.Msg, error) {
		buyers, err := files.FollowedBuyers(ctx)
		if err != nil {
			return nil, err
		}
		choices := []choice{{label: "tous les acheteurs", do: pick(insertion.Organisation{})}}
		for _, o := range buyers[:min(len(buyers), mostBuyers)] {
			choices = append(choices, choice{label: o.Party.Label(), do: pick(o)})
		}
		choices = append(choices, choice{label: "un autre, par son nom…", do: func() tea.Cmd {
			return askText("Le bilan de quel acheteur ?", "", "une partie de son nom, ou son SIRET", func(name string) tea.Cmd {
				return ask(p, func(ctx context.Context) (tea.Msg, error) {
					o, err := files.BuyerCalled(ctx, strings.TrimSpace(name))
					return bilanBuyer{o}, err
				})
			})
		}})
		return offered{question: "Le bilan de qui ?", choices: choices}, nil
	})
}

// write asks where, then writes; over SSH it tells the command that does.
func (s *bilans) write(format, what string) func() tea.Cmd {
	return func() tea.Cmd {
		name := s.fileName(format)
		if s.deps.BilanFiles == nil {
			whose := ""
			if s.buyer.ID != 0 {
				whose = fmt.Sprintf(" --acheteur %q", s.buyer.Party.ID)
			}
			return tell(fmt.Sprintf("De votre poste : ssh hôte bilan --annee %d%s --format %s > %s", s.year, whose, format, name))
		}
		return s.askFile(format, what, name)
	}
}

func (s *bilans) askFile(format, what, name string) tea.Cmd {
	files, p, r := s.deps.BilanFiles, &s.page, s.report
	return askText("Écrire "+what+" dans quel fichier ?", name, "un nom de fichier", func(path string) tea.Cmd {
		if path = strings.TrimSpace(path); path == "" {
			return refuse("Nommez un fichier, ou Échap pour ne rien écrire.")
		}
		return ask(p, func(ctx context.Context) (tea.Msg, error) {
			w, err := files.SaveBilan(ctx, r, format, path)
			return told{w.words()}, err
		})
	})
}

// fileName is « bilan-2025.xlsx », or « bilan-2025-ville-de-rocreuse.xlsx ».
func (s *bilans) fileName(format string) string {
	name := fmt.Sprintf("bilan-%d", s.year)
	if s.buyer.ID != 0 {
		words := strings.FieldsFunc(fold(s.buyer.Party.Label()), func(r rune) bool { return (r < 'a' || r > 'z') && !digit(r) })
		if slug := strings.Join(words, "-"); slug != "" {
			name += "-" + slug[:min(len(slug), 40)]
		}
	}
	return name + "." + format
}

// bilanNotes is what the figures rest on, those of the table shown first.
func bilanNotes(r bilan.Report, shown bilan.Table) string {
	lines := []string{r.Title + ", " + r.Scope, ""}
	if shown.Note != "" {
		lines = append(lines, shown.Title+". "+shown.Note, "")
	}
	lines = append(lines,
		"Vu le "+r.Query.On.French()+". Un ETP fait "+r.Query.Divisor.String()+". Règles "+r.Rules+".",
		fmt.Sprintf("Un nombre fait sur moins de %d personnes est secret, avec ceux qui permettraient de le retrouver.", r.Query.Least),
		"Signes : "+bilan.Legend, "",
	)
	for _, n := range r.Notes {
		lines = append(lines, n, "")
	}
	return strings.Join(append(lines, "Empreinte : "+r.Fingerprint), "\n")
}
