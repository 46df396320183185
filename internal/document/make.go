package document

import (
	"cmp"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/report"
)

// Paper makes a document of facts with a wording, the program's own when it is "".
// The wording must pass Check: a field it does not know would print as points.
func (s Sheet) Paper(known insertion.DocumentFacts, wording string) report.Paper {
	f := facts{known}
	values := map[string]Field{}
	for _, one := range s.Fields() {
		values[one.Name] = one
	}
	filler := filler{
		grammar: newGrammar(),
		field: func(name string) string {
			one, ok := values[name]
			if !ok {
				return ""
			}
			return one.text(f)
		},
		block: func(name, arguments string) []report.Block {
			one, ok := s.blockNamed(name)
			if !ok {
				return nil
			}
			return one.table(f, arguments)
		},
	}
	filler.fill(cmp.Or(wording, Wording(s.Kind)))
	p := report.Paper{
		Head: s.head(f), Mark: s.mark, Title: cmp.Or(filler.title, s.Label), On: f.On, Blocks: filler.blocks,
	}
	if s.toFirm {
		p.To = []string{f.Lot.Lead.Label()}
		if f.Lot.Lead.Name != "" && f.Lot.Lead.Kind == insertion.SIRET {
			p.To = append(p.To, "SIRET "+insertion.SpacedSIRET(f.Lot.Lead.ID))
		}
	} else {
		p.About = f.about()
	}
	p.Foot = cmp.Or(s.letterhead(f).Foot, said(s.Label, cmp.Or(lowered(p.About), "marché "+f.reference())))
	if len([]rune(p.Foot)) > 120 {
		p.Foot = s.Label
	}
	return p
}

// about is the line under the title.
func (f facts) about() string {
	switch {
	case f.Kind == insertion.DocEligibility:
		return f.Person.Code()
	case f.Kind == insertion.DocPresence:
		return said(f.Person.Code(), f.period())
	}
	return "Marché " + f.reference()
}

// letterhead is whose paper it is written on.
func (s Sheet) letterhead(f facts) insertion.Letterhead {
	if s.byBuyer {
		return f.Buyer
	}
	own := f.Own
	own.Name = f.ownName()
	return own
}

func (s Sheet) head(f facts) report.Head {
	l := s.letterhead(f)
	h := report.Head{Name: l.Name, Image: l.Image}
	for _, line := range append([]string{l.Service}, append(strings.Split(l.Address, "\n"), said(l.Facilitator, l.Contact))...) {
		if line = strings.TrimSpace(line); line != "" {
			h.Lines = append(h.Lines, line)
		}
	}
	return h
}

// lowered writes « Marché … » inside a sentence.
func lowered(about string) string {
	if rest, ok := strings.CutPrefix(about, "Marché "); ok {
		return "marché " + rest
	}
	return about
}
