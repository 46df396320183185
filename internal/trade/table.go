package trade

import (
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// tie is a code prefix or a pattern of words with its points.
type tie struct {
	prefix string
	stems  []stem
	trade  uint8
	points float64 // 0 to 1
}

// table is the ties of all trades, arranged for look-up.
type table struct {
	trades         []Trade
	position       map[insertion.Trade]int
	cpv, naf, rome map[string][]tie // by prefix
	words          map[byte][]tie   // by first letter of the first stem
	names          map[byte][]tie
	habits         map[insertion.Kind][]tie
}

func compile() *table {
	t := &table{
		trades: All(), position: map[insertion.Trade]int{},
		cpv: map[string][]tie{}, naf: map[string][]tie{}, rome: map[string][]tie{},
		words: map[byte][]tie{}, names: map[byte][]tie{},
	}
	for i, one := range t.trades {
		t.position[one.Code] = i
		for _, codes := range []struct {
			into map[string][]tie
			list string
		}{{t.cpv, one.CPV}, {t.naf, one.NAF}, {t.rome, one.ROME}} {
			for field := range strings.FieldsSeq(codes.list) {
				prefix, points := parseTie(field)
				codes.into[prefix] = append(codes.into[prefix], tie{prefix: prefix, trade: uint8(i), points: points})
			}
		}
		addWords(t.words, one.Words, uint8(i))
		addWords(t.names, one.Names, uint8(i))
	}
	t.compileHabits()
	return t
}

func addWords(into map[byte][]tie, list string, trade uint8) {
	for field := range strings.SplitSeq(list, ",") {
		if field == "" {
			continue
		}
		text, points := parseTie(field)
		w := tie{prefix: text, trade: trade, points: points}
		for word := range strings.FieldsSeq(text) {
			plain, exact := strings.CutSuffix(word, "$")
			w.stems = append(w.stems, stem{plain, exact})
		}
		first := w.stems[0].text[0]
		into[first] = append(into[first], w)
	}
}

// parseTie reads "prefix=points"; the tables are ours and tested, so a tie that
// does not parse is worth nothing rather than an error.
func parseTie(field string) (string, float64) {
	prefix, points, _ := strings.Cut(field, "=")
	n, _ := strconv.Atoi(points)
	return prefix, float64(n) / 100
}

// longest returns, for each trade, the points of its longest prefix of code.
func longest(ties map[string][]tie, code string, found func(tie)) {
	var seen uint64
	for n := len(code); n >= 2; n-- {
		for _, t := range ties[code[:n]] {
			if seen&(1<<t.trade) == 0 {
				seen |= 1 << t.trade
				if t.points > 0 {
					found(t)
				}
			}
		}
	}
}

// spotted is a pattern found in a text.
type spotted struct {
	tie
	start, end int // bytes of the text
}

// scan finds the patterns of words in a text.
func scan(patterns map[byte][]tie, tokens []token, found func(spotted)) {
	tokens = readApostrophes(patterns, tokens)
	for i, t := range tokens {
		candidates(patterns, t.text, func(w tie) {
			if last, ok := follows(w.stems, tokens[i:]); ok {
				found(spotted{w, t.start, last.end})
			}
		})
	}
}

// candidates offers the patterns whose first letter a word may have.
func candidates(patterns map[byte][]tie, word string, offer func(tie)) {
	first := word[:1]
	if word[0] == wild {
		first = "aeiouc"
	}
	for _, c := range []byte(first) {
		for _, w := range patterns[c] {
			offer(w)
		}
	}
}

// readApostrophes decides what "d?entretien" and "d?menagement" are: a lost
// accent when some pattern begins so, else a lost apostrophe.
func readApostrophes(patterns map[byte][]tie, tokens []token) []token {
	var out []token
	for i, t := range tokens {
		if t.tail == "" {
			continue
		}
		accent := false
		candidates(patterns, t.text, func(w tie) { accent = accent || w.stems[0].covers(t.text) })
		if accent {
			continue
		}
		if out == nil {
			out = slices.Clone(tokens)
		}
		out[i].text = t.tail
	}
	if out == nil {
		return tokens
	}
	return out
}

func follows(stems []stem, tokens []token) (last token, ok bool) {
	if len(tokens) < len(stems) {
		return token{}, false
	}
	for j, s := range stems {
		if !s.covers(tokens[j].text) {
			return token{}, false
		}
	}
	return tokens[len(stems)-1], true
}
