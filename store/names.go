package store

import (
	"context"
	"errors"

	"passerelle/internal/insertion"
)

const namesSetting = "noms"

// NamesKept tells whether the facilitator keeps names beside pseudonyms: never,
// until she says so.
func (s *Store) NamesKept(ctx context.Context) (bool, error) {
	if !s.access.May(insertion.ActNames) {
		return false, nil
	}
	var value string
	err := named(s.r.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = ?", namesSetting).Scan(&value))
	if errors.Is(err, insertion.ErrNotFound) {
		return false, nil
	}
	return value == "oui", err
}

// KeepNames turns the table of names on, or off as DropNames does.
func (s *Store) KeepNames(ctx context.Context, by string, on bool) error {
	if err := s.may(insertion.ActSettings); err != nil {
		return err
	}
	if !on {
		_, err := s.DropNames(ctx, by)
		return err
	}
	return s.change(ctx, by, "noms des personnes : tenus dans ce fichier", 0, func(r *record) error {
		return r.setting(namesSetting, "oui")
	})
}

// setting writes one setting.
func (r *record) setting(name, value string) error {
	var id int64
	err := named(r.QueryRowContext(r, "SELECT id FROM setting WHERE name = ?", name).Scan(&id))
	if errors.Is(err, insertion.ErrNotFound) {
		id, err = r.exec("INSERT INTO setting (name, value) VALUES (?, ?)", name, value)
		r.created("setting", id)
		return err
	}
	if err != nil {
		return err
	}
	if err := r.touch("setting", id); err != nil {
		return err
	}
	_, err = r.exec("UPDATE setting SET value = ? WHERE id = ?", value, id)
	return err
}

// nameOf is the name of a person, given the expression of her number: that of her
// record, else of one merged into it; "" when none is kept.
func nameOf(id string) string {
	return "coalesce((SELECT name FROM person_name WHERE participant = " + id + `),
		(SELECT n.name FROM participant m JOIN person_name n ON n.participant = m.id WHERE m.merged = ` + id + " AND m.merged <> 0 ORDER BY m.id LIMIT 1), '')"
}

func (s *Store) names(ctx context.Context, people []insertion.Participant) (map[insertion.ParticipantID]string, error) {
	names := map[insertion.ParticipantID]string{}
	ids := make([]int64, len(people))
	for i, p := range people {
		ids[i] = int64(p.ID)
	}
	_, err := query(ctx, s.r, func(scan func(...any) error) (struct{}, error) {
		var id insertion.ParticipantID
		var name string
		err := scan(&id, &name)
		names[id] = name
		return struct{}{}, err
	}, "SELECT value, "+nameOf("value")+" FROM json_each(?)", jsonIDs(ids))
	return names, err
}
