package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"passerelle/internal/insertion"
)

// Options narrow or complete what is read.
type Options struct {
	// Departments are the codes of the territory to keep, all when empty. A
	// notice of another is a Refusal, « hors du territoire demandé ».
	Departments []string
	// Resolve understands a declared place, knowing its buyer's SIRET; nil leaves
	// places as declared. It is called from the goroutine that parses.
	Resolve func(p insertion.Place, buyerSIRET string) insertion.Place
}

// NoticeReader reads the notices of one file, in order, in bounded memory.
type NoticeReader struct {
	ctx    context.Context
	opt    Options
	in     *Input
	first  *Member
	others []error // why the members of an archive before the first were left aside
	format Format
	hash   string
}

// batch is how many records cross from the goroutine that parses at a time.
const batch = 256

// Notices opens a file of award notices, compressed or not, and tells its
// format. Its error is a *FileError when the file holds no notices.
func Notices(ctx context.Context, name string, r io.Reader, opt Options) (*NoticeReader, error) {
	in, err := Open(name, r)
	if err != nil {
		return nil, err
	}
	n := &NoticeReader{ctx: ctx, opt: opt, in: in}
	for {
		m, err := in.Next()
		if errors.Is(err, io.EOF) {
			err = &FileError{File: in.Name, Offset: -1, Reason: "l'archive ne contient aucun fichier d'avis", Remedy: "vérifiez son contenu", Err: ErrEmpty}
		}
		if err != nil {
			in.Close()
			return nil, err
		}
		n.first, n.format = m, Sniff(m.Head)
		if n.format.Notices() || in.zip == nil || in.Spreadsheet {
			break
		}
		n.others = append(n.others, unfit(m.Name, n.format))
	}
	if !n.format.Notices() {
		in.Close()
		return nil, unfit(n.first.Name, n.format)
	}
	return n, nil
}

// unfit says why a text is not a list of award notices.
func unfit(name string, f Format) error {
	e := &FileError{File: name, Offset: -1, Err: ErrUnknown}
	switch {
	case f == FormatEmpty:
		e.Reason, e.Remedy, e.Err = "le fichier est vide", "téléchargez-le de nouveau", ErrEmpty
	case f.Structures():
		e.Reason, e.Remedy = "ce sont des structures, pas des avis d'attribution", "importez-le comme annuaire de structures"
	case f.Places():
		e.Reason, e.Remedy = "ce sont des communes, pas des avis d'attribution", "importez-le comme fichier de communes"
	case f == FormatZip:
		e.Reason, e.Remedy = "c'est une archive dans une archive", "décompressez-la d'abord"
	default:
		e.Reason, e.Remedy = "ce n'est pas un fichier d'avis d'attribution (DECP en JSON, XML ou CSV)", "vérifiez qu'il vient d'un profil d'acheteur, de data.gouv.fr ou de data.economie"
	}
	return e
}

// Format is the format of the first file read, in French.
func (n *NoticeReader) Format() string { return string(n.format) }

// Bytes is how much of the file, as stored, has been read; Size is how much
// there is, 0 when unknown. Both may be called while Each runs.
func (n *NoticeReader) Bytes() int64 { return n.in.Bytes() }

// Size is the number of bytes of the file as stored, 0 when unknown.
func (n *NoticeReader) Size() int64 { return n.in.Size() }

// Hash is the SHA-256 of the file, in hexadecimal, once Each has ended by
// itself; "" before.
func (n *NoticeReader) Hash() string { return n.hash }

// Each yields every record once, then at most one error: why the reading
// stopped before the end. It parses ahead in a goroutine that has ended when
// Each returns; it can be called once.
func (n *NoticeReader) Each() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		ctx, cancel := context.WithCancel(n.ctx)
		batches := make(chan []Record, 4)
		var failure error
		go func() {
			defer close(batches)
			failure = n.parse(ctx, batches)
		}()
		going := true
		for records := range batches {
			for i := range records {
				if going = going && yield(records[i], nil); !going {
					cancel()
					break
				}
			}
		}
		cancel()
		if going && failure != nil {
			yield(Record{}, failure)
		}
	}
}

// parse sends the records of every text of the file.
func (n *NoticeReader) parse(ctx context.Context, batches chan<- []Record) (err error) {
	defer func() {
		if p := recover(); p != nil { // a panic here would end the whole program, and every session with it
			err = &FileError{File: n.in.Name, Offset: -1, Reason: "la lecture a échoué : " + shorten(Clean(fmt.Sprint(p)), 200), Remedy: "signalez ce fichier aux auteurs de Passerelle", Err: ErrBroken}
		}
		if ctx.Err() == nil {
			n.hash, _ = n.in.Hash()
		}
		n.in.Close()
	}()
	out := &sender{ctx: ctx, to: batches, records: make([]Record, 0, batch)}
	k := keys{}
	b := newBuilder(n.opt, k)
	for _, why := range n.others {
		if err := out.aside(why); err != nil {
			return err
		}
	}
	for m := n.first; ; {
		if err := n.text(m, k, b, out); err != nil {
			return errors.Join(out.flush(), err)
		}
		if m, err = n.in.Next(); err != nil {
			break
		}
	}
	if flushed := out.flush(); flushed != nil {
		return flushed
	}
	if !errors.Is(err, io.EOF) {
		return err
	}
	if out.number == 0 {
		return &FileError{File: n.in.Name, Offset: -1, Reason: "la liste des marchés est vide : il n'y a rien à importer", Err: ErrEmpty}
	}
	return nil
}

// text reads one text: the file itself or a member of an archive.
func (n *NoticeReader) text(m *Member, k keys, b *builder, out *sender) error {
	format := Sniff(m.Head)
	switch format {
	case FormatNoticesJSON19, FormatNoticesJSON22, FormatNoticesFlat:
		j := newJSONReader(m.Name, newWindow(m.Reader), k)
		return out.trees(j.next, b)
	case FormatNoticesXML:
		x := &xmlReader{name: m.Name, w: newWindow(m.Reader), keys: k}
		return out.trees(x.next, b)
	case FormatNoticesODS, FormatNoticesTabular, FormatNoticesSCDL, FormatNoticesCSV:
		t, err := NewTable(m.Name, m.Reader)
		if err != nil {
			return err
		}
		return newGrouper(t, format, b).each(out)
	}
	return out.aside(unfit(m.Name, format)) // one among others of an archive
}

// sender numbers records and sends them in batches.
type sender struct {
	ctx     context.Context
	to      chan<- []Record
	records []Record
	number  int
}

// record begins the next record, in place.
func (s *sender) record(at position) *Record {
	s.number++
	s.records = append(s.records, Record{Number: s.number, Line: at.line})
	return &s.records[len(s.records)-1]
}

// aside refuses a whole text of an archive, so that nothing is left out unsaid.
func (s *sender) aside(why error) error {
	var e *FileError
	if !errors.As(why, &e) {
		return why
	}
	rec := s.record(position{})
	rec.Refusal = &insertion.Refusal{Record: rec.Number, Field: "fichier", Value: shorten(e.File, 120), Reason: e.Reason}
	return s.send()
}

// send ends the record begun.
func (s *sender) send() error {
	if len(s.records) < batch {
		return nil
	}
	return s.flush()
}

func (s *sender) flush() error {
	if len(s.records) == 0 {
		return s.ctx.Err()
	}
	select {
	case s.to <- s.records:
		s.records = make([]Record, 0, batch)
		return nil
	case <-s.ctx.Done():
		return s.ctx.Err()
	}
}

// trees sends the notice of every tree of a text.
func (s *sender) trees(next func(*tree) (position, *trouble, bool, error), b *builder) error {
	var t tree
	for {
		at, bad, ok, err := next(&t)
		if bad != nil {
			rec := s.record(at)
			rec.Refusal = &insertion.Refusal{Record: rec.Number, Line: at.line, Value: shorten(Clean(bad.value), 120), Reason: bad.reason}
			if failed := s.send(); failed != nil {
				return failed
			}
		}
		if err != nil || !ok {
			return s.counted(err)
		}
		if bad == nil {
			b.build(&t, at, s.record(at))
			if failed := s.send(); failed != nil {
				return failed
			}
		}
	}
}

// counted says in the sentence of a file cut short how much of it is kept.
func (s *sender) counted(err error) error {
	var e *FileError
	if errors.As(err, &e) && errors.Is(err, ErrTruncated) {
		return &FileError{File: e.File, Line: e.Line, Offset: e.Offset, Err: e.Err, Remedy: e.Remedy,
			Reason: e.Reason + ", après " + insertion.Counted(s.number, "enregistrement", "enregistrements")}
	}
	return err
}
