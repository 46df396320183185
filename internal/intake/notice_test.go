package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// invented SIRETs with a right key.
const (
	mairie   = "00099000100018"
	vertPre  = "00091001100014"
	bonToit  = "00091002200011"
	jardinet = "00091003300018"
)

func TestTheInventedNumbersHaveTheirKey(t *testing.T) {
	for _, s := range []string{mairie, vertPre, bonToit, jardinet} {
		if !insertion.ValidSIRET(s) {
			t.Errorf("%s has a wrong key", s)
		}
	}
}

// notice reads one 2022 notice with these members besides a buyer, an id and an object.
func notice(t *testing.T, members string) Record {
	t.Helper()
	if members != "" {
		members = ", " + members
	}
	text := `{"marches":{"marche":[{"id":"2025-07","acheteur":{"id":"` + mairie + `"},"objet":"Lot 3 : taille des haies"` + members + `}]}}`
	records, _, err := readAll(t, "essai.json", []byte(text), Options{})
	if err != nil || len(records) != 1 || records[0].Refusal != nil {
		t.Fatalf("%s: %v, %+v", members, err, records)
	}
	return records[0]
}

// warned tells whether a field has a warning.
func warned(r Record, field string) bool {
	return slices.ContainsFunc(r.Warnings, func(w insertion.Refusal) bool { return w.Field == field })
}

func TestDatesOfEveryShapeAreRead(t *testing.T) {
	for raw, want := range map[string]insertion.Date{
		`"2018-12-17+01:00"`: "2018-12-17", `"2018-11-29-04:00"`: "2018-11-29", `"2021-09-16T00:00:00Z"`: "2021-09-16",
		`"0218-10-29"`: "2018-10-29", `"0022-04-29"`: "2022-04-29", `"5021-02-18"`: "2021-02-18", `"220-03-04"`: "2020-03-04",
		`"30/01/2019"`: "2019-01-30", `"01-03-2024"`: "2024-03-01", `"1.2.24"`: "2024-02-01", `"2018-9-3"`: "2018-09-03", `"2018-9-3 10:30"`: "2018-09-03",
		`"20240301"`: "2024-03-01", `20240301`: "2024-03-01", `"2024/03/01"`: "2024-03-01", `45352`: "2024-03-01",
		`"September, 16 2021 00:00:00"`: "2021-09-16", `"16 septembre 2021"`: "2021-09-16", `"1er août 2023"`: "2023-08-01", `"3 févr. 2023"`: "2023-02-03",
		`"2026-02-30"`: "", `"31/04/2024"`: "", `""`: "", `"NC"`: "", `null`: "", `"test"`: "", `"9999-99-99"`: "", `"2027-07-01"`: "2027-07-01",
	} {
		r := notice(t, `"dateNotification":`+raw+`,"datePublicationDonnees":"2024-03-20"`)
		if r.Notice.Notified != want {
			t.Errorf("%s is read as %q, want %q", raw, r.Notice.Notified, want)
		}
		odd := want == "" && raw != `""` && raw != `"NC"` && raw != `null`
		mended := strings.HasPrefix(raw, `"0`) && strings.Contains(raw, "-29") || strings.HasPrefix(raw, `"5021`) || strings.HasPrefix(raw, `"220-`)
		if got := warned(r, "dateNotification"); got != (odd || mended) {
			t.Errorf("%s: warned %v", raw, got)
		}
	}
	if r := notice(t, `"dateNotification":"0018-05-02"`); r.Notice.Notified != "" {
		t.Errorf("a century is guessed without another date: %s", r.Notice.Notified)
	}
}

func TestAmountsOfEveryShapeAreReadAndTheDoubtfulOnesMarked(t *testing.T) {
	for raw, want := range map[string]struct {
		amount   insertion.Cents
		doubtful bool
	}{
		`84000.5`: {8400050, false}, `"84 000,50"`: {8400050, false}, `"1 820 542,00"`: {182054200, false}, `"1.820.542,00 €"`: {182054200, false},
		`"1,820,542.00"`: {182054200, false}, `"25\u00a0000 euros HT"`: {2500000, false}, `4.5e4`: {4500000, false}, `"12,5"`: {1250, false},
		`0`: {0, true}, `1`: {100, true}, `0.01`: {1, true}, `1e17`: {99_999_999_999_999_900, true}, `99999999`: {9999999900, true}, `123456789`: {12345678900, true},
		`222222`: {22222200, true}, `99999`: {9999900, false}, `"NC"`: {0, true}, `NaN`: {0, true}, `null`: {0, true}, `-5000`: {0, true}, `"beaucoup"`: {0, true},
		`100000000000`: {10000000000000, true}, `14000000000`: {1400000000000, false}, `84000.125`: {8400013, false},
	} {
		n := notice(t, `"montant":`+raw).Notice
		if n.Amount != want.amount || n.AmountDoubtful != want.doubtful {
			t.Errorf("%s is read as %v, doubtful %v; want %v, %v", raw, n.Amount, n.AmountDoubtful, want.amount, want.doubtful)
		}
	}
}

func TestDurationsAreMonths(t *testing.T) {
	for raw, want := range map[string]int{
		`24`: 24, `"12"`: 12, `"12 mois"`: 12, `6.5`: 7, `"6,5"`: 7, `"3 ans"`: 36, `"90 jours"`: 3, `1460`: 48, `0`: 0, `"NC"`: 0, `"bientôt"`: 0, `-3`: 0, `99999999`: 0,
	} {
		if got := notice(t, `"dureeMois":`+raw).Notice.Months; got != want {
			t.Errorf("%s is read as %d months, want %d", raw, got, want)
		}
	}
	if got := notice(t, `"_type":"Contrat de concession","dureeMois":1188`).Notice.Months; got != 1188 {
		t.Errorf("a concession of 99 years is read as %d months", got)
	}
}

func TestContractorsAreFoundHoweverTheyAreNested(t *testing.T) {
	for raw, want := range map[string]string{
		`[{"titulaire":{"typeIdentifiant":"SIRET","id":"` + vertPre + `"}}]`:                                                           "SIRET " + vertPre,
		`[{"typeIdentifiant":"SIRET","id":"` + vertPre + `","denominationSociale":"Vert Pré"},{"titulaire":{"id":"` + bonToit + `"}}]`: "SIRET " + vertPre + " Vert Pré, SIRET " + bonToit,
		`[[{"id":"` + vertPre + `"}],[{"id":"` + bonToit + `"}]]`:                                                                      "SIRET " + vertPre + ", SIRET " + bonToit,
		`{"titulaire":[{"id":"` + vertPre + `"},{"id":"` + vertPre + `"}]}`:                                                            "SIRET " + vertPre,
		`{"titulaire":{"id":"` + vertPre + `"}}`:                                                                                       "SIRET " + vertPre,
		`[{"titulaire":"typeIdentifiant"},{"titulaire":"id"}]`:                                                                         "",
		`[{"titulaire":"` + vertPre + `"}]`:                                                                                            "SIRET " + vertPre,
		`["` + vertPre + `"]`:                                                                                                          "SIRET " + vertPre,
		`[{"titulaire":{"id":"","typeIdentifiant":""}},{"titulaire":{}}]`:                                                              "",
		`[]`: "", `null`: "", `"CDL"`: "",
		`[{"id":"","denominationSociale":"Sans Numéro"}]`: " Sans Numéro",
	} {
		r := notice(t, `"titulaires":`+raw)
		if got := partyWords(r.Notice.Contractors); got != want {
			t.Errorf("%s is read as %q, want %q", raw, got, want)
		}
		if warned(r, "titulaires") != (want == "") {
			t.Errorf("%s: warned %v", raw, warned(r, "titulaires"))
		}
	}
}

func partyWords(all []insertion.Party) string {
	var words []string
	for _, p := range all {
		words = append(words, strings.TrimRight(fmt.Sprintf("%s %s %s", p.Kind, p.ID, p.Name), " "))
	}
	return strings.ReplaceAll(strings.Join(words, ", "), "  ", " ")
}

func TestIdentifiersAreMendedOrKeptAsTheyAre(t *testing.T) {
	for _, c := range []struct {
		id, kind, want string
		warned         bool
	}{
		{`" 00091001100014"`, `"SIRET"`, "SIRET 00091001100014", false},
		{`"000 910 011 00014"`, `"SIRET"`, "SIRET 00091001100014", false},
		{`"000910011-00014"`, `null`, "SIRET 00091001100014", false},
		{`00091001100014`, `""`, "SIRET 00091001100014", false},
		{`3.5600000000048E13`, `"SIRET"`, "SIRET 35600000000048", false},
		{`"1222333000099"`, `"SIRET"`, "SIRET 01222333000099", true},
		{`"00091001100015"`, `"SIRET"`, "SIRET 00091001100015", true},
		{`"000910011"`, `"SIRET"`, " 000910011", true},
		{`"00091001100014123"`, `"SIRET"`, " 00091001100014123", true},
		{`"35600000000048"`, `"SIRET"`, "SIRET 35600000000048", false},
		{`"ESB85535615"`, `"TVA"`, "TVA ESB85535615", false},
		{`"NL805843954B01"`, `"TVA_INTRACOMMUNAUTAIRE"`, "TVA NL805843954B01", false},
		{`"DE123456789"`, `""`, "TVA DE123456789", false},
		{`"BRMOTORES"`, `"HORS_UE"`, "HORS-UE BRMOTORES", false},
		{`"FRWFDUPONT"`, `"FRW"`, "FRWF FRWFDUPONT", false},
		{`"587857001"`, `"TAHITI"`, "TAHITI 587857001", false},
		{`"W751067032"`, `"IREP"`, "IREP W751067032", false},
		{`"1234567890"`, `"RIDET"`, "RIDET 1234567890", false},
		{`"00000000000000"`, `"SIRET"`, "", false},
		{`"DUPONT SARL"`, `"SIRET"`, " DUPONT SARL", true},
	} {
		r := notice(t, `"titulaires":[{"titulaire":{"id":`+c.id+`,"typeIdentifiant":`+c.kind+`}}]`)
		if got := partyWords(r.Notice.Contractors); got != c.want || warned(r, "titulaires.id") != c.warned {
			t.Errorf("%s %s is read as %q (warned %v), want %q (%v)", c.kind, c.id, got, warned(r, "titulaires.id"), c.want, c.warned)
		}
	}
}

func TestConsiderationsAreFlagsWhateverTheirShape(t *testing.T) {
	const clause, criterion, reserved, none = insertion.SocialClause, insertion.SocialCriterion, insertion.SocialReserved, insertion.NoSocial
	for raw, want := range map[string]insertion.Social{
		`{"considerationSociale":["Clause sociale","Critère social"]}`: clause | criterion,
		`["Clause sociale"]`: clause, `"Clause sociale"`: clause, `"Critère social, Clause sociale"`: clause | criterion,
		`"['Clause sociale', \"Critère social\"]"`: clause | criterion, `{"considerationSociale":"Marché réservé"}`: reserved,
		`["Concession réservée"]`: reserved, `["Marche reserve"]`: reserved, `"CRITERE SOCIAL"`: criterion, `"INX Clause social"`: clause,
		`["Pas de considération sociale","Clause sociale"]`: clause, `["Pas de considération sociale"]`: none, `"Pas de consid\ufffdration sociale"`: none,
		`[]`: 0, `["NC"]`: 0, `null`: 0, `"CDL"`: 0, `"MQ"`: 0, `["Clause environnementale"]`: 0,
	} {
		r := notice(t, `"considerationsSociales":`+raw)
		if r.Notice.Social != want {
			t.Errorf("%s is read as %v, want %v", raw, r.Notice.Social.Words(), want.Words())
		}
		if contrary := strings.Contains(raw, "Pas de considération sociale\",\"Clause"); warned(r, "considerationsSociales") != (contrary || strings.Contains(raw, "environnementale")) {
			t.Errorf("%s: warnings %v", raw, r.Warnings)
		}
	}
	if s := notice(t, "").Notice.Social; s != 0 {
		t.Errorf("nothing declared is read as %v", s.Words())
	}
}

func TestCPVCodesHaveEightDigitsOrNone(t *testing.T) {
	for raw, want := range map[string]string{
		`"77310000-6"`: "77310000", `"77310000"`: "77310000", `77310000`: "77310000", `9310000`: "09310000", `"9132100"`: "09132100", `"773100006"`: "77310000",
		`"12345678"`: "", `"00000000"`: "", `"99999999-9"`: "", `"4511200-0"`: "", `"travaux"`: "", `"CDL"`: "", `"77.31.00.00"`: "77310000", `"74200000"`: "74200000",
	} {
		if got := notice(t, `"codeCPV":`+raw).Notice.CPV; got != want {
			t.Errorf("%s is read as %q, want %q", raw, got, want)
		}
	}
}

func TestKindsOfPlaceAreNormalised(t *testing.T) {
	for raw, want := range map[string]insertion.Place{
		`{"code":"92000","typeCode":"CODE POSTAL","nom":"Nanterre"}`: {Code: "92000", Kind: "code postal", Name: "Nanterre"},
		`{"code":92,"typeCode":"Code departement"}`:                  {Code: "92", Kind: "département"},
		`{"code":"92","typeCode":"Code d\ufffdpartement"}`:           {Code: "92", Kind: "département"},
		`{"code":"FR","typeCode":"Code département"}`:                {Code: "FR", Kind: "pays"},
		`{"code":"INX","typeCode":"Code région"}`:                    {Kind: "région"},
		`[{"code":"92050","typeCode":"commune"},{"code":"1"}]`:       {Code: "92050", Kind: "commune"},
		`"Nanterre"`: {Name: "Nanterre"}, `null`: {},
	} {
		if got := notice(t, `"lieuExecution":`+raw).Notice.Place; got != want {
			t.Errorf("%s is read as %+v, want %+v", raw, got, want)
		}
	}
	if got := notice(t, `"lieuExecution.code":"92","LIEUEXECUTION_TYPECODE":"Code département"`).Notice.Place; got.Code != "92" || got.Kind != "département" {
		t.Errorf("flat keys are read as %+v", got)
	}
}

func TestTheNumberOfALotIsReadInItsObject(t *testing.T) {
	for object, want := range map[string]string{
		"Lot 3 : haies": "3", "travaux - LOT N°07 peinture": "7", "Lot n° 2B menuiserie": "2b", "Construction (lot no4)": "4", "lot1": "1", "Lot numéro 12": "12",
		"LOT 8 PLOMBERIE": "8", "Lot 1.2 : serrures": "1.2", "Lot A : nord": "a", "Lot n\ufffd5": "5", "Lot 12, lot 13": "12",
		"Allotissement 3": "", "Pilote 3": "", "lot unique": "", "Lots 1 et 2": "", "lot": "", "Lot ": "", "Lot A": "", "Lot B  ": "", "lot 20240001": "",
	} {
		if got := lotNumber(object); got != want {
			t.Errorf("%q has lot %q, want %q", object, got, want)
		}
	}
}

func TestModificationsAreSortedAndKeepTheInitialValues(t *testing.T) {
	r := notice(t, `"montant":100000,"dureeMois":12,"datePublicationDonnees":"2024-01-10","titulaires":[{"titulaire":{"id":"`+vertPre+`"}}],
		"modifications":[
			{"modification":{"id":2,"dateNotificationModification":"2024-06-01","dureeMois":"18"}},
			{"modification":{"id":0,"dateSignatureModification":"2024-03-01+01:00","montant":"110 000,00","titulaires":[{"titulaire":"id"}]}},
			{"id":3,"dateNotificationModification":"0024-09-01","titulaires":[{"id":"`+bonToit+`"}],"objetModification":"Changement de titulaire"},
			{"modification":{}}]`)
	n := r.Notice
	if len(n.Modifications) != 3 || n.Modifications[0].Number != 0 || n.Modifications[1].Number != 2 || n.Modifications[2].Date != "2024-09-01" {
		t.Fatalf("%+v", n.Modifications)
	}
	if n.Modifications[0].Date != "2024-03-01" || n.Modifications[0].Months != nil || n.Modifications[1].Amount != nil || len(n.Modifications[0].Contractors) != 0 {
		t.Errorf("a field that did not change is filled: %+v", n.Modifications)
	}
	if n.Amount != insertion.Euros(100_000) || n.CurrentAmount() != insertion.Euros(110_000) || n.CurrentMonths() != 18 || n.CurrentContractors()[0].ID != bonToit {
		t.Errorf("now %v, %d months, %v", n.CurrentAmount(), n.CurrentMonths(), n.CurrentContractors())
	}
}

func TestTheRestOfANoticeIsKept(t *testing.T) {
	n := notice(t, `"nature":"MARCHE","procedure":"Procédure concurrentielle avec négociation","ccag":"Travaux","techniques":{"technique":["Accord-cadre","Sans objet"]},
		"modalitesExecution":{"modaliteExecution":"Tranches"},"idAccordCadre":"AC-1","typeGroupementOperateurs":"SOLIDAIRE","TypePrix":"Définitif ferme","source":"invente",
		"actesSousTraitance":[{"acteSousTraitance":{"id":1,"montant":5,"sousTraitant":{"id":"`+jardinet+`","typeIdentifiant":"SIRET"}}}]`).Notice
	got := strings.Join([]string{n.Reference, n.Nature, n.Procedure, n.CCAG, strings.Join(n.Techniques, "+"), strings.Join(n.Execution, "+"), n.FrameworkRef, n.Group, n.PriceForm, n.Source, partyWords(n.Subcontractors), n.LotNumber}, "|")
	if want := "2025-07|Marché|Procédure avec négociation|Travaux|Accord-cadre|Tranches|AC-1|Solidaire|Définitif ferme|invente|SIRET " + jardinet + "|3"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func TestTheBuyerIsFoundUnderItsOtherNames(t *testing.T) {
	for members, want := range map[string]string{
		`"acheteur.id":"` + mairie + `"`:                                     mairie,
		`"acheteur":null,"ACHETEUR_ID":"00099000100018"`:                     mairie,
		`"autoriteConcedante":{"id":"` + mairie + `","nom":"Mairie"}`:        mairie + "Mairie",
		`"acheteur":[{"id":"` + mairie + `"}]`:                               mairie,
		`"acheteur":"Mairie de Nulle-Part"`:                                  "Mairie de Nulle-Part",
		`"acheteur":"` + mairie + `"`:                                        mairie,
		`"montant":1,"uid":"` + mairie + `2025-07"`:                          mairie,
		`"acheteur":{"acheteur":{"id":"` + mairie + `","nom":"Mairie"}}`:     mairie + "Mairie",
		`"acheteur":{"id":"` + mairie + `","nom":"Mairie\u001b[2J","x":[1]}`: mairie + "Mairie[2J",
	} {
		text := `[{"id":"2025-07","objet":"Haies",` + members + `}]`
		records, _, err := readAll(t, "essai.json", []byte(text), Options{})
		if err != nil || len(records) != 1 || records[0].Refusal != nil {
			t.Fatalf("%s: %v", members, err)
		}
		if b := records[0].Notice.Buyer; b.ID+b.Name != want {
			t.Errorf("%s is read as %+v", members, b)
		}
	}
}

func TestOnlyWhatCannotBeANoticeIsRefused(t *testing.T) {
	text := `[{"objet":"Haies","montant":1},{},null,12,{"id":"1"},"texte",{"a":1,"b":{"c":[2]}},{"acheteur":{"id":"` + mairie + `"},"montant":40000}]`
	records, _, err := readAll(t, "essai.json", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var kept []int
	for _, r := range records {
		if r.Refusal == nil {
			kept = append(kept, r.Number)
		} else if r.Refusal.Reason == "" || r.Refusal.Record != r.Number || r.Refusal.Line != 1 {
			t.Errorf("refusal %+v of record %d", r.Refusal, r.Number)
		}
	}
	if len(records) != 8 || !slices.Equal(kept, []int{1, 8}) {
		t.Errorf("kept %v of %d", kept, len(records))
	}
}

func TestANoticeOutsideTheTerritoryIsRefused(t *testing.T) {
	resolve := func(p insertion.Place, buyer string) insertion.Place {
		switch {
		case p.Code != "" && p.Code != "FR":
			p.Department = p.Code[:2]
		case buyer == mairie:
			p.Department = "92"
		}
		return p
	}
	record := func(code, buyer string) string {
		return `{"id":"1","objet":"Haies","acheteur":{"id":"` + buyer + `"},"lieuExecution":{"code":"` + code + `"}}`
	}
	text := "[" + strings.Join([]string{record("92000", vertPre), record("75010", mairie), record("", mairie), record("", vertPre)}, ",\n") + "]"
	records, _, err := readAll(t, "essai.json", []byte(text), Options{Departments: []string{"92"}, Resolve: resolve})
	if err != nil {
		t.Fatal(err)
	}
	for i, in := range []bool{true, false, true, false} {
		if got := records[i].Refusal == nil; got != in {
			t.Errorf("record %d kept: %v", i+1, got)
		}
	}
	if r := records[1].Refusal; r.Reason != "hors du territoire demandé" || r.Field != "lieuExecution" || r.Value != "75010" || r.Line != 2 {
		t.Errorf("%+v", r)
	}
}
