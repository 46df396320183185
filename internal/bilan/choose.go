package bilan

import "slices"

// Glance is the id of the figures, among those of the tables.
const Glance = "chiffres"

// Only keeps the tables asked by their ids, in the order of the bilan; unknown are
// the ids of none. The fingerprint stays that of the whole.
func (r Report) Only(ids []string) (kept Report, unknown []string) {
	kept = r
	kept.Tables = nil
	if !slices.Contains(ids, Glance) {
		kept.Figures = nil
	}
	for _, t := range r.Tables {
		if slices.Contains(ids, t.ID) {
			kept.Tables = append(kept.Tables, t)
		}
	}
	for _, id := range ids {
		if !slices.Contains(r.IDs(), id) {
			unknown = append(unknown, id)
		}
	}
	return kept, unknown
}

// IDs are those of the tables, in order, the figures first.
func (r Report) IDs() []string {
	out := []string{Glance}
	for _, t := range r.Tables {
		out = append(out, t.ID)
	}
	return out
}
