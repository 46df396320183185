package intake

import (
	"bytes"
	"errors"
)

// xmlReader finds the notices of an XML text by the local names of its
// elements. Namespaces, attributes and declared entities are left aside, so
// that none can expand. It keeps one record in memory.
type xmlReader struct {
	name  string
	w     *window
	keys  keys
	depth int // of <marches> open
}

// tag is one piece of markup of a text.
type tag struct {
	from, to int // of the whole markup
	name     []byte
	closing  bool
	single   bool // <x/>
	text     bool // a CDATA section: name is its content
	other    bool // comment, declaration, instruction
}

// next parses the next notice into t; see jsonReader.next.
func (x *xmlReader) next(t *tree) (at position, bad *trouble, ok bool, err error) {
	for {
		g, found, err := x.tag()
		if err != nil || !found {
			return at, nil, false, err
		}
		f := fOther
		if len(g.name) > 0 && !g.text {
			f = x.keys.of(local(g.name)).field
		}
		switch {
		case g.other || g.text:
			x.w.skip(g.to)
		case f == fNotices || f == fConcessions:
			if g.closing || g.single {
				x.w.skip(g.to)
				if g.single {
					return position{line: x.w.line, offset: x.w.offset()}, &trouble{"l'enregistrement est vide", ""}, true, nil
				}
				continue
			}
			x.w.skip(g.from)
			at = position{line: x.w.line, offset: x.w.offset(), concession: f == fConcessions}
			bad, err := x.record(t)
			return at, bad, err == nil, err
		default:
			x.w.skip(g.to)
			if f == fList && !g.single {
				if x.depth++; g.closing {
					x.depth -= 2
				}
			}
		}
	}
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

func (x *xmlReader) ended() error {
	if err := x.w.failure(); err != nil {
		return err
	}
	if x.depth > 0 || len(x.w.rest()) > 0 {
		return x.stop("le fichier s'arrête avant sa fin", ErrTruncated)
	}
	return nil
}

func (x *xmlReader) stop(reason string, kind error) error {
	return &FileError{File: x.name, Line: x.w.line, Offset: x.w.offset(), Reason: reason, Remedy: "les avis déjà lus sont gardés ; téléchargez-le de nouveau", Err: kind}
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

// record parses the element that begins the window.
func (x *xmlReader) record(t *tree) (*trouble, error) {
	for {
		n, err := x.parse(x.w.rest(), t)
		switch {
		case err == nil:
			x.w.skip(n)
			return nil, nil
		case errors.Is(err, errDeep):
			x.w.skip(n)
			return &trouble{"l'enregistrement est imbriqué sur plus de 64 niveaux", ""}, nil
		case errors.Is(err, errSyntax):
			bad := &trouble{"l'élément n'est pas fermé avant le suivant", excerpt(x.w.rest())}
			x.w.skip(n)
			return bad, nil
		case len(x.w.rest()) > maxRecord:
			bad := &trouble{"l'enregistrement dépasse 8 Mo", excerpt(x.w.rest())}
			return bad, x.pass()
		case !x.w.more():
			if err := x.w.failure(); err != nil {
				return nil, err
			}
			return nil, x.stop("le fichier s'arrête au milieu d'un avis", ErrTruncated)
		}
	}
}

// pass drops a record too long, up to the next tag that begins or ends one.
func (x *xmlReader) pass() error {
	x.w.skip(1)
	for {
		rest := x.w.rest()
		for at := 0; ; {
			i := bytes.IndexByte(rest[at:], '<')
			if i < 0 {
				break
			}
			at += i
			name := rest[at+1 : min(len(rest), at+64)]
			name = bytes.TrimPrefix(name, []byte{'/'})
			if end := bytes.IndexAny(name, "> \t\r\n"); end > 0 {
				if f := x.keys.of(local(name[:end])).field; f == fNotices || f == fConcessions || f == fList {
					x.w.skip(at)
					return nil
				}
			}
			at++
		}
		x.w.skip(max(len(rest)-64, 0))
		if !x.w.more() {
			x.w.skip(len(x.w.rest()))
			return nil
		}
	}
}

// opened is an element being read.
type opened struct {
	name []byte
	node int32
	last int32 // last child
}

// parse reads an element into the tree and returns the bytes it takes.
func (x *xmlReader) parse(data []byte, t *tree) (int, error) {
	t.reset(data)
	var stack []opened
	at := 0
	for {
		i := bytes.IndexByte(data[at:], '<')
		if i < 0 {
			return at, errShort
		}
		if len(stack) > 0 {
			t.grow(stack[len(stack)-1].node, at, at+i)
		}
		at += i
		g, ok := markup(data, at)
		if !ok {
			return at, errShort
		}
		begin := at
		at = g.to
		switch {
		case g.text && len(stack) > 0:
			from := g.to - len("]]>") - len(g.name)
			t.grow(stack[len(stack)-1].node, from, from+len(g.name))
		case g.other:
		case g.closing:
			if stack = closed(stack, g.name); len(stack) == 0 {
				return at, nil
			}
		default:
			m := x.keys.of(local(g.name))
			if len(stack) > 0 && (m.field == fNotices || m.field == fConcessions) {
				return begin, errSyntax
			}
			if len(stack) >= maxDepth {
				return at, errDeep
			}
			o := opened{name: g.name}
			if len(stack) == 0 {
				o.node = t.add(0, 0, node{shape: shapeObject})
			} else {
				top := &stack[len(stack)-1]
				t.nodes[top.node].shape = shapeObject
				o.node = t.add(top.node, top.last, node{field: m.field, number: m.number})
				top.last = o.node
			}
			if !g.single {
				stack = append(stack, o)
			} else if len(stack) == 0 {
				return at, nil
			}
		}
	}
}

// closed closes the innermost element of this name and all within it; an end
// tag that closes nothing is left aside.
func closed(stack []opened, name []byte) []opened {
	for i := len(stack) - 1; i >= 0; i-- {
		if bytes.Equal(local(stack[i].name), local(name)) {
			return stack[:i]
		}
	}
	return stack
}

// grow gives an element the text found in it, unless it is blank or the element
// holds others. Text in several pieces is put end to end.
func (t *tree) grow(i int32, from, to int) {
	piece := bytes.TrimSpace(t.text[from:to])
	n := &t.nodes[i]
	if len(piece) == 0 || n.shape == shapeObject {
		return
	}
	if n.shape == shapeNull {
		n.shape, n.from, n.to = shapeText, uint32(from), uint32(to)
		return
	}
	if n.to-n.from <= maxText {
		t.put(i, t.raw(i), t.text[from:min(to, from+maxText)])
	}
}
