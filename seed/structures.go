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
			"Zone": "départements", "Codes de zone": "92",
		}
		if o.km > 0 {
			said["Zone"], said["Codes de zone"], said["Rayon (km)"] = "rayon", "", strconv.Itoa(o.km)
		}
		var labels []string
		for code := range strings.FieldsSeq(o.trades) {
			labels = append(labels, trade.Label(insertion.Trade(code)))
		}
		said["Métiers"] = strings.Join(labels, " | ")
		for _, m := range months {
			if o.monthly > 0 {
				said[intake.MonthColumn(m)] = strconv.Itoa(o.monthly)
			}
		}
		row := make([]string, len(header))
		for j, name := range header {
			row[j] = said[name]
		}
		rows = append(rows, row)
	}
	_ = w.WriteAll(rows) // a buffer has no errors
	return b.Bytes()
}

// two writes a number on two digits, for invented telephone numbers.
func two(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }
