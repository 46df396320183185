package store

import (
	"context"
	"database/sql"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// matchOf writes what a person typed as a question to the text index: every
// word must be there, the last one may be unfinished. It is empty when nothing
// is worth asking yet. Digits typed in groups, as a SIRET is written, are one
// word. The syntax of the index cannot be reached: words are letters and digits.
func matchOf(text string) string {
	if digits := strings.Join(strings.Fields(text), ""); len(digits) >= 9 && strings.Trim(digits, "0123456789") == "" {
		text = digits
	}
	words := strings.FieldsFunc(norm.NFC.String(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
	var out []string
	for i, w := range words {
		last := i == len(words)-1
		switch {
		case !last:
			out = append(out, `"`+w+`"`)
		case len([]rune(w)) >= 2:
			out = append(out, `"`+w+`"*`)
		case len(words) > 1:
			// one letter more of a question already narrowed: wait for the next
		}
	}
	return strings.Join(out, " ")
}

// indexedText is what the text index holds of a lot, as SQL over lot l and its
// buyer b: title, references, CPV, and the names and numbers of its parties.
const indexedText = `l.object || ' ' || l.reference || ' ' || l.cpv || ' ' || b.name || ' ' || b.ident || ' ' ||
	ifnull((SELECT group_concat(o.name || ' ' || o.ident, ' ') FROM contractor c JOIN organisation o ON o.id = c.org WHERE c.lot = l.id), '')`

// indexLots writes the text of some lots again.
func indexLots(ctx context.Context, tx *sql.Tx, where string, args ...any) error {
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO lot_fts (rowid, text) SELECT l.id, "+indexedText+
		" FROM lot l JOIN organisation b ON b.id = l.buyer WHERE "+where, args...)
	return err
}

// reindexOrganisation writes again the text of every lot an organisation bought
// or won.
func reindexOrganisation(ctx context.Context, tx *sql.Tx, org int64) error {
	if err := indexLots(ctx, tx, "l.buyer = ?", org); err != nil {
		return err
	}
	return indexLots(ctx, tx, "l.id IN (SELECT lot FROM contractor WHERE org = ?)", org)
}
