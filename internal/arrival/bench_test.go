package arrival_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"

	"passerelle/internal/arrival"
	"passerelle/internal/insertion"
	"passerelle/store"
)

// regulatory writes n invented awards in the 2022 format: 1,000 buyers, 20,000
// contractors, titles made of a few hundred words.
func regulatory(n int) []byte {
	acts := []string{"Entretien", "Réfection", "Construction", "Nettoyage", "Fourniture", "Transport", "Maintenance", "Rénovation", "Élagage", "Collecte"}
	things := []string{"des espaces verts", "de la toiture", "du groupe scolaire", "des bâtiments communaux", "de repas", "scolaire", "des ascenseurs", "des voiries", "du parc", "des déchets"}
	var b bytes.Buffer
	b.WriteString(`{"marches":{"marche":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"2026-%06d","acheteur":{"id":"%014d"},"nature":"Marché","objet":"%s %s, lot %d : secteur %d","codeCPV":"%08d",
"procedure":"Procédure adaptée","lieuExecution":{"code":"92%03d","typeCode":"Code commune"},"dureeMois":%d,
"dateNotification":"202%d-%02d-%02d","datePublicationDonnees":"2026-06-01","montant":%d,
"titulaires":[{"titulaire":{"id":"%014d","typeIdentifiant":"SIRET"}}],"considerationsSociales":{"considerationSociale":["%s"]}}`,
			i, 10_000_000_000+i%1000*100_000+11, acts[i%10], things[i/10%10], i%9+1, i%500, 45_000_000+i%400*1000, i%78+2, i%48+1,
			i%6, i%12+1, i%28+1, 25_000+i%900_000, 20_000_000_000+i*7%20_000*100_000+12,
			[]string{"Clause sociale", "Pas de considération sociale", "Pas de considération sociale", "Critère social"}[i%4])
	}
	b.WriteString(`]}}`)
	return b.Bytes()
}

// BenchmarkImport takes 50,000 notices from their bytes to the base, on disk.
// The rate wanted is 25,000 a second on two cores.
func BenchmarkImport(b *testing.B) {
	const n = 50_000
	text := regulatory(n)
	for b.Loop() {
		base, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "base.db"))
		if err != nil {
			b.Fatal(err)
		}
		err = arrival.Texts(b.Context(), base, []arrival.Text{{Name: "avis.json", Reader: bytes.NewReader(text)}}, arrival.Options{
			Done: func(im insertion.Import) error {
				if im.Read != n || im.New != n {
					b.Fatalf("%+v", im)
				}
				return nil
			},
		})
		if err != nil {
			b.Fatal(err)
		}
		if err := base.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "notices/s")
}
