package store

import (
	"context"
	"database/sql"

	"passerelle/internal/insertion"
)

// keyOf is an organisation's identity, without its name.
func keyOf(p insertion.Party) insertion.Party { return insertion.Party{Kind: p.Kind, ID: p.ID} }

// learn makes every organisation of some notices known, with an id, and takes
// in the names the file gives, never over a typed one.
func (im *Import) learn(ctx context.Context, tx *sql.Tx, hots []hot) error {
	if len(im.orgs) > maxOrgs {
		clear(im.orgs)
	}
	named := map[insertion.Party]string{}
	for _, h := range hots {
		for _, p := range append([]insertion.Party{h.notice.Buyer}, h.holders...) {
			if name, seen := named[keyOf(p)]; !seen || name == "" {
				named[keyOf(p)] = p.Name
			}
		}
	}
	var missing []insertion.Party
	for p := range named {
		if _, ok := im.orgs[p]; !ok {
			missing = append(missing, p)
		}
	}
	if err := im.loadOrgs(ctx, tx, missing); err != nil {
		return err
	}
	next, err := nextID(ctx, tx, "organisation")
	if err != nil {
		return err
	}
	b := newBulk(ctx, tx, "INSERT OR FAIL INTO organisation (id, kind, ident, name)", 4)
	for _, p := range missing {
		if _, ok := im.orgs[p]; ok {
			continue
		}
		if err := b.add(next, string(p.Kind), p.ID, named[p]); err != nil {
			return err
		}
		im.orgs[p] = org{id: next, name: named[p]}
		next++
	}
	if err := b.flush(); err != nil {
		return err
	}
	return im.rename(ctx, tx, named)
}

// rename takes in the names that a file gives to organisations without one, or
// with another imported one.
func (im *Import) rename(ctx context.Context, tx *sql.Tx, named map[insertion.Party]string) error {
	for p, name := range named {
		o := im.orgs[p]
		if name == "" || o.typed || o.name != "" {
			continue
		}
		if _, err := tx.ExecContext(ctx, "UPDATE organisation SET name = ? WHERE id = ? AND typed = 0", name, o.id); err != nil {
			return err
		}
		if err := reindexOrganisation(ctx, tx, o.id); err != nil {
			return err
		}
		o.name = name
		im.orgs[p] = o
	}
	return nil
}

func (im *Import) loadOrgs(ctx context.Context, tx *sql.Tx, parties []insertion.Party) error {
	const step = 500
	for from := 0; from < len(parties); from += step {
		some := parties[from:min(len(parties), from+step)]
		args := make([]any, len(some))
		for i, p := range some {
			args[i] = p.ID
		}
		rows, err := tx.QueryContext(ctx, "SELECT kind, ident, id, name, typed FROM organisation WHERE ident IN ("+marks(len(args))+")", args...)
		if err != nil {
			return err
		}
		for rows.Next() {
			var p insertion.Party
			var o org
			if err := rows.Scan(&p.Kind, &p.ID, &o.id, &o.name, &o.typed); err != nil {
				rows.Close()
				return err
			}
			im.orgs[p] = o
		}
		if err := rows.Err(); err != nil {
			return err
		}
		rows.Close()
	}
	return nil
}

// group finds or makes the contract each notice is a lot of.
func (im *Import) group(ctx context.Context, tx *sql.Tx, hots []hot) error {
	if len(im.groups) > maxGroups {
		clear(im.groups)
	}
	var missing []groupKey
	asked := map[groupKey]bool{}
	for _, h := range hots {
		k := groupKey{im.orgs[keyOf(h.notice.Buyer)].id, h.group}
		if _, ok := im.groups[k]; !ok && !asked[k] {
			asked[k] = true
			missing = append(missing, k)
		}
	}
	find, err := tx.PrepareContext(ctx, "SELECT id FROM contract WHERE buyer = ? AND grp = ?")
	if err != nil {
		return err
	}
	defer find.Close()
	next, err := nextID(ctx, tx, "contract")
	if err != nil {
		return err
	}
	b := newBulk(ctx, tx, "INSERT OR FAIL INTO contract (id, buyer, grp)", 3)
	for _, k := range missing {
		var id int64
		switch err := find.QueryRowContext(ctx, k.buyer, k.group).Scan(&id); err {
		case nil:
		case sql.ErrNoRows:
			id = next
			next++
			if err := b.add(id, k.buyer, k.group); err != nil {
				return err
			}
		default:
			return err
		}
		im.groups[k] = id
	}
	return b.flush()
}
