package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"passerelle/internal/insertion"
)

// The benchmarks read a file of PASSERELLE_BIG invented notices (« 1000000 »),
// built once beside the temporary files; without it they are skipped.
const bigNotices = "PASSERELLE_BIG"

// crowd invents notices whose words, buyers and dates are as uneven as real ones.
type crowd struct {
	dice  *rand.Rand
	words []string
	often *rand.Zipf
	n     int
}

func newCrowd() *crowd {
	c := &crowd{dice: rand.New(rand.NewPCG(92, 1))}
	c.words = strings.Fields("travaux entretien de du la des fourniture services maintenance espaces verts nettoyage locaux communaux voirie électricité peinture plomberie menuiserie rénovation école réhabilitation logements assistance maîtrise œuvre étude assurance transport scolaire restauration")
	syllables := strings.Fields("tra vau pein tu re en tre tien ne to ya ge es pa ver four ni lo ca ti on con str uc ma ri sco la pre sta ser vi ce ré no va dé mo li bou lan co mu nal char pen te")
	for len(c.words) < 60_000 {
		var b strings.Builder
		for range 2 + c.dice.IntN(3) {
			b.WriteString(syllables[c.dice.IntN(len(syllables))])
		}
		c.words = append(c.words, b.String())
	}
	c.often = rand.NewZipf(c.dice, 1.1, 6, uint64(len(c.words)-1))
	return c
}

func (c *crowd) phrase(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = c.words[c.often.Uint64()]
	}
	return strings.Join(words, " ")
}

func (c *crowd) notice() insertion.Notice {
	c.n++
	day := insertion.Date("2021-01-01").AddDays(c.dice.IntN(2000))
	dep := fmt.Sprintf("%02d", 1+c.dice.IntN(95))
	social := insertion.NoSocial
	if c.dice.IntN(8) == 0 {
		social = insertion.Social(1) << c.dice.IntN(3)
	}
	buyer := int(c.often.Uint64())
	firm := func() insertion.Party {
		n := c.dice.IntN(200_000)
		return insertion.Party{Kind: insertion.SIRET, ID: fmt.Sprintf("%09d00017", 200_000_000+n*7), Name: "Société " + c.words[n%len(c.words)]}
	}
	n := insertion.Notice{
		Reference: fmt.Sprintf("%s%06d", day[:4], c.n), Object: c.phrase(6 + c.dice.IntN(12)), CPV: fmt.Sprintf("%08d", 45_000_000+c.dice.IntN(400)*10_000),
		Nature: "Marché", Procedure: "Procédure adaptée", CCAG: "Travaux", Techniques: []string{"Sans objet"}, Execution: []string{"Sans objet"}, PriceForm: "Forfaitaire",
		Buyer:       insertion.Party{Kind: insertion.SIRET, ID: fmt.Sprintf("%09d00012", 210_000_000+buyer*11), Name: "Commune de " + c.words[buyer]},
		Contractors: []insertion.Party{firm()},
		Place:       insertion.Place{Code: dep + "050", Kind: "commune", INSEE: dep + "050", Department: dep, Lat: 48.9, Lon: 2.2, Basis: insertion.PlaceExact},
		Months:      12 * (1 + c.dice.IntN(4)), Notified: day, Published: day.AddDays(20), Amount: insertion.Cents(c.dice.ExpFloat64() * 3e7), Social: social,
	}
	if c.dice.IntN(12) == 0 {
		n.Contractors = append(n.Contractors, firm())
	}
	if c.dice.IntN(3) == 0 {
		n.LotNumber = fmt.Sprint(1 + c.dice.IntN(9))
		n.Object += " - Lot " + n.LotNumber
	}
	return n
}

func (c *crowd) notices(n int) []insertion.Notice {
	out := make([]insertion.Notice, n)
	for i := range out {
		out[i] = c.notice()
	}
	return out
}

func BenchmarkImport(b *testing.B) {
	s, ctx, c := fresh(b, filepath.Join(b.TempDir(), "base.db")), b.Context(), newCrowd()
	im, err := s.BeginImport(ctx, someone, "avis.json", "decp-2022")
	if err != nil {
		b.Fatal(err)
	}
	var cpu time.Duration
	b.ResetTimer()
	for left := b.N; left > 0; left -= 2000 {
		b.StopTimer()
		some := c.notices(min(2000, left))
		before := processor(b)
		b.StartTimer()
		if _, err := im.Add(ctx, some); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		cpu += processor(b) - before
		b.StartTimer()
	}
	// On a machine others use, the time of the processor is what can be compared.
	b.ReportMetric(cpu.Seconds()*1e6/float64(b.N), "cpu-µs/notice")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "notices/s")
}

// processor is the time the processor spent on this process.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func fresh(t testing.TB, path string) *Store {
	t.Helper()
	s, err := OpenAt(context.Background(), path, noon)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// big is the path of the large file, built the first time.
func big(b *testing.B) string {
	b.Helper()
	var n int
	if _, err := fmt.Sscan(os.Getenv(bigNotices), &n); err != nil {
		b.Skipf("set %s to a number of notices", bigNotices)
	}
	path := filepath.Join(os.TempDir(), fmt.Sprintf("passerelle-big-%d.db", n))
	if _, err := os.Stat(path); err == nil {
		return path
	}
	partial := path + ".partiel"
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(partial + end); err != nil && !os.IsNotExist(err) {
			b.Fatal(err)
		}
	}
	ctx, c := context.Background(), newCrowd()
	s, err := OpenAt(ctx, partial, noon)
	if err != nil {
		b.Fatal(err)
	}
	im, err := s.BeginImport(ctx, someone, "avis.json", "decp-2022")
	if err != nil {
		b.Fatal(err)
	}
	var spent time.Duration
	for at := 0; at < n; at += 2000 {
		some := c.notices(min(2000, n-at))
		start := time.Now()
		if _, err := im.Add(ctx, some); err != nil {
			b.Fatal(err)
		}
		spent += time.Since(start)
	}
	if _, err := im.Finish(ctx, "", ""); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d notices written in %v: %.0f a second", n, spent.Round(time.Millisecond), float64(n)/spent.Seconds())
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	if err := os.Rename(partial, path); err != nil {
		b.Fatal(err)
	}
	return path
}

// each times a question many times and reports its median and 99th centile.
func each(b *testing.B, ask func() error) {
	b.Helper()
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		if err := ask(); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

func BenchmarkOpenBig(b *testing.B) {
	path := big(b)
	each(b, func() error {
		s, err := OpenAt(b.Context(), path, noon)
		if err != nil {
			return err
		}
		if _, err := s.Lots(b.Context(), insertion.LotFilter{}, insertion.Page{Limit: 40}); err != nil {
			return err
		}
		return s.Close()
	})
}

func BenchmarkListPageBig(b *testing.B) {
	s := fresh(b, big(b))
	for _, f := range []insertion.LotFilter{
		{}, {Department: "92"}, {Social: insertion.SocialClause}, {Department: "92", ToWrite: true}, {Department: "92", Social: insertion.SocialReserved},
		{Sort: insertion.ByAmount}, {Sort: insertion.ByAmount, Department: "92"}, {Buyer: 3}, {Followed: true},
	} {
		b.Run(fmt.Sprintf("%+v", f), func(b *testing.B) {
			p := insertion.Page{Limit: 40}
			each(b, func() error {
				rows, err := s.Lots(b.Context(), f, p)
				if len(rows) == 40 {
					p.From = rows[39].Cursor(f.Sort)
				} else {
					p.From = insertion.Cursor{}
				}
				return err
			})
		})
	}
}

func BenchmarkSearchBig(b *testing.B) {
	s := fresh(b, big(b))
	for _, text := range []string{"t", "tr", "tra", "trav", "travaux", "travaux ", "d", "z", "zz", "char", "charpen", "nettoyage des loc", "travaux peinture t", "commune de tra", "2023", "2000", "20230"} {
		for _, count := range []bool{false, true} {
			b.Run(fmt.Sprintf("%q/count=%v", text, count), func(b *testing.B) {
				each(b, func() (err error) {
					if count {
						_, err = s.CountLots(b.Context(), insertion.LotFilter{Text: text}, 10_000)
					} else {
						_, err = s.Lots(b.Context(), insertion.LotFilter{Text: text}, insertion.Page{Limit: 40})
					}
					return err
				})
			})
		}
	}
}

func BenchmarkAllStructures(b *testing.B) {
	s := fresh(b, filepath.Join(b.TempDir(), "base.db"))
	im, err := s.BeginImport(b.Context(), someone, "annuaire.csv", "annuaire")
	if err != nil {
		b.Fatal(err)
	}
	var all []insertion.Structure
	for n := range 10_000 {
		all = append(all, insertion.Structure{
			SIRET: fmt.Sprintf("%014d", n), Kind: insertion.Kinds()[n%8], Name: fmt.Sprint("Structure ", n), NAF: "8130Z", Address: "1 rue de la Paix",
			PostalCode: "92000", City: "Nanterre", INSEE: "92050", Department: "92", Lat: 48.9, Lon: 2.2, Phone: "0100000000", ROME: []string{"A1203"},
			Activities: []insertion.Activity{{Trade: "espaces-verts"}}, Active: true,
		})
	}
	if _, err := im.AddStructures(b.Context(), all); err != nil {
		b.Fatal(err)
	}
	each(b, func() error {
		got, err := s.AllStructures(b.Context())
		if err == nil && len(got) != len(all) {
			err = fmt.Errorf("%d structures", len(got))
		}
		return err
	})
}

func BenchmarkTodayBig(b *testing.B) {
	s := fresh(b, big(b))
	t := insertion.DefaultThresholds()
	for _, territory := range [][]string{nil, {"92"}, {"92", "93", "75"}} {
		t.Departments = territory
		b.Run(fmt.Sprint(territory), func(b *testing.B) {
			each(b, func() error {
				if _, err := s.Todos(b.Context(), "2026-06-15", t); err != nil {
					return err
				}
				_, err := s.Figures(b.Context(), "2026-06-15", t)
				return err
			})
		})
	}
}
