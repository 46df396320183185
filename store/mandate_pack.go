package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// awarded is what a notice says to be counted by.
type awarded struct {
	contract  int64
	buyer     int64
	year      int
	dep       []byte
	division  int  // of the CPV, 0 unknown
	numbered  bool // it carries a lot number
	framework bool // it carries none, and is of a framework: other notices of it are no lots
	social    insertion.Social
	amount    insertion.Cents
	doubtful  bool
	holders   []int64 // lead first
}

// awardedOf reads a notice that is being written.
func awardedOf(e entry, h hot) awarded {
	return awarded{
		contract: e.contract, buyer: e.buyer, year: leading(string(e.date), 4), dep: []byte(e.dep), division: leading(e.cpv, 2),
		numbered: h.notice.LotNumber != "", framework: h.notice.LotNumber == "" && strings.Contains(h.cold, frameworkMark),
		social: e.social, amount: e.amount, doubtful: h.notice.AmountDoubtful, holders: e.holders,
	}
}

// frameworkMark begins the reference of a framework in the cold part of a lot.
const frameworkMark = `"fw":`

const selectAwarded = `SELECT id, contract, buyer, date, dep, cpv, lot_number <> '', social, amount_now, doubtful, holders,
	CASE WHEN lot_number = '' THEN instr(cold, '` + frameworkMark + `') > 0 ELSE 0 END FROM lot WHERE id BETWEEN ? AND ? ORDER BY id`

// eachAwarded reads lots by their numbers. What it gives is good until the next one.
func eachAwarded(ctx context.Context, q querier, first, last int64, give func(id int64, l *awarded)) error {
	rows, err := q.QueryContext(ctx, selectAwarded, first, last)
	if err != nil {
		return named(err)
	}
	defer rows.Close()
	var l awarded
	var id int64
	var date, dep, cpv, holders sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&id, &l.contract, &l.buyer, &date, &dep, &cpv, &l.numbered, &l.social, &l.amount, &l.doubtful, &holders, &l.framework); err != nil {
			return named(err)
		}
		l.year, l.division, l.dep, l.holders = leading(string(date), 4), leading(string(cpv), 2), dep, l.holders[:0]
		n := int64(0)
		for _, c := range holders { // a JSON array of whole numbers
			switch {
			case c >= '0' && c <= '9':
				n = n*10 + int64(c-'0')
			case n > 0:
				l.holders, n = append(l.holders, n), 0
			}
		}
		give(id, &l)
	}
	return named(rows.Err())
}

// leading reads the digits a text begins with, 0 when it has fewer.
func leading(text string, digits int) int {
	if len(text) < digits {
		return 0
	}
	n, err := strconv.ParseUint(text[:digits], 10, 16)
	if err != nil {
		return 0
	}
	return int(n)
}

// pack adds a lot to a row of lot_pack.
func pack(to []byte, l *awarded) []byte {
	flags := byte(0)
	for i, on := range [...]bool{l.numbered, l.framework, l.doubtful} {
		if on {
			flags |= 1 << i
		}
	}
	to = binary.LittleEndian.AppendUint64(to, uint64(l.contract))
	to = append(to, flags, byte(l.division))
	to = binary.AppendUvarint(to, uint64(l.year))
	to = binary.AppendUvarint(to, uint64(l.buyer))
	to = binary.AppendUvarint(to, uint64(l.social))
	to = binary.AppendVarint(to, int64(l.amount))
	to = binary.AppendUvarint(to, uint64(len(l.dep)))
	to = append(to, l.dep...)
	to = binary.AppendUvarint(to, uint64(len(l.holders)))
	for _, h := range l.holders {
		to = binary.AppendUvarint(to, uint64(h))
	}
	return to
}

var errPack = errors.New("un paquet d'avis est abîmé")

// unpack reads the lots of a row of lot_pack. What it gives is good until the next.
func unpack(from []byte, give func(*awarded)) error {
	var l awarded
	short := false
	next := func() uint64 {
		n, size := binary.Uvarint(from)
		if size <= 0 {
			from, short = nil, true
			return 0
		}
		from = from[size:]
		return n
	}
	for len(from) > 0 {
		if len(from) < 10 {
			return errPack
		}
		l.contract = int64(binary.LittleEndian.Uint64(from))
		l.numbered, l.framework, l.doubtful = from[8]&1 != 0, from[8]&2 != 0, from[8]&4 != 0
		l.division, from = int(from[9]), from[10:]
		l.year, l.buyer, l.social = int(next()), int64(next()), insertion.Social(next())
		amount, size := binary.Varint(from)
		if size <= 0 {
			return errPack
		}
		l.amount, from = insertion.Cents(amount), from[size:]
		n := next()
		if n > uint64(len(from)) {
			return errPack
		}
		l.dep, from = from[:n], from[n:]
		n = next()
		if n > uint64(len(from)) {
			return errPack
		}
		l.holders = l.holders[:0]
		for range n {
			l.holders = append(l.holders, int64(next()))
		}
		if short {
			return errPack
		}
		give(&l)
	}
	return nil
}

// packOf is how many lots a row of lot_pack holds at most.
const packOf = 4096

const addPack = "INSERT INTO lot_pack (first, last, packed) VALUES (?, ?, ?)"

// span is a range of numbers of lots, both ends in it.
type span struct{ first, last int64 }

// unpacked are the numbers no row of lot_pack covers, in order.
func unpacked(ctx context.Context, q querier) (gaps []span, err error) {
	var newest int64
	if err := q.QueryRowContext(ctx, "SELECT ifnull(max(id), 0) FROM lot").Scan(&newest); err != nil {
		return nil, named(err)
	}
	next := int64(1)
	_, err = query(ctx, q, func(scan func(...any) error) (struct{}, error) {
		var p span
		err := scan(&p.first, &p.last)
		if p.first > next {
			gaps = append(gaps, span{next, p.first - 1})
		}
		next = p.last + 1
		return struct{}{}, err
	}, "SELECT first, last FROM lot_pack ORDER BY first")
	if next <= newest {
		gaps = append(gaps, span{next, newest})
	}
	return gaps, err
}

// packUp packs the lots no row covers, some at a time so that nobody waits to
// write. A file that cannot be written now is counted without.
func (s *Store) packUp(ctx context.Context) error {
	for {
		left := false
		err := s.write(ctx, func(tx *sql.Tx) error {
			gaps, err := unpacked(ctx, tx)
			if err != nil || len(gaps) == 0 {
				return err
			}
			left = true
			for _, g := range gaps[:min(len(gaps), 4)] {
				g.last = min(g.last, g.first+packOf-1)
				packed, err := packSpan(ctx, tx, g)
				if err != nil {
					return err
				}
				if _, err := tx.ExecContext(ctx, addPack, g.first, g.last, packed); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || !left {
			return err
		}
	}
}

func packSpan(ctx context.Context, q querier, g span) ([]byte, error) {
	packed := []byte{}
	err := eachAwarded(ctx, q, g.first, g.last, func(_ int64, l *awarded) { packed = pack(packed, l) })
	return packed, err
}

// everyAwarded gives every notice once, and tells whether all of them are packed.
func everyAwarded(ctx context.Context, q querier, give func(*awarded)) (all bool, err error) {
	gaps, err := unpacked(ctx, q)
	if err != nil {
		return false, err
	}
	rows, err := q.QueryContext(ctx, "SELECT packed FROM lot_pack ORDER BY first")
	if err != nil {
		return false, named(err)
	}
	defer rows.Close()
	for rows.Next() {
		var packed sql.RawBytes
		if err := rows.Scan(&packed); err != nil {
			return false, named(err)
		}
		if err := unpack(packed, give); err != nil {
			return false, errors.Join(insertion.ErrCorrupt, err)
		}
	}
	if err := rows.Err(); err != nil {
		return false, named(err)
	}
	for _, g := range gaps {
		if err := eachAwarded(ctx, q, g.first, g.last, func(_ int64, l *awarded) { give(l) }); err != nil {
			return false, err
		}
	}
	return len(gaps) == 0, nil
}

// checkPacks says which packs do not hold what their lots say.
func checkPacks(ctx context.Context, q querier) ([]string, error) {
	packs, err := query(ctx, q, func(scan func(...any) error) (p span, err error) {
		err = scan(&p.first, &p.last)
		return p, err
	}, "SELECT first, last FROM lot_pack ORDER BY first")
	if err != nil {
		return nil, err
	}
	var found []string
	for _, p := range packs {
		want, err := packSpan(ctx, q, p)
		if err != nil {
			return nil, err
		}
		var held []byte
		if err := q.QueryRowContext(ctx, "SELECT packed FROM lot_pack WHERE first = ?", p.first).Scan(&held); err != nil {
			return nil, named(err)
		}
		if !bytes.Equal(held, want) && len(found) < 20 {
			found = append(found, fmt.Sprintf("lots %d à %d : ce que le mandat compte n'est pas ce que disent les avis", p.first, p.last))
		}
	}
	return found, nil
}
