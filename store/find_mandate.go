package store

import (
	"context"
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// findMandate finds the records of the mandate that hold the words, the newest first:
// they are some hundreds, and are read whole.
func (s *Store) findMandate(ctx context.Context, text string, _ []string) ([]insertion.Hit, error) {
	records, err := s.MandateRecords(ctx, "", 0)
	if err != nil {
		return nil, err
	}
	search := searchOf(text)
	var hits []insertion.Hit
	for _, r := range slices.Backward(records) {
		if sheet, ok := mandate.SheetOf(r.Kind); ok && search.shows(recordText(sheet, r)) {
			hits = append(hits, insertion.Hit{
				Subject: insertion.Subject{Kind: insertion.OnMandate, ID: int64(r.ID)}, Title: r.Title(),
				Detail: strings.TrimSuffix(sheet.Label+", "+r.Dated.French(), ", "),
			})
		}
		if len(hits) == findEach {
			break
		}
	}
	return hits, nil
}

// recordText is what a record says, in the words people search.
func recordText(sheet mandate.Sheet, r mandate.Record) string {
	said := []string{sheet.Label, r.Title()}
	for _, f := range sheet.Fields {
		if value := r.Values[f.Name]; value != "" {
			said = append(said, mandate.Show(f, value))
		}
	}
	return strings.Join(said, " ")
}
