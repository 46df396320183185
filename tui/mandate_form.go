package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/internal/place"
	"passerelle/internal/trade"
)

// newRecordForm is the one form of every kind of record: its fields are those of the
// sheet, less what the place one comes from already says. A record is added in one
// key and its fields; Entrée on the last one, or Ctrl+S, keeps it.
func newRecordForm(sh *shared, r mandate.Record, of mandate.Commitment) screen {
	files, by := sh.deps.Mandate, sh.person
	sheet := sheetOf(r.Kind)
	fields := slices.DeleteFunc(slices.Clone(sheet.Fields), func(f mandate.Field) bool { return f.Name == "code" })
	inputs := make([]*input, len(fields))
	for i, f := range fields {
		inputs[i] = recordInput(f, r, of, insertion.DateOf(sh.now()))
	}
	return newEntryForm(sh, fmt.Sprint(of.Code, " ", r.Parent, " ", r.ID), questionnaire{
		needs: rightToMandate(), title: capital(sheet.Label), head: []string{recordHead(r, of)}, inputs: inputs,
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			n := r
			n.Values = map[string]string{}
			for name, value := range r.Values {
				n.Values[name] = value
			}
			for _, f := range fields {
				if err := setRecordField(sheet, &n, f, get(f.Name)); err != nil {
					return "", nil, err
				}
			}
			done := capital(sheet.Label) + " : " + sheet.Saved() + "."
			if odd := sheet.Warnings(n, insertion.DateOf(sh.now())); len(odd) > 0 {
				done = capital(sheet.Saved()) + ", mais à vérifier : " + strings.Join(odd, " ; ") + "."
			}
			return done, func(ctx context.Context) error { _, err := files.SaveMandateRecord(ctx, by, n); return err }, nil
		},
	})
}

// recordHead says what the form is about.
func recordHead(r mandate.Record, of mandate.Commitment) string {
	switch {
	case r.Kind == mandate.Promise, r.Kind == mandate.Statement:
		return of.Title + " : " + of.Measure
	case r.ID == 0:
		return of.Title + " : nouvelle fiche"
	}
	return of.Title + " : " + r.Title()
}

// recordInput is the input of a field.
func recordInput(f mandate.Field, r mandate.Record, of mandate.Commitment, today insertion.Date) *input {
	value := r.Values[f.Name]
	switch f.Type {
	case mandate.Long:
		return areaField(f.Name, f.Label, value, f.Hint)
	case mandate.Tick:
		return choiceField(f.Name, f.Label, value, option{code: "", label: "non dit"}, option{code: "1", label: "oui"}, option{code: "0", label: "non"})
	case mandate.Choice:
		return choiceOf(f, r)
	case mandate.Trade:
		options := []option{{code: "", label: "non dite"}}
		for _, t := range trade.All() {
			options = append(options, option{code: string(t.Code), label: t.Label})
		}
		return longChoice(f.Name, f.Label, value, options...)
	}
	label, hint := f.Label, f.Hint
	switch {
	case f.Type == mandate.Measure:
		hint = inUnit(of.Unit)
		if f.Name == "cible" && of.Target > 0 {
			hint = "vide : " + of.Unit.Show(of.Target) + ", " + of.Source
		}
	case r.ID == 0 && f.Type == mandate.Year && value == "":
		return textField(f.Name, label, string(today[:4]), hint)
	}
	return textField(f.Name, label, r.Show(f.Name), hint)
}

// choiceOf offers the choices of a field; one that may stay unsaid offers that too. A
// new record is in the first of its states.
func choiceOf(f mandate.Field, r mandate.Record) *input {
	value := r.Values[f.Name]
	state := f.Name == "etat" || f.Name == "decision"
	if value == "" && (f.Required || state && r.ID == 0) {
		value = f.Choices[0]
	}
	options := labelled(f.Choices...)
	if !f.Required && !(state && value != "") {
		options = append([]option{{code: "", label: "non dit"}}, options...)
	}
	return choiceField(f.Name, f.Label, value, options...)
}

// inUnit is how a value of a unit is typed.
func inUnit(u mandate.Unit) string {
	switch u {
	case mandate.Share:
		return "12,5 %"
	case mandate.Money:
		return "15 000 €"
	case mandate.Hours:
		return "43 000 h"
	case mandate.Area:
		return "120 m²"
	}
	return "un nombre"
}

// newStatementForm enters the figure of a year, with what shows it.
func newStatementForm(sh *shared, of mandate.Commitment) screen {
	r := freshRecord(mandate.Statement, 0, of)
	return newRecordForm(sh, r, of)
}

// setRecordField reads what was typed in a field of a record; a commune is one of those
// of France, by its name or its INSEE code.
func setRecordField(sheet mandate.Sheet, r *mandate.Record, f mandate.Field, typed string) error {
	if text := strings.TrimSpace(typed); f.Type == mandate.Commune && text != "" {
		c, ok := place.National().Commune(text)
		if found := place.National().Named(text, ""); !ok && len(found) > 0 {
			c, ok = found[0], true
		}
		if !ok {
			return &insertion.FieldError{Field: f.Name, Reason: "« " + text + " » n'est pas une commune connue : son nom entier, ou son code INSEE"}
		}
		typed = c.Name
	}
	return sheet.Set(r, f.Name, typed)
}
