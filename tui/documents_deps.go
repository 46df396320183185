package tui

import (
	"context"

	"passerelle/internal/insertion"
)

// documentMaker makes documents and says which can be made.
type documentMaker interface {
	Documents(ctx context.Context, about insertion.DocumentSubject) ([]DocumentChoice, error)
	// DocumentText gives the document as text for any width.
	DocumentText(ctx context.Context, kind insertion.DocumentKind, about insertion.DocumentSubject) (func(width int) string, error)
}

// documentSaver writes a document in a file of this machine.
type documentSaver interface {
	// DocumentReread says, in French, what to read again before the document leaves.
	DocumentReread(ctx context.Context, kind insertion.DocumentKind, about insertion.DocumentSubject) ([]string, error)
	SaveDocument(ctx context.Context, kind insertion.DocumentKind, about insertion.DocumentSubject, path string) (Written, error)
}

// DocumentChoice is a kind of document about a subject; Why, when not empty, says
// why it cannot be made now.
type DocumentChoice struct {
	Kind                  insertion.DocumentKind
	Label, For, What, Why string
}

// wordingKeeper reads, checks and keeps the words of documents.
type wordingKeeper interface {
	WordingList(ctx context.Context) ([]WordingRow, error)
	ReadWording(ctx context.Context, kind insertion.DocumentKind) (insertion.Wording, error)
	WriteWording(ctx context.Context, by string, w insertion.Wording) error
	WordingFields(kind insertion.DocumentKind) []string
	TryWording(ctx context.Context, kind insertion.DocumentKind, text string) (func(width int) string, error)
}

// WordingRow is a kind of document and whose words it uses.
type WordingRow struct {
	Kind       insertion.DocumentKind
	Label, For string
	Own        bool // the file's own words
}

// letterheadKeeper reads and keeps the heads of documents.
type letterheadKeeper interface {
	Letterheads(ctx context.Context) ([]insertion.Letterhead, error)
	Letterhead(ctx context.Context, id insertion.OrganisationID) (insertion.Letterhead, error)
	SaveLetterhead(ctx context.Context, by string, l insertion.Letterhead) error
	RemoveLetterhead(ctx context.Context, by string, id insertion.OrganisationID) error
	FindBuyer(ctx context.Context, name string) (insertion.Organisation, error)
}

// imageReader reads an image of this machine, checked.
type imageReader interface {
	ReadImage(ctx context.Context, path string) ([]byte, error)
}
