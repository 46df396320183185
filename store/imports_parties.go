package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// keyOf is an organisation's identity, without its name. A notice that gives a
// name and no identifier is identified by that name.
func keyOf(p insertion.Party) insertion.Party {
	if p.ID == "" && p.Name != "" {
		return insertion.Party{Kind: p.Kind, ID: unidentified + p.Name}
	}
	return insertion.Party{Kind: p.Kind, ID: p.ID}
}

// unidentified begins the identifier we give to those that have none.
const unidentified = "~"

// shownParty is an organisation as people see it.
func shownParty(p insertion.Party) insertion.Party {
	if strings.HasPrefix(p.ID, unidentified) {
		p.ID = ""
	}
	return p
}

// name is a name and the publication that gave it.
type name struct {
	text string
	said insertion.Date
}

// later tells whether a name replaces another: the one published last, and for
// the same day always the same one of the two.
func (n name) later(than name) bool {
	if n.said != than.said {
		return n.said > than.said
	}
	return n.text > than.text
}

// learn makes every organisation of some notices known, with an id, and takes
// in the names the file gives, never over a typed one.
func (im *Import) learn(ctx context.Context, tx *sql.Tx, hots []hot) error {
	if len(im.orgs) > maxOrgs {
		clear(im.orgs)
	}
	said, sizes := map[insertion.Party]name{}, map[insertion.Party]name{}
	for _, h := range hots {
		hear := func(p insertion.Party) {
			known, seen := said[keyOf(p)]
			switch heard := (name{p.Name, h.notice.Published}); {
			case p.Name == "" && !seen:
				said[keyOf(p)] = name{}
			case p.Name != "" && (known.text == "" || heard.later(known)):
				said[keyOf(p)] = heard
			}
		}
		hear(h.notice.Buyer)
		for _, p := range h.holders {
			hear(p)
			if size := (name{p.Size, h.notice.Published}); p.Size != "" && size.later(sizes[keyOf(p)]) {
				sizes[keyOf(p)] = size
			}
		}
	}
	var missing []insertion.Party
	for p := range said {
		if _, ok := im.orgs[p]; !ok {
			missing = append(missing, p)
		}
	}
	// The same file numbers its organisations the same each time.
	slices.SortFunc(missing, func(a, b insertion.Party) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	if err := im.loadOrgs(ctx, tx, missing); err != nil {
		return err
	}
	if err := im.rename(ctx, tx, said); err != nil {
		return err
	}
	if err := im.resize(ctx, tx, sizes); err != nil {
		return err
	}
	next, err := nextID(ctx, tx, "organisation")
	if err != nil {
		return err
	}
	b := newBulk(ctx, tx, "INSERT INTO organisation (id, kind, ident, name, said, size, size_said)", 7)
	for _, p := range missing {
		if _, ok := im.orgs[p]; ok {
			continue
		}
		n, size := said[p], sizes[p]
		if err := b.add(next, string(p.Kind), p.ID, n.text, string(n.said), size.text, string(size.said)); err != nil {
			return err
		}
		im.orgs[p] = org{id: next, name: n.text, said: n.said, size: size}
		next++
	}
	return b.flush()
}

// rename takes in the names that a file gives to organisations already known.
// Their lots are indexed again once the file is read, in short transactions.
func (im *Import) rename(ctx context.Context, tx *sql.Tx, said map[insertion.Party]name) error {
	for p, n := range said {
		o, known := im.orgs[p]
		if !known || n.text == "" || o.typed || o.name == n.text {
			continue
		}
		if o.name != "" && !n.later(name{o.name, o.said}) {
			continue
		}
		if _, err := tx.ExecContext(ctx, "UPDATE organisation SET name = ?, said = ? WHERE id = ? AND typed = 0", n.text, string(n.said), o.id); err != nil {
			return err
		}
		if folded(o.name) != folded(n.text) {
			if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO renamed VALUES (?)", o.id); err != nil {
				return err
			}
			im.renamed = true
		}
		o.name, o.said = n.text, n.said
		im.orgs[p] = o
	}
	return nil
}

// resize takes in the sizes that a file gives to organisations already known: the
// one published last. A size somebody looked up is kept apart, and counts first.
func (im *Import) resize(ctx context.Context, tx *sql.Tx, sizes map[insertion.Party]name) error {
	for p, size := range sizes {
		o, known := im.orgs[p]
		if !known || !size.later(o.size) {
			continue
		}
		// Awards are counted again only when a size moved.
		text, values := "UPDATE organisation SET size_said = ?1 WHERE id = ?2", []any{string(size.said), o.id}
		if size.text != o.size.text {
			text, values = "UPDATE organisation SET size_said = ?1, size = ?3 WHERE id = ?2", append(values, size.text)
		}
		if _, err := tx.ExecContext(ctx, text, values...); err != nil {
			return err
		}
		o.size = size
		im.orgs[p] = o
	}
	return nil
}

// relist indexes again the lots of the organisations an import renamed, here or
// in an import that was cut short.
func (s *Store) relist(ctx context.Context) error {
	for done := false; !done; {
		err := s.write(ctx, func(tx *sql.Tx) error {
			var org int64
			switch err := tx.QueryRowContext(ctx, "SELECT organisation FROM renamed LIMIT 1").Scan(&org); err {
			case nil:
			case sql.ErrNoRows:
				done = true
				return nil
			default:
				return err
			}
			// A buyer has tens of thousands of lots at most; nearly all have few.
			for below := int64(0); ; {
				var err error
				if below, err = reindexOrganisation(ctx, tx, org, below, chunk); err != nil {
					return err
				}
				if below == 0 {
					break
				}
			}
			_, err := tx.ExecContext(ctx, "DELETE FROM renamed WHERE organisation = ?", org)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (im *Import) loadOrgs(ctx context.Context, tx *sql.Tx, parties []insertion.Party) error {
	idents := make([]string, len(parties))
	for i, p := range parties {
		idents[i] = p.ID
	}
	asked, err := json.Marshal(idents)
	if err != nil {
		return err
	}
	_, err = query(ctx, tx, func(scan func(...any) error) (struct{}, error) {
		var p insertion.Party
		var o org
		err := scan(&p.Kind, &p.ID, &o.id, &o.name, &o.said, &o.typed, &o.size.text, &o.size.said)
		im.orgs[p] = o
		return struct{}{}, err
	}, "SELECT o.kind, o.ident, o.id, o.name, o.said, o.typed, o.size, o.size_said FROM json_each(?) j CROSS JOIN organisation o ON o.ident = j.value", string(asked))
	return err
}
