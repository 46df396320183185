package bilan

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strconv"
)

// seal is the fingerprint of a report: SHA-256 of all it says, each text preceded
// by its length so that no two reports are written alike. Neither the clock, the
// locale nor the order of a map comes in.
func (r Report) seal() string {
	s := sealer{sha256.New()}
	s.text(r.Rules, r.Title, r.Scope, string(r.Query.On))
	s.numbers(int64(r.Query.Year), int64(r.Query.Buyer), int64(r.Query.Divisor), int64(r.Query.Least), int64(len(r.Figures)))
	for _, f := range r.Figures {
		s.text(f.ID, f.Label, string(f.Unit), f.Note)
		s.numbers(f.Cell.Value, int64(f.Cell.State))
	}
	s.numbers(int64(len(r.Tables)))
	for _, t := range r.Tables {
		s.table(t)
	}
	s.text(r.Notes...)
	return hex.EncodeToString(s.Sum(nil))
}

type sealer struct{ hash.Hash }

func (s sealer) table(t Table) {
	s.text(t.ID, t.Title, t.Note, t.Head)
	s.numbers(int64(t.Picture), int64(len(t.Columns)), int64(len(t.Rows)))
	for _, c := range t.Columns {
		s.text(c.Label, string(c.Unit))
	}
	for _, r := range t.Rows {
		total := int64(0)
		if r.Total {
			total = 1
		}
		s.text(r.Label)
		s.numbers(int64(r.Level), total, int64(len(r.Cells)))
		for _, c := range r.Cells {
			s.numbers(c.Value, int64(c.State))
		}
	}
}

func (s sealer) text(some ...string) {
	for _, t := range some {
		s.Write([]byte(strconv.Itoa(len(t)) + ":" + t))
	}
}

func (s sealer) numbers(some ...int64) {
	for _, n := range some {
		s.Write([]byte(strconv.FormatInt(n, 10) + ";"))
	}
}
