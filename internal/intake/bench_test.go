package intake

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
)

// volume makes a 2022 file of n invented notices, with the members and the
// length that real ones have.
func volume(n int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"marches":{"marche":[`)
	for i := range n {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, `{"id": "2024%06d", "acheteur": {"id": "%s"}, "nature": "Marché", "objet": "Réhabilitation de l'école de la rue n° %d et de ses abords, y compris les réseaux : Lot %02d menuiseries extérieures", "codeCPV": "454210%02d", "procedure": "Procédure adaptée", "lieuExecution": {"code": "92%03d", "typeCode": "Code postal"}, "dureeMois": %d, "dateNotification": "2024-%02d-%02d", "datePublicationDonnees": "2024-12-%02d", "montant": %d.%d, "formePrix": "Forfaitaire", "attributionAvance": false, "offresRecues": 8, "marcheInnovant": false, "ccag": "Pas de CCAG", "sousTraitanceDeclaree": false, "typeGroupementOperateurs": "Pas de groupement", "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "%s"}}], "considerationsSociales": {"considerationSociale": ["%s"]}, "considerationsEnvironnementales": {"considerationEnvironnementale": ["Pas de considération environnementale"]}, "modalitesExecution": {"modaliteExecution": ["Sans objet"]}, "techniques": {"technique": ["Sans objet"]}, "typesPrix": {"typePrix": ["Définitif ferme"]}}`,
			i, mairie, i%400, i%14+1, i%100, i%1000, i%48+1, i%12+1, i%28+1, i%28+1, 25_000+i, i%100, []string{vertPre, bonToit, jardinet}[i%3],
			[]string{"Pas de considération sociale", "Clause sociale"}[i%2])
	}
	b.WriteString(`]}}`)
	return b.Bytes()
}

// measure reports notices a second over a file held in memory.
func measure(b *testing.B, data []byte, n int) {
	b.Helper()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := Notices(context.Background(), "volume", struct{ *bytes.Buffer }{bytes.NewBuffer(data)}, Options{})
		if err != nil {
			b.Fatal(err)
		}
		count := 0
		for rec, err := range r.Each() {
			if err != nil || rec.Refusal != nil {
				b.Fatal(err, rec.Refusal)
			}
			count++
		}
		if count != n {
			b.Fatalf("%d notices, want %d", count, n)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "notices/s")
}

func BenchmarkReadJSON2022(b *testing.B) { measure(b, volume(20_000), 20_000) }

func BenchmarkReadXML(b *testing.B) {
	const n = 10_000
	measure(b, []byte("<marches>"+strings.Repeat(xmlRecord, n)+"</marches>"), n)
}

func BenchmarkReadTabularCSV(b *testing.B) {
	const n = 20_000
	var t strings.Builder
	t.WriteString("uid,id,acheteur_id,acheteur_nom,titulaire_id,titulaire_typeIdentifiant,titulaire_nom,objet,montant,dureeMois,codeCPV,dateNotification,datePublicationDonnees,lieuExecution_code,lieuExecution_typeCode,considerationsSociales,modification_id,donneesActuelles\n")
	for i := range n {
		fmt.Fprintf(&t, "A%d,%d,%s,Mairie de Nulle-Part,%s,SIRET,Vert Pré,Réfection de la toiture n° %d du gymnase,%d.50,12,45261000,2024-02-01,2024-02-05,92000,Code postal,\"Clause sociale, Critère social\",0,True\n", i, i, mairie, vertPre, i, 30_000+i)
	}
	measure(b, []byte(t.String()), n)
}
