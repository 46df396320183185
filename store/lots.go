package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// Lot reads a lot with everything its page shows, save its lists.
func (s *Store) Lot(ctx context.Context, id insertion.LotID) (insertion.Lot, error) {
	var lot insertion.Lot
	rows, err := s.lotRows(ctx, "lot l", "l.id = ?", id)
	if err != nil {
		return lot, err
	}
	if len(rows) == 0 {
		return lot, insertion.ErrNotFound
	}
	lot.LotRow = rows[0]
	var doc, typed string
	n := &lot.Notice
	err = s.r.QueryRowContext(ctx, "SELECT buyer, cold, typed, import, version, amount, months, notified, published FROM lot WHERE id = ?", id).
		Scan(&lot.BuyerID, &doc, &typed, &lot.Import, &lot.Version, &n.Amount, &n.Months, &n.Notified, &n.Published)
	if err != nil {
		return lot, named(err)
	}
	if lot.Contractors, err = s.contractors(ctx, id); err != nil {
		return lot, err
	}
	n.Reference, n.LotNumber, n.Object, n.CPV, n.Place = lot.Reference, lot.LotNumber, lot.Object, lot.CPV, lot.Place
	n.Buyer, n.AmountDoubtful, n.Social = lot.Buyer, lot.Doubtful, lot.Social
	for _, c := range lot.Contractors {
		n.Contractors = append(n.Contractors, c.Party)
	}
	lot.MonthsNow = n.Months
	var c cold
	if err := json.Unmarshal([]byte(doc), &c); err != nil {
		return lot, err
	}
	shown := n.Place.Name
	c.into(n)
	n.Place.Name = shown
	lot.Place = n.Place
	if lot.Typed, err = typedFields(typed); err != nil {
		return lot, err
	}
	lot.Clause, lot.ClauseVersion, err = s.clause(ctx, id)
	return lot, err
}

// lotRows reads rows of a list for any condition on lot l.
func (s *Store) lotRows(ctx context.Context, from, where string, args ...any) ([]insertion.LotRow, error) {
	late, err := s.lateBelow(ctx)
	if err != nil {
		return nil, err
	}
	return query(ctx, s.r, s.scanLot(late), "SELECT "+lotColumns+" FROM "+from+lotJoins+" WHERE "+where, args...)
}

func (s *Store) contractors(ctx context.Context, id insertion.LotID) ([]insertion.Organisation, error) {
	return query(ctx, s.r, scanOrganisation, `SELECT o.id, o.kind, o.ident, o.name, o.typed FROM lot l, json_each(l.holders) h JOIN organisation o ON o.id = h.value
		WHERE l.id = ? ORDER BY h.key`, id)
}

func scanOrganisation(scan func(...any) error) (o insertion.Organisation, err error) {
	err = scan(&o.ID, &o.Party.Kind, &o.Party.ID, &o.Party.Name, &o.Typed)
	o.Party = shownParty(o.Party)
	return o, err
}

// Organisations reads organisations by their numbers, by name.
func (s *Store) Organisations(ctx context.Context, ids []insertion.OrganisationID) ([]insertion.Organisation, error) {
	return query(ctx, s.r, scanOrganisation, "SELECT id, kind, ident, name, typed FROM organisation WHERE id IN "+numbers(ids)+" ORDER BY name, id")
}

// FindBuyer finds the buyer of some lot by its SIRET or its name, case apart. The
// error is insertion.ErrNotFound, or insertion.ErrDuplicate when several are
// called so.
func (s *Store) FindBuyer(ctx context.Context, name string) (insertion.Organisation, error) {
	siret := strings.ReplaceAll(name, " ", "")
	found, err := query(ctx, s.r, scanOrganisation, "SELECT id, kind, ident, name, typed FROM organisation WHERE ident = ? OR (name <> '' AND name = ? COLLATE NOCASE) ORDER BY id", siret, strings.TrimSpace(name))
	if err != nil {
		return insertion.Organisation{}, err
	}
	var buyers []insertion.Organisation
	for _, o := range found {
		lots, err := s.Lots(ctx, insertion.LotFilter{Buyer: o.ID}, insertion.Page{Limit: 1})
		if err != nil {
			return insertion.Organisation{}, err
		}
		if len(lots) > 0 {
			buyers = append(buyers, o)
		}
	}
	switch len(buyers) {
	case 0:
		return insertion.Organisation{}, insertion.ErrNotFound
	case 1:
		return buyers[0], nil
	}
	return insertion.Organisation{}, insertion.ErrDuplicate
}

// FollowedBuyers are the buyers of the lots that have a clause, by name.
func (s *Store) FollowedBuyers(ctx context.Context) ([]insertion.Organisation, error) {
	return query(ctx, s.r, scanOrganisation, `SELECT id, kind, ident, name, typed FROM organisation
		WHERE id IN (SELECT l.buyer FROM clause c JOIN lot l ON l.id = c.lot) ORDER BY name, id`)
}

// FindLots finds what a person calls a lot: its number, or its award reference
// « SIRET_ACHETEUR:ID ». Several answers mean the name is ambiguous; none is
// insertion.ErrNotFound.
func (s *Store) FindLots(ctx context.Context, name string) ([]insertion.LotRow, error) {
	var rows []insertion.LotRow
	var err error
	if buyer, reference, ok := strings.Cut(name, ":"); ok {
		rows, err = s.lotsReferred(ctx, strings.TrimSpace(buyer), strings.TrimSpace(reference))
	} else if id, errID := strconv.ParseInt(strings.TrimSpace(name), 10, 64); errID == nil {
		rows, err = s.lotRows(ctx, "lot l", "l.id = ?", id)
	}
	if err == nil && len(rows) == 0 {
		err = insertion.ErrNotFound
	}
	return rows, err
}

// lotsReferred are the lots one buyer published under one reference; its case
// and punctuation do not count, as platforms change them.
func (s *Store) lotsReferred(ctx context.Context, buyer, reference string) ([]insertion.LotRow, error) {
	words := append(wordsOf(buyer), wordsOf(reference)...)
	if len(words) < 2 {
		return nil, nil
	}
	late, err := s.lateBelow(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.lotsListed(ctx, late, insertion.LotFilter{}, words, 500)
	return slices.DeleteFunc(rows, func(r insertion.LotRow) bool {
		return r.Buyer.ID != buyer || !slices.Equal(wordsOf(r.Reference), wordsOf(reference))
	}), err
}

// lotsListed reads the first rows of a listing; late is the pace below which a
// lot is late.
func (s *Store) lotsListed(ctx context.Context, late insertion.BasisPoints, f insertion.LotFilter, words []string, limit int) ([]insertion.LotRow, error) {
	l, err := s.listingOf(ctx, f, words)
	if err != nil {
		return nil, err
	}
	text, args := l.rows(insertion.Page{Limit: limit})
	return query(ctx, s.r, s.scanLot(late), text, args...)
}

// SimilarLots are other lots the same buyer published under the same reference
// for the same day: maybe another version of this one. Nothing merges them but
// a person.
func (s *Store) SimilarLots(ctx context.Context, id insertion.LotID) ([]insertion.LotRow, error) {
	own, err := s.lotRows(ctx, "lot l", "l.id = ?", id)
	if err != nil || len(own) == 0 {
		return nil, err
	}
	rows, err := s.lotsReferred(ctx, own[0].Buyer.ID, own[0].Reference)
	rows = slices.DeleteFunc(rows, func(r insertion.LotRow) bool { return r.ID == id || r.Date != own[0].Date })
	return rows[:min(len(rows), 50)], err
}

// ContractLots are the lots of a contract, in the order of their numbers.
func (s *Store) ContractLots(ctx context.Context, id insertion.ContractID) ([]insertion.LotRow, error) {
	late, err := s.lateBelow(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.lotsListed(ctx, late, insertion.LotFilter{Contract: id}, nil, 500)
	number := func(r insertion.LotRow) int {
		n, _ := strconv.Atoi(strings.TrimRight(r.LotNumber, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) // none is 0
		return n
	}
	slices.SortFunc(rows, func(a, b insertion.LotRow) int {
		return cmp.Or(cmp.Compare(number(a), number(b)), cmp.Compare(a.LotNumber, b.LotNumber), cmp.Compare(a.ID, b.ID))
	})
	return rows, err
}

// Contract sums a contract over its lots; amounts that are doubtful are left
// out of the total.
func (s *Store) Contract(ctx context.Context, id insertion.ContractID) (insertion.ContractRow, error) {
	lots, err := s.ContractLots(ctx, id)
	if err != nil {
		return insertion.ContractRow{}, err
	}
	if len(lots) == 0 {
		return insertion.ContractRow{}, insertion.ErrNotFound
	}
	row := insertion.ContractRow{ID: id, Reference: lots[0].Reference, Object: lots[0].Object, Buyer: lots[0].Buyer, Lots: len(lots), Date: lots[0].Date}
	if at := lotWord.FindStringIndex(row.Object); at != nil && at[0] >= 12 && len(lots) > 1 {
		row.Object = row.Object[:at[0]]
	}
	for _, l := range lots {
		if !l.Doubtful {
			row.Amount += l.Amount
		}
		row.Hours.Due += l.Hours.Due
		row.Hours.Planned += l.Hours.Planned
		row.Hours.Done += l.Hours.Done
		row.Date = max(row.Date, l.Date)
	}
	return row, nil
}

// AddLot writes a lot typed by hand. The error is insertion.ErrDuplicate when
// the same notice is already there, or an *insertion.FieldError.
func (s *Store) AddLot(ctx context.Context, by string, n insertion.Notice) (insertion.LotID, error) {
	if err := s.may(insertion.ActWrite); err != nil {
		return 0, err
	}
	switch {
	case strings.TrimSpace(n.Object) == "":
		return 0, &insertion.FieldError{Field: "objet", Reason: "l'objet du lot manque"}
	case n.Buyer.ID == "" && n.Buyer.Name == "":
		return 0, &insertion.FieldError{Field: "acheteur", Reason: "l'acheteur manque"}
	}
	h, err := heat(n)
	if err != nil {
		return 0, err
	}
	var id int64
	err = s.change(ctx, by, "lot saisi : "+n.Object, 0, func(r *record) error {
		if err := r.titled(said{"objet", n.Object}, said{"acheteur", n.Buyer.Name}); err != nil {
			return err
		}
		im := &Import{s: s, by: by, orgs: map[insertion.Party]org{}}
		have, err := knownLots(ctx, r.Tx, []hot{h})
		if err != nil {
			return err
		}
		if len(have) > 0 {
			return insertion.ErrDuplicate
		}
		if err := im.learn(ctx, r.Tx, []hot{h}); err != nil {
			return err
		}
		if id, err = nextID(ctx, r.Tx, "lot"); err != nil {
			return err
		}
		w := newLotWriter(ctx, r.Tx, im)
		if err := w.insert(id, h); err != nil {
			return err
		}
		r.lot = insertion.LotID(id)
		r.created("lot", id)
		return w.flush()
	})
	return insertion.LotID(id), err
}
