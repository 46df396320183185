package table

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"strings"
)

// Write writes the table: a mark, then the deflated columns. The same table and
// the same Go release give the same bytes.
func (t *Table) Write(w io.Writer) error {
	var p writer
	t.areas(&p)
	t.communes(&p)
	t.posts(&p)
	t.points(&p)
	t.links(&p, t.Territories)
	t.links(&p, t.Districts)
	t.old(&p)
	if _, err := io.WriteString(w, mark); err != nil {
		return err
	}
	size := binary.AppendUvarint(nil, uint64(p.Len()))
	if _, err := w.Write(size); err != nil {
		return err
	}
	z, err := flate.NewWriter(w, flate.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(p.Bytes()); err != nil {
		return err
	}
	return z.Close()
}

const mark = "PLACE1"

type writer struct{ bytes.Buffer }

func (p *writer) uint(n uint64) { p.Write(binary.AppendUvarint(nil, n)) }
func (p *writer) int(n int64)   { p.Write(binary.AppendVarint(nil, n)) }
func (p *writer) text(s string) { p.uint(uint64(len(s))); p.WriteString(s) }

func (t *Table) areas(p *writer) {
	for _, list := range [][]Area{t.Regions, t.Departments, t.Groups} {
		var codes, names []string
		for _, a := range list {
			codes, names = append(codes, a.Code), append(names, a.Name)
		}
		p.uint(uint64(len(list)))
		p.text(strings.Join(codes, "\n"))
		p.text(strings.Join(names, "\n"))
		for _, a := range list {
			p.uint(uint64(a.Region))
		}
	}
}

func (t *Table) communes(p *writer) {
	n := t.Len()
	p.uint(uint64(n))
	counts := make([]uint64, len(t.Departments))
	for _, d := range t.Department {
		counts[d]++
	}
	for _, c := range counts {
		p.uint(c)
	}
	last := uint32(0)
	for i := range n { // the codes, as steps within a département
		code := t.Code(i)
		if i == 0 || t.Department[i] != t.Department[i-1] {
			last = 0
		}
		number := number(code[len(t.Departments[t.Department[i]].Code):])
		p.uint(uint64(number - last))
		last = number
	}
	p.text(strings.Join(t.Names.all(), "\n"))
	for _, v := range t.Population {
		p.uint(uint64(v))
	}
	for _, v := range t.Group {
		p.Write(binary.LittleEndian.AppendUint16(nil, v))
	}
	for i, siren := range t.Siren {
		switch eight := siren / 10; {
		case siren == 0:
			p.int(none)
		case eight/10_000 == Predicted(t.Code(i))/10_000:
			p.int(int64(eight) - int64(Predicted(t.Code(i))))
		default:
			p.int(explicit)
			p.uint(uint64(eight))
		}
	}
}

// What stands in the column of differences for a SIREN that is not one.
const none, explicit = 100_000, 100_001

func (t *Table) posts(p *writer) {
	p.Write(t.Posts)
	last := int64(0)
	for _, v := range t.Postal {
		p.int(int64(v) - last)
		last = int64(v)
	}
}

// points writes coordinates as steps from the commune before: half the bytes
// of the plain numbers.
func (t *Table) points(p *writer) {
	for _, column := range [][]int32{t.Lat, t.Lon} {
		last := int32(0)
		for _, v := range column {
			p.int(int64(v - last))
			last = v
		}
	}
	bits := make([]byte, (t.Len()+7)/8)
	for i, rough := range t.Rough {
		if rough {
			bits[i/8] |= 1 << (i % 8)
		}
	}
	p.Write(bits)
}

func (t *Table) links(p *writer, links []Link) {
	p.uint(uint64(len(links)))
	for _, l := range links {
		p.uint(uint64(l.From))
		p.uint(uint64(l.To))
	}
}

func (t *Table) old(p *writer) {
	p.text(t.OldCodes)
	p.text(strings.Join(t.OldNames.all(), "\n"))
	for _, to := range t.OldTo {
		p.Write(binary.LittleEndian.AppendUint16(nil, to))
	}
}

func (s Strings) all() []string {
	list := make([]string, s.Len())
	for i := range list {
		list[i] = s.At(i)
	}
	return list
}
