package seed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"passerelle/internal/arrival"
	"passerelle/internal/insertion"
	"passerelle/store"
)

// Build makes the demonstration of a day in a new file: its award notices and
// its structures are taken in as any user's files, then two years of work are
// played through the store's own methods. The same day gives the same content.
func Build(ctx context.Context, path string, today insertion.Date) (err error) {
	clock := &clock{at: today.AddDays(-730).Time().Add(9 * time.Hour)}
	base, err := store.OpenAt(ctx, path, clock.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	if err := arrive(ctx, base, today); err != nil {
		return err
	}
	usual := insertion.DefaultThresholds()
	local := usual
	local.Departments = []string{"92"}
	if err := base.SetThresholds(ctx, author, usual, local); err != nil {
		return err
	}
	s := &story{ctx: ctx, base: base, clock: clock, r: dice(92), today: today, structures: map[string]insertion.StructureID{}}
	all, err := base.AllStructures(ctx)
	if err != nil {
		return err
	}
	for _, st := range all {
		s.structures[st.SIRET] = st.ID
	}
	if err := s.play(); err != nil {
		return err
	}
	return s.playMandate()
}

// arrive takes in the two files of the demonstration.
func arrive(ctx context.Context, base *store.Store, today insertion.Date) error {
	files := []arrival.Text{
		{Name: "structures-demonstration.csv", Reader: bytes.NewReader(Structures(today))},
		{Name: "avis-demonstration.csv", Reader: bytes.NewReader(Notices(today))},
	}
	return arrival.Texts(ctx, base, files, arrival.Options{By: author, Done: func(i insertion.Import) error {
		if i.Problem != "" || i.Refused > 0 {
			return fmt.Errorf("démonstration, %s : %d refus %v %s", i.File, i.Refused, i.Refusals, i.Problem)
		}
		return nil
	}})
}
