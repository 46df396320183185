package intake

import "bytes"

// tag is one piece of markup of a text.
type tag struct {
	from, to int // of the whole markup
	name     []byte
	closing  bool
	single   bool // <x/>
	text     bool // a CDATA section: name is its content
	other    bool // comment, declaration, instruction
}

// tag finds the next markup of the window; found is false at the end.
func (x *xmlReader) tag() (g tag, found bool, err error) {
	for {
		rest := x.w.rest()
		open := bytes.IndexByte(rest, '<')
		if open < 0 {
			x.w.skip(len(rest))
		} else {
			x.w.skip(open)
			if g, ok := markup(x.w.rest(), 0); ok {
				return g, true, nil
			}
			if len(x.w.rest()) > maxRecord {
				return g, false, x.stop("une balise n'est jamais fermée", ErrBroken)
			}
		}
		if !x.w.more() {
			return g, false, x.ended()
		}
	}
}

// markup reads the markup that begins at data[at] ('<'); ok is false when its
// end is not there.
func markup(data []byte, at int) (g tag, ok bool) {
	g.from = at
	rest := data[at:]
	until := func(open, end string) bool {
		i := bytes.Index(rest[min(len(open), len(rest)):], []byte(end))
		if i < 0 {
			return false
		}
		g.name = rest[len(open) : len(open)+i]
		g.to = at + len(open) + i + len(end)
		return true
	}
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		g.other = true
		return g, until("<!--", "-->")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		g.text = true
		return g, until("<![CDATA[", "]]>")
	case bytes.HasPrefix(rest, []byte("<?")):
		g.other = true
		return g, until("<?", "?>")
	case len(rest) < 12 && bytes.HasPrefix([]byte("<![CDATA[<!--"), rest):
		return g, false
	case bytes.HasPrefix(rest, []byte("<!")):
		g.other = true
		end := []byte{'>'}
		if i := bytes.IndexAny(rest, "[>"); i >= 0 && rest[i] == '[' {
			return g, until("<!", "]>")
		}
		return g, until("<!", string(end))
	case len(rest) < 2:
		return g, false
	}
	return element(g, rest)
}

// element reads a start or end tag; attributes may hold '>' between quotes.
func element(g tag, rest []byte) (tag, bool) {
	i := 1
	if rest[i] == '/' {
		g.closing = true
		i++
	}
	start := i
	for i < len(rest) && rest[i] != '>' && rest[i] != '/' && rest[i] != ' ' && rest[i] != '\t' && rest[i] != '\r' && rest[i] != '\n' && rest[i] != '<' {
		i++
	}
	g.name = rest[start:i]
	var quote byte
	for ; i < len(rest); i++ {
		switch c := rest[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '<': // a '<' that begins no markup: a character of the text
			g.other, g.to = true, g.from+i
			return g, true
		case c == '>':
			g.single = rest[i-1] == '/'
			g.to = g.from + i + 1
			return g, true
		}
	}
	return g, false
}

// local drops the prefix of a namespace.
func local(name []byte) []byte { return name[bytes.LastIndexByte(name, ':')+1:] }
