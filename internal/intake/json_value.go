package intake

import (
	"bytes"
	"errors"
)

// What can go wrong while parsing one record.
var (
	errShort  = errors.New("il manque la suite")
	errSyntax = errors.New("JSON invalide")
	errDeep   = errors.New("imbrication de plus de 64 niveaux")
)

// maxDepth is far beyond the six levels of a notice.
const maxDepth = 64

// jsonParser reads one JSON value into a tree. It is tolerant of what platforms
// really publish: NaN and None, stray backslashes, quotes that are not escaped,
// single quotes, commas missing or in excess, line ends inside a text.
type jsonParser struct {
	keys keys
	tree *tree
	data []byte
	at   int
	last bool   // data is all there will be
	base uint32 // of data in the texts of the tree

	inObject bool // the value about to be read is a member
}

// parse reads the value at the beginning of data into the tree, and returns how
// many bytes it takes. errShort means that more data is needed.
func (p *jsonParser) parse(data []byte, last bool, t *tree) (int, error) {
	t.reset(data)
	p.data, p.at, p.last, p.tree = data, 0, last, t
	_, err := p.value(0, 0, keyMeaning{}, 0)
	return p.at, err
}

// within reads the JSON text of a cell into the tree that holds the cell, as
// values of node parent.
func (p *jsonParser) within(t *tree, parent int32) error {
	n := t.nodes[parent]
	p.tree, p.data, p.at, p.last, p.base = t, t.raw(parent), 0, true, n.from
	defer func() { p.base = 0 }()
	_, err := p.value(parent, 0, keyMeaning{field: n.field}, 1)
	return err
}

// space skips white space and returns the byte after it, 0 at the end.
func (p *jsonParser) space() byte {
	for p.at < len(p.data) {
		switch c := p.data[p.at]; c {
		case ' ', '\n', '\r', '\t', 0xef, 0xbb, 0xbf:
			p.at++
		default:
			return c
		}
	}
	return 0
}

func (p *jsonParser) value(parent, last int32, key keyMeaning, depth int) (int32, error) {
	c := p.space()
	n := node{field: key.field, number: key.number, from: p.base + uint32(p.at)}
	switch c {
	case 0:
		if p.at < len(p.data) {
			return 0, errSyntax
		}
		return 0, errShort
	case '{':
		n.shape = shapeObject
	case '[':
		n.shape = shapeList
	case '"', '\'':
		return p.text(parent, last, n, c)
	case '}', ']', ',', ':':
		return 0, errSyntax
	default:
		return p.word(parent, last, n)
	}
	if depth >= maxDepth {
		return 0, errDeep
	}
	p.at++
	i := last
	if key.field != fSkip {
		i = p.tree.add(parent, last, n)
	}
	if n.shape == shapeObject {
		return i, p.object(i, key.field == fSkip, depth)
	}
	return i, p.list(i, key.field == fSkip, depth)
}

// object reads the members of an object whose brace is behind. When it is
// skipped, nothing of it is kept.
func (p *jsonParser) object(self int32, skip bool, depth int) error {
	var last int32
	for {
		switch c := p.space(); c {
		case 0:
			return p.end()
		case '}':
			p.at++
			return nil
		case ',':
			p.at++
			continue
		case ']':
			return errSyntax
		}
		raw, err := p.key()
		if err != nil {
			return err
		}
		if c := p.space(); c == 0 {
			return p.end()
		} else if c != ':' {
			return errSyntax
		}
		p.at++
		meaning := keyMeaning{field: fSkip}
		if !skip {
			meaning = p.keys.of(raw)
		}
		p.inObject = true
		if last, err = p.value(self, last, meaning, depth+1); err != nil {
			return err
		}
	}
}

func (p *jsonParser) list(self int32, skip bool, depth int) error {
	var last int32
	meaning := keyMeaning{}
	if skip {
		meaning.field = fSkip
	}
	for {
		switch c := p.space(); c {
		case 0:
			return p.end()
		case ']':
			p.at++
			return nil
		case ',':
			p.at++
			continue
		case '}':
			return errSyntax
		}
		p.inObject = false
		var err error
		if last, err = p.value(self, last, meaning, depth+1); err != nil {
			return err
		}
	}
}

// end tells what the lack of data means.
func (p *jsonParser) end() error {
	if p.at < len(p.data) {
		return errSyntax // a NUL byte
	}
	return errShort
}

// key reads the name of a member: quoted, or bare as JavaScript writes it.
func (p *jsonParser) key() ([]byte, error) {
	start := p.at
	quote := p.data[p.at]
	if quote != '"' && quote != '\'' {
		for p.at < len(p.data) && bareKey(p.data[p.at]) {
			p.at++
		}
		if p.at == len(p.data) {
			return nil, errShort
		}
		if p.at == start {
			return nil, errSyntax
		}
		return p.data[start:p.at], nil
	}
	end := bytes.IndexByte(p.data[start+1:], quote)
	if end < 0 {
		if len(p.data)-start > 1000 {
			return nil, errSyntax
		}
		return nil, errShort
	}
	p.at = start + 1 + end + 1
	return p.data[start+1 : start+1+end], nil
}

func bareKey(c byte) bool {
	return c == '_' || c == '.' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
