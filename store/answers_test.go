package store

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"passerelle/internal/insertion"
)

// answers asks the store every question it answers on behalf of somebody: about
// everything, then about the lot, the structure, the firm and the person numbered 1,
// and about a text. The reasons it gives for refusing are answers too.
func answers(t *testing.T, s *Store, a insertion.Access, text string) map[string]string {
	t.Helper()
	out := map[string]string{}
	view := reflect.ValueOf(s.As(a))
	for method, act := range acts() {
		reads := []insertion.Act{insertion.ActRead, insertion.ActPersons, insertion.ActNames, insertion.ActExport, insertion.ActJournal}
		if !slices.Contains(reads, act) || slices.Contains([]string{"Close", "AddDoorEvent", "SetName", "AddExport", "VoidExport", "KeepDraft", "DropDraft"}, method) {
			continue // they write
		}
		m := view.MethodByName(method)
		for _, about := range []insertion.Subject{{}, {Kind: insertion.OnLot, ID: 1}, {Kind: insertion.OnStructure, ID: 1}, {Kind: insertion.OnOrganisation, ID: 1}, {Kind: insertion.OnParticipant, ID: 1}} {
			var args []reflect.Value
			for i := range m.Type().NumIn() {
				args = append(args, argument(t, m.Type(), i, about, text))
			}
			for _, v := range m.Call(args) {
				if err, isErr := v.Interface().(error); isErr {
					out[method] += err.Error() + "\n"
					continue
				}
				told, err := json.Marshal(v.Interface())
				must(t, err)
				out[method] += string(told) + "\n"
			}
		}
	}
	return out
}

// argument is what a question is asked about.
func argument(t *testing.T, of reflect.Type, at int, about insertion.Subject, text string) reflect.Value {
	in := of.In(at)
	v := asked(in)
	switch {
	case at == 0 && in.Kind() == reflect.Interface:
		return reflect.ValueOf(t.Context())
	case in == reflect.TypeFor[insertion.Subject]():
		v.Set(reflect.ValueOf(about))
	case in == reflect.TypeFor[insertion.ContactFilter]():
		f := insertion.ContactFilter{Lot: 1}
		switch about.Kind {
		case insertion.OnStructure:
			f = insertion.ContactFilter{Structure: 1}
		case insertion.OnOrganisation:
			f = insertion.ContactFilter{Organisation: 1}
		}
		v.Set(reflect.ValueOf(f))
	case in.Kind() == reflect.Int64:
		v.SetInt(about.ID)
	case in.Kind() == reflect.Int && at+1 < of.NumIn():
		v.SetInt(0) // after none; the last is how many
	case in == reflect.TypeFor[string]():
		v.SetString(text)
	case in.Kind() == reflect.String && in.Name() != "Date" && in.Name() != "Month" && about.ID == 0:
		v.SetString("") // of whatever kind
	}
	return v
}
