package store

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// What is her name in a text is one rule, wherever a name is sought: its words next
// to each other, in any order, whatever the capitals, the accents, the punctuation
// and the titles between them. All of them are the name. So are two of them, for
// people drop a part of a compound name, unless one is a particle or a common word
// (« de La », « Saint ») or both make a usual compound first name (« Jean-Pierre »).
// Two words apart, or one alone, are nobody's: see NameWordsIn for the latter.

// run is a stretch of a text that is a name: its words [from, to), and whether the
// whole name is there.
type run struct {
	from, to int
	whole    bool
}

// runsOf finds a name in a text.
func runsOf(text []word, name []string) []run {
	var out []run
	for i := 0; i < len(text); i++ {
		if !slices.Contains(name, text[i].folded) {
			continue
		}
		said, last := []string{text[i].folded}, i
		for j := i + 1; j < len(text); j++ {
			w := text[j].folded
			if slices.Contains(name, w) {
				last = j
				if !slices.Contains(said, w) {
					said = append(said, w)
				}
			} else if !title(w) {
				break
			}
		}
		whole := !slices.ContainsFunc(name, func(w string) bool { return !slices.Contains(said, w) })
		if whole || telling(said) {
			out = append(out, run{i, last + 1, whole})
		}
		i = last
	}
	return out
}

// telling tells whether some words of a name are enough of it.
func telling(said []string) bool {
	strong := slices.DeleteFunc(slices.Clone(said), weak)
	return len(strong) > 2 || len(strong) == 2 && (!givenName(strong[0]) || !givenName(strong[1]))
}

// weak tells whether a word of a name says nothing of whose it is.
func weak(word string) bool {
	return utf8.RuneCountInString(word) < 2 || strings.Trim(word, "0123456789") == "" || common(word) || slices.Contains(strings.Fields(
		"de du des la le les el al ul et ben bin bint ibn abd abou abu ould ait ou von van der den di da do dos das del della ter ten st ste san santa"), word)
}

// title tells whether a word introduces a name, or the next part of one.
func title(word string) bool {
	return slices.Contains(strings.Fields("m mr mm mme mmes mlle mlles monsieur madame mademoiselle dr docteur pr professeur nom noms prenom prenoms nee ne epouse epoux veuve dit dite"), word)
}

// givenName tells whether a word is one of those compound first names are made of:
// the streets of France bear them.
func givenName(word string) bool {
	return slices.Contains(strings.Fields(`jean marie anne pierre paul jacques claude louis louise marc luc yves christophe baptiste philippe charles francois francoise
		michel sebastien laure claire sophie line lise rose therese christine helene noel noelle jose ange dominique eve catherine`), word)
}

// seeker seeks many names in many texts.
type seeker struct {
	names [][]string
	by    map[string][]int // the names a word is of
}

func newSeeker(names [][]string) seeker {
	s := seeker{names, map[string][]int{}}
	for i, name := range names {
		for j, w := range name {
			if !slices.Contains(name[:j], w) {
				s.by[w] = append(s.by[w], i)
			}
		}
	}
	return s
}

// among gives the names that may stand in a text.
func (s seeker) among(text []word) [][]string {
	hits, seen := map[int]int{}, map[string]bool{}
	for _, w := range text {
		of := s.by[w.folded]
		if len(of) == 0 || seen[w.folded] {
			continue
		}
		seen[w.folded] = true
		for _, i := range of {
			hits[i]++
		}
	}
	var out [][]string
	for i, n := range hits {
		if n >= min(2, len(s.names[i])) {
			out = append(out, s.names[i])
		}
	}
	return out
}

// without puts a mark in the place of each name in a text. A stretch that is a part
// of one, or the whole, inside what is more of a name still kept, is that other's
// and stays.
func without(text string, names, kept [][]string, mark string) string {
	words := wordsIn(text)
	var cuts []run
	for _, name := range names {
		for _, r := range runsOf(words, name) {
			if !another(words, r, kept) {
				cuts = append(cuts, r)
			}
		}
	}
	slices.SortFunc(cuts, func(a, b run) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	var b strings.Builder
	end := 0
	for i := 0; i < len(cuts); {
		to, j := cuts[i].to, i+1
		for ; j < len(cuts) && cuts[j].from < to; j++ {
			to = max(to, cuts[j].to)
		}
		b.WriteString(text[end:words[cuts[i].from].from] + mark)
		end, i = words[to-1].to, j
	}
	return b.String() + text[end:]
}

func another(words []word, r run, kept [][]string) bool {
	for _, name := range kept {
		for _, k := range runsOf(words, name) {
			if k.from <= r.from && k.to >= r.to && (!r.whole || k.to-k.from > r.to-r.from) {
				return true
			}
		}
	}
	return false
}
