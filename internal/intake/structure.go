package intake

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"

	"passerelle/internal/insertion"
)

// StructureRecord is one record of a directory: a structure, or the reason why
// it is none. A record that names two types is two records: the key is
// (SIRET, type).
type StructureRecord struct {
	Number    int // in the file, from 1
	Line      int // its first line, 0 when unknown
	Structure insertion.Structure
	Refusal   *insertion.Refusal
	// Reference tells a record that describes others (a sector, a network, an
	// activity joined to its structure): it is read, and changes nothing alone.
	Reference bool
}

// Located is a commune found for an address.
type Located struct {
	INSEE, Department, City string
	Lat, Lon                float64
}

// StructureOptions complete what directories leave out.
type StructureOptions struct {
	// Locate finds the commune of an address by INSEE code, else postal code and
	// name; nil leaves addresses as they are.
	Locate func(insee, postal, city string) (Located, bool)
	// Join holds what other files of the same command say of the structures:
	// sectors, networks, activities, services. Nil when there is one file.
	Join *Join
	// Now dates the monthly columns that say no year; today when zero.
	Now time.Time
}

// StructureReader reads the structures of one file, in order.
type StructureReader struct {
	ctx    context.Context
	opt    StructureOptions
	in     *Input
	member *Member
	format string
	hash   string
}

// Structures opens a directory of structures, compressed or not: the ASP list,
// the merged directory, FINESS, data.inclusion, le marché de l'inclusion, les
// emplois, our own sheet. Its error is a *FileError when the file holds none.
func Structures(ctx context.Context, name string, r io.Reader, opt StructureOptions) (*StructureReader, error) {
	in, err := Open(name, r)
	if err != nil {
		return nil, err
	}
	m, err := in.Next()
	if err == nil && !in.Spreadsheet && !Sniff(m.Head).Structures() {
		err = &FileError{File: m.Name, Offset: -1, Err: ErrUnknown, Reason: "ce n'est pas un annuaire de structures reconnu",
			Remedy: "attendus : liste ASP, FINESS, data.inclusion, Marché de l'inclusion, ou notre modèle (passerelle structures --modele structures.xlsx)"}
	}
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	if opt.Join == nil {
		opt.Join = NewJoin()
	}
	if opt.Now.IsZero() {
		opt.Now = time.Now()
	}
	return &StructureReader{ctx: ctx, opt: opt, in: in, member: m, format: structureFormat(in.Spreadsheet, m.Head)}, nil
}

// structureFormat is the French name of a directory's format.
func structureFormat(workbook bool, head []byte) string {
	switch {
	case workbook:
		return "structures, classeur XLSX"
	case Sniff(head) == FormatStructuresJSON:
		return "structures, " + jsonDialect(head)
	}
	t, err := NewTable("", newHead(head))
	if err != nil {
		return string(FormatStructuresCSV)
	}
	switch {
	case t.Has("mesure", "siret"):
		return "structures, liste ASP"
	case t.Has("etsiret"):
		return "structures, FINESS"
	case t.Has("siret", "type", "precisiongeo"):
		return "structures, annuaire consolidé"
	case t.Has("siret", "type", "zone"):
		return "structures, modèle Passerelle"
	}
	return string(FormatStructuresCSV)
}

// Format is the format read, in French.
func (s *StructureReader) Format() string { return s.format }

// Bytes is how much of the file, as stored, has been read.
func (s *StructureReader) Bytes() int64 { return s.in.Bytes() }

// Size is the number of bytes of the file, 0 when unknown.
func (s *StructureReader) Size() int64 { return s.in.Size() }

// Hash is the SHA-256 of the file once Each has ended by itself; "" before.
func (s *StructureReader) Hash() string { return s.hash }

// Each yields every record once, then at most one error: why the reading
// stopped before the end. It can be called once.
func (s *StructureReader) Each() iter.Seq2[StructureRecord, error] {
	return func(yield func(StructureRecord, error) bool) {
		defer s.in.Close()
		number := 0
		going := true
		send := func(r StructureRecord) bool {
			number++
			r.Number = number
			if r.Refusal != nil {
				r.Refusal.Record, r.Refusal.Line = number, r.Line
			}
			going = going && s.ctx.Err() == nil && yield(r, nil)
			return going
		}
		err := s.read(send)
		if going && err == nil {
			err = s.ctx.Err()
		}
		if going && err != nil {
			yield(StructureRecord{}, err)
			return
		}
		if going {
			s.hash, _ = s.in.Hash()
		}
	}
}

func (s *StructureReader) read(send func(StructureRecord) bool) error {
	b := structureBuilder{opt: s.opt}
	switch {
	case s.in.Spreadsheet:
		r, size := s.in.Workbook()
		return readWorkbook(s.member.Name, io.NewSectionReader(r, 0, size), b, send)
	case Sniff(s.member.Head) == FormatStructuresJSON:
		return readStructureJSON(s.member, b, send)
	}
	t, err := NewTable(s.member.Name, s.member.Reader)
	if err != nil {
		return err
	}
	return b.table(t, send)
}

// table reads a CSV of structures, row by row.
func (b structureBuilder) table(t *Table, send func(StructureRecord) bool) error {
	columns := map[structureField][]string{}
	for folded := range t.columns {
		if f, ok := structureColumn(folded); ok {
			columns[f] = append(columns[f], folded)
		}
	}
	finess := t.Has("etsiret")
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		said := sayings{line: row.Line}
		for f, names := range columns {
			for _, name := range sortedNames(names) {
				if v := Value(row.Field(name)); v != "" {
					said.add(f, name, v)
				}
			}
		}
		if finess {
			said.add(sKind, "", string(insertion.ESAT))
		}
		if row.TooLong {
			said = sayings{line: row.Line, broken: "la ligne dépasse 4 Mo"}
		}
		for _, r := range b.build(said) {
			if !send(r) {
				return nil
			}
		}
	}
}
