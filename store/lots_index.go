package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"passerelle/internal/insertion"
)

// entry is what the lists know of one lot: its place in each order, the filters
// it answers to, and the words it is found by.
type entry struct {
	id        int64
	date      insertion.Date
	amount    insertion.Cents
	dep       string
	social    insertion.Social
	contract  int64
	buyer     int64
	holders   []int64
	object    string
	reference string
	cpv       string
	clause    bool
}

// A row of lot_by_date is numbered by day then lot, one of lot_by_amount by
// euros then lot: numbers grow in the order of the list.
const (
	dayShift   = 40
	euroShift  = 27
	maxEuros   = 1<<(63-euroShift) - 1
	lotOfDay   = "(t.rowid & 1099511627775)"
	lotOfEuros = "(t.rowid & 134217727)"
)

func byDate(d insertion.Date, lot int64) int64 {
	days := int64(0)
	if t := d.Time(); !t.IsZero() {
		days = max(0, int64(t.Sub(time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)).Hours())/24)
	}
	return days<<dayShift | lot
}

func byAmount(c insertion.Cents, lot int64) int64 {
	return min(max(0, int64(c)/100), maxEuros)<<euroShift | lot
}

// private begins the words of the index that people cannot type.
const private = "\ue000"

// The filters of lists, as words of the index.
func everyLot() string                     { return private + "a" }
func inDepartment(d string) string         { return private + "d" + strings.Join(wordsOf(d), "") }
func declares(one insertion.Social) string { return private + "s" + strconv.Itoa(int(one)) }
func toWrite() string                      { return private + "w" }
func followed() string                     { return private + "f" }
func partOf(contract int64) string         { return private + "k" + strconv.FormatInt(contract, 36) }

func socialFlags() []insertion.Social {
	return []insertion.Social{insertion.SocialClause, insertion.SocialCriterion, insertion.SocialReserved, insertion.NoSocial}
}

// filters are the words of the lot in both orders.
func (e entry) filters() string {
	words := []string{everyLot()}
	if e.dep != "" {
		words = append(words, inDepartment(e.dep))
	}
	for _, flag := range socialFlags() {
		if e.social&flag != 0 {
			words = append(words, declares(flag))
		}
	}
	switch {
	case e.clause:
		words = append(words, followed())
	case e.social&insertion.SocialClause != 0:
		words = append(words, toWrite())
	}
	return strings.Join(words, " ")
}

// text is what a lot is found by, newest first: its contract, and what a person
// may type; parties are the names and numbers of its buyer and contractors.
func (e entry) text(parties string) string {
	return partOf(e.contract) + " " + spelled(e.object+" "+e.reference+" "+e.cpv+" "+parties)
}

const entryColumns = "l.id, l.date, l.amount_now, l.dep, l.social, l.contract, l.buyer, l.holders, l.object, l.reference, l.cpv, l.clause"

func scanEntry(scan func(...any) error) (e entry, err error) {
	var holders []byte
	if err = scan(&e.id, &e.date, &e.amount, &e.dep, &e.social, &e.contract, &e.buyer, &holders, &e.object, &e.reference, &e.cpv, &e.clause); err != nil {
		return e, err
	}
	return e, json.Unmarshal(holders, &e.holders)
}

// entryOf reads what the lists should know of a lot; nil when it is not there.
func entryOf(ctx context.Context, q querier, lot int64) (*entry, error) {
	found, err := query(ctx, q, scanEntry, "SELECT "+entryColumns+" FROM lot l WHERE l.id = ?", lot)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// reindex takes a lot from what the lists knew of it to what they should.
func reindex(ctx context.Context, tx *sql.Tx, before, after *entry) error {
	exec := func(text string, args ...any) error {
		_, err := tx.ExecContext(ctx, text, args...)
		return err
	}
	if before != nil {
		if err := exec("DELETE FROM lot_by_date WHERE rowid = ?", byDate(before.date, before.id)); err != nil {
			return err
		}
		if err := exec("INSERT INTO lot_by_amount (lot_by_amount, rowid, words) VALUES ('delete', ?, ?)", byAmount(before.amount, before.id), before.filters()); err != nil {
			return err
		}
		if err := tally(ctx, tx, before.dep, before.social, -1); err != nil {
			return err
		}
	}
	if after == nil {
		return nil
	}
	parties, err := partiesOf(ctx, tx, *after)
	if err != nil {
		return err
	}
	if err := exec("INSERT INTO lot_by_date (rowid, words) VALUES (?, ?)", byDate(after.date, after.id), after.filters()+" "+after.text(parties)); err != nil {
		return err
	}
	if err := exec("INSERT INTO lot_by_amount (rowid, words) VALUES (?, ?)", byAmount(after.amount, after.id), after.filters()); err != nil {
		return err
	}
	return tally(ctx, tx, after.dep, after.social, 1)
}

const addToCount = "INSERT INTO lot_count (dep, social, n) VALUES (?, ?, ?) ON CONFLICT (dep, social) DO UPDATE SET n = n + excluded.n"

func tally(ctx context.Context, tx *sql.Tx, dep string, social insertion.Social, n int) error {
	_, err := tx.ExecContext(ctx, addToCount, dep, social, n)
	return err
}

// partiesOf is the names and numbers of a lot's buyer and contractors.
func partiesOf(ctx context.Context, q querier, e entry) (string, error) {
	ids, err := json.Marshal(append([]int64{e.buyer}, e.holders...))
	if err != nil {
		return "", err
	}
	var text string
	err = q.QueryRowContext(ctx, "SELECT ifnull(group_concat(o.name || ' ' || o.ident, ' '), '') FROM json_each(?) j JOIN organisation o ON o.id = j.value", string(ids)).Scan(&text)
	return text, err
}

// namesLots is the question whose answers hold every lot an organisation bought
// or won, and perhaps a few others: the words of its number.
func namesLots(ctx context.Context, q querier, org int64) (string, error) {
	var ident string
	err := q.QueryRowContext(ctx, "SELECT ident FROM organisation WHERE id = ?", org).Scan(&ident)
	words := wordsOf(ident)
	for i, w := range words {
		words[i] = quoted(w)
	}
	return strings.Join(words, " AND "), err
}

// reindexOrganisation writes again the words of every lot an organisation
// bought or won, some at a time, and tells where to go on from; 0 at the end.
func reindexOrganisation(ctx context.Context, tx *sql.Tx, org, below int64, limit int) (int64, error) {
	if below == 0 {
		below = 1<<63 - 1
	}
	match, err := namesLots(ctx, tx, org)
	if err != nil || match == "" {
		return 0, err
	}
	type place struct{ row, lot int64 }
	places, err := query(ctx, tx, func(scan func(...any) error) (p place, err error) {
		err = scan(&p.row, &p.lot)
		return p, err
	}, "SELECT t.rowid, "+lotOfDay+" FROM lot_by_date t WHERE t.lot_by_date MATCH ? AND t.rowid < ? ORDER BY t.rowid DESC LIMIT ?",
		match, below, limit)
	if err != nil {
		return 0, err
	}
	for _, p := range slices.Backward(places) { // growing numbers are cheaper to write
		e, err := entryOf(ctx, tx, p.lot)
		if err != nil || e == nil {
			return 0, fmt.Errorf("lot %d: index without row: %w", p.lot, err)
		}
		parties, err := partiesOf(ctx, tx, *e)
		if err != nil {
			return 0, err
		}
		if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO lot_by_date (rowid, words) VALUES (?, ?)", p.row, e.filters()+" "+e.text(parties)); err != nil {
			return 0, err
		}
	}
	if len(places) < limit {
		return 0, nil
	}
	return places[len(places)-1].row, nil
}
