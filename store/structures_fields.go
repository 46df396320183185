package store

import (
	"encoding/json"

	"passerelle/internal/insertion"
)

// The fields of a structure are compared and laid one over the other as the
// JSON they are stored in, by name.
func fieldsJSON(st insertion.Structure) map[string]json.RawMessage {
	st.ID = 0
	doc, err := json.Marshal(st)
	if err != nil {
		return nil
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(doc, &fields); err != nil {
		return nil
	}
	return fields
}

// fieldsOf are the names of the fields a structure fills.
func fieldsOf(st insertion.Structure) map[string]bool {
	return differing(insertion.Structure{}, st)
}

// differing are the names of the fields in which two structures differ.
func differing(a, b insertion.Structure) map[string]bool {
	names := map[string]bool{}
	fa := fieldsJSON(a)
	for name, v := range fieldsJSON(b) {
		if bare(v) != bare(fa[name]) {
			names[name] = true
		}
	}
	return names
}

// bare is a value as text; null, an empty list and an empty text are alike.
func bare(v json.RawMessage) string {
	switch s := string(v); s {
	case "null", "[]", `""`:
		return ""
	default:
		return s
	}
}

// overlay is a known structure with what a file says of it, save typed fields
// and what the file leaves empty.
func overlay(old, said insertion.Structure, typed map[string]bool) (insertion.Structure, error) {
	fields := fieldsJSON(old)
	for name, v := range fieldsJSON(said) {
		if s := bare(v); typed[name] || s == "" || s == "0" {
			continue
		}
		fields[name] = v
	}
	if !said.Precise && old.Precise {
		// A commune's centre never replaces an address.
		for _, name := range []string{"Lat", "Lon", "Precise"} {
			fields[name] = fieldsJSON(old)[name]
		}
	}
	doc, err := json.Marshal(fields)
	if err != nil {
		return old, err
	}
	var out insertion.Structure
	err = json.Unmarshal(doc, &out)
	return out, err
}
