package seed

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/internal/trade"
)

// Structures writes the structures of the demonstration as our own sheet, in
// its CSV form, with the free hours of the twelve months to come.
func Structures(today insertion.Date) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	months := insertion.Months(today.Month(), today.Month().Add(11))
	header := append(intake.StructureColumns(), "Métiers")
	for _, m := range months {
		header = append(header, intake.MonthColumn(m))
	}
	rows := [][]string{header}
	for i, o := range outfits() {
		said := map[string]string{
			"SIRET": siret(structureBlock + i), "Type": o.kind, "Nom": o.name, "Adresse": strconv.Itoa(2+i*3) + " rue de la Passerelle",
			"Code postal": o.postal, "Commune": o.city, "Téléphone": "01 99 00 " + two(i) + " " + two(i*7), "Courriel": "contact@structure" + strconv.Itoa(i) + ".example",
			"Réseaux": o.networks, "Personnes en insertion": strconv.Itoa(o.workers), "Active": "oui",
			"Zone": "départements", "Codes de zone": "92", "Statut": string(legalForm(o.kind, i)),
		}
		if i%3 != 0 {
			said["Chiffre d'affaires"] = strconv.Itoa(o.workers * 24_000)
		}
		if o.km > 0 {
			said["Zone"], said["Codes de zone"], said["Rayon (km)"] = "rayon", "", strconv.Itoa(o.km)
		}
		said["Métiers"] = labels(o.trades)
		for _, m := range months {
			if o.monthly > 0 {
				said[intake.MonthColumn(m)] = strconv.Itoa(o.monthly)
			}
		}
		rows = append(rows, cells(header, said))
	}
	for i, c := range cooperatives() {
		said := map[string]string{
			"SIRET": c.siret(i), "Type": c.kind, "Nom": c.name, "Adresse": strconv.Itoa(5+i*7) + " place des Coopérateurs", "Code postal": c.postal, "Commune": c.city,
			"Téléphone": "01 99 01 " + two(i) + " 00", "Courriel": "contact@cooperative" + strconv.Itoa(i) + ".example", "Active": "oui", "Statut": c.status,
			"Zone": "départements", "Codes de zone": "92", "Métiers": labels(c.trades),
		}
		if c.turnover > 0 {
			said["Chiffre d'affaires"] = strconv.Itoa(c.turnover * 1000)
		}
		rows = append(rows, cells(header, said))
	}
	_ = w.WriteAll(rows) // a buffer has no errors
	return b.Bytes()
}

// cells puts what is said under its columns.
func cells(header []string, said map[string]string) []string {
	row := make([]string, len(header))
	for i, name := range header {
		row[i] = said[name]
	}
	return row
}

// labels names trades given by their codes.
func labels(codes string) string {
	var out []string
	for code := range strings.FieldsSeq(codes) {
		out = append(out, trade.Label(insertion.Trade(code)))
	}
	return strings.Join(out, " | ")
}

// two writes a number on two digits, for invented telephone numbers.
func two(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }
