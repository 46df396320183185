package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"passerelle/internal/insertion"
)

// silences keeps, of the lots that run well, those nobody spoke about for long.
func silences(all []insertion.Todo, t insertion.Thresholds) []insertion.Todo {
	return slices.DeleteFunc(all, func(todo insertion.Todo) bool {
		return todo.Kind == insertion.TodoSilence && todo.Silent >= 0 && todo.Silent < t.SilenceDays
	})
}

// withoutPostponed leaves out the lines put off to a day still to come.
func (s *Store) withoutPostponed(ctx context.Context, all []insertion.Todo) ([]insertion.Todo, error) {
	postponed, err := s.Postponements(ctx)
	if err != nil || len(postponed) == 0 {
		return all, err
	}
	off := map[string]bool{}
	for _, p := range postponed {
		off[p.Todo] = true
	}
	return slices.DeleteFunc(all, func(todo insertion.Todo) bool { return off[todo.ID] }), nil
}

// todoDeclarations looks for declarations past their day, one line a lot from its
// oldest.
func (s *Store) todoDeclarations(ctx context.Context, _ insertion.Date, _ insertion.Thresholds) ([]insertion.Todo, error) {
	rows, err := s.Declarations(ctx, insertion.DeclarationFilter{Missing: true})
	if err != nil {
		return nil, err
	}
	var out []insertion.Todo
	at := map[insertion.LotID]int{}
	count := map[insertion.LotID]int{}
	for _, d := range rows { // the longest late first
		if d.Late <= 0 {
			continue
		}
		count[d.Lot]++
		if _, seen := at[d.Lot]; seen || len(out) == todosEach {
			continue
		}
		at[d.Lot] = len(out)
		out = append(out, insertion.Todo{
			Kind: insertion.TodoDeclaration, Lot: d.Lot, Who: d.Who.Label(), Since: d.DueOn, Month: d.To, Urgency: urgentDeclaration,
			What: fmt.Sprintf("déclaration de %s attendue le %s, %s de retard : %s", periodWords(d.From, d.To), d.DueOn.French(), insertion.Counted(d.Late, "jour", "jours"), d.Object),
			ID:   fmt.Sprintf("%s:%d:%s", insertion.TodoDeclaration, d.Lot, d.To),
		})
	}
	for lot, i := range at {
		if n := count[lot]; n > 1 {
			out[i].What = fmt.Sprintf("%d déclarations manquent ; %s", n, out[i].What)
		}
	}
	return out, nil
}

func periodWords(from, to insertion.Month) string {
	if from == to {
		return from.French()
	}
	return from.French() + " à " + to.French()
}

// about reads one thing to do about a person on a lot; day is the last column.
func about(kind insertion.TodoKind, urgency int, words func(what, object string, day insertion.Date) (string, insertion.Date)) func(func(...any) error) (insertion.Todo, error) {
	return func(scan func(...any) error) (todo insertion.Todo, err error) {
		var object, what string
		var day insertion.Date
		err = scan(&todo.Person, &todo.Lot, &todo.Place, &todo.Who, &object, &what, &day)
		todo.Kind, todo.Urgency = kind, urgency
		todo.What, todo.Since = words(what, object, day)
		todo.Who = todo.Person.Code() + ", " + todo.Who
		todo.ID = fmt.Sprintf("%s:%d:%d", kind, todo.Person, todo.Lot)
		return todo, err
	}
}

// watchedPeople is the question about assignments still running, whose answers
// about reads.
const watchedPeople = `FROM assignment a JOIN placement p ON p.id = a.placement JOIN lot l ON l.id = a.lot
	WHERE a.participant <> 0 AND (a.finish = '' OR a.finish >= ?1) AND `

const aboutColumns = "SELECT a.participant, a.lot, a.placement, p.employer, l.object, "

// todoEligibility looks for people at work, or about to be, without eligibility.
func (s *Store) todoEligibility(ctx context.Context, today insertion.Date, t insertion.Thresholds) ([]insertion.Todo, error) {
	return query(ctx, s.r, about(insertion.TodoEligibility, urgentEligibility, func(why, object string, day insertion.Date) (string, insertion.Date) {
		return why + " : rien ne compte pour elle ; " + object, day
	}), aboutColumns+"a.lacks, a.start "+watchedPeople+"a.lacks <> '' AND a.start <= ?2 ORDER BY a.start LIMIT ?3",
		today, today.AddDays(t.EligibilityDays), todosEach)
}

// todoUnready looks for placements about to start with nobody whose eligibility
// was seen.
func (s *Store) todoUnready(ctx context.Context, today insertion.Date, t insertion.Thresholds) ([]insertion.Todo, error) {
	return query(ctx, s.r, func(scan func(...any) error) (todo insertion.Todo, err error) {
		var object string
		err = scan(&todo.Place, &todo.Lot, &todo.Who, &object, &todo.Since)
		todo.Kind, todo.Urgency = insertion.TodoEligibility, urgentEligibility
		todo.What = fmt.Sprintf("début le %s et aucune éligibilité vue : %s", todo.Since.French(), object)
		todo.ID = fmt.Sprintf("%s:placement:%d", todo.Kind, todo.Place)
		return todo, err
	}, `SELECT p.id, p.lot, p.employer, l.object, p.start FROM placement p JOIN lot l ON l.id = p.lot
		WHERE p.start <> '' AND p.start BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.placement = p.id AND a.participant <> 0 AND a.lacks = '')
		ORDER BY p.start LIMIT ?`, today, today.AddDays(t.EligibilityDays), todosEach)
}

// todoProofs looks for documents whose own date of validity comes soon (residence
// permit, disability, PASS IAE).
func (s *Store) todoProofs(ctx context.Context, today insertion.Date, t insertion.Thresholds) ([]insertion.Todo, error) {
	return query(ctx, s.r, func(scan func(...any) error) (todo insertion.Todo, err error) {
		var e insertion.Eligibility
		err = scan(&todo.Person, &todo.Lot, &todo.Who, &e.Category, &e.Proof, &e.Until, &e.ID)
		todo.Kind, todo.Urgency, todo.Since = insertion.TodoProof, urgentProof, e.Until
		todo.Who = todo.Person.Code() + ", " + todo.Who
		todo.What = fmt.Sprintf("%s (%s) valable jusqu'au %s : à renouveler avant une nouvelle embauche", e.ProofLabel(), e.Category, e.Until.French())
		todo.ID = fmt.Sprintf("%s:%d", todo.Kind, e.ID)
		return todo, err
	}, `SELECT e.participant, ifnull(a.lot, 0), ifnull(p.employer, ''), e.category, e.proof, e.until, e.id
		FROM eligibility e JOIN participant h ON h.id = e.participant AND h.left_on = '' AND h.erased = ''
		LEFT JOIN assignment a ON a.id = (SELECT max(id) FROM assignment WHERE participant = e.participant)
		LEFT JOIN placement p ON p.id = a.placement
		WHERE e.until <> '' AND e.until BETWEEN ? AND ? ORDER BY e.until LIMIT ?`, today, today.AddDays(t.ProofDays), todosEach)
}

// todoWindows looks for persons whose window ends soon.
func (s *Store) todoWindows(ctx context.Context, today insertion.Date, t insertion.Thresholds) ([]insertion.Todo, error) {
	return query(ctx, s.r, about(insertion.TodoWindow, urgentWindow, func(_, object string, day insertion.Date) (string, insertion.Date) {
		return fmt.Sprintf("ses heures ne compteront plus après le %s : %s", day.French(), object), day
	}), aboutColumns+"'', a.window "+watchedPeople+"a.window <> '' AND a.window BETWEEN ?1 AND ?2 ORDER BY a.window LIMIT ?3",
		today, today.AddDays(t.WindowDays), todosEach)
}

// todoCeilings looks for legal ceilings nearly reached: hours of an association
// intermédiaire, months of a mission of an ETTI.
func (s *Store) todoCeilings(ctx context.Context, today insertion.Date, t insertion.Thresholds) ([]insertion.Todo, error) {
	ai, err := query(ctx, s.r, about(insertion.TodoCeiling, urgentCeiling, func(share, object string, day insertion.Date) (string, insertion.Date) {
		used, _ := strconv.ParseInt(share, 10, 64)
		return fmt.Sprintf("plafond de l'association intermédiaire (L5132-9) atteint à %s dans cette entreprise : %s", insertion.BasisPoints(used).Round(), object), day
	}), aboutColumns+"a.ceiling, a.start "+watchedPeople+"a.ceiling > 0 AND a.ceiling >= ?2 ORDER BY a.ceiling DESC LIMIT ?3",
		today, t.Ceiling, todosEach)
	if err != nil {
		return nil, err
	}
	const months = insertion.ETTIMonths
	since := today.AddDays(-int(t.Ceiling) * months * 30 / 10_000)
	etti, err := query(ctx, s.r, about(insertion.TodoCeiling, urgentCeiling, func(_, object string, day insertion.Date) (string, insertion.Date) {
		return fmt.Sprintf("mission d'intérim d'insertion possible jusqu'au %s (L5132-6) : %s", day.AddMonths(months).AddDays(-1).French(), object), day
	}), aboutColumns+"'', a.mission "+watchedPeople+"a.mission <> '' AND a.mission <= ?2 ORDER BY a.mission LIMIT ?3", today, since, todosEach)
	return append(ai, etti...), err
}

// todoOutcomes looks for people to call back months after they left.
func (s *Store) todoOutcomes(ctx context.Context, today insertion.Date, t insertion.Thresholds) ([]insertion.Todo, error) {
	return query(ctx, s.r, func(scan func(...any) error) (todo insertion.Todo, err error) {
		var left insertion.Date
		var exit insertion.Exit
		err = scan(&todo.Person, &left, &exit)
		todo.Kind, todo.Urgency, todo.Since = insertion.TodoOutcome, urgentOutcome, left.AddMonths(t.OutcomeMonths)
		todo.Who = todo.Person.Code()
		todo.What = fmt.Sprintf("que devient-elle, %d mois après sa sortie du %s (%s) ?", t.OutcomeMonths, left.French(), exit)
		todo.ID = fmt.Sprintf("%s:%d", todo.Kind, todo.Person)
		return todo, err
	}, `SELECT id, left_on, outcome FROM participant WHERE left_on <> '' AND asked = '' AND erased = '' AND left_on <= ? ORDER BY left_on LIMIT ?`,
		today.AddMonths(-t.OutcomeMonths), todosEach)
}

// todoUndetailed looks for totals declared without persons.
func (s *Store) todoUndetailed(ctx context.Context, _ insertion.Date, _ insertion.Thresholds) ([]insertion.Todo, error) {
	return query(ctx, s.r, func(scan func(...any) error) (todo insertion.Todo, err error) {
		var object string
		var last insertion.Month
		err = scan(&todo.Place, &todo.Lot, &todo.Who, &object, &last)
		todo.Kind, todo.Urgency, todo.Since, todo.Month = insertion.TodoUndetailed, urgentUndetailed, last.First(), last
		todo.What = fmt.Sprintf("heures déclarées sans dire qui les a faites, jusqu'en %s : %s", last.French(), object)
		todo.ID = fmt.Sprintf("%s:%d", todo.Kind, todo.Place)
		return todo, err
	}, `SELECT a.placement, a.lot, p.employer, l.object, (SELECT max(month) FROM hour_line h WHERE h.assignment = a.id)
		FROM assignment a JOIN placement p ON p.id = a.placement JOIN lot l ON l.id = a.lot
		WHERE a.participant = 0 AND EXISTS (SELECT 1 FROM hour_line h WHERE h.assignment = a.id) ORDER BY a.id DESC LIMIT ?`, todosEach)
}
