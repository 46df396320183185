package tui

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/internal/trade"
)

// Advice is what the adviser says of a contract in preparation.
type Advice struct {
	Project mandate.Record
	Had     []mandate.Record // the lots thought of so far
	Split   mandate.Split
	Levers  mandate.LeverChoice
	Around  string // where candidates were looked for
}

// adviser looks at a contract in preparation, and keeps the lots it proposes.
type adviser interface {
	AdviceRules(ctx context.Context) (mandate.Rules, error)
	SetAdviceRules(ctx context.Context, by string, was, is mandate.Rules) error
	Advise(ctx context.Context, project mandate.RecordID) (Advice, error)
	SaveMandateParts(ctx context.Context, by string, project mandate.RecordID, parts []mandate.Record) error
}

// projectActions are the keys of a contract in preparation; of any other record,
// none.
func projectActions(s *roll[shelf, mandate.Record], f shelf) []action {
	if f.record.Kind != mandate.Project || s.deps.Adviser == nil {
		return nil
	}
	return []action{{key: "a", label: "conseil", help: "Voir quels lots proposer, qui pourrait répondre à chacun, et quel levier convient.", do: func() tea.Cmd {
		return push(newAdviser(s.shared, f.record.ID))
	}}}
}

// newAdviser proposes how to split a contract so that local structures could answer.
// The facilitator wants the lots and who could take each: no key; v shows the levers,
// j the justification, o keeps the lots: one key and a confirmation.
func newAdviser(sh *shared, project mandate.RecordID) screen {
	files := sh.deps.Adviser
	s := &roll[Advice, mandate.Lot]{
		title:   "Conseil",
		read:    func(ctx context.Context) (Advice, error) { return files.Advise(ctx, project) },
		rows:    func(a Advice) []mandate.Lot { return a.Split.Lots },
		id:      func(l mandate.Lot) int64 { return todoKey(l.Object) },
		nothing: "Aucun lot à proposer : le montant du marché manque.",
		named: func(a Advice, position string) string {
			return "Lots proposés " + position + " · " + a.Around
		},
	}
	s.head = func(a Advice, w int) []string { return adviceHead(&s.page, a, w) }
	s.draw = func(l mandate.Lot, w int, on bool) string { return adviceRow(s.theme, l, w, on) }
	s.detail = func(_ Advice, l mandate.Lot, _ int) []string { return lotAdvice(l, 3) }
	s.acts = func(a Advice, l mandate.Lot, some bool) []action {
		none := ""
		if !some {
			none = "aucun lot n'est proposé"
		}
		return []action{
			{key: "enter", label: "qui pourrait", help: "Lire tous ceux qui pourraient prendre ce lot seuls, et pourquoi.", why: none, do: func() tea.Cmd {
				return push(newReading(sh, "Lot : "+l.Object, func(context.Context) (string, error) { return strings.Join(lotAdvice(l, len(l.Takers)), "\n\n"), nil }))
			}},
			{key: "o", label: "retenir ces lots", help: "Garder les lots proposés comme lots envisagés du marché, à la place des siens, après confirmation.", needs: rightToMandate(), why: none, do: func() tea.Cmd { return applySplit(s, a) }},
			{key: "v", label: "leviers", help: "Voir lequel des cinq leviers convient, et pourquoi.", do: func() tea.Cmd { return push(newLevers(sh, a)) }},
			{key: "j", label: "justification", help: "Lire la justification préparée, à relire par l'acheteur, et la copier.", do: func() tea.Cmd { return push(newDraft(sh, a)) }},
			{key: "p", label: "paramètres", help: "Voir et changer les paramètres du conseil, chacun avec sa source.", do: func() tea.Cmd { return openRules(&s.page) }},
		}
	}
	return s.opened(sh)
}

// applySplit keeps the lots proposed, after asking; one undo takes them back.
func applySplit(s *roll[Advice, mandate.Lot], a Advice) tea.Cmd {
	files, by := s.deps.Adviser, s.person
	question := fmt.Sprintf("Garder %s ?", insertion.Counted(len(a.Split.Lots), "lot proposé", "lots proposés"))
	if n := len(a.Had); n > 0 {
		question = fmt.Sprintf("Remplacer %s par %s ?", insertion.Counted(n, "lot envisagé", "lots envisagés"), insertion.Counted(len(a.Split.Lots), "lot proposé", "lots proposés"))
	}
	reserved := map[string]bool{}
	for _, r := range a.Had {
		reserved[r.Text("objet")] = r.Ticked("reserve")
	}
	return confirm(question, func() tea.Cmd {
		return save(&s.page, "Lots gardés (u pour annuler).", func(ctx context.Context) error {
			return files.SaveMandateParts(ctx, by, a.Project.ID, a.Split.Parts(reserved))
		})
	})
}

// adviceHead compares before and after, a line each.
func adviceHead(p *page, a Advice, w int) []string {
	lines := []string{" " + p.theme.paint(strong, cut(a.Project.Title()+" · "+a.Project.Show("montant"), w-1))}
	const column = 18
	what := max(10, w-2-2*column)
	lines = append(lines, "  "+pad("", what)+p.theme.paint(faint, padLeft("en un seul lot", column)+padLeft("en lots proposés", column)))
	for _, r := range a.Split.Table {
		lines = append(lines, "  "+pad(r.What, what)+padLeft(r.Before, column)+padLeft(r.After, column))
	}
	for _, q := range a.Split.Questions {
		for _, l := range wrap("? "+q, w-2) {
			lines = append(lines, " "+p.theme.paint(warn, l))
		}
	}
	return lines
}

// adviceRow is a lot: its amount, how many could take it alone, whether it could be
// reserved.
func adviceRow(t *theme, l mandate.Lot, w int, on bool) string {
	able := insertion.Counted(len(l.Takers), "capable", "capables")
	sign, which := "✓", good
	if len(l.Takers) == 0 {
		sign, which, able = "✗", bad, "personne seul"
	}
	reserve := ""
	if l.Reserve.Possible {
		reserve = "réservable"
	}
	name := max(12, w-2-14-15-12)
	if w < 66 {
		name, reserve = name+11, ""
	}
	if !on {
		sign = t.paint(which, sign)
	}
	return sign + " " + pad(middle(l.Object, name-1), name) + padLeft(l.Amount.Round(), 13) + "  " + pad(able, 14) + reserve
}

// middle cuts a text in its middle: lots of one trade differ by their end.
func middle(s string, w int) string {
	const tail = 14
	r := []rune(s)
	if span(s) <= w || w < tail+6 || len(r) < tail {
		return s
	}
	return cut(s, w-tail) + string(r[len(r)-tail:])
}

// lotAdvice tells a lot in full: who could take it, at most so many of them, and what
// it could be reserved to.
func lotAdvice(l mandate.Lot, most int) []string {
	out := []string{fmt.Sprintf("%s, %s, %s de travail", firstWord(trade.Label(l.Trade), "filière non dite"), l.Amount.Round(), l.Hours.Round())}
	if l.Nobody != "" {
		out = append(out, "Personne seul : "+l.Nobody)
	}
	for _, k := range l.Takers[:min(most, len(l.Takers))] {
		out = append(out, fmt.Sprintf("%s (%s) : jusqu'à %s, %s", k.Name, k.Kind, k.Limit.Round(), k.Why))
	}
	if n := len(l.Takers) - most; n > 0 {
		out = append(out, fmt.Sprintf("et %s (Entrée)", insertion.Counted(n, "autre", "autres")))
	}
	reserve := "Pas de réservation"
	if l.Reserve.Possible {
		reserve = "Réservation possible (" + strings.Join(l.Reserve.Articles, ", ") + ")"
	}
	return append(out, reserve+" : "+l.Reserve.Why)
}

// newDraft shows the justification, the questions left to the buyer and what was
// assumed; c copies it with the terminal, over SSH too.
func newDraft(sh *shared, a Advice) screen {
	text := a.Split.Draft + "\n\nÀ voir par l'acheteur :\n" + bulleted(a.Split.Questions) + "\n\nCe qui a été supposé :\n" + bulleted(a.Split.Assumed)
	s := &roll[string, struct{}]{title: "Justification", reading: true, read: func(context.Context) (string, error) { return text, nil }}
	s.head = func(text string, w int) []string {
		var lines []string
		for _, l := range wrapLines(text, w-2) {
			lines = append(lines, " "+l)
		}
		return lines
	}
	s.acts = func(string, struct{}, bool) []action {
		return []action{{key: "c", label: "copier", help: "Copier la justification dans le presse-papiers du terminal, pour un document.", do: func() tea.Cmd {
			return tea.Batch(later(tea.SetClipboard(a.Split.Draft)), tell("Copié, si votre terminal le permet ; sinon : « passerelle mandat allotir "+fmt.Sprint(a.Project.ID)+" »."))
		}}}
	}
	return s.opened(sh)
}

func bulleted(lines []string) string {
	if len(lines) == 0 {
		return "rien"
	}
	return "· " + strings.Join(lines, "\n· ")
}

// newLevers is the five levers against a contract: which fits, why, today's articles
// beside those of 2011, how often each was used.
func newLevers(sh *shared, a Advice) screen {
	s := &roll[Advice, mandate.LeverAdvice]{
		title: "Leviers",
		read:  func(context.Context) (Advice, error) { return a, nil },
		rows:  func(a Advice) []mandate.LeverAdvice { return a.Levers.Levers },
		id:    func(l mandate.LeverAdvice) int64 { return todoKey(string(l.Lever)) },
		named: func(_ Advice, position string) string { return "Les cinq leviers " + position },
	}
	s.head = func(a Advice, w int) []string {
		lines := []string{" " + s.theme.paint(strong, cut(a.Project.Title()+" · "+a.Project.Show("montant"), w-1))}
		for _, text := range append([]string{"L2112-2-1 : " + a.Levers.Duty.Why}, a.Levers.Notes...) {
			for _, l := range wrap(text, w-1) {
				lines = append(lines, " "+l)
			}
		}
		return lines
	}
	s.draw = func(l mandate.LeverAdvice, w int, on bool) string { return leverRow(s.theme, a.Levers.Past, l, w, on) }
	s.detail = func(_ Advice, l mandate.LeverAdvice, _ int) []string { return leverWords(a.Levers.Past, l) }
	s.acts = func(_ Advice, l mandate.LeverAdvice, some bool) []action {
		none := ""
		if !some {
			none = "aucun levier"
		}
		return []action{{key: "enter", label: "lire tout", help: "Lire en entier : pourquoi, à quelles conditions, et les articles d'aujourd'hui à côté de ceux de 2011.", why: none, do: func() tea.Cmd {
			return push(newReading(sh, "Levier : "+string(l.Lever), func(context.Context) (string, error) {
				return capital(string(l.Lever)) + "\n\n" + strings.Join(leverWords(a.Levers.Past, l), "\n"), nil
			}))
		}}}
	}
	return s.opened(sh)
}

func leverRow(t *theme, past mandate.Past, l mandate.LeverAdvice, w int, on bool) string {
	sign, word, which := "✗", "ne convient pas", faint
	switch {
	case l.Advised:
		sign, word, which = "✓", "à retenir d'abord", good
	case l.Fits:
		sign, word, which = "○", "possible", accent
	}
	head := pad(sign+" "+word, 21)
	if !on {
		head = t.paint(which, head)
	}
	used := "usage : les avis ne le disent pas"
	if said := l.Usage(past); len(said) > 0 {
		used = said[0]
	}
	if u := cmp.Or(l.Trade, l.Territory); w < 76 && u.Said > 0 {
		used = fmt.Sprintf("%d sur %d avis", u.Used, u.Said)
	}
	return head + pad(string(l.Lever), 19) + cut(used, w-40)
}

// leverWords tells a lever in full.
func leverWords(past mandate.Past, l mandate.LeverAdvice) []string {
	out := append([]string(nil), l.Why...)
	for _, c := range l.Conditions {
		sign := "? à dire : "
		switch c.Met {
		case mandate.Yes:
			sign = "✓ "
		case mandate.No:
			sign = "✗ "
		}
		out = append(out, sign+c.Text)
	}
	for _, u := range l.Usage(past) {
		out = append(out, fmt.Sprintf("%s, depuis %d", capital(u), past.Since))
	}
	for _, art := range l.Articles {
		line := "Aujourd'hui " + art.Now + " · en 2011 " + art.Then + " : " + art.Subject
		if art.Note != "" {
			line += " (" + art.Note + ")"
		}
		out = append(out, line)
	}
	return out
}
