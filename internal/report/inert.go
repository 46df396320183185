package report

import "strings"

// Inert keeps a spreadsheet from reading a text of a CSV as a formula.
func Inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
