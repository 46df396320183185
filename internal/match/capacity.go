package match

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// calendar is the free hours of every structure by month, as running sums, so
// that any window is one subtraction.
type calendar struct {
	first  int // month number of the first column
	width  int
	sums   []int32   // whole hours; row i starts at rows[i], width+1 long
	rows   []int32   // -1 without a declared capacity
	places []int32   // people in insertion, 0 unknown
	guess  []float32 // value when undeclared
}

// monthNumber counts months from year 0; -1 for an unreadable month.
func monthNumber(m insertion.Month) int {
	if len(m) != 7 {
		return -1
	}
	year, errY := strconv.Atoi(string(m[:4]))
	month, errM := strconv.Atoi(string(m[5:]))
	if errY != nil || errM != nil || month < 1 || month > 12 {
		return -1
	}
	return year*12 + month - 1
}

// longestCalendar bounds the months kept, from the first one declared.
const longestCalendar = 240

func newCalendar(structures []insertion.Structure, records []insertion.Record, size float64) calendar {
	n := len(structures)
	c := calendar{rows: make([]int32, n), places: make([]int32, n), guess: make([]float32, n)}
	last := -1
	for i := range structures {
		for _, mh := range structures[i].Capacity {
			m := monthNumber(mh.Month)
			if m < 0 {
				continue
			}
			if last < 0 || m < c.first {
				c.first = m
			}
			last = max(last, m)
		}
	}
	c.width = min(last-c.first+1, longestCalendar)
	free := make([]insertion.Hours, max(0, c.width))
	for i := range structures {
		c.places[i] = int32(min(structures[i].Workers, 1<<20))
		c.guess[i] = guess(structures[i].Workers, size)
		c.rows[i] = -1
		if len(structures[i].Capacity) == 0 || last < 0 {
			continue
		}
		clear(free)
		for _, mh := range structures[i].Capacity {
			if m := monthNumber(mh.Month) - c.first; m >= 0 && m < c.width {
				free[m] += mh.Hours
			}
		}
		for _, mh := range records[i].Ahead {
			if m := monthNumber(mh.Month) - c.first; m >= 0 && m < c.width {
				free[m] -= mh.Hours
			}
		}
		c.rows[i] = int32(len(c.sums))
		sum := int32(0)
		c.sums = append(c.sums, 0)
		for _, h := range free {
			sum += int32(max(0, h) / 100)
			c.sums = append(c.sums, sum)
		}
	}
	return c
}

// window is the months of a need as columns of the calendar.
type window struct {
	from, to int // columns, to excluded
	months   []insertion.Month
	hours    float64 // asked over the window, 0 unknown
}

func (c calendar) window(months []insertion.Month, hours insertion.Hours) window {
	w := window{months: months, hours: float64(hours) / 100}
	if len(months) == 0 {
		w.to = c.width
		return w
	}
	w.from = max(0, min(c.width, monthNumber(months[0])-c.first))
	w.to = max(w.from, min(c.width, monthNumber(months[len(months)-1])-c.first+1))
	return w
}

// free is the hours free over the window, and whether the structure declared
// any capacity at all.
func (c calendar) free(i int, w window) (hours float64, declared bool) {
	row := c.rows[i]
	if row < 0 {
		return 0, false
	}
	if w.to <= w.from {
		return 0, true
	}
	return float64(c.sums[int(row)+w.to] - c.sums[int(row)+w.from]), true
}

// undeclared is the value of a capacity nobody told: in the middle, above for
// the large structures, below for the small ones.
const undeclared = 0.5

// guess is the value of an undeclared capacity by the number of people.
func guess(people int, size float64) float32 {
	if people <= 0 {
		return undeclared
	}
	return float32(clamp(undeclared + size*math.Log2(float64(people)/usualSize)/2))
}

// usualSize is the number of people of a structure whose undeclared capacity is
// worth the middle.
const usualSize = 40

func (c calendar) value(i int, w window) float64 {
	hours, declared := c.free(i, w)
	switch {
	case !declared:
		return float64(c.guess[i])
	case w.hours > 0:
		return clamp(hours / w.hours)
	case hours > 0:
		return 1
	}
	return 0
}

func (c calendar) reason(i int, w window) string {
	hours, declared := c.free(i, w)
	if !declared {
		if c.places[i] > 0 {
			return fmt.Sprintf("capacité non déclarée (%s)", insertion.Counted(int(c.places[i]), "place", "places"))
		}
		return "capacité non déclarée"
	}
	when := w.words()
	free := insertion.WholeHours(int64(hours))
	switch {
	case hours == 0:
		return "aucune heure libre" + when
	case w.hours > 0:
		return fmt.Sprintf("%s libres%s pour %s à faire", free, when, insertion.Hours(w.hours*100))
	}
	return free.String() + " libres" + when
}

// words says the window: " en avril 2026", " d'avril à juin 2026".
func (w window) words() string {
	switch n := len(w.months); n {
	case 0:
		return ""
	case 1:
		return " en " + monthWords(w.months[0])
	default:
		first, last := w.months[0], w.months[n-1]
		from := monthWords(first)
		if first[:min(4, len(first))] == last[:min(4, len(last))] {
			from, _, _ = strings.Cut(from, " ")
		}
		if strings.ContainsRune("ao", rune(from[0])) { // avril, août, octobre
			return " d'" + from + " à " + monthWords(last)
		}
		return " de " + from + " à " + monthWords(last)
	}
}

func monthWords(m insertion.Month) string {
	names := [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	n := monthNumber(m)
	if n < 0 {
		return string(m)
	}
	return names[n%12] + " " + strconv.Itoa(n/12)
}
