package intake

import (
	"errors"
	"io"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

const xmlRecord = `<ns2:marche xmlns:ns2="urn:x" a="b>c">
  <id>X-1</id><id>X-2</id>
  <acheteur><id>` + mairie + `</id><nom>Mairie &amp; Cie</nom></acheteur>
  <objet><![CDATA[Lot 2 : murs & toits]]><!-- note --> (suite)</objet>
  <codeCPV>45000000-7</codeCPV><montant>575000</montant><dureeMois/>
  <dateNotification>
     2024-05-15
  </dateNotification>
  <titulaires><titulaire><typeIdentifiant>SIRET</typeIdentifiant><id>` + vertPre + `</id></titulaire><titulaire><id>` + bonToit + `</id></titulaire></titulaires>
  <considerationsSociales><considerationSociale>Clause sociale</considerationSociale><considerationSociale>Critère social</considerationSociale></considerationsSociales>
  <modifications><modification><id>1</id><montant>600000</montant><dateNotificationModification> 2025-01-02 </dateNotificationModification></modification></modifications>
</ns2:marche>`

func TestXMLIsReadByLocalNamesAndTheFirstOfRepeatedTagsWins(t *testing.T) {
	text := "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<!DOCTYPE x [<!ENTITY a \"b\">]>\n<ns2:marches>\n" + xmlRecord + "\n</ns2:marches>"
	records, format, err := readAll(t, "essai.xml", []byte(text), Options{})
	if err != nil || len(records) != 1 || records[0].Refusal != nil || format != string(FormatNoticesXML) {
		t.Fatalf("%v %q %+v", err, format, records)
	}
	n := records[0].Notice
	if records[0].Line != 4 || n.Reference != "X-1" || n.Buyer.Name != "Mairie & Cie" || n.Object != "Lot 2 : murs & toits (suite)" || n.Notified != "2024-05-15" || n.Amount != insertion.Euros(575_000) {
		t.Errorf("line %d: %+v", records[0].Line, n)
	}
	if partyWords(n.Contractors) != "SIRET "+vertPre+", SIRET "+bonToit || n.Social != insertion.SocialClause|insertion.SocialCriterion || n.CurrentAmount() != insertion.Euros(600_000) {
		t.Errorf("%+v", n)
	}
}

func TestBadXMLLosesOnlyTheRecordsThatAreBad(t *testing.T) {
	record := func(id string) string {
		return "<marche><id>" + id + "</id><objet>Haies</objet><montant>1</montant></marche>"
	}
	for text, want := range map[string]string{
		"<marches>" + record("1") + "<contrat-concession><id>2</id><objet>Parc</objet><valeurGlobale>9</valeurGlobale></contrat-concession></marches>": "1 2c",
		"<marches>" + record("1") + "<marche><id>2</id><objet>jamais fermé" + record("3") + "</marches>":                                               "1 ! 3",
		"<marches><marche/>" + record("2") + "</marches>":                                                                                              "! 2",
		"<marches><marche><id>1</id><objet>a < b et c</objet><montant>1</montant></marche></marches>":                                                  "1",
		"<marches><marche><id>1</id><objet>mal <b>fermé</objet><montant>1</montant></marche>" + record("2") + "</marches>":                             "1 2",
		"<marches><marche>" + strings.Repeat("<x>", 100) + strings.Repeat("</x>", 100) + "</marche>" + record("2") + "</marches>":                      "! 2",
		"<marches><marche><id>1</id><objet>\x1b[2J&#27;[31m&eacute;t\xe9</objet><montant>1</montant></marche></marches>":                               "1",
		"<?xml version='1.0'?><r><marches>" + record("1") + "</marches></r>":                                                                           "1",
	} {
		got, err := references(t, "essai.xml", text)
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s\n%v, %v; want %s", text, got, err, want)
		}
	}
	whole := "<marches>\n" + record("1") + "\n" + record("2") + "\n</marches>"
	for cut := strings.Index(whole, "<id>1"); cut < len(whole)-1; cut++ {
		got, err := references(t, "essai.xml", whole[:cut])
		if want := strings.Count(whole[:cut], "</marche>"); len(got) != want || !errors.Is(err, ErrTruncated) {
			t.Fatalf("cut at %d: %v, %v; want %d", cut, got, err, want)
		}
	}
}

func TestAHugeXMLRecordIsSteppedOver(t *testing.T) {
	x := &xmlReader{name: "essai.xml", keys: keys{}, w: newWindow(io.MultiReader(
		strings.NewReader("<marches><marche><objet>"), io.LimitReader(endless{'x'}, 100<<20), strings.NewReader("</objet></marche>"+xmlRecord+"</marches>")))}
	var tr tree
	if _, bad, ok, err := x.next(&tr); bad == nil || !ok || err != nil {
		t.Fatalf("%+v %v %v", bad, ok, err)
	}
	if _, bad, ok, err := x.next(&tr); bad != nil || !ok || err != nil {
		t.Fatalf("%+v %v %v", bad, ok, err)
	}
	if cap(x.w.buf) > 40<<20 {
		t.Errorf("%d MB were kept", cap(x.w.buf)>>20)
	}
}
