package insertion

import "time"

// DraftID is one draft kept in the file.
type DraftID int64

// Draft is a form that was being filled when its session ended before it was
// saved.
type Draft struct {
	ID     DraftID           `json:"-"`          // 0 until it is kept
	Form   string            `json:"formulaire"` // which form, about what
	Title  string            `json:"titre"`      // as people know it
	About  Subject           `json:"sujet"`      // the page it opens from, when there is one
	Fields map[string]string `json:"champs"`     // what was typed, by field
	Opened map[string]string `json:"depart"`     // what those fields said before
	At     time.Time         `json:"-"`
}
