package bilan

import "slices"

// Only keeps the tables asked by their ids, in the order of the bilan; unknown are
// the ids of none. The fingerprint stays that of the whole.
func (r Report) Only(ids []string) (kept Report, unknown []string) {
	kept = r
	kept.Tables = nil
	for _, t := range r.Tables {
		if slices.Contains(ids, t.ID) {
			kept.Tables = append(kept.Tables, t)
		}
	}
	for _, id := range ids {
		if !slices.ContainsFunc(r.Tables, func(t Table) bool { return t.ID == id }) {
			unknown = append(unknown, id)
		}
	}
	return kept, unknown
}

// IDs are those of the tables, in order.
func (r Report) IDs() []string {
	out := make([]string, len(r.Tables))
	for i, t := range r.Tables {
		out[i] = t.ID
	}
	return out
}
