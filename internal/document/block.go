package document

import (
	"slices"
	"strings"

	"passerelle/internal/report"
)

// blocks are the tables, lists and frames; one that has nothing to show leaves
// nothing.
func blocks() []Field {
	return slices.Concat([]Field{
		{Name: "signatures", Help: "des cadres à signer : {{signatures : Le titulaire ; La structure}}", table: func(_ facts, arguments string) []report.Block {
			var who []string
			for _, w := range strings.Split(arguments, ";") {
				if w = strings.TrimSpace(w); w != "" {
					who = append(who, w)
				}
			}
			if len(who) == 0 {
				who = []string{"Signature"}
			}
			return []report.Block{report.Signatures{Who: who}}
		}},
		{Name: "page", Help: "commence une page", table: func(facts, string) []report.Block { return []report.Block{report.PageBreak{}} }},
	}, grouped(ofWork, lotBlocks()), grouped(ofPartner, partnerBlocks()), grouped(ofPerson, personBlocks()), grouped(ofPresence, presenceBlocks()))
}

// rows is a table, unless it is empty.
func rows(g report.Grid) []report.Block {
	if len(g.Rows) == 0 {
		return []report.Block{}
	}
	return []report.Block{g}
}

// items is a list, unless it is empty.
func items(numbered bool, texts []string) []report.Block {
	b := report.Bullets{Numbered: numbered}
	for _, t := range texts {
		b.Items = append(b.Items, []report.Run{{Text: t}})
	}
	if len(b.Items) == 0 {
		return []report.Block{}
	}
	return []report.Block{b}
}

// card is a table of two columns without heading: what, and its value.
func card(pairs ...string) []report.Block {
	g := report.Grid{Wide: []float64{1, 2.4}}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			g.Rows = append(g.Rows, []string{pairs[i], pairs[i+1]})
		}
	}
	return rows(g)
}
