package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// changedRow is a row that is no longer what it was.
type changedRow struct {
	touched
	after sql.NullString
}

// changed reads what the rows touched have become, and keeps those that differ.
func (r *record) changed() ([]changedRow, error) {
	ids := map[string][]int64{}
	for _, t := range r.rows {
		ids[t.table] = append(ids[t.table], t.row)
	}
	after := map[touched]sql.NullString{}
	for table, rows := range ids {
		if _, err := query(r, r.Tx, func(scan func(...any) error) (struct{}, error) {
			k, now := touched{table: table}, sql.NullString{}
			err := scan(&k.row, &now)
			after[k] = now
			return struct{}{}, err
		}, "SELECT rowid, "+imageOf(table)+" FROM "+table+" WHERE rowid IN (SELECT value FROM json_each(?))", jsonIDs(rows)); err != nil {
			return nil, err
		}
	}
	var out []changedRow
	for _, t := range r.rows {
		if now := after[touched{table: t.table, row: t.row}]; now != t.before {
			out = append(out, changedRow{t, now})
		}
	}
	return out, nil
}

// Journaled lists the tables whose changes are in the journal, each with the columns
// kept of it: whoever shows the journal has words for all.
func Journaled() map[string][]string {
	out := map[string][]string{}
	for _, table := range strings.Fields(`organisation lot clause structure introduction placement placement_month participant eligibility assignment hour_line deed group_member transfer receipt penalty_step exemption postponed worked_month contact mandate_record user user_key letterhead wording setting`) {
		out[table] = journaled(table)
	}
	return out
}

// journaled lists the columns of the tables the journal follows, save the
// natural key, which never changes, and the version, which only grows.
func journaled(table string) []string {
	switch table {
	case "organisation":
		return []string{"id", "kind", "ident", "name", "typed"}
	case "lot":
		return strings.Fields("id hash contract reference lot_number object buyer lead holders cpv place insee dep lat lon basis date notified published amount amount_now doubtful months social cold typed import")
	case "clause":
		return []string{"lot", "doc", "due", "start", "finish"}
	case "structure":
		return []string{"id", "siret", "kind", "sorted", "search", "dep", "active", "doc", "typed"}
	case "introduction":
		return []string{"id", "lot", "structure", "state", "reason", "rank", "score", "rule", "by", "proposed", "changed"}
	case "placement":
		return []string{"id", "lot", "introduction", "structure", "employer", "modality", "signed", "note", "member", "start"}
	case "placement_month": // done, worked and entered follow the lines
		return []string{"id", "placement", "lot", "month", "planned"}
	case "participant":
		return []string{"id", "born", "sex", "insee", "qpv", "level", "entered", "left_on", "outcome", "later", "asked", "erased", "merged"}
	case "eligibility":
		return []string{"id", "participant", "category", "proof", "dated", "seen", "by", "until", "reason"}
	case "assignment":
		return []string{"id", "participant", "placement", "lot", "employment", "start", "finish", "weekly", "tutor"}
	case "hour_line": // counted and why are the ledger's
		return []string{"id", "assignment", "month", "participant", "placement", "lot", "hours", "granted", "source", "by"}
	case "deed":
		return []string{"id", "lot", "kind", "label", "dated", "amount", "start", "finish", "hours", "affirmed", "member", "by"}
	case "group_member":
		return []string{"id", "lot", "organisation", "share"}
	case "transfer":
		return []string{"id", "lot", "giver", "taker", "hours", "price", "dated", "by"}
	case "receipt":
		return []string{"id", "lot", "first", "last", "received", "document", "hash", "by"}
	case "penalty_step":
		return []string{"id", "lot", "kind", "dated", "text", "amount", "by"}
	case "exemption":
		return []string{"lot", "motive", "text", "evidence", "dated", "by"}
	case "postponed":
		return []string{"id", "todo", "until", "reason", "by"}
	case "worked_month":
		return []string{"id", "participant", "month", "hours", "agreement"}
	case "contact":
		return []string{"id", "lot", "organisation", "structure", "kind", "held", "text", "by"}
	case "mandate_record":
		return []string{"id", "kind", "parent", "dated", "doc", "by"}
	case "user":
		return []string{"id", "name", "role", "buyers"}
	case "user_key":
		return []string{"id", "user", "fingerprint", "line", "label", "added"}
	case "letterhead":
		return []string{"id", "organisation", "doc", "picture"}
	case "wording":
		return []string{"id", "kind", "text"}
	case "setting":
		return []string{"id", "name", "value"}
	}
	return nil
}

// imageOf writes the JSON object that stands for a row of a table.
func imageOf(table string) string {
	var pairs []string
	for _, c := range journaled(table) {
		pairs = append(pairs, fmt.Sprintf("'%s', %s", c, c))
	}
	return "json_object(" + strings.Join(pairs, ", ") + ")"
}

// image is a row as a JSON object, or null when there is none.
func image(ctx context.Context, q querier, table string, row int64) (sql.NullString, error) {
	var out sql.NullString
	err := q.QueryRowContext(ctx, "SELECT "+imageOf(table)+" FROM "+table+" WHERE rowid = ?", row).Scan(&out)
	if err == sql.ErrNoRows {
		return sql.NullString{}, nil
	}
	return out, err
}
