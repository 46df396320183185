package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// penaltyKeeper simulates what a shortfall would cost and keeps the way there.
type penaltyKeeper interface {
	PenaltyInput(ctx context.Context, lot insertion.LotID, on insertion.Date) (insertion.PenaltyInput, error)
	Steps(ctx context.Context, lot insertion.LotID) ([]insertion.Step, error)
	SaveStep(ctx context.Context, by string, s insertion.Step) (int64, error)
	RemoveStep(ctx context.Context, by string, id int64) error
}

type penaltyFacts struct {
	estimate insertion.PenaltyEstimate
	on       insertion.Date
	over     bool
	steps    []insertion.Step
}

// newPenalties shows what the contract's own rule would give, and the steps taken.
// The facilitator asks « what would it cost on that day? »: t and a date; and the
// next step is one key, n.
func newPenalties(sh *shared, lot insertion.LotID) screen {
	files, by := sh.deps.Penalties, sh.person
	on := insertion.DateOf(sh.now())
	means := false
	s := &roll[penaltyFacts, insertion.Step]{
		title:   fmt.Sprintf("Pénalités du lot %d", lot),
		rows:    func(f penaltyFacts) []insertion.Step { return f.steps },
		id:      func(p insertion.Step) int64 { return p.ID },
		nothing: "Aucune étape engagée : n pour une relance, une réunion, une mise en demeure, ou la décision de l'acheteur.",
	}
	read := func(day insertion.Date, proved bool) func(context.Context) (penaltyFacts, error) {
		return func(ctx context.Context) (penaltyFacts, error) {
			in, err := files.PenaltyInput(ctx, lot, day)
			if err != nil {
				return penaltyFacts{}, err
			}
			in.MeansProved = proved
			steps, err := files.Steps(ctx, lot)
			return penaltyFacts{in.Estimate(), day, in.Over, steps}, err
		}
	}
	s.read = read(on, means)
	s.head = func(f penaltyFacts, w int) []string {
		title := "si l'on comptait le " + f.on.French()
		if f.over {
			title = "le " + f.on.French() + ", clause échue"
		}
		lines := []string{" " + s.theme.paint(strong, f.estimate.Total.String()) + "  " + title}
		for _, t := range f.estimate.Trace {
			for _, l := range wrap(t, w-3) {
				lines = append(lines, "   "+l)
			}
		}
		for _, l := range wrap(f.estimate.Decider, w-1) {
			lines = append(lines, " "+s.theme.paint(warn, l))
		}
		return lines
	}
	s.draw = func(p insertion.Step, w int, _ bool) string {
		right := ""
		if p.Kind == insertion.StepDecision {
			right = " " + p.Amount.String()
		}
		return spread(p.Dated.French()+"  "+pad(string(p.Kind), 24)+p.Text, right, w)
	}
	s.detail = func(_ penaltyFacts, p insertion.Step, _ int) []string {
		return []string{fmt.Sprintf("%s du %s, par %s : %s", p.Kind, p.Dated.French(), p.By, p.Text)}
	}
	s.acts = func(f penaltyFacts, p insertion.Step, some bool) []action {
		none := ""
		if !some {
			none = "aucune étape n'est choisie"
		}
		return []action{
			{key: "n", label: "nouvelle étape", help: "Dater une relance, une réunion, une mise en demeure ou la décision de l'acheteur.", needs: rightTo(insertion.ActWrite), do: func() tea.Cmd {
				return push(newStep(sh, insertion.Step{Lot: lot, Kind: nextStep(f.steps), Dated: insertion.DateOf(sh.now())}))
			}},
			{key: "l", label: "lettre", help: "Préparer la lettre d'une étape, à relire et à envoyer soi-même.", needs: rightToTake(insertion.ExportDocument), do: func() tea.Cmd { return chooseLetter(&s.page, lot) }},
			{key: "t", label: "autre date", help: "Simuler à une autre date.", do: func() tea.Cmd {
				return askText("Simuler à quelle date ?", on.French(), "31/12/2026", func(text string) tea.Cmd {
					day, err := insertion.ParseDate(text)
					if err != nil || day == "" {
						return refuse("« " + strings.TrimSpace(text) + " » n'est pas une date : écrivez-la comme 31/12/2026.")
					}
					on = day
					s.read = read(on, means)
					return s.Refresh()
				})
			}},
			{key: "m", label: "moyens prouvés", help: "Simuler si le titulaire prouve avoir usé de tous les moyens, là où le marché l'exonère.", do: func() tea.Cmd {
				means = !means
				s.read = read(on, means)
				return s.Refresh()
			}},
			{key: "enter", label: "corriger", help: "Corriger l'étape choisie.", needs: rightTo(insertion.ActWrite), why: none, do: func() tea.Cmd { return push(newStep(sh, p)) }},
			{key: "x", label: "retirer", help: "Retirer l'étape choisie, après confirmation.", needs: rightTo(insertion.ActWrite), why: none, do: func() tea.Cmd {
				return confirm(fmt.Sprintf("Retirer la %s du %s ?", p.Kind, p.Dated.French()), func() tea.Cmd {
					return save(&s.page, "Étape retirée (u pour annuler).", func(ctx context.Context) error { return files.RemoveStep(ctx, by, p.ID) })
				})
			}},
		}
	}
	return s.opened(sh)
}

// nextStep is the step that usually follows those taken.
func nextStep(steps []insertion.Step) insertion.StepKind {
	kinds := insertion.StepKinds()
	next := 0
	for _, s := range steps {
		for i, k := range kinds {
			if s.Kind == k {
				next = max(next, min(i+1, len(kinds)-1))
			}
		}
	}
	return kinds[next]
}

// newStep is the form of a step.
func newStep(sh *shared, p insertion.Step) screen {
	files, by := sh.deps.Penalties, sh.person
	kind := choiceField("etape", "Étape", string(p.Kind), labelled(insertion.StepKinds()...)...)
	amount := ""
	if p.Amount != 0 {
		amount = strings.TrimSuffix(p.Amount.String(), " €")
	}
	return newEntryForm(sh, fmt.Sprint("étape ", p.ID), questionnaire{
		needs: rightTo(insertion.ActWrite), title: "Étape", head: []string{"Seul l'acheteur décide d'une pénalité : Passerelle garde la trace de chaque étape."},
		inputs: []*input{
			kind,
			textField("date", "Date", blank(p.Dated), "31/03/2026"),
			textField("texte", "Ce qui est dit", p.Text, "ce qui est demandé, répondu ou décidé"),
			textField("montant", "Montant appliqué", amount, "0 si l'acheteur renonce").when(func() bool { return kind.value() == string(insertion.StepDecision) }),
		},
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			r := &reader{get: get}
			n := p
			n.Kind, n.Dated, n.Text, n.Amount = insertion.StepKind(get("etape")), r.date("date"), strings.TrimSpace(get("texte")), r.cents("montant")
			if n.Kind != insertion.StepDecision {
				n.Amount = 0
			}
			return "Étape enregistrée.", func(ctx context.Context) error { _, err := files.SaveStep(ctx, by, n); return err }, r.err
		},
	})
}

// chooseLetter asks which letter, then shows it.
func chooseLetter(p *page, lot insertion.LotID) tea.Cmd {
	if p.deps.Documents == nil {
		return tell("Les lettres ne sont pas disponibles ici.")
	}
	var choices []choice
	for _, k := range append(insertion.StepKinds(), hearing) {
		kind, label := insertion.LetterOf(k), "Lettre : "+string(k)
		if k == hearing {
			kind = insertion.DocHearing
		}
		choices = append(choices, choice{label: label, do: func() tea.Cmd { return push(newPreview(p.shared, papersOfLot(lot), kind, label)) }})
	}
	return askChoice("Quelle lettre préparer ?", choices)
}

// hearing is the letter before a penalty, which no step stands for.
const hearing insertion.StepKind = "courrier contradictoire"
