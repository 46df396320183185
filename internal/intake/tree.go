package intake

// shape is what a value of a record is.
type shape uint8

const (
	shapeNull shape = iota
	shapeText
	shapeNumber
	shapeWord // true, false, NaN…
	shapeObject
	shapeList
)

// node is a value of a record, in an arena that serves for every record: no
// allocation while parsing.
type node struct {
	from, to uint32 // where its text is, without quotes
	next     int32  // the value after it in the same object or list, 0 when last
	first    int32  // its first value, 0 when none
	field    field
	number   uint8 // of a numbered column
	shape    shape
	escaped  bool // its text holds JSON escapes
}

// tree is one record. Node 0 is the record itself.
type tree struct {
	text  []byte
	extra []byte // texts made while reading; their places are counted after text
	nodes []node
}

// raw is the text of a node as it stands in the file.
func (t *tree) raw(i int32) []byte {
	n := &t.nodes[i]
	if base := uint32(len(t.text)); n.from >= base {
		return t.extra[n.from-base : n.to-base]
	}
	return t.text[n.from:n.to]
}

// put makes pieces put end to end the text of a node.
func (t *tree) put(i int32, pieces ...[]byte) {
	from := len(t.text) + len(t.extra)
	for _, p := range pieces {
		t.extra = append(t.extra, p...)
	}
	t.nodes[i].from, t.nodes[i].to = uint32(from), uint32(len(t.text)+len(t.extra))
}

// child is the first value of an object that has this meaning, 0 when none.
func (t *tree) child(i int32, f field) int32 {
	for c := t.nodes[i].first; c != 0; c = t.nodes[c].next {
		if t.nodes[c].field == f {
			return c
		}
	}
	return 0
}

// strong counts the values of an object that only award notices have.
func (t *tree) strong(i int32) int {
	n := 0
	for c := t.nodes[i].first; c != 0; c = t.nodes[c].next {
		if t.nodes[c].field.strong() {
			n++
		}
	}
	return n
}

// root is the object that holds the values of the record: itself, or what some
// exports wrap in « fields ».
func (t *tree) root() int32 {
	if c := t.child(0, fFields); c != 0 && t.nodes[c].shape == shapeObject && t.strong(0) == 0 {
		return c
	}
	return 0
}

// begun tells that what was read of an object is the beginning of a notice,
// and not a contractor or a modification.
func (t *tree) begun() bool {
	for _, f := range [...]field{fBuyer, fBuyerID, fObject, fCPV} {
		if len(t.nodes) > 0 && t.child(0, f) != 0 {
			return true
		}
	}
	return false
}

// reset empties the tree over a new text.
func (t *tree) reset(text []byte) {
	t.text, t.extra, t.nodes = text, t.extra[:0], t.nodes[:0]
}

// add appends a value to the object or list parent, after the value last of it
// (0 when it is the first), and returns it. The first value added is the record.
func (t *tree) add(parent, last int32, n node) int32 {
	i := int32(len(t.nodes))
	t.nodes = append(t.nodes, n)
	switch {
	case i == 0:
	case last == 0:
		t.nodes[parent].first = i
	default:
		t.nodes[last].next = i
	}
	return i
}

// keys remembers what the keys of a file mean, by their exact spelling.
type keys map[string]keyMeaning

type keyMeaning struct {
	field  field
	number uint8
}

// maxKeys bounds what is remembered of a hostile file.
const maxKeys = 4096

func (k keys) of(raw []byte) keyMeaning {
	if m, ok := k[string(raw)]; ok {
		return m
	}
	f, number := fieldOf(Fold(string(raw)))
	m := keyMeaning{f, number}
	if len(k) < maxKeys && len(raw) < 100 {
		k[string(raw)] = m
	}
	return m
}
