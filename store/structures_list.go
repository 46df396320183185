package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// Structures reads a page of the directory, by name.
func (s *Store) Structures(ctx context.Context, f insertion.StructureFilter, p insertion.Page) ([]insertion.StructureRow, error) {
	where, args := structureWhere(f)
	compare, order := ">", "ASC"
	if p.Backwards {
		compare, order = "<", "DESC"
	}
	if p.From != (insertion.Cursor{}) {
		where = append(where, "(t.sorted, t.id) "+compare+" (?, ?)")
		args = append(args, p.From.Key, p.From.ID)
	}
	today := insertion.DateOf(s.now())
	from, to := today.Month().Add(-6), today.Month().Add(6)
	rows, err := query(ctx, s.r, func(scan func(...any) error) (r insertion.StructureRow, err error) {
		var id insertion.StructureID
		var doc []byte
		if err = scan(&id, &r.Sorted, &doc, &r.Load.Planned, &r.Load.Done, &r.Proposed); err != nil {
			return r, err
		}
		err = json.Unmarshal(doc, &r.Structure)
		r.ID = id
		return r, err
	}, `SELECT t.id, t.sorted, t.doc,
		ifnull((SELECT sum(m.planned) FROM placement p JOIN placement_month m ON m.placement = p.id WHERE p.structure = t.id AND p.structure <> 0 AND m.month BETWEEN ? AND ?), 0),
		ifnull((SELECT sum(m.done) FROM placement p JOIN placement_month m ON m.placement = p.id WHERE p.structure = t.id AND p.structure <> 0 AND m.month BETWEEN ? AND ?), 0),
		(SELECT count(*) FROM introduction i WHERE i.structure = t.id)
		FROM structure t`+clauseOf(where)+" ORDER BY t.sorted "+order+", t.id "+order+" LIMIT ?",
		append(append([]any{from, to, from, to}, args...), max(1, p.Limit))...)
	if p.Backwards {
		slices.Reverse(rows)
	}
	return rows, err
}

// CountStructures counts a filtered directory.
func (s *Store) CountStructures(ctx context.Context, f insertion.StructureFilter, limit int) (insertion.Count, error) {
	where, args := structureWhere(f)
	var n int
	err := s.r.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM structure t"+clauseOf(where)+" LIMIT ?)", append(args, limit+1)...).Scan(&n)
	return insertion.Count{N: min(n, limit), Exact: n <= limit}, named(err)
}

func clauseOf(where []string) string {
	if len(where) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(where, " AND ")
}

func structureWhere(f insertion.StructureFilter) (where []string, args []any) {
	and := func(text string, v ...any) {
		where, args = append(where, text), append(args, v...)
	}
	for word := range strings.FieldsSeq(folded(f.Text)) {
		and("t.search LIKE ? ESCAPE '!'", "%"+strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(word)+"%")
	}
	if f.Department != "" {
		and("t.dep = ?", f.Department)
	}
	if f.Kind != "" {
		and("t.kind = ?", f.Kind)
	}
	if f.Trade != "" {
		and("EXISTS (SELECT 1 FROM json_each(t.doc, '$.Activities') a WHERE json_extract(a.value, '$.filiere') = ?)", f.Trade)
	}
	if f.Network != "" {
		and("EXISTS (SELECT 1 FROM json_each(t.doc, '$.Networks') n WHERE n.value = ?)", f.Network)
	}
	if f.Inactive {
		and("t.active = 0")
	}
	return where, args
}

// Records sums what each structure's past says of it, for the ranking.
func (s *Store) Records(ctx context.Context, today insertion.Date) (map[insertion.StructureID]insertion.Record, error) {
	out := map[insertion.StructureID]insertion.Record{}
	_, err := query(ctx, s.r, func(scan func(...any) error) (struct{}, error) {
		var id insertion.StructureID
		var r insertion.Record
		err := scan(&id, &r.Proposals, &r.Answered, &r.Declined, &r.Placed)
		out[id] = r
		return struct{}{}, err
	}, `SELECT structure, count(*), sum(state IN ('acceptée', 'déclinée', 'placée')), sum(state = 'déclinée'), sum(state = 'placée')
		FROM introduction GROUP BY structure`)
	if err != nil {
		return nil, err
	}
	_, err = query(ctx, s.r, func(scan func(...any) error) (struct{}, error) {
		var id insertion.StructureID
		var month insertion.Month
		var planned, done insertion.Hours
		err := scan(&id, &month, &planned, &done)
		r := out[id]
		if month < today.Month() {
			r.Promised += planned
			r.Kept += done
		} else {
			r.Ahead = append(r.Ahead, insertion.MonthHours{Month: month, Hours: planned})
		}
		out[id] = r
		return struct{}{}, err
	}, `SELECT p.structure, m.month, sum(m.planned), sum(m.done) FROM placement p JOIN placement_month m ON m.placement = p.id
		WHERE p.structure <> 0 GROUP BY p.structure, m.month ORDER BY p.structure, m.month`)
	return out, err
}

// SetExactPlaces lays exact coordinates of communes over the embedded ones.
func (s *Store) SetExactPlaces(ctx context.Context, by string, places []insertion.ExactPlace) error {
	if err := s.mayWhole(insertion.ActWrite); err != nil {
		return err
	}
	return s.change(ctx, by, "coordonnées de communes", 0, func(r *record) error {
		b := newBulk(ctx, r.Tx, "INSERT OR REPLACE INTO exact_place (insee, lat, lon)", 3)
		for _, p := range places {
			if err := b.add(p.INSEE, p.Lat, p.Lon); err != nil {
				return err
			}
		}
		return b.flush()
	})
}

// ExactPlaces are the coordinates laid over the embedded ones.
func (s *Store) ExactPlaces(ctx context.Context) ([]insertion.ExactPlace, error) {
	return query(ctx, s.r, func(scan func(...any) error) (p insertion.ExactPlace, err error) {
		err = scan(&p.INSEE, &p.Lat, &p.Lon)
		return p, err
	}, "SELECT insee, lat, lon FROM exact_place ORDER BY insee")
}
