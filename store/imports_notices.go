package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"passerelle/internal/insertion"
)

// known is what the file already holds of a notice.
type known struct {
	id        int64
	hash      int64
	published insertion.Date
	typed     string
}

// addChunk writes some notices in the transaction given.
func (im *Import) addChunk(ctx context.Context, tx *sql.Tx, notices []insertion.Notice) ([]insertion.Outcome, error) {
	hots, err := heatAll(notices)
	if err != nil {
		return nil, err
	}
	have, err := knownLots(ctx, tx, hots)
	if err != nil {
		return nil, err
	}
	if err := im.learn(ctx, tx, hots); err != nil {
		return nil, err
	}
	next, err := nextID(ctx, tx, "lot")
	if err != nil {
		return nil, err
	}
	// Rows are written by fifties, children sometimes before their parent: the
	// references are checked at the end of the transaction.
	if _, err := tx.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON"); err != nil {
		return nil, err
	}
	w := newLotWriter(ctx, tx, im)
	outcomes := make([]insertion.Outcome, len(hots))
	again := false // one of the new lots was told twice: they are packed later, as they are
	r := &record{Context: ctx, Tx: tx, by: im.by, what: "mise à jour par " + im.sum.File, final: true}
	for i, h := range hots {
		old, found := have[h.key]
		switch {
		case !found:
			outcomes[i] = insertion.Created
			have[h.key] = known{next, h.hash, h.notice.Published, "{}"}
			if err := w.insert(next, h); err != nil {
				return nil, err
			}
			next++
		case old.hash == h.hash:
			outcomes[i] = insertion.Unchanged
		case h.replaces(old.published, old.hash):
			outcomes[i] = insertion.Updated
			if err := w.flush(); err != nil {
				return nil, err
			}
			if err := im.update(r, old, h); err != nil {
				return nil, err
			}
			again = again || w.span.first != 0 && old.id >= w.span.first
			have[h.key] = known{old.id, h.hash, h.notice.Published, old.typed}
		default:
			outcomes[i] = insertion.Unchanged
			if err := w.flush(); err != nil {
				return nil, err
			}
			if err := im.keepSource(ctx, tx, old.id, h); err != nil {
				return nil, err
			}
		}
	}
	if err := w.flush(); err != nil {
		return nil, err
	}
	if !again {
		if err := w.pack(); err != nil {
			return nil, err
		}
	}
	return outcomes, r.close(im.s.instant())
}

// knownLots finds which of the notices the file already holds.
func knownLots(ctx context.Context, tx *sql.Tx, hots []hot) (map[insertion.NoticeKey]known, error) {
	have := make(map[insertion.NoticeKey]known, len(hots))
	const step = 500
	for from := 0; from < len(hots); from += step {
		some := hots[from:min(len(hots), from+step)]
		args := make([]any, len(some))
		for i, h := range some {
			args[i] = h.key[:]
		}
		rows, err := tx.QueryContext(ctx, "SELECT key, id, hash, published, typed FROM lot WHERE key IN ("+marks(len(args))+")", args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var key []byte
			var k known
			if err := rows.Scan(&key, &k.id, &k.hash, &k.published, &k.typed); err != nil {
				rows.Close()
				return nil, err
			}
			have[insertion.NoticeKey(key)] = k
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
		rows.Close()
	}
	return have, nil
}

// nextID is a number no row of a table bears or bore.
func nextID(ctx context.Context, tx *sql.Tx, table string) (int64, error) {
	var id int64
	err := tx.QueryRowContext(ctx, "SELECT 1 + max(ifnull((SELECT max(id) FROM "+table+"), 0), ifnull((SELECT seq FROM sqlite_sequence WHERE name = ?), 0))", table).Scan(&id)
	return id, err
}

// update lays a newer version of a notice over a lot, except where a person
// typed: there the typed value stays and the new one is kept beside it.
func (im *Import) update(r *record, old known, h hot) error {
	if err := r.touch("lot", old.id); err != nil {
		return err
	}
	var typed map[string]insertion.TypedField
	if err := json.Unmarshal([]byte(old.typed), &typed); err != nil {
		return fmt.Errorf("lot %d : %w", old.id, err)
	}
	sets, args := h.columns(im)
	for field, t := range typed {
		t.Imported = h.said(field)
		typed[field] = t
		for _, c := range typedColumns(field) {
			delete(sets, c)
		}
	}
	doc, err := json.Marshal(typed)
	if err != nil {
		return err
	}
	text := "UPDATE lot SET typed = ?, version = version + 1"
	values := []any{string(doc)}
	for _, c := range args {
		if v, ok := sets[c]; ok {
			text, values = text+", "+c+" = ?", append(values, v)
		}
	}
	_, err = r.exec(text+" WHERE id = ?", append(values, old.id)...)
	return err
}

// columns are what a newer notice changes of a lot, and their names in order.
func (h hot) columns(im *Import) (map[string]any, []string) {
	n := h.notice
	lead, holders := im.holdersOf(h)
	order := strings.Fields("hash lead holders cpv place insee dep lat lon basis date published amount_now doubtful months social cold")
	return map[string]any{
		"hash": h.hash, "lead": lead, "holders": jsonIDs(holders), "cpv": n.CPV, "place": h.place, "insee": n.Place.INSEE,
		"dep": n.Place.Department, "lat": n.Place.Lat, "lon": n.Place.Lon, "basis": string(n.Place.Basis), "date": string(n.SortDate()),
		"published": string(n.Published), "amount_now": int64(h.now), "doubtful": n.AmountDoubtful, "months": h.months,
		"social": int64(n.Social), "cold": h.cold,
	}, order
}

// keepSource remembers what an older or lesser source said, once.
func (im *Import) keepSource(ctx context.Context, tx *sql.Tx, lot int64, h hot) error {
	said, err := json.Marshal(map[string]any{
		"montant": h.now, "duree": h.months, "lieu": h.place, "cpv": h.notice.CPV, "publie": h.notice.Published, "source": h.notice.Source,
	})
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT OR IGNORE INTO lot_source (lot, hash, import, said) VALUES (?, ?, ?, ?)", lot, h.hash, int64(im.sum.ID), string(said))
	return err
}
