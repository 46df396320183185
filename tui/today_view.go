package tui

import (
	"fmt"
	"strings"

	"passerelle/internal/insertion"
)

// dayHead is how many lines stand above the queue.
const dayHead = 5

// todoKind is the column of the kinds.
const todoKind = 20

// detailLines is how many lines tell the selected thing in full, below.
func (s *day) detailLines() int {
	if s.h < 16 {
		return 2
	}
	return 4
}

func (s *day) resize() {
	s.queue.resize(s.h - dayHead - s.detailLines())
	s.queue.lit = 2 + todoKind // the mark and the kind: fewer cells travel faster
}

func (s *day) Pointer() (int, int, bool) {
	y, ok := s.queue.pointer()
	return 0, y + dayHead, ok
}

func (s *day) View() string {
	f := s.figures
	title := "À faire " + s.queue.position()
	if s.kind != "" {
		title = "À faire, " + string(s.kind) + " seulement, " + s.queue.position()
	}
	year := fmt.Sprintf(" %s faites en %d", f.YearDone, f.Year)
	lines := []string{
		fmt.Sprintf(" %s · %s · %s · %s", insertion.Counted(f.Lots, "lot suivi", "lots suivis"),
			insertion.Counted(f.Structures, "structure active", "structures actives"), insertion.Counted(f.Notices, "avis", "avis"), s.territory()),
		" " + hoursBar(s.theme, f.Hours, s.w-2),
		year + s.counts(s.w-span(year)),
		" " + cut(councilLine(s.council, s.council.Record != 0), s.w-1),
		s.theme.rule(title, s.w),
	}
	if s.queue.loaded && len(s.queue.rows) == 0 {
		return fit(append(lines, s.empty()...), s.w, s.h)
	}
	body := s.queue.view(s.w)
	body += strings.Repeat("\n", max(0, s.queue.h-1-strings.Count(body, "\n")))
	return fitText(s.w, s.h, append(append(lines, body), s.detail()...)...)
}

func (s *day) territory() string {
	if len(s.limits.Departments) == 0 {
		return "toute la France"
	}
	return "territoire " + strings.Join(s.limits.Departments, ", ")
}

// counts is how many things of each kind wait: with their names when they fit
// in w cells, else with the marks the rows carry.
func (s *day) counts(w int) string {
	long, short := "", ""
	for _, k := range insertion.TodoKinds() {
		if n := s.counted(k); n > 0 {
			sign, _ := kindMark(k)
			short += fmt.Sprintf(" · %s %d", sign, n)
			long += fmt.Sprintf(" · %s %d %s", sign, n, k)
		}
	}
	if span(long) > w {
		return short
	}
	return long
}

// detail tells the selected thing in full: what the columns cut, the last
// exchange, and how long nobody has spoken.
func (s *day) detail() []string {
	t, ok := s.queue.current()
	if !ok {
		return nil
	}
	last := "aucun échange noté"
	if t.Last != "" {
		last = "dernier échange : " + t.Last
		if t.Silent >= 0 {
			last += ", " + insertion.Counted(t.Silent, "jour", "jours") + " de silence"
		}
	}
	room := s.detailLines()
	about := " Lot " + insertion.Thousands(int64(t.Lot)) + " · " + last
	switch {
	case t.Kind == insertion.TodoMandate:
		about = " Mandat · pour le " + t.Since.French()
		if days := insertion.DateOf(s.now()).DaysSince(t.Since); days > 0 {
			about += ", passé de " + insertion.Counted(days, "jour", "jours")
		}
	case t.Lot == 0:
		about = " " + last
	}
	told := wrap(t.Who+" : "+t.What, s.w-2)
	lines := []string{s.theme.paint(faint, cut(about, s.w))}
	if room > 2 {
		lines = append([]string{s.theme.rule("", s.w)}, lines...)
	}
	for i := 0; len(lines) < room && i < len(told); i++ {
		if len(lines) == room-1 && i < len(told)-1 {
			told[i] = strings.Join(told[i:], " ")
		}
		lines = append(lines, " "+told[i])
	}
	return lines
}

// empty says what to do first, on a file that holds nothing.
func (s *day) empty() []string {
	switch f := s.figures; {
	case f.Notices == 0 && f.Lots == 0:
		return []string{
			"", "  La base est vide. Pour commencer :", "",
			"  1. importez des avis d'attribution (g puis i, ou « passerelle importer FICHIER ») ;",
			"  2. importez un annuaire de structures d'insertion, de la même façon ;",
			"  3. dites votre territoire dans les Réglages (g puis r) ;",
			"  4. revenez ici : les lots à clauser vous y attendent.",
		}
	case f.Structures == 0:
		return []string{
			"", "  Il n'y a aucune structure : sans elles, aucun lot ne peut être apparié.", "",
			"  Importez un annuaire de structures d'insertion (g puis i),", "  ou saisissez-en une (g puis s, puis n).",
		}
	case f.Lots == 0:
		return []string{
			"", fmt.Sprintf("  Rien n'attend : aucun lot n'est suivi, et aucun avis des %d derniers jours", s.limits.HistoryDays),
			"  ne déclare une clause sociale sur le territoire choisi (g puis r pour en changer).", "",
			"  Pour suivre un lot : g puis m, choisissez-le, puis c pour écrire sa clause.",
		}
	}
	return []string{"", "  Rien n'attend. Les lots suivis sont dans les Marchés (g puis m)."}
}

// hoursBar shows done against due, with planned beside: a bar and numbers.
func hoursBar(t *theme, h insertion.HoursSum, w int) string {
	text := fmt.Sprintf(" %s faites · %s prévues · %s dues", h.Done, h.Planned, h.Due)
	if w < 76 {
		text = fmt.Sprintf(" %s faites sur %s dues", h.Done, h.Due)
	}
	if h.Due > 0 {
		text += " · " + insertion.Percent(int64(h.Done), int64(h.Due))
	}
	bars := min(30, w-span(text))
	if bars < 5 {
		return cut(text, w)
	}
	return t.paint(good, gauge(int64(h.Done), int64(h.Due), bars)) + text
}

// Signs says what the marks of the rows mean, most urgent first.
func (s *day) Signs() []action {
	var signs []action
	for _, k := range insertion.TodoKinds() {
		sign, _ := kindMark(k)
		signs = append(signs, action{key: sign, help: string(k) + " : " + meaning(k)})
	}
	return signs
}

// meaning is why a kind of thing waits, in words.
func meaning(k insertion.TodoKind) string {
	switch k {
	case insertion.TodoRed:
		return "le rythme du lot est sous le seuil de danger des Réglages."
	case insertion.TodoStarted:
		return "aucune heure des mois après le début de la clause."
	case insertion.TodoOver:
		return "la clause est finie et il manque des heures : pénalités à décider, ou lot à clore."
	case insertion.TodoDeclaration:
		return "une déclaration attendue n'est pas arrivée."
	case insertion.TodoBehind:
		return "le rythme du lot est sous le seuil de retard des Réglages."
	case insertion.TodoNoHours:
		return "un mois passé était prévu et n'est pas saisi."
	case insertion.TodoEligibility:
		return "aucune éligibilité n'est vue, et le travail commence."
	case insertion.TodoMatch:
		return "la clause est écrite et n'a pas de structure."
	case insertion.TodoCeiling:
		return "un plafond légal est presque atteint."
	case insertion.TodoWindow:
		return "les heures d'une personne cesseront bientôt de compter."
	case insertion.TodoProof:
		return "un justificatif expire bientôt."
	case insertion.TodoNoAnswer:
		return "une structure n'a pas répondu à une proposition."
	case insertion.TodoMandate:
		return "le jour d'une chose du mandat est venu."
	case insertion.TodoOutcome:
		return "une personne sortie est à rappeler."
	case insertion.TodoSilence:
		return "personne n'a parlé du lot depuis longtemps."
	case insertion.TodoWrite:
		return "un avis déclare une clause sociale, à écrire."
	case insertion.TodoRetention:
		return "des données ont passé leur terme de conservation."
	case insertion.TodoWinners:
		return "l'entreprise d'un lot suivi n'a pas de nom."
	case insertion.TodoUndetailed:
		return "des heures sont déclarées sans dire qui les a faites."
	}
	return ""
}

// kindMark is a sign and a tone for each kind of thing to do.
func kindMark(k insertion.TodoKind) (string, tone) {
	switch k {
	case insertion.TodoRed:
		return "▼", bad
	case insertion.TodoStarted:
		return "Ø", bad
	case insertion.TodoOver:
		return "×", bad
	case insertion.TodoBehind:
		return "▽", warn
	case insertion.TodoDeclaration:
		return "»", bad
	case insertion.TodoEligibility:
		return "¿", bad
	case insertion.TodoCeiling:
		return "^", warn
	case insertion.TodoWindow:
		return "◷", warn
	case insertion.TodoProof:
		return "§", warn
	case insertion.TodoUndetailed:
		return "Σ", faint
	case insertion.TodoRetention:
		return "⊘", faint
	case insertion.TodoOutcome:
		return "+", accent
	case insertion.TodoSilence:
		return "~", accent
	case insertion.TodoNoHours:
		return "◌", warn
	case insertion.TodoNoAnswer:
		return "?", warn
	case insertion.TodoMatch:
		return "○", warn
	case insertion.TodoMandate:
		return "¶", warn
	case insertion.TodoWrite:
		return "!", accent
	}
	return "#", faint
}

// row is one thing to do: its kind, since when, who, what, and how long nobody
// has spoken.
func (s *day) row(t insertion.Todo, w int, on bool) string {
	sign, which := kindMark(t.Kind)
	kind := pad(sign+" "+string(t.Kind), todoKind)
	if !on {
		kind = s.theme.paint(which, kind)
	}
	since := pad(t.Since.French(), 11)
	who, silent := 0, 0
	switch {
	case w >= 100:
		who, silent = 28, 14
	case w >= 76:
		who = 20
	}
	line := kind + since
	if who > 0 {
		line += pad(t.Who, who-1) + " "
	}
	line += pad(t.What, w-todoKind-11-who-silent)
	if silent > 0 {
		line += padLeft(silence(t), silent)
	}
	return line
}

// silence is how long nobody has spoken, in a narrow column.
func silence(t insertion.Todo) string {
	if t.Kind == insertion.TodoMandate {
		return ""
	}
	if t.Silent < 0 {
		return "aucun échange"
	}
	return "silence " + insertion.Counted(t.Silent, "j", "j")
}
