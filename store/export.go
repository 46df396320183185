package store

import (
	"context"
	"encoding/json"

	"passerelle/internal/insertion"
)

// exported is all that is held on one person.
type exported struct {
	Codes         []string                `json:"pseudonymes"`
	Name          string                  `json:"nom,omitempty"`
	Participant   insertion.Participant   `json:"personne"`
	Eligibilities []insertion.Eligibility `json:"eligibilites"`
	Assignments   []exportedAssignment    `json:"affectations"`
	Worked        []insertion.WorkedMonth `json:"heures_travaillees"`
	Postponed     []insertion.Postponed   `json:"reports"`
	Notes         []exportedEvent         `json:"echanges"`
	Journal       []exportedEvent         `json:"journal"`
}

type exportedAssignment struct {
	insertion.Assignment
	Employer string               `json:"employeur"`
	Lines    []insertion.HourLine `json:"heures"`
}

type exportedEvent struct {
	On   insertion.Date `json:"date"`
	By   string         `json:"par"`
	What string         `json:"texte"`
}

// exportedChanges is how many changes of the journal an export holds at most.
const exportedChanges = 100_000

// PersonExport is all that is held on one person, as JSON, to be given to her
// (RGPD art. 15): her records, hours and why they count or not, what was put off,
// the exchanges that designate her and every change of the journal about her.
func (s *Store) PersonExport(ctx context.Context, id insertion.ParticipantID) ([]byte, error) {
	if err := s.MayExport(ctx, insertion.ExportPerson); err != nil {
		return nil, err
	}
	f, err := s.Participant(ctx, id)
	if err != nil {
		return nil, err
	}
	out := exported{Name: f.Name, Participant: f.Participant, Eligibilities: f.Eligibilities, Worked: f.Worked}
	for _, a := range f.Assignments {
		held := exportedAssignment{Assignment: a, Employer: f.Sites[a.Placement].Employer}
		for _, l := range f.Lines {
			if l.Assignment == a.ID {
				held.Lines = append(held.Lines, l)
			}
		}
		out.Assignments = append(out.Assignments, held)
	}
	ids, err := query(ctx, s.r, scanID, "SELECT id FROM participant WHERE id = ?1 OR (merged = ?1 AND merged <> 0) ORDER BY id", f.ID)
	if err != nil {
		return nil, err
	}
	for _, one := range ids {
		out.Codes = append(out.Codes, insertion.ParticipantID(one).Code())
	}
	if out.Postponed, err = query(ctx, s.r, scanPostponed, selectPostponed+" WHERE "+todosOf("todo", ids)+" ORDER BY id"); err != nil {
		return nil, err
	}
	sought := tracesOf(ids, []string{f.Name})
	others, err := query(ctx, s.all, scanText, "SELECT name FROM person_name WHERE participant NOT IN (SELECT value FROM json_each(?))", jsonIDs(ids))
	if err != nil {
		return nil, err
	}
	sought.kept = tracesOf(nil, others).names
	if out.Notes, err = s.notesOn(ctx, sought); err != nil {
		return nil, err
	}
	events, err := s.File(ctx, insertion.Subject{Kind: insertion.OnParticipant, ID: int64(f.ID)}, "", exportedChanges)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		out.Journal = append(out.Journal, exportedEvent(e))
	}
	return json.MarshalIndent(out, "", "  ")
}

// notesOn are the exchanges that designate a person, latest first.
func (s *Store) notesOn(ctx context.Context, t traces) ([]exportedEvent, error) {
	where, args := t.like("text")
	rows, err := s.r.QueryContext(ctx, "SELECT held, by, text FROM contact WHERE "+where+" ORDER BY held DESC, id DESC", args...)
	if err != nil {
		return nil, named(err)
	}
	return collect(rows, func(scan func(...any) error) (e exportedEvent, err error) {
		err = scan(&e.On, &e.By, &e.What)
		return e, err
	}, func(e exportedEvent) bool { return t.redact(e.What, true) != e.What })
}
