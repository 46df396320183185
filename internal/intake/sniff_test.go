package intake

import "testing"

func TestAFileIsToldByItsContent(t *testing.T) {
	for head, want := range map[string]Format{
		"":       FormatEmpty,
		" \r\n ": FormatEmpty,
		`{}`:     FormatEmpty,
		`[ ]`:    FormatEmpty,
		`{"marches": [{"id": "1", "acheteur": {"id": "2"}}]}`: FormatNoticesJSON19,
		`{"marches": []}`: FormatNoticesJSON19,
		"\xef\xbb\xbf{ \"Marches\" : {\"marche\": []}}":                      FormatNoticesJSON22,
		`{"version": "1", "marches": {"contrat-concession": [`:               FormatNoticesJSON22,
		`[{"id":"1","objet":"Peinture","codecpv":"45442110"}]`:               FormatNoticesFlat,
		`<?xml version="1.0"?><ns2:marches><ns2:marche><id>1</id>`:           FormatNoticesXML,
		`<html><body>404</body></html>`:                                      FormatUnknown,
		"id;acheteur_id;objet;montant;titulaire_id_1\n":                      FormatNoticesODS,
		"uid,id,acheteur_id,titulaire_id,objet,montant,modification_id\n":    FormatNoticesTabular,
		"MARCHE_ID,ACHETEURS_ID,MARCHE_OBJET,MONTANT,CPV_CODE\n":             FormatNoticesSCDL,
		"Objet du march\xe9;Montant HT;Date de notification;Titulaire\n":     FormatNoticesCSV,
		"MESURE;CODE_DEPARTEMENT;SIRET;DENOMINATION_SOCIALE\n":               FormatStructuresCSV,
		"siret;type;nom;lat;lon;code_insee\n":                                FormatStructuresCSV,
		"code_insee;nom;lat;lon\n":                                           FormatPlaces,
		`[{"siret": "1", "type": "EI", "raison_sociale": "x"}]`:              FormatStructuresJSON,
		`{"items": [{"source": "x", "id": "1", "nom": "y", "siret": null}]}`: FormatStructuresJSON,
		`[{"a": 1, "b": 2}]`:                                                 FormatUnknown,
		"%PDF-1.7 binaire":                                                   FormatUnknown,
		"une phrase quelconque":                                              FormatUnknown,
		"PK\x03\x04":                                                         FormatZip,
	} {
		if got := Sniff([]byte(head)); got != want {
			t.Errorf("Sniff(%q) = %q, want %q", head, got, want)
		}
	}
}
