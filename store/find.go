package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// findEach is how many results of each kind a search of everything gives: the
// rest is found by typing one more word.
const findEach = 12

// Find searches everything at once: persons by pseudonym, lots, the firms that
// buy or win them, structures, exchanges, records of the mandate. Groups come in that order, the newest
// first in each, but « 23 » and « lot 23 » give that lot before all; at most limit
// results.
func (s *Store) Find(ctx context.Context, text string, limit int) ([]insertion.Hit, error) {
	words := wordsOf(text)
	if len(words) == 0 {
		return nil, nil
	}
	hits, err := s.findNumbered(ctx, text)
	if err != nil {
		return nil, err
	}
	numbered := slices.Clone(hits)
	for _, group := range []func(context.Context, string, []string) ([]insertion.Hit, error){
		s.findPeople, s.findLots, s.findStructures, s.findNotes, s.findMandate,
	} {
		some, err := group(ctx, text, words)
		if err != nil {
			return nil, err
		}
		for _, h := range some {
			if !slices.ContainsFunc(numbered, func(n insertion.Hit) bool { return n.Subject == h.Subject }) {
				hits = append(hits, h)
			}
		}
	}
	return hits[:min(len(hits), limit)], nil
}

// findNumbered finds a lot by the number results give it: « 23 », « lot 23 ».
func (s *Store) findNumbered(ctx context.Context, text string) ([]insertion.Hit, error) {
	words := wordsOf(text)
	if len(words) == 2 && words[0] == "lot" {
		words = words[1:]
	}
	if len(words) != 1 {
		return nil, nil
	}
	if _, err := strconv.ParseInt(words[0], 10, 64); err != nil {
		return nil, nil
	}
	rows, err := s.FindLots(ctx, words[0])
	if errors.Is(err, insertion.ErrNotFound) {
		return nil, nil
	}
	var hits []insertion.Hit
	for _, r := range rows {
		hits = append(hits, lotHit(r))
	}
	return hits, err
}

func lotHit(r insertion.LotRow) insertion.Hit {
	return insertion.Hit{
		Subject: insertion.Subject{Kind: insertion.OnLot, ID: int64(r.ID)}, Lot: r.ID, Title: fmt.Sprintf("lot %d : %s", r.ID, r.Object),
		Detail: strings.Trim(r.Lead.Label()+" · "+r.Date.French()+" · "+string(r.Stage), " ·"),
	}
}

// findPeople finds those followed, then those who left.
func (s *Store) findPeople(ctx context.Context, text string, words []string) ([]insertion.Hit, error) {
	if !s.access.May(insertion.ActPersons) {
		return nil, nil
	}
	kept, err := s.NamesKept(ctx)
	if err != nil {
		return nil, err
	}
	// Without names, only a pseudonym finds a person: do not read them all for
	// the words of a title.
	if !kept && !strings.HasPrefix(words[0], "p") && words[0][0] > '9' {
		return nil, nil
	}
	var hits []insertion.Hit
	for _, left := range []bool{false, true} {
		rows, err := s.Participants(ctx, insertion.ParticipantFilter{Text: text, Left: left}, findEach-len(hits))
		if err != nil {
			return nil, err
		}
		for _, p := range rows {
			detail := strings.Trim(strings.Join(p.Categories, ", ")+" · "+p.Employer, " ·")
			if left {
				detail = strings.TrimSuffix("sortie le "+p.Left.French()+" · "+detail, " · ")
			}
			hits = append(hits, insertion.Hit{
				Subject: insertion.Subject{Kind: insertion.OnParticipant, ID: int64(p.ID)},
				Title:   strings.TrimSpace(p.Code() + " " + p.Name), Detail: detail,
			})
		}
		if len(hits) >= findEach {
			break
		}
	}
	return hits, nil
}

// findLots finds lots, then the firms among their parties that the words name.
func (s *Store) findLots(ctx context.Context, text string, words []string) ([]insertion.Hit, error) {
	rows, err := s.Lots(ctx, insertion.LotFilter{Text: text}, insertion.Page{Limit: 3 * findEach})
	if err != nil {
		return nil, err
	}
	var lots, firms []insertion.Hit
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = int64(r.ID)
		if len(lots) < findEach {
			lots = append(lots, lotHit(r))
		}
	}
	_, err = query(ctx, s.r, func(scan func(...any) error) (struct{}, error) {
		var id int64
		var buys bool
		var p insertion.Party
		err := scan(&id, &p.Kind, &p.ID, &p.Name, &buys)
		p = shownParty(p)
		for _, w := range words {
			if !begins(p.Name+" "+p.ID, w) {
				return struct{}{}, err
			}
		}
		if len(firms) < findEach {
			firms = append(firms, insertion.Hit{Subject: insertion.Subject{Kind: insertion.OnOrganisation, ID: id}, Title: p.Label(), Detail: insertion.SpacedSIRET(p.ID), Buys: buys})
		}
		return struct{}{}, err
	}, `SELECT o.id, o.kind, o.ident, o.name, max(o.id = l.buyer) FROM json_each(?) j JOIN lot l ON l.id = j.value
		JOIN organisation o ON o.id = l.buyer OR o.id IN (SELECT value FROM json_each(l.holders)) GROUP BY o.id ORDER BY min(j.key)`, jsonIDs(ids))
	return append(firms, lots...), err
}

func (s *Store) findStructures(ctx context.Context, text string, _ []string) ([]insertion.Hit, error) {
	rows, err := s.Structures(ctx, insertion.StructureFilter{Text: text}, insertion.Page{Limit: findEach})
	var hits []insertion.Hit
	for _, r := range rows {
		hits = append(hits, insertion.Hit{
			Subject: insertion.Subject{Kind: insertion.OnStructure, ID: int64(r.ID)},
			Title:   r.DisplayName(), Detail: string(r.Kind) + " · " + r.City,
		})
	}
	return hits, err
}

func (s *Store) findNotes(ctx context.Context, text string, _ []string) ([]insertion.Hit, error) {
	search := searchOf(text)
	var terms []string
	for _, w := range search.whole {
		terms = append(terms, quoted(w))
	}
	if search.begun != "" {
		terms = append(terms, quoted(search.begun)+" *")
	}
	each := findEach
	if !s.access.May(insertion.ActNames) {
		each *= 50 // the index holds the words that are hidden from her: see shows
	}
	hits, err := query(ctx, s.r, func(scan func(...any) error) (h insertion.Hit, err error) {
		var kind insertion.ContactKind
		var on insertion.Date
		var by string
		h.Kind = insertion.OnNote
		err = scan(&h.ID, &h.Lot, &kind, &on, &h.Title, &by)
		h.Detail = fmt.Sprintf("%s du %s, %s", kind, on.French(), by)
		if h.Lot != 0 {
			h.Detail += fmt.Sprintf(" · lot %d", h.Lot)
		}
		return h, err
	}, `SELECT c.id, c.lot, c.kind, c.held, c.text, c.by FROM contact_words w JOIN contact c ON c.id = w.rowid
		WHERE contact_words MATCH ? ORDER BY w.rowid DESC LIMIT ?`, strings.Join(terms, " AND "), each)
	if !s.access.May(insertion.ActNames) {
		hits = slices.DeleteFunc(hits, func(h insertion.Hit) bool { return !search.shows(h.Title) })
	}
	return hits[:min(len(hits), findEach)], err
}

// shows tells whether a text, as a role sees it, holds what is sought. Otherwise a
// name would be found letter by letter under what hides it.
func (s search) shows(text string) bool {
	text = strings.NewReplacer(hiddenName, " ", hiddenCode, " ").Replace(text)
	words := wordsOf(text)
	for _, w := range s.whole {
		if !slices.Contains(words, w) {
			return false
		}
	}
	return s.begun == "" || begins(text, s.begun)
}
