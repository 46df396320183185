package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// lotWriter writes new lots and what the lists know of them. Rows go many a
// statement; index rows one a statement, in growing order: a statement of several
// makes FTS5 write out what it holds in memory, and so does a smaller number.
type lotWriter struct {
	ctx     context.Context
	tx      *sql.Tx
	im      *Import
	lots    *bulk
	words   []indexRow
	filters []indexRow
	counts  map[countKey]int
	packed  []byte // of all it wrote, for one row of lot_pack
	span    span   // and their numbers
}

type indexRow struct {
	row  int64
	text string
}

type countKey struct {
	dep    string
	social insertion.Social
}

func newLotWriter(ctx context.Context, tx *sql.Tx, im *Import) *lotWriter {
	return &lotWriter{
		ctx: ctx, tx: tx, im: im, counts: map[countKey]int{},
		lots: newBulk(ctx, tx, `INSERT INTO lot (id, key, hash, contract, reference, lot_number, object, buyer, lead, holders, cpv, place,
			insee, dep, lat, lon, basis, date, notified, published, amount, amount_now, doubtful, months, social, cold, import)`, 27),
	}
}

// holdersOf are the current contractors of a notice, lead first.
func (im *Import) holdersOf(h hot) (lead int64, holders []int64) {
	for _, p := range h.holders {
		if id := im.orgs[keyOf(p)].id; !slices.Contains(holders, id) {
			holders = append(holders, id)
		}
	}
	if len(holders) > 0 {
		lead = holders[0]
	}
	return lead, holders
}

// jsonIDs writes numbers as a JSON array.
func jsonIDs(ids []int64) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(id, 10))
	}
	b.WriteByte(']')
	return b.String()
}

func (w *lotWriter) insert(id int64, h hot) error {
	n, buyer := h.notice, w.im.orgs[keyOf(h.notice.Buyer)]
	lead, holders := w.im.holdersOf(h)
	parties := buyer.name + " " + n.Buyer.ID
	for _, p := range h.holders {
		parties += " " + w.im.orgs[keyOf(p)].name + " " + p.ID
	}
	e := entry{
		id: id, date: n.SortDate(), amount: h.now, dep: n.Place.Department, social: n.Social, contract: h.contract(buyer.id),
		buyer: buyer.id, holders: holders, object: n.Object, reference: n.Reference, cpv: n.CPV,
	}
	filters := e.filters()
	w.words = append(w.words, indexRow{byDate(e.date, id), filters + " " + e.text(parties)})
	w.filters = append(w.filters, indexRow{byAmount(e.amount, id), filters})
	w.counts[countKey{e.dep, e.social}]++
	a := awardedOf(e, h)
	w.packed, w.span.last = pack(w.packed, &a), id
	if w.span.first == 0 {
		w.span.first = id
	}
	return w.lots.add(id, h.key[:], h.hash, e.contract, n.Reference, n.LotNumber, n.Object, buyer.id, lead, jsonIDs(holders), n.CPV, h.place,
		n.Place.INSEE, n.Place.Department, n.Place.Lat, n.Place.Lon, string(n.Place.Basis), string(e.date), string(n.Notified),
		string(n.Published), int64(n.Amount), int64(h.now), n.AmountDoubtful, h.months, int64(n.Social), h.cold, int64(w.im.sum.ID))
}

// flush writes what is pending.
func (w *lotWriter) flush() error {
	if err := w.lots.flush(); err != nil {
		return err
	}
	if err := w.index("INSERT INTO lot_by_date (rowid, words) VALUES (?, ?)", w.words); err != nil {
		return err
	}
	if err := w.index("INSERT INTO lot_by_amount (rowid, words) VALUES (?, ?)", w.filters); err != nil {
		return err
	}
	count, err := w.tx.PrepareContext(w.ctx, addToCount)
	if err != nil {
		return err
	}
	defer count.Close()
	for k, n := range w.counts {
		if _, err := count.ExecContext(w.ctx, k.dep, int64(k.social), n); err != nil {
			return err
		}
	}
	w.words, w.filters = w.words[:0], w.filters[:0]
	clear(w.counts)
	return nil
}

// fewest is how many new lots are worth a row of lot_pack of their own: fewer are
// packed with their neighbours at the next count.
const fewest = 500

// pack keeps what the new lots are counted by.
func (w *lotWriter) pack() error {
	if w.span.last-w.span.first+1 < fewest {
		return nil
	}
	_, err := w.tx.ExecContext(w.ctx, addPack, w.span.first, w.span.last, w.packed)
	return err
}

func (w *lotWriter) index(text string, rows []indexRow) error {
	if len(rows) == 0 {
		return nil
	}
	slices.SortFunc(rows, func(a, b indexRow) int { return cmp.Compare(a.row, b.row) })
	one, err := w.tx.PrepareContext(w.ctx, text)
	if err != nil {
		return err
	}
	defer one.Close()
	for _, r := range rows {
		if _, err := one.ExecContext(w.ctx, r.row, r.text); err != nil {
			return err
		}
	}
	return nil
}
