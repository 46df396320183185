package seed

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// award is one lot of the demonstration, with what the story will do with it.
type award struct {
	reference string // of the contract, shared by its lots
	buyer     int
	firm      int
	partner   int // second contractor of a group, -1 for none
	object    string
	piece     piece
	works     bool
	insee     string
	amount    insertion.Cents
	months    int
	notified  insertion.Date
	social    string // in the words of the DECP
}

// dice makes the demonstration the same every time.
func dice(salt uint64) *rand.Rand { return rand.New(rand.NewPCG(92, salt)) }

// awards draws the contracts, newest last, every date relative to today.
func awards(today insertion.Date) []award {
	r := dice(2011)
	var kinds []operation
	for _, op := range operations() {
		for range op.count {
			kinds = append(kinds, op)
		}
	}
	r.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
	var out []award
	for i, op := range kinds {
		// From two years ago to three days ago, the last five within the week.
		days := 730 - i*727/len(kinds)
		if i >= len(kinds)-5 {
			days = 3 + r.IntN(5)
		}
		b := (i*5 + r.IntN(3)) % len(buyers())
		notified := today.AddDays(-days)
		reference := fmt.Sprintf("%s-%s%03d", notified[:4], map[bool]string{true: "TVX", false: "SRV"}[op.works], i+1)
		for j, p := range op.lots {
			out = append(out, award{
				reference: reference, buyer: b, firm: pickFirm(r, p.trade), partner: -1,
				object: objectOf(op, p, j, buyers()[b].city), piece: p, works: op.works,
				insee: buyers()[b].insee, amount: insertion.Euros(int64(p.low+r.IntN(p.high-p.low)) * 1000),
				months: op.months, notified: notified, social: consideration(r, p),
			})
			if a := &out[len(out)-1]; p.high > 900 && r.IntN(3) == 0 {
				a.partner = pickFirm(r, p.trade)
			}
		}
	}
	return out
}

func objectOf(op operation, p piece, j int, city string) string {
	title := fmt.Sprintf(op.title, city)
	if of, ok := strings.CutSuffix(op.title, "de %s"); ok {
		title = of + insertion.Of(city)
	}
	if p.label == "" {
		return title
	}
	return fmt.Sprintf("%s - Lot %d : %s", title, j+1, p.label)
}

func pickFirm(r *rand.Rand, trade string) int {
	var able []int
	for i, f := range firms() {
		if slices.Contains(strings.Fields(f.trades), trade) {
			able = append(able, i)
		}
	}
	return able[r.IntN(len(able))]
}

// consideration draws what the notice declares: more often a clause where
// labour weighs more.
func consideration(r *rand.Rand, p piece) string {
	clause := 45 + p.share/2
	switch n := r.IntN(100); {
	case n < clause:
		if r.IntN(5) == 0 {
			return "Clause sociale, Critère social"
		}
		return "Clause sociale"
	case n < clause+4 && !strings.HasPrefix(p.cpv, "45"):
		return "Marché réservé"
	case n < clause+8:
		return "Critère social"
	}
	return "Pas de considération sociale"
}

// Notices writes the award notices of the demonstration as a consolidated
// tabular file, one row per contractor, such as anyone can download.
func Notices(today insertion.Date) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{
		"uid", "id", "nature", "acheteur_id", "acheteur_nom", "titulaire_id", "titulaire_typeIdentifiant", "titulaire_nom",
		"objet", "montant", "codeCPV", "procedure", "techniques", "dureeMois", "dateNotification", "datePublicationDonnees",
		"formePrix", "modalitesExecution", "considerationsSociales", "ccag", "typeGroupementOperateurs",
		"lieuExecution_code", "lieuExecution_typeCode", "modification_id", "donneesActuelles", "sourceDataset",
	}}
	for i, a := range awards(today) {
		group := "Pas de groupement"
		holders := []int{a.firm}
		if a.partner >= 0 && a.partner != a.firm {
			group, holders = "Solidaire", append(holders, a.partner)
		}
		ccag := "Fournitures courantes et services"
		if a.works {
			ccag = "Travaux"
		}
		for _, f := range holders {
			rows = append(rows, []string{
				fmt.Sprintf("%s%s-%d", siret(buyerBlock+a.buyer), a.reference, i), a.reference, "Marché",
				siret(buyerBlock + a.buyer), buyers()[a.buyer].name, siret(firmBlock + f), "SIRET", firms()[f].name,
				a.object, strconv.FormatInt(int64(a.amount)/100, 10), a.piece.cpv, "Procédure adaptée", "Sans objet",
				strconv.Itoa(a.months), string(a.notified), string(min(a.notified.AddDays(20), today)),
				"Forfaitaire", "Sans objet", a.social, ccag, group, a.insee, "Code commune", "0", "true", "demonstration",
			})
		}
	}
	// Errors of WriteAll come from the writer below, and a buffer has none.
	_ = w.WriteAll(rows)
	return b.Bytes()
}
