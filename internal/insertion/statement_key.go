package insertion

import (
	"fmt"
	"strconv"
	"strings"
)

// statementMark begins the key that a sheet carries, so that it is known when it
// comes back.
const statementMark = "passerelle-releve"

// Key is what the sheet carries: whose it is and for which months.
func (s StatementSheet) Key() string {
	who := fmt.Sprintf("S%d", s.Structure)
	if s.Organisation != 0 {
		who = fmt.Sprintf("E%d", s.Organisation)
	}
	return strings.Join([]string{statementMark, who, string(s.From), string(s.To)}, ";")
}

// ParseStatementKey reads a Key; false for anything else.
func ParseStatementKey(text string) (d Declarant, from, to Month, ok bool) {
	parts := strings.Split(strings.TrimSpace(text), ";")
	if len(parts) != 4 || parts[0] != statementMark || len(parts[1]) < 2 {
		return d, "", "", false
	}
	id, err := strconv.ParseInt(parts[1][1:], 10, 64)
	if err != nil || id <= 0 {
		return d, "", "", false
	}
	switch parts[1][0] {
	case 'S':
		d.Structure = StructureID(id)
	case 'E':
		d.Organisation = OrganisationID(id)
	default:
		return d, "", "", false
	}
	from, err = ParseMonth(parts[2])
	if err != nil {
		return d, "", "", false
	}
	to, err = ParseMonth(parts[3])
	return d, from, to, err == nil && from <= to && len(Months(from, to)) <= 12
}

// The headers of a statement, in French, before its months.
const (
	StatementLot        = "Lot"
	StatementMarket     = "Marché"
	StatementPerson     = "Personne"
	StatementBorn       = "Naissance"
	StatementEmployment = "Contrat"
	StatementStart      = "Embauchée le"
	StatementEnd        = "Jusqu'au"
	StatementTotal      = "Total"
	StatementKeyColumn  = "Clé"
)

// StatementColumns lists them in the order of the sheet.
func StatementColumns() []string {
	return []string{StatementLot, StatementMarket, StatementPerson, StatementBorn, StatementEmployment, StatementStart, StatementEnd}
}
