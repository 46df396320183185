package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// copyFlags are the options of « servir » about its daily copies.
type copyFlags struct {
	folder string
	to     []string
	keep   rotation
}

func (c *copyFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&c.folder, "copies", "", "`DOSSIER` des copies quotidiennes (« sauvegardes » à côté de la base), ou « non »")
	flags.StringArrayVar(&c.to, "copies-pour", nil, "chiffrer les copies pour cette `CLÉ` publique, comme --pour de « sauvegarder »")
	flags.IntVar(&c.keep.days, "garder-jours", 7, "garder la dernière copie de chacun des `N` derniers jours")
	flags.IntVar(&c.keep.weeks, "garder-semaines", 4, "et de chacune des `N` dernières semaines")
	flags.IntVar(&c.keep.months, "garder-mois", 12, "et de chacun des `N` derniers mois")
}

// dailyCopies copies a file once a day and lets go of the oldest copies. It holds
// no clock and never waits: step does what is due and says when to come back.
type dailyCopies struct {
	base   string
	folder string
	sealed bool
	keep   rotation
	now    func() time.Time
	copy   func(ctx context.Context, to string) (store.Backup, error)
	tell   func(format string, args ...any)
	warn   func(format string, args ...any)
}

const (
	// A machine that slept through midnight is late by an hour at most.
	lookForCopies = time.Hour
	retryCopy     = 15 * time.Minute
)

// step makes the copy of today if there is none yet, then deletes those no rule
// keeps, and tells how long to wait before the next step. Nothing is deleted on a
// day whose copy failed.
func (d *dailyCopies) step(ctx context.Context) time.Duration {
	now := d.now()
	made, err := d.today(ctx, now)
	if err != nil && ctx.Err() != nil {
		return retryCopy
	}
	if err == nil {
		err = d.rotate(made, now)
	}
	if err != nil {
		text, _ := explain(err)
		d.warn("copie du jour : %s ; nouvel essai à %s", text, now.Add(retryCopy).Format("15 h 04"))
		return retryCopy
	}
	midnight := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, now.Location())
	return min(midnight.Sub(now), lookForCopies)
}

// today tells the copy it made; "" when the day has one.
func (d *dailyCopies) today(ctx context.Context, now time.Time) (string, error) {
	copies, _, err := copiesIn(d.folder, d.base, now.Location())
	if err != nil {
		return "", err
	}
	for _, c := range copies {
		if insertion.DateOf(c.at) == insertion.DateOf(now) {
			return "", nil
		}
	}
	b, err := d.copy(ctx, copyPath(d.folder, d.base, now, d.sealed))
	if err != nil {
		return "", err
	}
	d.tell("Copie du jour : %s (%s Ko, %s).", b.File, insertion.Thousands((b.Bytes+1023)/1024), inCopy(b.Copy))
	return b.File, nil
}

// rotate deletes the copies no rule keeps, but never the one just made, and what
// an interruption left half written a day ago or more.
func (d *dailyCopies) rotate(made string, now time.Time) error {
	whole, partial, err := copiesIn(d.folder, d.base, now.Location())
	if err != nil {
		return err
	}
	for _, c := range d.keep.surplus(whole) {
		if c.path != made {
			err = errors.Join(err, os.Remove(c.path))
		}
	}
	if d.sealed { // what is in clear waits beside the base
		_, beside, e := copiesIn(filepath.Dir(d.base), d.base, now.Location())
		partial, err = append(partial, beside...), errors.Join(err, e)
	}
	for _, c := range partial {
		if now.Sub(c.at) > 24*time.Hour {
			err = errors.Join(err, os.Remove(c.path))
		}
	}
	return err
}

// copyDaily starts the daily copies of a file being served; the function it gives
// stops them, and waits for the one being written to be given up.
func (p *program) copyDaily(ctx context.Context, s *store.Store, c copyFlags) (stop func(), err error) {
	if c.folder == "non" {
		return func() {}, nil
	}
	who, err := recipients("copies-pour", c.to)
	if err != nil {
		return nil, err
	}
	if c.folder == "" {
		c.folder = filepath.Join(filepath.Dir(s.Path()), "sauvegardes")
	}
	if c.folder, err = filepath.Abs(c.folder); err != nil {
		return nil, err
	}
	d := &dailyCopies{
		base: s.Path(), folder: c.folder, sealed: len(who) > 0, keep: c.keep, now: p.now, tell: p.say,
		warn: func(format string, args ...any) { fmt.Fprintf(p.errs, "passerelle : "+format+"\n", args...) },
		copy: func(ctx context.Context, to string) (store.Backup, error) {
			return s.Backup(ctx, to, store.BackupOptions{By: p.who(), Seal: sealFor(who)})
		},
	}
	ctx, cancel := context.WithCancel(ctx)
	over := make(chan struct{})
	go func() {
		defer close(over)
		d.run(ctx)
	}()
	return func() { cancel(); <-over }, nil
}

func (d *dailyCopies) run(ctx context.Context) {
	for ctx.Err() == nil {
		wait := time.NewTimer(d.step(ctx))
		select {
		case <-ctx.Done():
		case <-wait.C:
		}
		wait.Stop()
	}
}
