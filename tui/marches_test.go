package tui_test

import (
	"context"
	"fmt"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/store"
)

func TestTheListOfLotsShowsWhereTheCursorIs(t *testing.T) {
	s := stocked(t, 450)
	d := drive(t, s, depsOf(s), "m", 120, 40)
	d.sees("1/450", "Marchés", "titulaire")
	d.press("down", "down")
	d.sees("3/450")
	d.press("end")
	d.sees("450/450")
	d.press("home")
	d.sees("1/450")
	for range 30 {
		d.press("pgdown")
	}
	d.sees("450/450")
	d.press("home")
	d.golden("marches")
}

func TestASearchFollowsTheTyping(t *testing.T) {
	s := stocked(t, 60)
	d := drive(t, s, depsOf(s), "m", 120, 40)
	d.press("f")
	d.write("peint")
	d.sees("Chercher : peint", "1/12", "Travaux de peinture")
	d.misses("Nettoyage")
	d.press("down", "enter")
	d.sees("« peint »", "Échap efface", "2/12")
	d.press("esc")
	d.sees("1/60", "tous les lots")
}

func TestTheViewsGoRound(t *testing.T) {
	s := stocked(t, 60)
	d := drive(t, s, depsOf(s), "m", 100, 30)
	for _, want := range []string{"clause sociale · Échap", "à clauser ·", "suivis ·", "en retard ·", "critère social ·", "réservés ·", "tous les lots"} {
		d.press("s")
		d.sees(want)
	}
	d.press("t")
	d.sees("par montant", "567 221 €")
}

func TestADepartmentIsAsked(t *testing.T) {
	s := stocked(t, 20)
	d := drive(t, s, depsOf(s), "m", 100, 30)
	d.press("d")
	d.write("atlantide")
	d.press("enter")
	d.sees("« atlantide » n'est pas un département", "1/20")
	d.erase()
	d.write("essonne")
	d.press("enter")
	d.sees("Essonne (91)", "Aucun lot ne répond")
	d.press("esc", "d")
	d.write("92")
	d.press("enter")
	d.sees("Hauts-de-Seine (92)", "1/20")
}

func TestALateReplyIsDropped(t *testing.T) {
	s := stocked(t, 60)
	d := drive(t, s, depsOf(s), "m", 120, 40)
	d.press("f")
	d.hold = true
	d.write("peint")
	d.release(true) // the answer to « peint » comes before those to « p », « pe »…
	d.sees("1/12")
	d.misses("Nettoyage")
}

func TestAnEmptyFileSaysWhatToDo(t *testing.T) {
	s := opened(t)
	d := drive(t, s, depsOf(s), "m", 80, 24)
	d.sees("Aucun marché dans cette base", "g puis i")
	d.golden("marches-empty")
}

// brokenLots fails on demand, as a real base cannot be made to.
type brokenLots struct {
	*store.Store
	broken bool
}

func (b *brokenLots) Lots(ctx context.Context, f insertion.LotFilter, p insertion.Page) ([]insertion.LotRow, error) {
	if b.broken {
		return nil, fmt.Errorf("lire les lots : %w", insertion.ErrBusy)
	}
	return b.Store.Lots(ctx, f, p)
}

func TestAFailedReadingSaysSoKeepsTheScreenAndCanBeTriedAgain(t *testing.T) {
	lots := &brokenLots{Store: stocked(t, 20)}
	deps := depsOf(lots.Store)
	deps.Lots = lots
	d := drive(t, lots.Store, deps, "m", 100, 30)
	lots.broken = true
	d.press("s")
	d.sees("La base est occupée", "R : relire", "Collecte des déchets")
	lots.broken = false
	d.press("R")
	d.misses("La base est occupée")
	d.sees("clause sociale ·", "1/4")
	d.misses("Collecte des déchets")
}
