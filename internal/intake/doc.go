// Package intake turns files into clean records: award notices and structures,
// each with the reason of every refusal. It owns the sniffing of formats, the
// opening of compressed files within limits, and the cleaning of text, dates,
// amounts and identifiers at the border.
//
// It never touches the database nor the terminal, and never keeps a whole file
// in memory. seed and cmd import it.
package intake
