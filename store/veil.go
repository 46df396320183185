package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"modernc.org/sqlite"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// A view of the file reads through connections where each table that holds more
// than its role may see is hidden by a temporary view of the same name. SQLite
// looks for temporary names first, so that every question asked through them,
// those written tomorrow included, sees only what is left.

// veils are the tables hidden from an access, each with what is seen in its stead.
func veils(a insertion.Access) map[string]string {
	conditions := map[string][]string{}
	where := func(condition string, tables ...string) {
		for _, t := range tables {
			conditions[t] = append(conditions[t], condition)
		}
	}
	if !a.May(insertion.ActNames) {
		where("0", "person_name")
	}
	if !a.May(insertion.ActPersons) {
		where("0", "participant", "eligibility", "worked_month", "about_person", "year_hours") // of the last, aggregates only: see Bilan
		where("participant <= 0", "hour_line", "assignment")
		where("NOT tells_person(text, "+numbersGiven+")", "contact")
		where("NOT tells_person(what, "+numbersGiven+")", "change", "export")
	}
	if !a.May(insertion.ActJournal) {
		where("0", "visit")
	}
	instead := hiding(a)
	for table := range instead {
		where("1", table)
	}
	out := map[string]string{}
	if len(a.Buyers) > 0 {
		buyers := numbers(a.Buyers)
		mine := "EXISTS (SELECT 1 FROM main.lot mine WHERE mine.id = t.%s AND mine.buyer IN " + buyers + ")"
		where("buyer IN "+buyers, "lot")
		where(fmt.Sprintf(mine, "lot"), "lot_source", "clause", "introduction", "placement", "placement_month", "lot_hours", "contact", "assignment", "hour_line",
			"deed", "group_member", "transfer", "receipt", "penalty_step", "exemption", "change", "about_lot")
		where("EXISTS (SELECT 1 FROM main.assignment a JOIN main.lot mine ON mine.id = a.lot WHERE a.participant = t.id AND mine.buyer IN "+buyers+")", "participant")
		where("EXISTS (SELECT 1 FROM main.assignment a JOIN main.lot mine ON mine.id = a.lot WHERE a.participant = t.participant AND mine.buyer IN "+buyers+")",
			"eligibility", "worked_month", "about_person", "person_name")
		where("EXISTS (SELECT 1 FROM main.change c JOIN main.lot mine ON mine.id = c.lot WHERE c.id = t.change AND mine.buyer IN "+buyers+")", "change_row")
		where(fmt.Sprintf("kind NOT IN ('%s', '%s')", mandate.Project, mandate.Part), "mandate_record") // what other buyers prepare is not published yet
		where("0", "lot_count", "lot_pack", "award_count", "award_moved", "import", "refusal")          // counts are of the whole file, imports of everybody's notices
		where("("+fmt.Sprintf(mine, "lot")+" OR buyer IN "+buyers+")", "export")
		where("EXISTS (SELECT 1 FROM main.assignment a JOIN main.lot mine ON mine.id = a.lot WHERE a.id = t.assignment AND mine.buyer IN "+buyers+")", "year_hours")
		where("EXISTS (SELECT 1 FROM main.placement p JOIN main.lot mine ON mine.id = p.lot WHERE p.id = t.placement AND mine.buyer IN "+buyers+")", "year_places")
		where("organisation IN (0, "+strings.Trim(buyers, "()")+")", "letterhead")
		out["postponed"] = "SELECT t.rowid, t.id, t.todo, t.until, '' AS reason, '' AS by FROM main.postponed t"
		out["month_hours"] = "SELECT t.month, sum(t.worked) AS hours, sum(t.done) AS counted FROM main.placement_month t WHERE " + fmt.Sprintf(mine, "lot") + " GROUP BY 1"
	}
	for table, some := range conditions {
		rowid := "t.rowid, "
		if slices.Contains([]string{"about_lot", "about_person", "refusal", "lot_count", "award_moved", "year_hours", "year_places", "change_row", "lot_source"}, table) {
			rowid = "" // they have none
		}
		if out[table] != "" {
			continue
		}
		// Of two columns of one name, the first is that of the view.
		out[table] = "SELECT " + rowid + instead[table] + "t.* FROM main." + table + " t WHERE " + strings.Join(some, " AND ")
	}
	return out
}

// narrowed tells that the access sees the lots of some buyers only.
func (s *Store) narrowed() bool { return len(s.access.Buyers) > 0 }

// mine narrows a listing to the buyers of the access. The index is not veiled:
// it is asked for the words of their numbers, and the row then tells.
func (s *Store) mine(ctx context.Context, l *listing) error {
	if !s.narrowed() {
		return nil
	}
	var any []string
	for _, b := range s.access.Buyers {
		match, err := namesLots(ctx, s.r, int64(b))
		if err != nil {
			return named(err)
		}
		if match != "" {
			any = append(any, "("+match+")")
		}
	}
	if len(any) > 0 {
		l.match = "(" + l.match + ") AND (" + strings.Join(any, " OR ") + ")"
	}
	l.where += " AND l.buyer IN " + numbers(s.access.Buyers)
	return nil
}

// numbers is a list of organisations as SQL reads it.
func numbers(ids []insertion.OrganisationID) string {
	text := make([]string, len(ids))
	for i, id := range ids {
		text[i] = fmt.Sprint(int64(id))
	}
	return "(" + strings.Join(text, ", ") + ")"
}

// veiled opens connections that see a file through veils.
type veiled struct {
	from  *sqlite.Driver // with the functions the veils call
	path  string
	veils map[string]string
}

func (v veiled) Driver() driver.Driver { return v.from }

func (v veiled) Connect(ctx context.Context) (driver.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c, err := v.from.Open(address(v.path, readable))
	if err != nil {
		return nil, err
	}
	x, ok := c.(driver.ExecerContext)
	if !ok {
		return nil, errors.Join(errors.ErrUnsupported, c.Close())
	}
	statements := []string{"PRAGMA temp_store = 2"}
	for _, table := range slices.Sorted(maps.Keys(v.veils)) {
		statements = append(statements, "CREATE TEMP VIEW "+table+" AS "+v.veils[table])
	}
	for _, text := range append(statements, "PRAGMA query_only = 1") {
		if _, err := x.ExecContext(ctx, text, nil); err != nil {
			return nil, errors.Join(err, c.Close())
		}
	}
	return c, nil
}

// readersOf are the connections an access reads through: those of the file when
// it may see everything, otherwise its own, shared by all who see the same.
func (h *handle) readersOf(a insertion.Access) *sql.DB {
	hidden := veils(a)
	if len(hidden) == 0 {
		return h.all
	}
	key := fmt.Sprint(hidden) // of a map: in the order of its keys
	h.pin.Lock()
	defer h.pin.Unlock()
	if db := h.veiled[key]; db != nil {
		return db
	}
	from := &sqlite.Driver{}
	from.MustRegisterDeterministicScalarFunction("without_names", 2, withoutNames(func(names []string) ([][]string, error) {
		return designations(context.Background(), h.all, names)
	}))
	codes := newCoded()
	from.MustRegisterDeterministicScalarFunction("without_codes", 2, codes.withoutCodes)
	from.MustRegisterDeterministicScalarFunction("tells_person", 2, codes.tellsPerson)
	db := pooled(veiled{from, h.path, hidden}, 4)
	if h.veiled == nil {
		h.veiled = map[string]*sql.DB{}
	}
	h.veiled[key] = db
	return db
}
