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
