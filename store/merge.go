package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"passerelle/internal/insertion"
)

// Merge gives a person everything held on another record of the same person,
// which then only points at hers: a sheet that still bears the old pseudonym is
// understood. What the two records say differently, days both have on one
// placement and months that hold too many hours once joined are conflicts: then
// nothing is merged. It is one change, undone as one. Names stay where they are;
// hers is read from either record.
func (s *Store) Merge(ctx context.Context, by string, keep, gone insertion.ParticipantID) (insertion.MergeReport, error) {
	if err := s.may(insertion.ActWrite); err != nil {
		return insertion.MergeReport{}, err
	}
	report := insertion.MergeReport{Kept: keep, Gone: gone}
	if keep == gone {
		return report, &insertion.FieldError{Field: "doublon", Reason: "choisissez deux fiches différentes"}
	}
	err := s.change(ctx, by, fmt.Sprintf("%s réunie dans %s", gone.Code(), keep.Code()), 0, func(r *record) error {
		r.person = keep
		m := merging{record: r, report: &report}
		for _, step := range []func() error{m.read, m.compare, m.days, m.hours} {
			if err := step(); err != nil {
				return err
			}
		}
		if len(report.Conflicts) > 0 {
			return nil
		}
		return m.handOver()
	})
	return report, err
}

// merging is one merge under way.
type merging struct {
	*record
	report     *insertion.MergeReport
	keep, gone insertion.ParticipantFile
}

func (m *merging) conflict(format string, args ...any) {
	m.report.Conflicts = append(m.report.Conflicts, fmt.Sprintf(format, args...))
}

// read takes both records; one erased, merged already or unknown is not found.
func (m *merging) read() error {
	for _, who := range []struct {
		id   insertion.ParticipantID
		file *insertion.ParticipantFile
	}{{m.report.Kept, &m.keep}, {m.report.Gone, &m.gone}} {
		if err := m.whole(who.id); err != nil {
			return err
		}
		if err := m.alive(who.id); err != nil {
			return err
		}
		files, err := peopleFiles(m, m.Tx, []insertion.Participant{{ID: who.id}})
		if err != nil {
			return err
		}
		*who.file = files[0]
	}
	return nil
}

// alive refuses a number nobody bears: never given, erased or merged.
func (r *record) alive(id insertion.ParticipantID) error {
	var known bool
	if err := r.QueryRowContext(r, "SELECT EXISTS (SELECT 1 FROM participant WHERE id = ? AND id > 0 AND merged = 0)", id).Scan(&known); err != nil {
		return err
	}
	if !known {
		return insertion.ErrNotFound
	}
	return nil
}

// compare looks for facts about a person that cannot both be true.
func (m *merging) compare() error {
	a, b := m.keep.Participant, m.gone.Participant
	if a.Born != 0 && b.Born != 0 && a.Born != b.Born {
		m.conflict("%s est née en %d et %s en %d : corrigez d'abord la fiche qui se trompe", a.Code(), a.Born, b.Code(), b.Born)
	}
	if a.Sex != "" && b.Sex != "" && a.Sex != b.Sex {
		m.conflict("le sexe diffère (%s : %s, %s : %s) : corrigez d'abord la fiche qui se trompe", a.Code(), a.Sex, b.Code(), b.Sex)
	}
	return nil
}

// days looks for days both records have on one placement.
func (m *merging) days() error {
	for _, a := range m.gone.Assignments {
		moved := a
		moved.Participant, moved.ID = m.report.Kept, 0
		if err := moved.Validate(m.keep.Assignments); err != nil {
			m.conflict("lot %d, chez %s : les deux fiches ont des jours communs (%s a commencé le %s) : donnez une fin à l'une des affectations, ou retirez celle saisie deux fois",
				a.Lot, m.gone.Sites[a.Placement].Employer, m.report.Gone.Code(), a.Start.French())
		}
	}
	return nil
}

// hours looks for months whose lines, joined, exceed what was worked or what a
// month holds.
func (m *merging) hours() error {
	sums, worked := map[insertion.Month]insertion.Hours{}, map[insertion.Month]insertion.WorkedMonth{}
	for _, file := range []insertion.ParticipantFile{m.keep, m.gone} {
		for _, l := range file.Lines {
			sums[l.Month] += l.Hours
		}
		for _, w := range file.Worked {
			if other, twice := worked[w.Month]; twice && other.Hours != w.Hours {
				m.conflict("%s : %s travaillées en tout selon une fiche, %s selon l'autre", w.Month.French(), other.Hours, w.Hours)
			}
			worked[w.Month] = w
		}
	}
	for _, month := range slices.Sorted(maps.Keys(sums)) {
		w, known := worked[month]
		switch {
		case known && sums[month] > w.Hours:
			m.conflict("%s : %s réunies, alors qu'elle a travaillé %s", month.French(), sums[month], w.Hours)
		case sums[month] > insertion.MaxMonth:
			m.conflict("%s : %s réunies, un mois ne tient pas tant d'heures", month.French(), sums[month])
		}
	}
	return nil
}

// handOver moves what the other record holds, completes the kept one and leaves a
// record that points at it.
func (m *merging) handOver() error {
	keep, gone := m.report.Kept, m.report.Gone
	if err := m.dropKnown(); err != nil {
		return err
	}
	for _, table := range []string{"worked_month", "eligibility", "assignment", "hour_line"} {
		rows, err := query(m, m.Tx, scanID, "SELECT id FROM "+table+" WHERE participant = ? ORDER BY id", gone)
		if err != nil {
			return err
		}
		switch table {
		case "eligibility":
			m.report.Eligibilities = len(rows)
		case "assignment":
			m.report.Assignments = len(rows)
		case "hour_line":
			m.report.Lines = len(rows)
		}
		for _, id := range rows {
			if err := m.touch(table, id); err != nil {
				return err
			}
			if _, err := m.exec("UPDATE "+table+" SET participant = ? WHERE id = ?", keep, id); err != nil {
				return err
			}
		}
	}
	pointing, err := query(m, m.Tx, scanID, "SELECT id FROM participant WHERE merged = ? AND merged <> 0 ORDER BY id", gone)
	if err != nil {
		return err
	}
	for _, id := range append([]int64{int64(keep), int64(gone)}, pointing...) {
		if err := m.touch("participant", id); err != nil {
			return err
		}
	}
	if err := m.complete(); err != nil {
		return err
	}
	_, err = m.exec(`UPDATE participant SET born = 0, sex = '', insee = '', qpv = '', level = 0, left_on = '', outcome = '', later = '', asked = '',
		merged = ?1, version = version + 1 WHERE id = ?2 OR (merged = ?2 AND merged <> 0)`, keep, gone)
	return err
}

// dropKnown takes away what both records hold alike: the same proof, the same
// month worked.
func (m *merging) dropKnown() error {
	for table, text := range map[string]string{
		"eligibility": `SELECT g.id FROM eligibility g WHERE g.participant = ?2 AND EXISTS (SELECT 1 FROM eligibility k WHERE k.participant = ?1
			AND k.category = g.category AND k.proof = g.proof AND k.dated = g.dated AND k.until = g.until AND (k.seen <> '' AND k.seen <= g.seen OR g.seen = ''))`,
		"worked_month": "SELECT g.id FROM worked_month g WHERE g.participant = ?2 AND EXISTS (SELECT 1 FROM worked_month k WHERE k.participant = ?1 AND k.month = g.month)",
	} {
		rows, err := query(m, m.Tx, scanID, text, m.report.Kept, m.report.Gone)
		if err != nil {
			return err
		}
		for _, id := range rows {
			if err := m.touch(table, id); err != nil {
				return err
			}
			if err := m.remove(table, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// complete fills in the kept record with what only the other one says. The last
// exit holds, unless the other record began after it and still runs.
func (m *merging) complete() error {
	p, other := m.keep.Participant, m.gone.Participant
	p.Born = max(p.Born, other.Born)
	if p.Sex == "" {
		p.Sex = other.Sex
	}
	if p.INSEE == "" {
		p.INSEE = other.INSEE
	}
	if p.QPV == "" {
		p.QPV = other.QPV
	}
	if p.Level == insertion.LevelUnknown {
		p.Level = other.Level
	}
	last, running := p, other
	if other.Left > p.Left {
		last, running = other, p
	}
	if running.Left == "" && running.Entered > last.Left {
		last = insertion.Participant{}
	}
	_, err := m.exec(`UPDATE participant SET born = ?, sex = ?, insee = ?, qpv = ?, level = ?, entered = ?, left_on = ?, outcome = ?, later = ?, asked = ?,
		version = version + 1 WHERE id = ?`, p.Born, p.Sex, p.INSEE, p.QPV, p.Level, min(p.Entered, other.Entered), last.Left, last.Exit, last.Later, last.Asked, p.ID)
	return err
}
