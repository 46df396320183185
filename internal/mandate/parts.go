package mandate

import "strconv"

// Parts are the lots of the split as records, to be kept under the contract in
// preparation. A lot is marked reserved only where the buyer already meant to.
func (s Split) Parts(reserved map[string]bool) []Record {
	out := make([]Record, len(s.Lots))
	for i, l := range s.Lots {
		r := Record{Kind: Part, Values: map[string]string{"objet": l.Object, "montant": strconv.FormatInt(int64(l.Amount), 10)}}
		if l.Trade != "" {
			r.Values["filiere"] = string(l.Trade)
		}
		if l.Labour > 0 {
			r.Values["part"] = strconv.FormatInt(int64(l.Labour), 10)
		}
		if reserved[l.Object] {
			r.Values["reserve"] = "1"
		}
		out[i] = r
	}
	return out
}
