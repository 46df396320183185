package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"passerelle/internal/insertion"
)

// ledger is what counting needs of the file, for some persons and some totals.
type ledger struct {
	people  []insertion.Person // participant 0: the total of one placement
	sites   map[insertion.PlacementID]insertion.Site
	why     map[int64]string // of each line, as it is written now
	watched map[insertion.AssignmentID]insertion.Watched
}

// recount writes what counts of the lines of some persons and totals, and tells
// how many lines changed.
func recount(ctx context.Context, tx *sql.Tx, people, totals []int64) (int, error) {
	l, err := readLedger(ctx, tx, "a.participant IN (SELECT value FROM json_each(?1)) OR (a.participant = 0 AND a.placement IN (SELECT value FROM json_each(?2)))",
		jsonIDs(people), jsonIDs(totals))
	if err != nil {
		return 0, err
	}
	return l.write(ctx, tx)
}

// write counts every person of the ledger and writes the lines that changed.
func (l *ledger) write(ctx context.Context, tx *sql.Tx) (int, error) {
	changed := 0
	for _, p := range l.people {
		counted := insertion.CountHours(p, l.sites)
		if err := l.watch(ctx, tx, p, counted); err != nil {
			return 0, err
		}
		for i, line := range counted {
			why := ""
			if len(line.Why) > 0 {
				doc, err := json.Marshal(line.Why)
				if err != nil {
					return 0, err
				}
				why = string(doc)
			}
			if line.Counted == p.Lines[i].Counted && why == l.why[line.ID] {
				continue
			}
			if _, err := tx.ExecContext(ctx, "UPDATE hour_line SET counted = ?, why = ? WHERE id = ?", line.Counted, why, line.ID); err != nil {
				return 0, err
			}
			changed++
		}
	}
	return changed, nil
}

// watch writes beside each assignment what Aujourd'hui looks for, so that its
// queue reads an index and no line of hours.
func (l *ledger) watch(ctx context.Context, tx *sql.Tx, p insertion.Person, counted []insertion.HourLine) error {
	p.Lines = counted
	windows, ceilings := p.Windows(l.sites), p.Ceilings(l.sites)
	for _, a := range p.Assignments {
		if a.Participant == 0 {
			continue
		}
		site := l.sites[a.Placement]
		now := insertion.Watched{}
		for _, w := range windows {
			if w.Lot == a.Lot && w.Rule != insertion.RuleContractWindow {
				now.Window = w.To
			}
		}
		for _, c := range ceilings {
			switch {
			case c.User != site.User:
			case c.Limit > 0:
				now.Ceiling = max(now.Ceiling, c.Share(c.From))
			default:
				now.Mission = c.From
			}
		}
		if _, ok, why := site.Clause.Eligible(p.Eligibilities, a.Start); !ok && !site.Clause.Rules.AnyPublic {
			now.Lacks = why
		}
		if now == l.watched[a.ID] {
			continue
		}
		if _, err := tx.ExecContext(ctx, "UPDATE assignment SET window = ?, ceiling = ?, mission = ?, lacks = ? WHERE id = ?", now.Window, now.Ceiling, now.Mission, now.Lacks, a.ID); err != nil {
			return err
		}
	}
	return nil
}

// readLedger reads the persons whose assignments answer to where; not those
// erased, whose hours stay as they were counted that day.
func readLedger(ctx context.Context, q querier, where string, args ...any) (*ledger, error) {
	l := &ledger{sites: map[insertion.PlacementID]insertion.Site{}, why: map[int64]string{}, watched: map[insertion.AssignmentID]insertion.Watched{}}
	assignments, err := query(ctx, q, func(scan func(...any) error) (insertion.Assignment, error) {
		var w insertion.Watched
		a, err := scanAssignment(func(to ...any) error { return scan(append(to, &w.Window, &w.Ceiling, &w.Mission, &w.Lacks)...) })
		l.watched[a.ID] = w
		return a, err
	}, "SELECT a.id, a.participant, a.placement, a.lot, a.employment, a.start, a.finish, a.weekly, a.tutor, a.version, a.window, a.ceiling, a.mission, a.lacks FROM assignment a WHERE a.participant >= 0 AND ("+where+") ORDER BY a.participant, a.placement, a.id", args...)
	if err != nil || len(assignments) == 0 {
		return l, err
	}
	owner := map[insertion.AssignmentID]int{}
	at := map[insertion.ParticipantID]int{}
	var ids, places []int64
	for _, a := range assignments {
		i, known := at[a.Participant]
		if !known || a.Participant == 0 {
			i = len(l.people)
			l.people = append(l.people, insertion.Person{Participant: insertion.Participant{ID: a.Participant}})
			at[a.Participant] = i
		}
		l.people[i].Assignments = append(l.people[i].Assignments, a)
		owner[a.ID] = i
		ids, places = append(ids, int64(a.ID)), append(places, int64(a.Placement))
	}
	if err := l.readLines(ctx, q, owner, ids); err != nil {
		return nil, err
	}
	if err := l.readEligibilities(ctx, q, at); err != nil {
		return nil, err
	}
	if err := l.readDetails(ctx, q); err != nil {
		return nil, err
	}
	slices.Sort(places)
	return l, l.readSites(ctx, q, slices.Compact(places))
}

func (l *ledger) readLines(ctx context.Context, q querier, owner map[insertion.AssignmentID]int, ids []int64) error {
	_, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		var line insertion.HourLine
		var why string
		err := scan(&line.ID, &line.Assignment, &line.Month, &line.Hours, &line.Counted, &why, &line.Granted, &line.Source, &line.By)
		if why != "" {
			l.why[line.ID] = why
		}
		i := owner[line.Assignment]
		l.people[i].Lines = append(l.people[i].Lines, line)
		return struct{}{}, err
	}, "SELECT l.id, l.assignment, l.month, l.hours, l.counted, l.why, l.granted, l.source, l.by FROM json_each(?) j JOIN hour_line l ON l.assignment = j.value ORDER BY l.assignment, l.month", jsonIDs(ids))
	return err
}

// readDetails tells each total what is entered person by person beside it.
func (l *ledger) readDetails(ctx context.Context, q querier) error {
	at := map[int64]int{}
	var places []int64
	for i, p := range l.people {
		if p.Participant.ID == 0 {
			place := int64(p.Assignments[0].Placement)
			at[place], places = i, append(places, place)
		}
	}
	_, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		var place int64
		var m insertion.Month
		var h insertion.Hours
		err := scan(&place, &m, &h)
		p := &l.people[at[place]]
		if p.Detailed == nil {
			p.Detailed = map[insertion.Month]insertion.Hours{}
		}
		p.Detailed[m] = h
		return struct{}{}, err
	}, "SELECT h.placement, h.month, sum(h.hours) FROM json_each(?) j JOIN hour_line h ON h.placement = j.value WHERE h.participant <> 0 GROUP BY h.placement, h.month", jsonIDs(places))
	return err
}

func (l *ledger) readEligibilities(ctx context.Context, q querier, at map[insertion.ParticipantID]int) error {
	var ids []int64
	for p := range at {
		if p != 0 {
			ids = append(ids, int64(p))
		}
	}
	_, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		e, err := scanEligibility(scan)
		i := at[e.Participant]
		l.people[i].Eligibilities = append(l.people[i].Eligibilities, e)
		return struct{}{}, err
	}, "SELECT e.id, e.participant, e.category, e.proof, e.dated, e.seen, e.by, e.until, e.reason, e.version FROM json_each(?) j JOIN eligibility e ON e.participant = j.value ORDER BY e.participant, e.id", jsonIDs(ids))
	return err
}

// readSites reads what counting must know of each placement.
func (l *ledger) readSites(ctx context.Context, q querier, places []int64) error {
	clauses := map[insertion.LotID]insertion.Clause{}
	_, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		var s insertion.Site
		var doc, ends, kind, ident, name string
		err := scan(&s.Placement, &s.Lot, &s.Modality, &s.Employer, &kind, &s.Notified, &doc, &ends, &ident, &name)
		if err != nil {
			return struct{}{}, err
		}
		s.Kind = insertion.Kind(kind)
		s.User = userFirm(ident, name)
		c, known := clauses[s.Lot]
		if !known && doc != "" {
			if err := json.Unmarshal([]byte(doc), &c); err != nil {
				return struct{}{}, err
			}
			c.Lot = s.Lot
			if ends != "" {
				c.End = insertion.Date(ends)
			}
			clauses[s.Lot] = c
		}
		s.Clause = c
		l.sites[s.Placement] = s
		return struct{}{}, nil
	}, `SELECT p.id, p.lot, p.modality, p.employer, ifnull(t.kind, ''), t2.notified, ifnull(k.doc, ''), ifnull(k.ends, ''), ifnull(o.ident, ''), ifnull(o.name, '')
		FROM json_each(?) j JOIN placement p ON p.id = j.value JOIN lot t2 ON t2.id = p.lot
		LEFT JOIN structure t ON t.id = p.structure AND p.structure <> 0
		LEFT JOIN clause k ON k.lot = p.lot
		LEFT JOIN organisation o ON o.id = iif(p.member <> 0, p.member, t2.lead)`, jsonIDs(places))
	return err
}

// userFirm is what tells one user firm from another: its SIREN, since two of its
// establishments are one firm; else what it is known by.
func userFirm(ident, name string) string {
	if siren := insertion.SIREN(ident); siren != "" {
		return siren
	}
	if ident != "" {
		return ident
	}
	return name
}
