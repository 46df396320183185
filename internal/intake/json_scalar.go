package intake

import "bytes"

// text reads a quoted text. A quote that nothing legal follows belongs to it.
func (p *jsonParser) text(parent, last int32, n node, quote byte) (int32, error) {
	start := p.at + 1
	at := start
	inObject := p.inObject
	for {
		i := bytes.IndexByte(p.data[at:], quote)
		if i < 0 {
			return 0, errShort
		}
		if b := bytes.IndexByte(p.data[at:at+i], '\\'); b >= 0 {
			n.escaped = true
			at += b + 2
			if at > len(p.data) {
				return 0, errShort
			}
			continue
		}
		at += i
		closes, known := p.closes(at+1, inObject)
		if !known && !p.last {
			return 0, errShort
		}
		if closes || !known {
			break
		}
		at++
	}
	p.at = at + 1
	if n.field == fSkip {
		return last, nil
	}
	n.shape, n.from, n.to = shapeText, p.base+uint32(start), p.base+uint32(at)
	return p.tree.add(parent, last, n), nil
}

// closes tells whether what follows a quote shows that it ends a text; known is
// false when the data ends too soon to say.
func (p *jsonParser) closes(at int, inObject bool) (closes, known bool) {
	c, at := afterSpace(p.data, at)
	if at >= len(p.data) {
		return false, false
	}
	switch c {
	case '}', ']':
		return true, true
	case ',':
		if !inObject {
			return true, true
		}
	default:
		return false, true
	}
	c, at = afterSpace(p.data, at+1)
	if at >= len(p.data) {
		return false, false
	}
	switch c {
	case '"', '\'', '}', '_':
		return true, true
	default:
		return bareKey(c) && p.bare(), true
	}
}

// bare tells whether the keys of this file are without quotes.
func (p *jsonParser) bare() bool {
	_, at := afterSpace(p.data, 1)
	return len(p.data) > at && p.data[0] == '{' && bareKey(p.data[at])
}

func afterSpace(data []byte, at int) (byte, int) {
	for at < len(data) {
		switch c := data[at]; c {
		case ' ', '\n', '\r', '\t':
			at++
		default:
			return c, at
		}
	}
	return 0, at
}

// word reads a number, true, false, null and what programs write instead.
func (p *jsonParser) word(parent, last int32, n node) (int32, error) {
	start := p.at
	for p.at < len(p.data) && p.at-start < 1000 {
		switch c := p.data[p.at]; c {
		case ',', '}', ']', ' ', '\n', '\r', '\t':
			if n.field == fSkip {
				return last, nil
			}
			n.to, n.shape = p.base+uint32(p.at), shapeOf(p.data[start:p.at])
			return p.tree.add(parent, last, n), nil
		case '"', '{', '[', ':', '\\', '<':
			return 0, errSyntax
		}
		p.at++
	}
	if p.at-start >= 1000 {
		return 0, errSyntax
	}
	return 0, errShort
}

func shapeOf(word []byte) shape {
	if len(word) == 0 {
		return shapeNull
	}
	switch c := word[0]; {
	case c >= '0' && c <= '9', c == '-' && len(word) > 1 && word[1] >= '0' && word[1] <= '9', c == '.', c == '+':
		return shapeNumber
	}
	switch string(word) {
	case "null", "None", "NaN", "nan", "NULL", "undefined", "Infinity", "-Infinity", "NaT":
		return shapeNull
	}
	return shapeWord
}
