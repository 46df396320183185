package tui

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
)

// settingsKeeper reads and changes the settings.
type settingsKeeper interface {
	Thresholds(ctx context.Context) (insertion.Thresholds, error)
	SetThresholds(ctx context.Context, by string, was, is insertion.Thresholds) error
}

// settings are the thresholds of Aujourd'hui and the territory. None has a
// legal source: each is a proposal of the program, and says so.
type settings struct {
	page
	form *form                // nil until read
	kept insertion.Thresholds // as last read: what the form does not show stays
}

func newSettings(sh *shared) screen { return &settings{page: sh.page()} }

func (s *settings) Title() string { return "Réglages" }
func (s *settings) Waiting() bool { return s.form == nil }
func (s *settings) Typing() bool  { return s.form != nil }
func (s *settings) fields() *form { return s.form }

func (s *settings) Reread() tea.Cmd { return s.Init() }

func (s *settings) Init() tea.Cmd {
	files := s.deps.Settings
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) { return files.Thresholds(ctx) })
}

func (s *settings) fill(t insertion.Thresholds) {
	s.kept = t
	percent := func(b insertion.BasisPoints) string { return strings.TrimSuffix(b.String(), " %") }
	s.form = newForm(s.theme,
		textField("territoire", "Départements", strings.Join(t.Departments, ", "), "92, 75 ; vide pour toute la France"),
		textField("reponse", "Sans réponse (jours)", strconv.Itoa(t.AnswerDays), "7"),
		textField("orange", "En retard sous (%)", percent(t.Orange), "90"),
		textField("rouge", "En danger sous (%)", percent(t.Red), "60"),
		textField("anciennete", "À clauser (jours)", strconv.Itoa(t.HistoryDays), "1461"),
		textField("preuve", "Preuve à renouveler (jours)", strconv.Itoa(t.ProofDays), "30"),
		textField("fenetre", "Fenêtre qui finit (jours)", strconv.Itoa(t.WindowDays), "60"),
		textField("plafond", "Plafond atteint à (%)", percent(t.Ceiling), "80"),
		textField("eligibilite", "Éligibilité avant (jours)", strconv.Itoa(t.EligibilityDays), "30"),
		textField("demarrage", "Rien depuis (mois)", strconv.Itoa(t.StartMonths), "3"),
		textField("silence", "Silence (jours)", strconv.Itoa(t.SilenceDays), "90"),
		textField("suite", "Suite d'emploi (mois)", strconv.Itoa(t.OutcomeMonths), "6"),
		textField("allure", "Allure sur (mois)", strconv.Itoa(t.PaceMonths), "6"),
		textField("obligation", "L2112-2-1 depuis le", t.SocialDuty.French(), "21/08/2026"),
	)
}

// settingHelp says what the setting under the cursor changes.
func settingHelp(name string) string {
	switch name {
	case "territoire":
		return "Les départements suivis, séparés par des virgules : Aujourd'hui ne montre à clauser que leurs avis."
	case "reponse":
		return "Jours après lesquels une proposition sans réponse est à relancer."
	case "orange":
		return "Part du rythme attendu, en %, sous laquelle un lot est en retard. Rythme : heures faites ÷ (heures dues × part de la durée écoulée)."
	case "rouge":
		return "Part du rythme attendu, en %, sous laquelle un lot est en danger."
	case "preuve":
		return "Jours avant la fin de validité d'un justificatif (titre de séjour, RQTH, PASS IAE) auxquels le signaler."
	case "fenetre":
		return "Jours avant la fin de la période où les heures d'une personne comptent, auxquels le signaler."
	case "plafond":
		return "Part d'un plafond légal (480 h d'une AI, L5132-9 ; 24 mois d'une ETTI, L5132-6) à partir de laquelle le signaler."
	case "eligibilite":
		return "Jours avant le début du travail auxquels signaler que l'éligibilité n'a pas été vue."
	case "demarrage":
		return "Mois après le début d'une clause auxquels signaler qu'aucune heure n'est faite."
	case "silence":
		return "Jours sans échange sur un lot qui court, auxquels le signaler."
	case "suite":
		return "Mois après la sortie d'une personne auxquels la rappeler."
	case "allure":
		return "Nombre de derniers mois clos que regarde une prévision."
	case "obligation":
		return "Date à partir de laquelle L2112-2-1 s'applique (décret 2022-767 : 21/08/2026 ; une source dit un jour de plus, une autre le 1er août)."
	case "anciennete":
		return "Ancienneté, en jours, au-delà de laquelle un avis sans clause écrite quitte Aujourd'hui."
	}
	return ""
}

func (s *settings) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case insertion.Thresholds:
		s.fill(msg)
		return nil
	case saved:
		return s.Init()
	case failed:
		if s.form != nil {
			return s.form.refused(msg.err)
		}
		return nil
	}
	if s.form == nil {
		return nil
	}
	cmd, sent := s.form.Update(msg)
	if sent {
		return s.send()
	}
	return cmd
}

func (s *settings) Actions() []action {
	if s.form == nil {
		return nil
	}
	return slices.Insert(formActions(s.send), 2,
		action{key: "ctrl+t", label: "textes", help: "Le texte de chaque genre de document.", do: func() tea.Cmd { return push(newWordings(s.shared)) }},
		action{key: "ctrl+n", label: "en-têtes", help: "L'en-tête des documents : votre service, les acheteurs.", do: func() tea.Cmd { return push(newLetterheads(s.shared)) }},
		action{key: "ctrl+p", label: "conseil", help: "Les paramètres du conseil sur l'allotissement et les leviers, chacun avec sa source.", do: func() tea.Cmd { return openRules(&s.page) }})
}

func (s *settings) send() tea.Cmd {
	s.form.clear()
	t, err := s.read()
	if err != nil {
		s.form.refuse(err)
		return nil
	}
	files, by, was := s.deps.Settings, s.person, s.kept
	return save(&s.page, "Réglages enregistrés", func(ctx context.Context) error { return files.SetThresholds(ctx, by, was, t) })
}

func (s *settings) read() (t insertion.Thresholds, err error) {
	t = s.kept
	number := func(name string) int {
		n, e := strconv.Atoi(strings.TrimSpace(s.form.get(name)))
		if e != nil && err == nil {
			err = &insertion.FieldError{Field: name, Reason: "un nombre entier"}
		}
		return n
	}
	share := func(name string) insertion.BasisPoints {
		b, e := insertion.ParseShare(s.form.get(name))
		if e != nil && err == nil {
			err = &insertion.FieldError{Field: name, Reason: e.Error()}
		}
		return b
	}
	t.AnswerDays, t.HistoryDays = number("reponse"), number("anciennete")
	t.Orange, t.Red = share("orange"), share("rouge")
	t.ProofDays, t.WindowDays, t.EligibilityDays, t.SilenceDays = number("preuve"), number("fenetre"), number("eligibilite"), number("silence")
	t.StartMonths, t.OutcomeMonths, t.PaceMonths, t.Ceiling = number("demarrage"), number("suite"), number("allure"), share("plafond")
	duty, e := insertion.ParseDate(s.form.get("obligation"))
	if e != nil && err == nil {
		err = &insertion.FieldError{Field: "obligation", Reason: e.Error()}
	}
	t.SocialDuty = duty
	t.Departments = words(strings.ToUpper(s.form.get("territoire")))
	for _, d := range t.Departments {
		if _, ok := place.National().Department(d); !ok && err == nil {
			err = &insertion.FieldError{Field: "territoire", Reason: fmt.Sprintf("département inconnu : %s", d)}
		}
	}
	if err == nil {
		err = t.Validate()
	}
	return t, err
}

func (s *settings) View() string {
	if s.form == nil {
		return fit([]string{"", "  Lecture…"}, s.w, s.h)
	}
	lines := s.note()
	form := s.form.view(s.w, max(1, s.h-len(lines)-4))
	lines = append(lines, form, "")
	for _, l := range wrap(settingHelp(s.form.inputs[s.form.pick].name), s.w-4) {
		lines = append(lines, "  "+l)
	}
	return fitText(s.w, s.h, lines...)
}

// note says where the values come from, and who writes in the journal.
func (s *settings) note() []string {
	var lines []string
	text := "Seuils : proposition de Passerelle, sans source légale ; réglez-les à votre pratique. Le journal vous nomme «\u00a0" + s.person + "\u00a0»"
	if s.role == "" {
		text += " (PASSERELLE_PERSONNE ou --personne pour changer)"
	}
	for _, l := range wrap(text+".", s.w-2) {
		lines = append(lines, " "+l)
	}
	return append(lines, s.theme.rule("", s.w))
}

func (s *settings) Pointer() (int, int, bool) {
	if s.form == nil {
		return 0, 0, false
	}
	n := len(s.note())
	x, y, ok := s.form.pointer(s.w, max(1, s.h-n-4))
	return x, y + n, ok
}
