package tui

import (
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// What a person types in a field, read by kind; the error marks the field. An
// empty field is the zero value.

func dateField(get func(string) string, name string) (insertion.Date, error) {
	d, err := insertion.ParseDate(get(name))
	return d, marked(name, err)
}

func monthField(get func(string) string, name string) (insertion.Month, error) {
	if strings.TrimSpace(get(name)) == "" {
		return "", nil
	}
	m, err := insertion.ParseMonth(get(name))
	return m, marked(name, err)
}

func hoursField(get func(string) string, name string) (insertion.Hours, error) {
	if strings.TrimSpace(get(name)) == "" {
		return 0, nil
	}
	h, err := insertion.ParseHours(get(name))
	return h, marked(name, err)
}

// centsField accepts a leading minus: a credit note, an amendment that reduces.
func centsField(get func(string) string, name string) (insertion.Cents, error) {
	text := strings.TrimSpace(get(name))
	if text == "" {
		return 0, nil
	}
	text, less := strings.CutPrefix(text, "-")
	c, err := insertion.ParseCents(text)
	if less {
		c = -c
	}
	return c, marked(name, err)
}

func numberField(get func(string) string, name string) (int, error) {
	text := strings.TrimSpace(get(name))
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, &insertion.FieldError{Field: name, Reason: "un nombre entier"}
	}
	return n, nil
}

func marked(name string, err error) error {
	if err == nil {
		return nil
	}
	return &insertion.FieldError{Field: name, Reason: err.Error()}
}

// reader reads fields one after the other and keeps the first error.
type reader struct {
	get func(string) string
	err error
}

func (r *reader) date(name string) insertion.Date   { return keep(r, dateField, name) }
func (r *reader) month(name string) insertion.Month { return keep(r, monthField, name) }
func (r *reader) hours(name string) insertion.Hours { return keep(r, hoursField, name) }
func (r *reader) cents(name string) insertion.Cents { return keep(r, centsField, name) }
func (r *reader) number(name string) int            { return keep(r, numberField, name) }

func keep[T any](r *reader, read func(func(string) string, string) (T, error), name string) T {
	v, err := read(r.get, name)
	if r.err == nil {
		r.err = err
	}
	return v
}

// blank is a date as a field shows it: empty when unknown.
func blank(d insertion.Date) string {
	if d == "" {
		return ""
	}
	return d.French()
}

// hoursText is hours as a field shows them: empty when none.
func hoursText(h insertion.Hours) string {
	if h == 0 {
		return ""
	}
	return h.Number()
}

// labelled makes options of codes that are their own labels.
func labelled[T ~string](codes ...T) []option {
	out := make([]option, len(codes))
	for i, c := range codes {
		out[i] = option{code: string(c), label: string(c)}
	}
	return out
}
