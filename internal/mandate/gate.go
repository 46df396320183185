package mandate

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// Gate is what the number of able structures, and what a lot would weigh on them,
// allow. It is the gate of le marché de l'inclusion, with its two defects mended:
// the criterion is really advised, and the dependency looked at everywhere.
type Gate struct {
	Lever      Lever // the most it allows
	Whole      bool  // LeverReserved: even the whole contract
	Able       int   // structures a lot may be reserved to, able to take it
	Dependency insertion.BasisPoints
	Known      bool     // the dependency is known
	Possible   bool     // enough able structures answer for each other: the lot could be reserved
	Articles   []string // under which it could
	Why        string
}

// gate weighs a lot.
func gate(l Lot, n Need, rules Rules) Gate {
	g := Gate{}
	var turnover insertion.Cents
	known := 0
	for _, t := range l.Takers {
		a := t.article()
		if a == "" {
			continue
		}
		g.Able++
		if !slices.Contains(g.Articles, a) {
			g.Articles = append(g.Articles, a)
		}
		if t.Turnover > 0 {
			turnover, known = turnover+t.Turnover, known+1
		}
	}
	slices.Sort(g.Articles)
	if slices.Contains(g.Articles, "L2113-12") && slices.Contains(g.Articles, "L2113-13") {
		g.Articles = append(g.Articles, "L2113-14")
	}
	if known > 0 {
		yearly := float64(l.Amount) * 12 / float64(max(12, n.months()))
		g.Known = true
		g.Dependency = insertion.BasisPoints(min(math.Round(yearly*float64(known)/float64(turnover)*10_000), 1e9))
	}
	heavy := g.Known && g.Dependency >= rules.Dependency
	weight := "poids sur leur chiffre d'affaires inconnu"
	if g.Known {
		weight = fmt.Sprintf("un an du lot pèse %s de leur chiffre d'affaires moyen, connu pour %s", g.Dependency.Round(), number(known))
	}
	switch {
	case g.Able >= rules.ReserveAll && g.Known && !heavy:
		g.Lever, g.Whole = LeverReserved, true
	case g.Able >= rules.ReserveAll, g.Able >= rules.ReserveLot && !heavy:
		g.Lever = LeverReserved
	case g.Able > 1 && !heavy:
		g.Lever = LeverClause
	case g.Able > 1, g.Able == 1:
		g.Lever = LeverCriterion
	default:
		g.Lever = LeverNone
	}
	g.Possible = g.Lever == LeverReserved || g.Able >= max(2, rules.Answers) && !heavy
	g.Why = fmt.Sprintf("%s ; %s", counted(g.Able, "structure capable"), weight)
	if g.Possible {
		g.Why += " ; " + articles(g.Articles)
	}
	return g
}

// articles names one article, or several.
func articles(some []string) string {
	if len(some) == 1 {
		return "article " + some[0]
	}
	return "articles " + strings.Join(some, ", ")
}
