package intake

import (
	"fmt"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// monthHeader reads « 03/2026 », or the date a spreadsheet made of it.
func monthHeader(text string) (insertion.Month, bool) {
	text = strings.TrimSpace(text)
	if m, err := insertion.ParseMonth(text); err == nil {
		return m, true
	}
	if d, ok := sheetDate(text); ok {
		return d.Month(), true
	}
	return "", false
}

// sheetDate reads a date as typed, or as the number of days a spreadsheet keeps.
func sheetDate(text string) (insertion.Date, bool) {
	text = strings.TrimSpace(text)
	if d, err := insertion.ParseDate(text); err == nil && d != "" {
		return d, true
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil && n > 20_000 && n < 80_000 {
		return insertion.Date("1899-12-30").AddDays(int(n)), true
	}
	return "", false
}

// cells reads the hours of a row, one for each month of the period.
func (s *statementReader) cells(row *insertion.StatementRow, at func(int) string) {
	months := insertion.Months(s.st.From, s.st.To)
	row.Cells = make([]insertion.StatementCell, len(months))
	for i := range row.Cells {
		row.Cells[i].Blank = true
	}
	for column, m := range s.columns.months {
		text := at(column)
		if text == "" {
			continue
		}
		i := -1
		for j, want := range months {
			if want == m {
				i = j
			}
		}
		if i < 0 {
			refuse(row, "la colonne %s est hors de la période du relevé (%s à %s)", m.French(), s.st.From.French(), s.st.To.French())
			continue
		}
		row.Cells[i] = hoursCell(text)
	}
}

// refuse says what is wrong with a row, the first thing only.
func refuse(row *insertion.StatementRow, format string, args ...any) {
	if row.Problem == "" {
		row.Problem = fmt.Sprintf(format, args...)
	}
}

// hoursCell reads the hours of one cell.
func hoursCell(text string) insertion.StatementCell {
	if strings.HasPrefix(text, "#") {
		return insertion.StatementCell{Problem: "la formule de cette case donne une erreur (" + text + ") : écrivez le nombre"}
	}
	if strings.HasPrefix(text, "-") {
		return insertion.StatementCell{Problem: "des heures ne peuvent être négatives (" + text + ")"}
	}
	h, err := insertion.ParseHours(strings.ReplaceAll(text, ":", "h"))
	if err != nil {
		return insertion.StatementCell{Problem: err.Error() + " : écrivez 35, 35,5 ou 12h30"}
	}
	return insertion.StatementCell{Hours: h}
}

// personCode writes a pseudonym as we do: « p 42 » is P-0042. Anything else stays
// out of the report: it may be a name.
func personCode(text string) string {
	digits := strings.TrimLeft(strings.ToUpper(strings.TrimSpace(text)), "P- ")
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil && n > 0 && n < 1e9 {
		return insertion.ParticipantID(n).Code()
	}
	if text != "" {
		return "(illisible)"
	}
	return ""
}
