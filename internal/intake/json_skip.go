package intake

import (
	"bytes"
	"errors"
)

// pass steps over a value of any size.
func (j *jsonReader) pass(c byte) error {
	if c == '{' || c == '[' {
		return j.passNested()
	}
	quoted := c == '"'
	if quoted {
		j.w.skip(1)
	}
	for {
		rest := j.w.rest()
		for i := 0; i < len(rest); i++ {
			switch b := rest[i]; {
			case quoted && b == '\\':
				i++
			case quoted && b == '"':
				j.w.skip(i + 1)
				return nil
			case !quoted && (b == ',' || b == '}' || b == ']'):
				j.w.skip(i)
				return nil
			}
		}
		j.w.skip(len(rest))
		if !j.w.more() {
			return j.truncated()
		}
	}
}

// passNested steps over an object or a list, whatever its size and depth.
func (j *jsonReader) passNested() error {
	depth, quoted, escaped := 0, false, false
	for {
		rest := j.w.rest()
		for i, b := range rest {
			switch {
			case escaped:
				escaped = false
			case quoted:
				escaped = b == '\\'
				quoted = b != '"'
			case b == '"':
				quoted = true
			case b == '{' || b == '[':
				depth++
			case b == '}' || b == ']':
				if depth--; depth == 0 {
					j.w.skip(i + 1)
					return nil
				}
			}
		}
		j.w.skip(len(rest))
		if !j.w.more() {
			return j.truncated()
		}
	}
}

// resync steps over a record whose JSON is broken at byte n of the window: the
// next record is the next object of a list that begins with the same key as the
// first one and has the fields of a notice.
func (j *jsonReader) resync(n int) *trouble {
	rest := j.w.rest()
	bad := &trouble{"JSON invalide", excerpt(rest[min(max(n-30, 0), len(rest)):])}
	if j.first == nil {
		j.first = firstKey(rest)
	}
	from := max(n, 1)
	var t tree
	for {
		at, found := j.candidate(from)
		if !found {
			keep := min(len(j.w.rest()), 200)
			j.w.skip(len(j.w.rest()) - keep)
			if from = 1; !j.w.more() {
				j.w.skip(len(j.w.rest()))
				j.open = j.open[:0] // what is open cannot be known any more
				return bad
			}
			continue
		}
		_, err := j.parser.parse(j.w.rest()[at:], j.w.err != nil, &t)
		if errors.Is(err, errShort) && len(j.w.rest())-at < maxRecord && j.w.err == nil {
			from = at // positions are relative to the window: they stay good
			j.w.more()
			continue
		}
		if t.begun() {
			j.w.skip(at)
			return bad
		}
		from = at + 1
	}
}

// candidate finds an object of a list that begins with the known first key.
func (j *jsonReader) candidate(from int) (int, bool) {
	rest := j.w.rest()
	for at := from; ; at++ {
		i := bytes.IndexByte(rest[min(at, len(rest)):], '{')
		if i < 0 {
			return 0, false
		}
		at += i
		before := bytes.TrimRight(rest[:at], " \t\r\n")
		if !bytes.HasSuffix(before, []byte{','}) && !bytes.HasSuffix(before, []byte{'['}) {
			continue
		}
		_, key := afterSpace(rest, at+1)
		if key+len(j.first)+1 >= len(rest) {
			return 0, false // seen again when there is more
		}
		if rest[key] == '"' && bytes.HasPrefix(rest[key+1:], j.first) && rest[key+1+len(j.first)] == '"' {
			return at, true
		}
	}
}
