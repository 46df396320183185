package intake

import (
	"bytes"
	"errors"
	"slices"
)

// Limits of one record; what is longer or deeper is refused and stepped over.
const (
	maxRecord = 8 << 20
	maxNested = 16 // lists around the records
)

// trouble is why one record could not be parsed.
type trouble struct {
	reason string
	value  string
}

// jsonReader finds the records of a JSON text wherever they are: under
// « marches », in a bare list, one after the other. It keeps one in memory.
type jsonReader struct {
	name   string
	w      *window
	parser jsonParser
	open   []level // lists and objects being read, outermost first
	first  []byte  // the first key of the first record, to find the next after a broken one
}

// level is a list or an object that holds records.
type level struct {
	bracket    byte // '[' or '{'
	concession bool
	records    bool // an object directly in it is a record
}

// position is where a record begins.
type position struct {
	line       int
	offset     int64
	concession bool
}

func newJSONReader(name string, w *window, k keys) *jsonReader {
	return &jsonReader{name: name, w: w, parser: jsonParser{keys: k}}
}

// next parses the next record into t. A record that cannot be gives a trouble;
// the end gives ok false with a nil error, or a *FileError.
func (j *jsonReader) next(t *tree) (at position, bad *trouble, ok bool, err error) {
	for {
		c := j.peek()
		at = position{line: j.w.line, offset: j.w.offset(), concession: j.top().concession}
		if c == 0 {
			return at, nil, false, j.ended()
		}
		switch top := j.top(); {
		case c == ',':
			j.w.skip(1)
		case c == '}' || c == ']':
			if len(j.open) > 0 {
				j.open = j.open[:len(j.open)-1]
			}
			j.w.skip(1)
		case top.bracket == '{':
			if err := j.member(); err != nil {
				return at, nil, false, err
			}
		case c == '[':
			if err := j.push(level{'[', top.concession, true}); err != nil {
				return at, nil, false, err
			}
		case c == '{':
			if j.container() {
				if err := j.push(level{'{', top.concession, false}); err != nil {
					return at, nil, false, err
				}
				continue
			}
			bad, err := j.record(t)
			if err == nil && bad == nil && top.bracket == 0 && t.strong(t.root()) < 2 {
				err = unfit(j.name, FormatUnknown)
			}
			return at, bad, err == nil, err
		case top.bracket == 0:
			return at, nil, false, j.stop("ce n'est pas du JSON", "", ErrBroken)
		default:
			return at, j.scalar(), true, nil
		}
	}
}

// top is the innermost list or object open; zero at the root.
func (j *jsonReader) top() level {
	if len(j.open) == 0 {
		return level{}
	}
	return j.open[len(j.open)-1]
}

func (j *jsonReader) push(l level) error {
	if len(j.open) >= maxNested {
		return j.stop("les listes sont imbriquées sans mesure", "ce n'est pas un fichier d'avis d'attribution : vérifiez sa provenance", ErrTooDeep)
	}
	j.open = append(j.open, l)
	j.w.skip(1)
	return nil
}

// peek skips white space and returns the next byte, 0 at the end.
func (j *jsonReader) peek() byte {
	for {
		rest := j.w.rest()
		c, at := afterSpace(rest, 0)
		j.w.skip(at)
		if at < len(rest) {
			if c == 0 {
				j.w.skip(1)
				continue
			}
			return c
		}
		if !j.w.more() {
			return 0
		}
	}
}

// ended tells whether the text ends where it should.
func (j *jsonReader) ended() error {
	if err := j.w.failure(); err != nil {
		return err
	}
	if len(j.open) > 0 {
		return j.truncated()
	}
	return nil
}

func (j *jsonReader) truncated() error {
	if err := j.w.failure(); err != nil {
		return err
	}
	return j.stop("le fichier s'arrête avant sa fin", "les avis déjà lus sont gardés ; téléchargez-le de nouveau", ErrTruncated)
}

func (j *jsonReader) stop(reason, remedy string, kind error) error {
	return &FileError{File: j.name, Line: j.w.line, Offset: j.w.offset(), Reason: reason, Remedy: remedy, Err: kind}
}

// container tells whether the object that begins the window holds lists of
// records, rather than being one.
func (j *jsonReader) container() bool {
	inRecords := j.top().records
	for {
		holds, known := j.look(inRecords)
		if known || len(j.w.rest()) > maxRecord || !j.w.more() {
			return holds
		}
	}
}

// look reads the keys of the object that begins the window. In a list of
// records its first key is enough.
func (j *jsonReader) look(inRecords bool) (holds, known bool) {
	p := &j.parser
	p.data, p.at, p.last = j.w.rest(), 1, j.w.err != nil
	strong := 0
	for n := 0; ; n++ {
		switch p.space() {
		case 0:
			return strong == 0 && !inRecords, p.last
		case ',':
			p.at++
			continue
		case '}':
			return n == 0 && !inRecords, true
		}
		raw, err := p.key()
		if err != nil || p.space() != ':' {
			return false, !errors.Is(err, errShort) && p.at < len(p.data) || p.last
		}
		p.at++
		f := p.keys.of(raw).field
		if f.holdsRecords() {
			c := p.space()
			return c == '[' || c == '{' || c == 'n', c != 0 || p.last
		}
		if inRecords || f == fID || f == fFields {
			return false, true
		}
		if f.strong() {
			if strong++; strong == 2 {
				return false, true
			}
		}
		var aside tree
		p.tree = &aside
		p.inObject = true
		if _, err := p.value(0, 0, keyMeaning{field: fSkip}, 1); err != nil {
			return false, !errors.Is(err, errShort) || p.last
		}
	}
}

// member enters the value of a member that holds records and steps over others.
func (j *jsonReader) member() error {
	var raw []byte
	for {
		p := &j.parser
		p.data, p.at, p.last = j.w.rest(), 0, j.w.err != nil
		var err error
		if raw, err = p.key(); err == nil && p.space() == ':' {
			break
		}
		if (err == nil && p.at < len(p.data)) || errors.Is(err, errSyntax) || len(p.data) > maxRecord {
			return j.stop("le JSON est mal formé entre deux listes", "les avis déjà lus sont gardés ; demandez un fichier corrigé à qui le publie", ErrBroken)
		}
		if !j.w.more() {
			return j.truncated()
		}
	}
	f := j.parser.keys.of(raw).field
	j.w.skip(j.parser.at + 1)
	c := j.peek()
	if f.holdsRecords() && (c == '[' || c == '{') {
		concession := f == fConcessions || j.top().concession
		if c == '[' {
			return j.push(level{'[', concession, true})
		}
		if j.container() {
			return j.push(level{'{', concession, false})
		}
		// A single record in place of a list: read as a list of one, whose
		// bracket closes by itself.
		j.open = append(j.open, level{'(', concession, true})
		return nil
	}
	return j.pass(c)
}

// scalar steps over a value that stands where a record should.
func (j *jsonReader) scalar() *trouble {
	rest := j.w.rest()
	value := string(rest[:min(len(rest), 60)])
	if i := bytes.IndexAny(rest, ",]}"); i >= 0 && i < len(value) {
		value = value[:i]
	}
	if err := j.pass(rest[0]); err != nil {
		return &trouble{"ce n'est pas un avis", value} // the end is met again by next
	}
	return &trouble{"ce n'est pas un avis", value}
}

// record parses the object that begins the window.
func (j *jsonReader) record(t *tree) (*trouble, error) {
	j.close()
	for {
		n, err := j.parser.parse(j.w.rest(), j.w.err != nil, t)
		switch {
		case err == nil:
			if j.first == nil {
				j.first = firstKey(t.text)
			}
			j.w.skip(n)
			return nil, nil
		case errors.Is(err, errDeep):
			return &trouble{"l'enregistrement est imbriqué sur plus de 64 niveaux", ""}, j.passNested()
		case errors.Is(err, errSyntax):
			return j.resync(n), nil
		case len(j.w.rest()) > maxRecord:
			return &trouble{"l'enregistrement dépasse 8 Mo", excerpt(j.w.rest())}, j.passNested()
		case !j.w.more():
			return nil, j.truncated()
		}
	}
}

// close forgets the list of one that a single record stands in.
func (j *jsonReader) close() {
	if j.top().bracket == '(' {
		j.open = j.open[:len(j.open)-1]
	}
}

// firstKey is the first key of an object, as it is spelt.
func firstKey(object []byte) []byte {
	open := bytes.IndexByte(object, '"')
	if open < 0 {
		return []byte{}
	}
	end := bytes.IndexByte(object[open+1:], '"')
	if end < 0 || end > 80 {
		return []byte{}
	}
	return slices.Clone(object[open+1 : open+1+end])
}

func excerpt(b []byte) string { return shorten(Clean(string(b[:min(len(b), 80)])), 80) }
