package store

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// todosEach bounds each kind of thing to do: nobody does more in a day, and the
// queue stays instant with a country in the file.
const todosEach = 200

// Todos is the queue of Aujourd'hui, most urgent first, made from the facts.
func (s *Store) Todos(ctx context.Context, today insertion.Date, t insertion.Thresholds) ([]insertion.Todo, error) {
	var all []insertion.Todo
	for _, kind := range []func(context.Context, insertion.Date, insertion.Thresholds) ([]insertion.Todo, error){
		s.todoFollowed, s.todoHours, s.todoAnswers, s.todoWrite,
		s.todoDeclarations, s.todoEligibility, s.todoUnready, s.todoProofs, s.todoWindows, s.todoCeilings, s.todoOutcomes, s.todoUndetailed, s.todoExpired,
		s.todoMandate,
	} {
		some, err := kind(ctx, today, t)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	if !s.access.May(insertion.ActPersons) {
		all = slices.DeleteFunc(all, func(t insertion.Todo) bool { return t.Person != 0 })
	}
	all, err := s.withoutPostponed(ctx, all)
	if err != nil {
		return nil, err
	}
	if err := s.lastContacts(ctx, today, all); err != nil {
		return nil, err
	}
	all = silences(all, t)
	slices.SortStableFunc(all, func(a, b insertion.Todo) int {
		return cmp.Or(cmp.Compare(b.Urgency, a.Urgency), cmp.Compare(a.Since, b.Since), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}

// The urgency of each kind; within a kind the oldest comes first.
const (
	urgentRed         = 70
	urgentOver        = 68
	urgentDeclaration = 65
	urgentBehind      = 60
	urgentNews        = 55 // a winner of the last month, to be called while it recruits
	urgentHours       = 50
	urgentEligibility = 48
	urgentMatch       = 45
	urgentCeiling     = 44
	urgentWindow      = 43
	urgentProof       = 42
	urgentStarted     = 41
	urgentAnswer      = 40
	urgentMandate     = 38
	urgentOutcome     = 35
	urgentSilence     = 25
	urgentWrite       = 20
	urgentRetention   = 15
	urgentName        = 10
	urgentUndetailed  = 5
)

// news is how many days a winner is news.
const news = 30

// todoFollowed looks at the lots with a clause: behind, without a structure, or
// whose contractor has no name to call by.
func (s *Store) todoFollowed(ctx context.Context, today insertion.Date, t insertion.Thresholds) ([]insertion.Todo, error) {
	rows, err := s.lotsListed(ctx, t.Orange, insertion.LotFilter{Followed: true}, nil, 5000)
	if err != nil {
		return nil, err
	}
	var out []insertion.Todo
	for _, r := range rows {
		todo := insertion.Todo{Lot: r.ID, Who: r.Lead.Label(), Since: r.Date}
		switch r.Stage {
		case insertion.StageBehind:
			todo.Kind, todo.Urgency = insertion.TodoBehind, urgentBehind
			if r.Pace < t.Red {
				todo.Kind, todo.Urgency = insertion.TodoRed, urgentRed
			}
			todo.What = fmt.Sprintf("%s faites sur %s dues, rythme %s : %s", r.Hours.Done, r.Hours.Due, r.Pace.Round(), r.Object)
			if r.Hours.Done == 0 && r.Starts != "" && r.Starts <= today.AddMonths(-t.StartMonths) {
				todo.Kind, todo.Urgency = insertion.TodoStarted, urgentRed
				todo.What = fmt.Sprintf("aucune heure depuis le début, le %s : %s", r.Starts.French(), r.Object)
			}
		case insertion.StageOver:
			todo.Kind, todo.Urgency, todo.Since = insertion.TodoOver, urgentOver, r.Ends
			todo.What = fmt.Sprintf("clause échue, il manque %s : pénalités à décider, ou lot à clore ; %s", r.Hours.Due-r.Hours.Done, r.Object)
		case insertion.StageToMatch:
			todo.Kind, todo.Urgency = insertion.TodoMatch, urgentMatch
			todo.What = fmt.Sprintf("%s à pourvoir : %s", r.Hours.Due, r.Object)
		default:
			if r.Stage == insertion.StageMet {
				continue
			}
			if r.Lead.Name != "" || r.Lead.ID == "" {
				// Kept only if nobody spoke about it for long: see silences.
				todo.Kind, todo.Urgency, todo.Since = insertion.TodoSilence, urgentSilence, max(r.Starts, r.Date)
				todo.What = "personne n'a parlé de ce lot : " + r.Object
				if r.Stage == insertion.StagePlaced && todo.Since <= today.AddDays(-t.SilenceDays) {
					todo.ID = fmt.Sprintf("%s:%d", todo.Kind, r.ID)
					out = append(out, todo)
				}
				continue
			}
			todo.Kind, todo.Urgency = insertion.TodoWinners, urgentName
			todo.What = "nommer l'entreprise : " + r.Object
		}
		todo.ID = fmt.Sprintf("%s:%d", todo.Kind, r.ID)
		out = append(out, todo)
	}
	return out, nil
}

// todoHours looks for past months planned and not entered, one line a
// placement, from its oldest month.
func (s *Store) todoHours(ctx context.Context, today insertion.Date, _ insertion.Thresholds) ([]insertion.Todo, error) {
	return query(ctx, s.r, func(scan func(...any) error) (todo insertion.Todo, err error) {
		var object string
		var months int
		var planned insertion.Hours
		err = scan(&todo.Place, &todo.Lot, &todo.Who, &object, &todo.Month, &months, &planned)
		todo.Kind, todo.Urgency, todo.Since = insertion.TodoNoHours, urgentHours, todo.Month.Last()
		todo.What = fmt.Sprintf("%d mois sans heures saisies depuis %s (%s prévues) : %s", months, todo.Month.French(), planned, object)
		todo.ID = fmt.Sprintf("%s:%d", todo.Kind, todo.Place)
		return todo, err
	}, `SELECT p.id, p.lot, p.employer, l.object, min(m.month), count(*), sum(m.planned)
		FROM placement_month m JOIN placement p ON p.id = m.placement JOIN lot l ON l.id = p.lot
		WHERE m.entered = 0 AND m.planned > 0 AND m.month < ? GROUP BY p.id ORDER BY min(m.month), p.id LIMIT ?`, today.Month(), todosEach)
}

// todoAnswers looks for proposals that wait for an answer, on lots whose clause
// is not over.
func (s *Store) todoAnswers(ctx context.Context, today insertion.Date, t insertion.Thresholds) ([]insertion.Todo, error) {
	return query(ctx, s.r, func(scan func(...any) error) (todo insertion.Todo, err error) {
		var state, changed, object string
		err = scan(&todo.Intro, &todo.Lot, &todo.Who, &state, &changed, &object)
		todo.Kind, todo.Urgency, todo.Since = insertion.TodoNoAnswer, urgentAnswer, insertion.DateOf(instantOf(changed))
		todo.What = fmt.Sprintf("%s sans réponse depuis %d jours : %s", state, today.DaysSince(todo.Since), object)
		todo.ID = fmt.Sprintf("%s:%d", todo.Kind, todo.Intro)
		return todo, err
	}, `SELECT i.id, i.lot, json_extract(t.doc, '$.Name'), i.state, i.changed, l.object
		FROM introduction i JOIN structure t ON t.id = i.structure JOIN lot l ON l.id = i.lot
		WHERE i.state IN ('proposée', 'contactée') AND i.changed < ?
			AND NOT EXISTS (SELECT 1 FROM clause c WHERE c.lot = i.lot AND c.finish <> '' AND c.finish < ?) ORDER BY i.changed LIMIT ?`,
		string(today.AddDays(1-t.AnswerDays)), today, todosEach)
}

// todoWrite looks for notices that declare a clause and have no clause sheet,
// in the territory, latest first.
func (s *Store) todoWrite(ctx context.Context, today insertion.Date, t insertion.Thresholds) ([]insertion.Todo, error) {
	waiting := awaitingClause(today, t)
	if err := s.mine(ctx, &waiting); err != nil {
		return nil, err
	}
	text, args := waiting.rows(insertion.Page{Limit: todosEach})
	rows, err := query(ctx, s.r, s.scanLot(t.Orange), text, args...)
	var out []insertion.Todo
	for _, r := range rows {
		urgency := urgentWrite
		if r.Date >= today.AddDays(-news) {
			urgency = urgentNews
		}
		out = append(out, insertion.Todo{
			Kind: insertion.TodoWrite, Lot: r.ID, Who: r.Lead.Label(), Since: r.Date, Urgency: urgency,
			What: "clause sociale à écrire : " + r.Object, ID: fmt.Sprintf("%s:%d", insertion.TodoWrite, r.ID),
		})
	}
	return out, err
}

// awaitingClause lists the lots of the territory that declare a clause and have
// no clause sheet, as far back as the settings say.
func awaitingClause(today insertion.Date, t insertion.Thresholds) listing {
	l := listing{
		table: "lot_by_date", lot: lotOfDay, match: quoted(toWrite()),
		floor: byDate(today.AddDays(-t.HistoryDays), 0),
	}
	if len(t.Departments) > 0 {
		places := make([]string, len(t.Departments))
		for i, d := range t.Departments {
			places[i] = quoted(inDepartment(d))
		}
		l.match += " AND (" + strings.Join(places, " OR ") + ")"
	}
	return l
}

// lastContacts tells, for each thing to do, when someone last spoke about its lot.
func (s *Store) lastContacts(ctx context.Context, today insertion.Date, todos []insertion.Todo) error {
	type last struct {
		kind insertion.ContactKind
		on   insertion.Date
	}
	lots := make([]int64, len(todos))
	for i, t := range todos {
		lots[i] = int64(t.Lot)
	}
	found := map[insertion.LotID]last{}
	_, err := query(ctx, s.r, func(scan func(...any) error) (struct{}, error) {
		var lot insertion.LotID
		var l last
		err := scan(&lot, &l.kind, &l.on)
		found[lot] = l
		return struct{}{}, err
	}, `SELECT c.lot, c.kind, c.held FROM json_each(?) j JOIN contact c ON c.id =
		(SELECT id FROM contact WHERE lot = j.value AND lot <> 0 ORDER BY held DESC, id DESC LIMIT 1)`, jsonIDs(lots))
	for i := range todos {
		todos[i].Silent = -1
		if l, ok := found[todos[i].Lot]; ok {
			todos[i].Silent = today.DaysSince(l.on)
			todos[i].Last = string(l.kind) + " du " + l.on.French()
		}
	}
	return err
}

// countedFlags is how many lots without a clause sheet are counted at most.
const countedFlags = 10_000

// Figures are the totals of Aujourd'hui.
func (s *Store) Figures(ctx context.Context, today insertion.Date, t insertion.Thresholds) (insertion.Figures, error) {
	f := insertion.Figures{Year: today.Time().Year()}
	year := fmt.Sprintf("%04d", f.Year)
	err := s.r.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM clause), (SELECT ifnull(sum(due), 0) FROM clause),
		(SELECT ifnull(sum(planned), 0) FROM lot_hours), (SELECT ifnull(sum(done), 0) FROM lot_hours),
		(SELECT ifnull(sum(counted), 0) FROM month_hours WHERE month BETWEEN ? AND ?),
		(SELECT count(*) FROM structure WHERE active = 1), (SELECT ifnull(sum(n), 0) FROM lot_count)`, year+"-01", year+"-12").
		Scan(&f.Lots, &f.Hours.Due, &f.Hours.Planned, &f.Hours.Done, &f.YearDone, &f.Structures, &f.Notices)
	if err != nil {
		return f, named(err)
	}
	if s.narrowed() {
		c, err := s.CountLots(ctx, insertion.LotFilter{}, math.MaxInt32)
		if err != nil {
			return f, err
		}
		f.Notices = c.N
	}
	waiting := awaitingClause(today, t)
	if err := s.mine(ctx, &waiting); err != nil {
		return f, err
	}
	text, args := waiting.page("1", "", insertion.Page{Limit: countedFlags})
	err = s.r.QueryRowContext(ctx, "SELECT count(*) FROM ("+text+")", args...).Scan(&f.Flagged)
	return f, named(err)
}
