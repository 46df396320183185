package intake

import (
	"slices"
	"strings"
)

// raw is the text of a scalar with its JSON escapes decoded, nil when there is
// none; the first scalar of a list or of an object. It is valid until the next call.
func (b *builder) raw(i int32) []byte {
	if i == 0 {
		return nil
	}
	n := &b.tree.nodes[i]
	switch n.shape {
	case shapeNull:
		return nil
	case shapeList, shapeObject:
		for c := n.first; c != 0; c = b.tree.nodes[c].next {
			if raw := b.raw(c); len(raw) > 0 {
				return raw
			}
		}
		return nil
	}
	raw := b.tree.raw(i)
	if n.escaped {
		b.scratch = unescape(b.scratch[:0], raw)
		return b.scratch
	}
	return raw
}

// text is a cleaned text of its own; short is one that many records share.
func (b *builder) text(i int32) string { return Value(string(b.raw(i))) }

func (b *builder) short(i int32) string {
	raw := b.raw(i)
	if len(raw) == 0 {
		return ""
	}
	return b.texts.of(raw)
}

// words are the texts of a list, of an object that wraps one, or of a cell
// « A, B » or « ['A', 'B'] », without « Sans objet ».
func (b *builder) words(i int32) []string {
	if i == 0 {
		return nil
	}
	if b.expand(i); b.tree.nodes[i].first == 0 {
		if s := b.short(i); strings.Contains(s, ", ") {
			return slices.DeleteFunc(strings.Split(s, ", "), empty)
		} else if !empty(s) {
			return []string{s}
		}
		return nil
	}
	var all []string
	for c := b.tree.nodes[i].first; c != 0; c = b.tree.nodes[c].next {
		for _, s := range b.words(c) {
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}

func empty(s string) bool { return s == "" || s == "Sans objet" || s == "sans objet" }
