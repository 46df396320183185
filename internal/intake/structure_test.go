package intake

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// readStructures reads a text and gives what was taken and refused.
func readStructures(t *testing.T, name, text string, join *Join) (taken []insertion.Structure, refused []insertion.Refusal) {
	t.Helper()
	r, err := Structures(t.Context(), name, strings.NewReader(text), StructureOptions{Join: join, Locate: nanterre})
	if err != nil {
		t.Fatal(err)
	}
	for rec, err := range r.Each() {
		switch {
		case err != nil:
			t.Fatal(err)
		case rec.Refusal != nil:
			refused = append(refused, *rec.Refusal)
		case !rec.Reference:
			taken = append(taken, rec.Structure)
		}
	}
	return taken, refused
}

func nanterre(insee, postal, city string) (Located, bool) {
	if insee == "92050" || postal == "92000" || city == "Nanterre" {
		return Located{"92050", "92", "Nanterre", 48.89, 2.2}, true
	}
	return Located{}, false
}

func TestTheListOfTheASPIsReadWithItsZeros(t *testing.T) {
	taken, refused := readStructures(t, "asp.csv", "MESURE;CODE_DEPARTEMENT;CODE_POSTAL;COMMUNE;CODE_NAF2;SIRET;DENOMINATION_SOCIALE;NUM_RUE;NOM_RUE;TELEPHONE;MAIL_SIAE;ROME;ROME 2\n"+
		"ACI;092;92000;NANTERRE;8130Z;00093000000018;LES JARDINS INVENTÉS;3;Rue DES LILAS;146000000;contact@jardins.example;A1203;K2204\n"+
		"PLIE;092;92000;NANTERRE;;00093000000026;AUTRE CHOSE;;;;;;\n", nil)
	if len(taken) != 1 || len(refused) != 1 {
		t.Fatalf("%d taken, %+v", len(taken), refused)
	}
	st := taken[0]
	if st.Kind != insertion.ACI || st.INSEE != "92050" || st.Department != "92" || st.Precise || st.Phone != "01 46 00 00 00" || strings.Join(st.ROME, " ") != "A1203 K2204" {
		t.Errorf("%+v", st)
	}
	if st.Mail != "contact@jardins.example" || st.Address != "3 Rue DES LILAS" {
		t.Errorf("mail %q, address %q", st.Mail, st.Address)
	}
	if r := refused[0]; r.Line != 3 || r.Field != "type" || r.Value != "PLIE" {
		t.Errorf("the refusal does not say where and why: %+v", r)
	}
}

func TestAddressesOfPersonsAreNotTakenIn(t *testing.T) {
	st := insertion.Structure{Name: "Les Jardins Inventés", City: "Nanterre"}
	for mail, kept := range map[string]bool{
		"contact@exemple.fr": true, "jardins.inventes@orange.fr": true, "accueil.nanterre@exemple.fr": true, "direction@exemple.fr": true,
		"marie.durand@exemple.fr": false, "mdurand@gmail.com": false, "durand92@orange.fr": false, "pas une adresse": false, "": false,
	} {
		if got := organisationMail(mail, st) != ""; got != kept {
			t.Errorf("%q kept: %v", mail, got)
		}
	}
}

func TestOneSIRETMayCarryTwoTypes(t *testing.T) {
	taken, _ := readStructures(t, "di.json", `{"items":[{"id":"x","siret":"00093000000018","nom":"Double","code_insee":"92050","latitude":0,"longitude":0,"reseaux_porteurs":["aci","ei","plie"]}]}`, nil)
	if len(taken) != 2 || taken[0].Kind != insertion.ACI || taken[1].Kind != insertion.EI {
		t.Fatalf("%+v", taken)
	}
	if taken[0].Lat != 48.89 || taken[0].Precise {
		t.Errorf("0, 0 was taken for an address: %+v", taken[0])
	}
}

func TestTheFilesOfLeMarcheAreJoined(t *testing.T) {
	join := NewJoin()
	readStructures(t, "sectors.json", `[{"model":"sectors.sectorgroup","pk":1,"fields":{"name":"Entretien du linge"}},{"model":"sectors.sector","pk":13,"fields":{"name":"Blanchisserie","group":1}}]`, join)
	readStructures(t, "networks.json", `[{"model":"networks.network","pk":4,"fields":{"name":"Réseau inventé","brand":"RI"}}]`, join)
	readStructures(t, "activities.json", `[{"model":"siaes.siaeactivity","pk":1,"fields":{"siae":7,"sector":13,"presta_type":["PREST"],"geo_range":"CUSTOM","geo_range_custom_distance":30}}]`, join)
	taken, refused := readStructures(t, "siaes.json", `[{"model":"siaes.siae","pk":7,"fields":{"kind":"EI","name":"Linge","siret":"00093000000018","coords":"SRID=4326;POINT (2.2 48.9)","networks":[4],"contact_first_name":"Prénom","is_active":true}}]`, join)
	if len(taken) != 1 {
		t.Fatalf("refused %+v", refused)
	}
	st := taken[0]
	if len(st.Activities) != 1 || st.Activities[0].Trade != "blanchisserie" || st.Activities[0].Area.Km != 30 || st.Activities[0].Modality != insertion.Subcontracting {
		t.Errorf("activities %+v", st.Activities)
	}
	if strings.Join(st.Networks, "") != "RI" || st.Lat != 48.9 || st.Lon != 2.2 {
		t.Errorf("networks %v at %v, %v", st.Networks, st.Lat, st.Lon)
	}
}

func filledTemplate(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteStructureTemplate(&b, "2026-03"); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	columns := append(StructureColumns(), "heures 03/2026", "heures 04/2026")
	values := map[string]string{
		"SIRET": "00093000000018", "Type": "EI", "Nom": "Vert Demain", "Code postal": "92000", "Commune": "Nanterre", "Métier 1": "Espaces verts",
		"Zone": "rayon", "Rayon (km)": "25", "Réseaux": "FEI, Coorace", "Active": "oui", "heures 03/2026": "120,5",
	}
	for i, c := range columns {
		cell, _ := excelize.CoordinatesToCellName(i+1, 2)
		if v, ok := values[c]; ok {
			if err := f.SetCellStr(sheetStructures, cell, v); err != nil {
				t.Fatal(err)
			}
		}
		cell, _ = excelize.CoordinatesToCellName(i+1, 3)
		if c == "SIRET" || c == "Nom" {
			if err := f.SetCellStr(sheetStructures, cell, "123"); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func checkTemplate(t *testing.T, workbook []byte) {
	t.Helper()
	r, err := Structures(t.Context(), "structures.xlsx", bytes.NewReader(workbook), StructureOptions{Locate: nanterre})
	if err != nil {
		t.Fatal(err)
	}
	var taken []insertion.Structure
	var refused []insertion.Refusal
	for rec, err := range r.Each() {
		if err != nil {
			t.Fatal(err)
		}
		if rec.Refusal != nil {
			refused = append(refused, *rec.Refusal)
			continue
		}
		taken = append(taken, rec.Structure)
	}
	if len(taken) != 1 || len(refused) != 1 || refused[0].Line != 3 {
		t.Fatalf("%d taken, refused %+v", len(taken), refused)
	}
	st := taken[0]
	if st.SIRET != "00093000000018" || len(st.Activities) != 1 || st.Activities[0].Trade != "espaces-verts" || st.Activities[0].Area.Km != 25 || len(st.Networks) != 2 {
		t.Errorf("%+v", st)
	}
	if len(st.Capacity) != 1 || st.Capacity[0].Month != "2026-03" || st.Capacity[0].Hours != 12050 {
		t.Errorf("capacity %+v", st.Capacity)
	}
}

func TestOurSheetComesBackAsItWasFilled(t *testing.T) { checkTemplate(t, filledTemplate(t)) }

func TestOurSheetComesBackFromLibreOffice(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not on this machine")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.xlsx"), filledTemplate(t), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(soffice, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), filepath.Join(dir, "a.xlsx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	saved, err := os.ReadFile(filepath.Join(dir, "out", "a.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	checkTemplate(t, saved)
}

func TestADirectoryCutShortKeepsWhatWasReadAndSaysWhere(t *testing.T) {
	r, err := Structures(t.Context(), "di.json", strings.NewReader(`{"items":[{"siret":"00093000000018","nom":"A","reseaux_porteurs":["ei"]},{"siret":"0009`), StructureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	taken := 0
	var stopped error
	for _, err := range r.Each() {
		if err != nil {
			stopped = err
			continue
		}
		taken++
	}
	if taken != 1 || !errors.Is(stopped, ErrTruncated) {
		t.Errorf("%d taken, stopped by %v", taken, stopped)
	}
}

func FuzzStructures(f *testing.F) {
	f.Add([]byte("siret;type;nom\n00093000000018;EI;A\n"))
	f.Add([]byte(`{"items":[{"siret":"1","nom":"A","reseaux_porteurs":["ei"]}]}`))
	f.Add([]byte(`[{"model":"siaes.siae","pk":7,"fields":{"kind":"EI"}}]`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Structures(context.Background(), "x", bytes.NewReader(b), StructureOptions{})
		if err != nil {
			return
		}
		for rec, err := range r.Each() {
			if err == nil && rec.Refusal == nil && !rec.Reference {
				if st := rec.Structure; strings.ContainsAny(st.Name+st.City+st.Mail, "\x1b\x00\n") || st.SIRET == "" {
					t.Errorf("a structure that a terminal would obey, or without a key: %+v", st)
				}
			}
		}
	})
}

func TestATradeIsReadByItsLabelWhateverCommasItHolds(t *testing.T) {
	var labels []string
	for _, tr := range trade.All() {
		labels = append(labels, tr.Label)
	}
	for _, between := range []string{" | ", "; ", ", "} {
		text := "type\tSIRET\traison sociale\tcode postal\tmétiers\n" +
			"EI\t00093000000018\tTout faire\t92000\t" + strings.Join(labels, between) + "\n" +
			"EI\t00093000000026\tRénover\t92000\tautre chose, Second œuvre, rénovation et petits travaux, peinture\n"
		taken, refused := readStructures(t, "annuaire.csv", text, nil)
		if len(taken) != 2 || len(refused) != 0 {
			t.Fatalf("%d taken, %+v", len(taken), refused)
		}
		for i, tr := range trade.All() {
			if len(taken[0].Activities) <= i || taken[0].Activities[i].Trade != tr.Code {
				t.Fatalf("%q between: %q is not read: %d activities", between, tr.Label, len(taken[0].Activities))
			}
		}
		if a := taken[1].Activities; len(a) != 2 || a[0].Trade != trade.Renovation || a[1].Trade != trade.Peinture {
			t.Errorf("%+v", a)
		}
	}
}
