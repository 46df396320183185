package tui_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"passerelle/internal/bilan"
	"passerelle/internal/insertion"
	"passerelle/store"
	"passerelle/tui"
)

// readsBilans is the store as the screen of bilans wants it.
type readsBilans struct{ *store.Store }

// Bilan has a fingerprint that does not follow the rules of the bilan, which have
// tests of their own: the goldens hold what the screen makes.
func (r readsBilans) Bilan(ctx context.Context, q bilan.Query) (bilan.Report, error) {
	made, err := r.Store.Bilan(ctx, q)
	if made.Fingerprint != "" {
		made.Fingerprint = strings.Repeat("0123456789abcdef", 4)
	}
	return made, err
}

func (r readsBilans) BuyerCalled(ctx context.Context, name string) (insertion.Organisation, error) {
	o, err := r.FindBuyer(ctx, name)
	if err != nil {
		return o, &insertion.FieldError{Field: "acheteur", Reason: "aucun acheteur ne s'appelle « " + name + " »"}
	}
	return o, nil
}

// disk writes bilans; the names in it are taken.
type disk struct{ taken map[string]bilan.Report }

func (d disk) SaveBilan(_ context.Context, r bilan.Report, format, path string) (tui.Written, error) {
	if _, ok := d.taken[path]; ok {
		return tui.Written{}, &fs.PathError{Op: "open", Path: path, Err: fs.ErrExist}
	}
	d.taken[path] = r
	return tui.Written{Path: "/bureau/" + path + " (" + format + ")"}, nil
}

// worked is a year of twenty persons on the lot of one buyer, three of them men;
// another buyer has a clause and nobody.
func worked(t testing.TB) *store.Store {
	t.Helper()
	s := neighbourhood(t)
	ctx := t.Context()
	other := award(4)
	other.Object = "Entretien des parcs"
	load(t, s, []insertion.Notice{other}, nil)
	lots, err := s.Lots(ctx, insertion.LotFilter{Text: "parcs"}, insertion.Page{Limit: 5})
	must(t, err)
	must(t, s.SaveClause(ctx, "Camille", insertion.Clause{Lot: lots[0].ID, Basis: insertion.ByFixedVolume, Fixed: insertion.WholeHours(500), Start: "2026-01-01", End: "2026-12-31"}, 0))
	place, err := s.SavePlacement(ctx, "Camille", insertion.Placement{Lot: 1, Employer: "Intérim du Pont", Modality: insertion.Secondment,
		Months: []insertion.PlacementMonth{{Month: "2026-04", Planned: 1_400_00}, {Month: "2026-05", Planned: 1_400_00}}})
	must(t, err)
	var ids []insertion.AssignmentID
	for i := range 20 {
		sex := insertion.Woman
		if i < 3 {
			sex = insertion.Man
		}
		p, err := s.SaveParticipant(ctx, "Camille", insertion.Participant{Born: 1965 + 2*i, Sex: sex, INSEE: "92050", Level: 3, Entered: "2026-01-02"})
		must(t, err)
		_, err = s.SaveEligibility(ctx, "Camille", insertion.Eligibility{Participant: p, Category: "RSA", Proof: "rsa", Dated: "2025-12-20", Seen: "2026-01-02"})
		must(t, err)
		a, err := s.SaveAssignment(ctx, "Camille", insertion.Assignment{Participant: p, Placement: place, Employment: insertion.Supplied, Start: "2026-01-05"})
		must(t, err)
		ids = append(ids, a)
	}
	enterLines(t, s, "2026-04", 70_00, ids...)
	enterLines(t, s, "2026-05", 35_50, ids...)
	return s
}

func TestABilanOpensInTwoKeysAndSaysWhatItIs(t *testing.T) {
	s := worked(t)
	d := drive(t, s, allDeps(s), "", 80, 24)
	d.press("g", "b")
	d.sees("← 2026 →", "tous les acheteurs", "1 ETP = 1 600 h", "règles bilan-1", "empreinte", "L'année en quelques nombres", "Heures d'insertion réalisées")
	d.golden("bilans")
	d.resize(80, 24)
	for range 3 {
		d.press("tab")
	}
	d.sees("Acheteurs  4/")
	d.golden("bilans-acheteurs")
	d.press("n")
	d.sees("Notes", "Équivalent temps plein", "s : secret", "Empreinte : ")
}

func TestAHiddenFigureIsALetterBesideItsLegend(t *testing.T) {
	s := worked(t)
	d := drive(t, s, allDeps(s), "b", 100, 30)
	d.press("t")
	for range 30 {
		if strings.Contains(d.screen(), "▸ Personnes par sexe\n") {
			break
		}
		d.press("down")
	}
	d.press("enter")
	d.sees("Personnes par sexe", "hommes", "s : secret")
	if strings.Contains(d.screen(), "85") { // 17 of 20: the share would give the others back
		t.Errorf("what is hidden can be found again:\n%s", d.screen())
	}
	d.golden("bilans-sexe")
}

func TestTheYearMovesWithOneKeyAndAnEmptyOneSaysSo(t *testing.T) {
	s := worked(t)
	d := drive(t, s, allDeps(s), "b", 80, 24)
	d.press("right")
	d.sees("l'année suivante n'a pas commencé", "← 2026 →")
	for range 10 {
		d.press("left")
	}
	d.sees("← 2016 →", "Rien en 2016", "changent d'année")
	d.golden("bilans-empty")
	d.resize(80, 24)
	d.press("x")
	d.sees("il n'y a pas de bilan à montrer")
	d.press("right")
	d.sees("← 2017 →")
}

func TestTheBilanOfALaterQuestionIsTheOneShown(t *testing.T) {
	s := worked(t)
	d := drive(t, s, allDeps(s), "b", 80, 24)
	d.hold = true
	d.press("left", "left", "right")
	d.sees("calcul du bilan…", "← 2025 →")
	d.release(true)
	d.sees("← 2025 →", "Heures d'insertion réalisées")
	d.misses("calcul du bilan…")
}

func TestTheBilanOfOneBuyerIsChosenAmongThoseFollowed(t *testing.T) {
	s := worked(t)
	d := drive(t, s, allDeps(s), "b", 80, 24)
	d.press("a")
	d.sees("Le bilan de qui ?", "tous les acheteurs", "Ville d'Antony", "Ville de Nanterre", "un autre, par son nom…")
	d.press("down", "enter")
	d.sees("← 2026 →  Ville d'Antony")
	d.misses("2 110 h")
	d.press("a", "down", "down", "down", "enter")
	d.write("Atlantide")
	d.press("enter")
	d.sees("aucun acheteur ne s'appelle « Atlantide »", "Ville d'Antony")
	d.press("esc", "a", "enter")
	d.sees("tous les acheteurs")
}

func TestTheDivisorIsAParameterThatIsChecked(t *testing.T) {
	s := worked(t)
	d := drive(t, s, allDeps(s), "b", 80, 24)
	d.press("d")
	d.erase()
	d.write("12")
	d.press("enter")
	d.sees("  12\n", "va de 100 à 10 000", "1 ETP = 1 600 h")
	d.erase()
	d.write("1607")
	d.press("enter")
	d.sees("1 ETP = 1 607 h", "Équivalents temps plein")
}

func TestABilanIsWrittenInThreeKeysAndNeverOverAFile(t *testing.T) {
	s := worked(t)
	deps := allDeps(s)
	files := disk{map[string]bilan.Report{}}
	deps.BilanFiles = files
	d := drive(t, s, deps, "b", 80, 24)
	d.press("x")
	d.sees("Écrire le tableur dans quel fichier ?", "bilan-2026.xlsx")
	d.press("enter")
	d.sees("Écrit : /bureau/bilan-2026.xlsx (xlsx)")
	if r := files.taken["bilan-2026.xlsx"]; r.Query.Year != 2026 || len(r.Tables) == 0 {
		t.Errorf("what is written is %+v", r)
	}
	d.press("x", "enter")
	d.sees("« bilan-2026.xlsx » existe déjà", "bilan-2026-2.xlsx")
	d.press("enter")
	d.sees("Écrit : /bureau/bilan-2026-2.xlsx (xlsx)")
	d.press("a", "down", "enter", "p")
	d.sees("bilan-2026-ville-d-antony.pdf")
	d.press("esc")
	if len(files.taken) != 2 {
		t.Errorf("%d files", len(files.taken))
	}
}

func TestOverSSHTheKeyOfAFileTellsTheCommand(t *testing.T) {
	s := worked(t)
	d := drive(t, s, allDeps(s), "b", 100, 30)
	d.press("c")
	d.sees("ssh hôte bilan --annee 2026 --format csv > bilan-2026.csv")
}

// slowBilans fails on demand.
type slowBilans struct {
	readsBilans
	broken *bool
}

func (b slowBilans) Bilan(ctx context.Context, q bilan.Query) (bilan.Report, error) {
	if *b.broken {
		return bilan.Report{}, fmt.Errorf("lire le bilan : %w", insertion.ErrBusy)
	}
	return b.Store.Bilan(ctx, q)
}

func TestABilanThatFailsSaysSoAndIsTriedAgain(t *testing.T) {
	s := worked(t)
	deps := allDeps(s)
	broken := true
	deps.Bilans = slowBilans{readsBilans{s}, &broken}
	d := drive(t, s, deps, "b", 80, 24)
	d.sees("n'a pas pu être calculé", "La base est occupée", "R : recommencer")
	broken = false
	d.press("R")
	d.sees("Heures d'insertion réalisées")
	d.misses("n'a pas pu")
}

// ticking is a store whose bilans take a time of the clock.
type ticking struct {
	readsBilans
	clock *time.Time
	takes time.Duration
	made  *int
}

func (b ticking) Bilan(ctx context.Context, q bilan.Query) (bilan.Report, error) {
	*b.clock = b.clock.Add(b.takes)
	*b.made++
	return b.Store.Bilan(ctx, q)
}

func TestALongBilanIsNotMadeAgainAtEveryChangeOfTheFile(t *testing.T) {
	s := worked(t)
	for takes, want := range map[time.Duration]int{10 * time.Millisecond: 2, 2 * time.Second: 1} {
		clock, made := noon(), 0
		deps := allDeps(s)
		deps.Bilans = ticking{readsBilans{s}, &clock, takes, &made}
		app := tui.New(t.Context(), tui.Options{Deps: deps, Person: "Camille", Now: func() time.Time { return clock }, Profile: colorprofile.NoTTY, Start: "b"})
		d := &driver{t: t, app: app}
		d.resize(80, 24)
		d.run(app.Init())
		d.send(tui.Changed())
		if made != want {
			t.Errorf("a bilan of %s was made %d times, not %d", takes, made, want)
		}
		if takes > time.Second {
			d.sees("la base a changé depuis : R refait le bilan", "Heures d'insertion réalisées")
			d.press("R")
			d.misses("la base a changé depuis")
		}
	}
}
