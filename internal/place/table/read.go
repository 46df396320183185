package table

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

var errBroken = errors.New("the table of communes is broken")

// Read decodes what Write wrote. It holds the inflated bytes (about 1 MB) only
// until it returns.
func Read(data []byte) (*Table, error) {
	rest, ok := bytes.CutPrefix(data, []byte(mark))
	size, n := binary.Uvarint(rest)
	if !ok || n <= 0 || size > 1<<26 {
		return nil, errBroken
	}
	plain := make([]byte, size)
	if _, err := io.ReadFull(flate.NewReader(bytes.NewReader(rest[n:])), plain); err != nil {
		return nil, fmt.Errorf("%w: %w", errBroken, err)
	}
	r := &reader{data: plain}
	t := &Table{}
	t.Regions, t.Departments, t.Groups = r.areas(), r.areas(), r.areas()
	t.readCommunes(r)
	t.readPoints(r)
	t.Territories, t.Districts = r.links(), r.links()
	t.readOld(r)
	if r.bad || len(r.data) != 0 {
		return nil, errBroken
	}
	return t, nil
}

// reader consumes data; after a mistake it gives zeros and stays bad.
type reader struct {
	data []byte
	bad  bool
}

func (r *reader) uint() uint64 {
	if len(r.data) > 0 && r.data[0] < 0x80 { // most values are one byte
		v := r.data[0]
		r.data = r.data[1:]
		return uint64(v)
	}
	v, n := binary.Uvarint(r.data)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.data = r.data[n:]
	return v
}

func (r *reader) int() int64 {
	u := r.uint()
	return int64(u>>1) ^ -int64(u&1)
}

func (r *reader) fail() { r.bad, r.data = true, nil }

func (r *reader) bytes(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.fail()
		return make([]byte, min(max(n, 0), 1<<20))
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

// count reads a length that cannot exceed what is left to read.
func (r *reader) count() int {
	n := r.uint()
	if n > uint64(len(r.data)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) lines(n int) Strings {
	s := Strings{Ends: make([]uint32, 0, n)}
	raw := string(r.bytes(r.count()))
	var text strings.Builder
	text.Grow(len(raw))
	for line := range strings.SplitSeq(raw, "\n") {
		if len(s.Ends) == n {
			break
		}
		text.WriteString(line)
		s.Ends = append(s.Ends, uint32(text.Len()))
	}
	if len(s.Ends) != n {
		r.fail()
		s.Ends = make([]uint32, n)
	}
	s.Text = text.String()
	return s
}

func (r *reader) areas() []Area {
	n := r.count()
	codes, names := r.lines(n), r.lines(n)
	list := make([]Area, n)
	for i := range list {
		list[i] = Area{Code: codes.At(i), Name: names.At(i), Region: int(r.uint())}
	}
	return list
}

func (r *reader) links() []Link {
	list := make([]Link, r.count())
	for i := range list {
		list[i] = Link{uint16(r.uint()), uint16(r.uint())}
	}
	return list
}

func (r *reader) uint16s(n int) []uint16 {
	raw, list := r.bytes(2*n), make([]uint16, n)
	for i := range min(n, len(raw)/2) {
		list[i] = binary.LittleEndian.Uint16(raw[2*i:])
	}
	return list
}

func (t *Table) readCommunes(r *reader) {
	n := r.count()
	t.Department = make([]uint8, 0, n)
	for d := range t.Departments {
		for range min(r.uint(), uint64(n-len(t.Department))) {
			t.Department = append(t.Department, uint8(d))
		}
	}
	if len(t.Department) != n {
		r.fail()
		return
	}
	t.readCodes(r, n)
	t.Names = r.lines(n)
	t.Population = make([]uint32, n)
	for i := range n {
		t.Population[i] = uint32(r.uint())
	}
	t.Group = r.uint16s(n)
	t.Siren = make([]uint32, n)
	for i := range n {
		switch d := r.int(); d {
		case none:
		case explicit:
			t.Siren[i] = WithKey(uint32(r.uint()))
		default:
			t.Siren[i] = WithKey(uint32(int64(Predicted(t.Code(i))) + d))
		}
	}
	t.Posts = bytes.Clone(r.bytes(n))
	total := 0
	for _, c := range t.Posts {
		total += int(c)
	}
	if total > len(r.data) {
		r.fail()
		total = 0
	}
	t.Postal = make([]uint32, total)
	last := int64(0)
	for i := range t.Postal {
		last += r.int()
		t.Postal[i] = uint32(last)
	}
}

func (t *Table) readCodes(r *reader, n int) {
	codes := make([]byte, 0, 5*n)
	last := uint64(0)
	for i := range n {
		if i == 0 || t.Department[i] != t.Department[i-1] {
			last = 0
		}
		last += r.uint()
		dept := t.Departments[t.Department[i]].Code
		codes = append(codes, dept...)
		if len(dept) == 2 {
			codes = append(codes, byte('0'+last/100%10))
		}
		codes = append(codes, byte('0'+last/10%10), byte('0'+last%10))
	}
	if len(codes) != 5*n {
		r.fail()
		codes = make([]byte, 5*n)
	}
	t.Codes = string(codes)
}

func (t *Table) readPoints(r *reader) {
	n := t.Len()
	for _, column := range []*[]int32{&t.Lat, &t.Lon} {
		values, last := make([]int32, n), int32(0)
		for i := range values {
			last += int32(r.int())
			values[i] = last
		}
		*column = values
	}
	bits := r.bytes((n + 7) / 8)
	t.Rough = make([]bool, n)
	for i := range min(n, 8*len(bits)) {
		t.Rough[i] = bits[i/8]>>(i%8)&1 == 1
	}
}

func (t *Table) readOld(r *reader) {
	t.OldCodes = string(r.bytes(r.count()))
	n := len(t.OldCodes) / 5
	t.OldNames = r.lines(n)
	t.OldTo = r.uint16s(n)
	for _, to := range t.OldTo {
		if int(to) >= t.Len() {
			r.fail()
		}
	}
}
