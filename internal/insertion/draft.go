package insertion

import "time"

// Draft is a form that was being filled when its session ended before it was
// saved.
type Draft struct {
	Form   string            `json:"formulaire"` // which form, about what
	Title  string            `json:"titre"`      // as people know it
	About  Subject           `json:"sujet"`      // the page it opens from, when there is one
	Fields map[string]string `json:"champs"`     // what was typed, by field
	Opened map[string]string `json:"depart"`     // what those fields said before
	At     time.Time         `json:"-"`
}
