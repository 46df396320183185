package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"passerelle/internal/insertion"
)

// expiries are the persons whose term is over on a day, or soon will be, the
// oldest sign first; only one of them when who is not 0.
func expiries(ctx context.Context, q querier, r insertion.Retention, today insertion.Date, who insertion.ParticipantID) ([]insertion.Expiry, error) {
	silent, err := silentPersons(ctx, q, r, today, who)
	if err != nil || len(silent) == 0 {
		return nil, err
	}
	trails := map[insertion.ParticipantID]*insertion.Trail{}
	for i := range silent {
		trails[silent[i].Participant] = &silent[i]
	}
	if err := heardOf(ctx, q, trails); err != nil {
		return nil, err
	}
	if err := holds(ctx, q, r, today, trails); err != nil {
		return nil, err
	}
	var out []insertion.Expiry
	for _, t := range silent {
		if e, over := r.Expires(t, today); over {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b insertion.Expiry) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Participant, b.Participant))
	})
	return out, nil
}

// silentPersons reads the trail of those without hours, work, entry or exit since
// the term; exchanges are read after, for so few.
func silentPersons(ctx context.Context, q querier, r insertion.Retention, today insertion.Date, who insertion.ParticipantID) ([]insertion.Trail, error) {
	since := today.AddDays(r.WarnDays).AddMonths(-r.PersonMonths)
	one := ""
	if who != 0 {
		one = fmt.Sprintf(" AND p.id = %d", who)
	}
	return query(ctx, q, func(scan func(...any) error) (t insertion.Trail, err error) {
		var entered, left, asked, ended, seen insertion.Date
		var month insertion.Month
		err = scan(&t.Participant, &entered, &left, &asked, &month, &ended, &seen, &t.Proofs, &t.Lines, &t.Hours, &t.Name)
		t.Signs = []insertion.Sign{{On: left, What: "sortie"}, {On: ended, What: "fin d'affectation"}, {On: asked, What: "rappel après sa sortie"}, {On: seen, What: "preuve vue"}, {On: entered, What: "entrée"}}
		if month != "" {
			t.Signs = append([]insertion.Sign{{On: month.Last(), What: "dernières heures"}}, t.Signs...)
		}
		return t, err
	}, `SELECT p.id, p.entered, p.left_on, p.asked, ifnull((SELECT max(month) FROM hour_line h WHERE h.participant = p.id), ''),
		ifnull((SELECT max(`+workedUntil+`) FROM assignment a LEFT JOIN clause k ON k.lot = a.lot WHERE a.participant = p.id), ''),
		ifnull((SELECT max(seen) FROM eligibility e WHERE e.participant = p.id), ''), (SELECT count(*) FROM eligibility e WHERE e.participant = p.id),
		(SELECT count(*) FROM hour_line h WHERE h.participant = p.id), (SELECT ifnull(sum(hours), 0) FROM hour_line h WHERE h.participant = p.id),
		`+nameOf("p.id")+` <> ''
		FROM participant p WHERE `+silentSince+one+" ORDER BY p.id", since, since.Month())
}

// workedUntil is the last day of assignment a: one nobody closed ends with the
// clause of its lot.
const workedUntil = "iif(a.finish <> '', a.finish, ifnull(k.ends, ''))"

// silentSince is the condition on participant p for those the records say nothing
// of since a day ?1, of month ?2.
const silentSince = `p.id > 0 AND p.merged = 0 AND p.erased = '' AND p.entered <= ?1 AND p.left_on <= ?1 AND p.asked <= ?1
	AND NOT EXISTS (SELECT 1 FROM hour_line h WHERE h.participant = p.id AND h.month > ?2)
	AND NOT EXISTS (SELECT 1 FROM assignment a LEFT JOIN clause k ON k.lot = a.lot WHERE a.participant = p.id AND ` + workedUntil + ` > ?1)`

// heardOf adds to the trails the exchanges that designate each person, under her
// number or that of a record merged into hers.
func heardOf(ctx context.Context, q querier, trails map[insertion.ParticipantID]*insertion.Trail) error {
	kept := map[insertion.ParticipantID]insertion.ParticipantID{}
	if _, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		var gone, into insertion.ParticipantID
		err := scan(&gone, &into)
		kept[gone] = into
		return struct{}{}, err
	}, "SELECT id, merged FROM participant WHERE merged <> 0"); err != nil {
		return err
	}
	code := newCoded()
	_, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		var on insertion.Date
		var text string
		err := scan(&on, &text)
		told := map[insertion.ParticipantID]bool{}
		for _, m := range code.FindAllStringSubmatch(text, -1) {
			n, _ := strconv.ParseInt(m[1], 10, 64) // too many digits: nobody's
			id := insertion.ParticipantID(n)
			if into := kept[id]; into != 0 {
				id = into
			}
			if t := trails[id]; t != nil && !told[id] {
				told[id] = true
				t.Notes++
				t.Signs = append(t.Signs, insertion.Sign{On: on, What: "échange"})
			}
		}
		return struct{}{}, err
	}, "SELECT held, text FROM contact WHERE "+mentionsSomebody)
	return err
}

// mentionsSomebody is the condition on contact for the texts where a pseudonym may
// stand.
const mentionsSomebody = "text GLOB '*[Pp]*[0-9]*'"

// holds adds what keeps persons past their term: a contract where they worked still
// runs, a penalty is under way, FSE+ asks for longer.
func holds(ctx context.Context, q querier, r insertion.Retention, today insertion.Date, trails map[insertion.ParticipantID]*insertion.Trail) error {
	ids := make([]int64, 0, len(trails))
	for id := range trails {
		ids = append(ids, int64(id))
	}
	slices.Sort(ids)
	_, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		var id insertion.ParticipantID
		var lot insertion.LotID
		var ends insertion.Date
		var step string
		err := scan(&id, &lot, &ends, &step)
		t := trails[id]
		if err == nil && ends >= today {
			t.Holds = append(t.Holds, fmt.Sprintf("lot %d : le marché court jusqu'au %s", lot, ends.French()))
		}
		if step == string(insertion.StepMeeting) || step == string(insertion.StepNotice) {
			t.Holds = append(t.Holds, fmt.Sprintf("lot %d : pénalité engagée (%s), sans décision de l'acheteur", lot, step))
		}
		if slices.Contains(r.Funded, lot) {
			t.Funded = append(t.Funded, lot)
		}
		return struct{}{}, err
	}, `SELECT DISTINCT a.participant, a.lot, ifnull(k.ends, ''),
		ifnull((SELECT kind FROM penalty_step s WHERE s.lot = a.lot AND kind <> ?2 ORDER BY dated DESC, id DESC LIMIT 1), '')
		FROM json_each(?1) j JOIN assignment a ON a.participant = j.value LEFT JOIN clause k ON k.lot = a.lot ORDER BY 1, 2`, jsonIDs(ids), insertion.StepReminder)
	return err
}
