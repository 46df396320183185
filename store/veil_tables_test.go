package store

import (
	"testing"

	"passerelle/internal/insertion"
)

// TestNoTableTellsWhoIsNarrowedOfTheOtherBuyer asks the tables themselves, each
// column of text: a question written tomorrow must find nothing either.
func TestNoTableTellsWhoIsNarrowedOfTheOtherBuyer(t *testing.T) {
	s, mine, theirs := twoBuyers(t)
	ctx := t.Context()
	columns, err := query(ctx, s.all, func(scan func(...any) error) (c [2]string, err error) {
		err = scan(&c[0], &c[1])
		return c, err
	}, `SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c
		WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'goose%' AND c.type = 'TEXT' ORDER BY 1, 2`)
	must(t, err)
	told := func(buyer insertion.OrganisationID) (tables int) {
		view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Delegate, Buyers: []insertion.OrganisationID{buyer}})
		for _, c := range columns {
			var n int
			if err := view.r.QueryRowContext(ctx, "SELECT count(*) FROM "+c[0]+" WHERE "+c[1]+" LIKE '%rival%'").Scan(&n); err != nil {
				t.Errorf("%s.%s: %v", c[0], c[1], err)
			}
			if n == 0 {
				continue
			}
			if tables++; buyer == mine {
				t.Errorf("%s.%s tells her of the other buyer %d times", c[0], c[1], n)
			}
		}
		return tables
	}
	told(mine)
	if n := told(theirs); n < 8 {
		t.Errorf("only %d columns show what is hers: the question asks nothing", n)
	}
}
