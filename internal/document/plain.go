package document

import (
	"passerelle/internal/insertion"
	"passerelle/internal/report"
)

// Plain is a document as scripts read it: what each field says, then the blocks in
// order.
type Plain struct {
	Kind   insertion.DocumentKind `json:"genre"`
	Title  string                 `json:"titre"`
	About  string                 `json:"sujet"`
	On     insertion.Date         `json:"date"`
	To     []string               `json:"destinataire,omitempty"`
	Mark   string                 `json:"mention,omitempty"`
	Fields map[string]string      `json:"champs"`
	Blocks []PlainBlock           `json:"blocs"`
	Reread []string               `json:"a_relire,omitempty"` // French: words to read again before it leaves
}

// PlainBlock is one block: only the fields of its kind are there.
type PlainBlock struct {
	Kind  string     `json:"bloc"` // titre, paragraphe, liste, tableau, barres, signatures, filet, page
	Level int        `json:"niveau,omitempty"`
	Text  string     `json:"texte,omitempty"`
	Items []string   `json:"elements,omitempty"`
	Head  []string   `json:"entetes,omitempty"`
	Rows  [][]string `json:"lignes,omitempty"`
}

// Plain gives the facts and the paper made of them as data.
func (s Sheet) Plain(known insertion.DocumentFacts, p report.Paper) Plain {
	out := Plain{Kind: s.Kind, Title: p.Title, About: p.About, On: p.On, To: p.To, Mark: p.Mark, Fields: map[string]string{}, Blocks: []PlainBlock{}}
	for _, f := range s.Fields() {
		if f.Name != "points" {
			if value := f.text(facts{known}); value != nothing {
				out.Fields[f.Name] = value
			}
		}
	}
	for _, b := range p.Blocks {
		out.Blocks = append(out.Blocks, plainBlock(b))
	}
	return out
}

func plainBlock(b report.Block) PlainBlock {
	switch b := b.(type) {
	case report.Heading:
		return PlainBlock{Kind: "titre", Level: b.Level, Text: b.Text}
	case report.Paragraph:
		return PlainBlock{Kind: "paragraphe", Text: plain(b.Runs)}
	case report.Bullets:
		out := PlainBlock{Kind: "liste"}
		for _, item := range b.Items {
			out.Items = append(out.Items, plain(item))
		}
		return out
	case report.Grid:
		return PlainBlock{Kind: "tableau", Head: b.Head, Rows: b.Rows}
	case report.Bars:
		out := PlainBlock{Kind: "barres", Text: b.Title}
		for i, name := range b.Names {
			out.Rows = append(out.Rows, []string{name, b.Shown[i]})
		}
		return out
	case report.Signatures:
		return PlainBlock{Kind: "signatures", Items: b.Who}
	case report.PageBreak:
		return PlainBlock{Kind: "page"}
	}
	return PlainBlock{Kind: "filet"}
}
