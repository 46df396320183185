package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// marche writes a small 2022 record.
func marche(id string) string {
	return `{"id":"` + id + `","acheteur":{"id":"` + mairie + `"},"objet":"Haies","titulaires":[{"titulaire":{"id":"` + vertPre + `"}},{"titulaire":{"id":"` + bonToit + `"}}],"montant":40000}`
}

// references reads a text and gives the reference of each notice, or "!" for a
// refusal, and the error that ended the reading.
func references(t *testing.T, name, text string) ([]string, error) {
	t.Helper()
	records, _, err := readAll(t, name, []byte(text), Options{})
	var all []string
	for _, r := range records {
		if r.Refusal != nil {
			all = append(all, "!")
			continue
		}
		ref := r.Notice.Reference
		if r.Notice.Concession {
			ref += "c"
		}
		all = append(all, ref)
	}
	return all, err
}

func TestRecordsAreFoundWhereverTheListsAre(t *testing.T) {
	for text, want := range map[string]string{
		`{"marches":[` + marche("1") + `,` + marche("2") + `]}`:                                                                      "1 2",
		`{"marches":{"marche":[` + marche("1") + `],"contrat-concession":[` + marche("2") + `]}}`:                                    "1 2c",
		`{"marches":{"contrat-concession":[],"marche":` + marche("1") + `}}`:                                                         "1",
		`{"marches":{"marche":` + marche("1") + `,"contrat-concession":` + marche("2") + `}}`:                                        "1 2c",
		`{"MARCHES":{"Marche":[` + marche("1") + `]}}`:                                                                               "1",
		`{"version":2,"meta":{"a":[1,{"b":"}"}]},"marches":[` + marche("1") + `],"fin":"x"}`:                                         "1",
		`[` + marche("1") + `,` + marche("2") + `]`:                                                                                  "1 2",
		`[[` + marche("1") + `],[` + marche("2") + `]]`:                                                                              "1 2",
		`{"marches":{"marche":{"marche":[` + marche("1") + `]}}}`:                                                                    "1",
		`{"marches":[{"marche":` + marche("1") + `},{"marche":` + marche("2") + `}]}`:                                                "1 2",
		`{"total_count":1,"results":[` + marche("1") + `]}`:                                                                          "1",
		`[{"datasetid":"d","fields":` + marche("1") + `}]`:                                                                           "1",
		marche("1") + "\n" + marche("2") + "\n":                                                                                      "1 2",
		marche("1"):                                                                                                                  "1",
		"\ufeff" + `{"marches":[` + marche("1") + `,]}`:                                                                              "1",
		`{"marches":{"marche":[],"contrat-concession":[` + strings.Replace(marche("1"), "acheteur", "autoriteConcedante", 1) + `]}}`: "1c",
	} {
		got, err := references(t, "essai.json", text)
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s\n%v, %v; want %s", text, got, err, want)
		}
	}
}

func TestWhatPlatformsWriteInsteadOfJSONIsRead(t *testing.T) {
	for object, want := range map[string]string{
		`"Cit\'jardin \d"`:            `Cit'jardin \d`,
		`"C:\\dossier\/x\u00e9"`:      `C:\dossier/xé`,
		`"Travaux "urgents" rue X"`:   `Travaux "urgents" rue X`,
		`"Du "pain", vins et fruits"`: `Du "pain", vins et fruits`,
		"\"ligne\nsuivante\ttab\"":    "ligne suivante tab",
		`'à l'école'`:                 "à l'école",
		`"\ud83d\ude00 \ud83d \uZZ"`:  "😀 \ufffd \\uZZ",
		`"\u001b[31m\u009b2J&#27;c"`:  "[31m›2Jc",
		"\"cit\xe9\"":                 "cité",
	} {
		text := `{"marches":[{"id":"1","acheteur":{"id":"` + mairie + `"},"objet":` + object + `,"tauxAvance":NaN,"x":None,"montant":40000,}]}`
		records, _, err := readAll(t, "essai.json", []byte(text), Options{})
		if err != nil || len(records) != 1 || records[0].Refusal != nil {
			t.Errorf("%s: %v %+v", object, err, records)
			continue
		}
		if n := records[0].Notice; n.Object != want || n.Amount != 4000000 {
			t.Errorf("%s is read as %q, %v", object, n.Object, n.Amount)
		}
	}
}

func TestABrokenRecordIsRefusedAndTheOthersRead(t *testing.T) {
	broken := strings.Replace(marche("2"), `"objet":"Haies"`, `"objet" "Haies" : : [`, 1)
	for text, want := range map[string]string{
		`{"marches":[` + marche("1") + `,` + broken + `,` + marche("3") + `,` + marche("4") + `]}`:                                             "1 ! 3 4",
		`{"marches":[` + broken + `,` + marche("2") + `]}`:                                                                                     "! 2",
		`{"marches":{"marche":[` + marche("1") + `,` + broken + `],"contrat-concession":[` + marche("3") + `]}}`:                               "1 ! 3",
		`{"marches":[` + marche("1") + `,` + broken + `,` + broken + `,` + marche("3") + `]}`:                                                  "1 ! ! 3",
		`{"marches":[` + marche("1") + `,{"id":"2","objet":` + strings.Repeat(`[`, 200) + strings.Repeat(`]`, 200) + `},` + marche("3") + `]}`: "1 ! 3",
	} {
		got, err := references(t, "essai.json", text)
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s\n%v, %v; want %s", text, got, err, want)
		}
	}
}

func TestAFileCutShortKeepsItsWholeRecordsAndSaysWhere(t *testing.T) {
	whole := "{\"marches\":{\"marche\":[\n" + marche("1") + ",\n" + marche("2") + ",\n" + marche("3") + "\n]}}"
	third := strings.Index(whole, marche("3"))
	for cut := 1; cut < len(whole); cut++ {
		got, err := references(t, "essai.json", whole[:cut])
		want := 0
		for _, id := range []string{"1", "2", "3"} {
			if end := strings.Index(whole, marche(id)) + len(marche(id)); cut >= end {
				want++
			}
		}
		if len(got) != want || slices.Contains(got, "!") {
			t.Fatalf("cut at %d: %v, want %d records", cut, got, want)
		}
		if err == nil {
			t.Fatalf("cut at %d: no error", cut)
		}
		var sentence *FileError
		if cut > third && (!errors.Is(err, ErrTruncated) || !errors.As(err, &sentence) || sentence.Line != 4 && sentence.Line != 5 || sentence.Remedy == "") {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
	_, err := references(t, "essai.json", whole[:third+20])
	if want := "essai.json, ligne 4, octet " + fmt.Sprint(third) + " : le fichier s'arrête avant sa fin, après 2 enregistrements ; les avis déjà lus sont gardés ; téléchargez-le de nouveau."; err.Error() != want {
		t.Errorf("%s\nwant %s", err, want)
	}
}

func TestFilesWithoutNoticesAreSaidSo(t *testing.T) {
	for text, want := range map[string]error{
		"": ErrEmpty, " \n ": ErrEmpty, "{}": ErrEmpty, "[]": ErrEmpty, `{"marches":[]}`: ErrEmpty, `{"marches":{"marche":[],"contrat-concession":[]}}`: ErrEmpty,
		`{"a":1}`: ErrUnknown, `[{"a":1},{"b":2}]`: ErrUnknown, `{"erreur":"404"}`: ErrUnknown, `<html><body>404</body></html>`: ErrUnknown,
		`[{"siret":"1","raison_sociale":"x","type":"EI"}]`: ErrUnknown, "une phrase": ErrUnknown, "a;b\n1;2\n": ErrUnknown,
		strings.Repeat("[", 100_000): ErrUnknown, `{"marches":` + strings.Repeat("[", 100_000): ErrTooDeep,
		`{"properties":{"marches":{"type":"object","objet":{"a":1},"montant":2}}}`: ErrUnknown,
	} {
		got, err := references(t, "essai.json", text)
		var sentence *FileError
		if len(got) != 0 || !errors.Is(err, want) || !errors.As(err, &sentence) || strings.Count(err.Error(), "\n") > 0 {
			t.Errorf("%.60q: %v, %v", text, got, err)
		}
	}
}

func TestAHugeRecordIsSteppedOverInBoundedMemory(t *testing.T) {
	huge := io.MultiReader(
		strings.NewReader(`{"marches":[`+marche("1")+`,{"id":"2","objet":"`), io.LimitReader(endless{'x'}, 100<<20), strings.NewReader(`"},`+marche("3")+`]}`))
	var before, during runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	r, err := Notices(context.Background(), "énorme.json", huge, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for rec, err := range r.Each() {
		if err != nil {
			t.Fatal(err)
		}
		if rec.Refusal != nil {
			got = append(got, rec.Refusal.Reason)
			continue
		}
		got = append(got, rec.Notice.Reference)
	}
	runtime.ReadMemStats(&during)
	if want := []string{"1", "l'enregistrement dépasse 8 Mo", "3"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if grown := int64(during.Sys) - int64(before.Sys); grown > 100<<20 {
		t.Errorf("the memory grew by %d MB", grown>>20)
	}
}

func TestTheReadingStopsWhenItIsAskedTo(t *testing.T) {
	text := `{"marches":[` + strings.Repeat(marche("1")+",", 5000) + marche("2") + `]}`
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r, err := Notices(ctx, "essai.json", strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	var end error
	for rec, err := range r.Each() {
		if end = err; err == nil {
			n = rec.Number
		}
		if n == 10 {
			cancel()
		}
	}
	if !errors.Is(end, context.Canceled) || n == 5001 {
		t.Errorf("%d records, then %v", n, end)
	}
	r, _ = Notices(context.Background(), "essai.json", strings.NewReader(text), Options{})
	for range r.Each() {
		break
	}
}

func TestEveryMemberOfAnArchiveIsRead(t *testing.T) {
	archive := zipped(t,
		"lisez-moi.txt", "x", "premier.bin", "\x00", "a.json", `{"marches":[`+marche("1")+`]}`,
		"b.xml", `<marches><marche><id>2</id><objet>Haies</objet><montant>1</montant></marche></marches>`,
		"inconnu.bin", "\x00\x01", "c.csv.gz", string(gzipped(t, "id;objet;montant;dateNotification\n3;Haies;40000;2024-01-01\n")))
	got, err := references(t, "avis.zip", string(archive))
	if err != nil || strings.Join(got, " ") != "! 1 2 ! 3" {
		t.Errorf("%v, %v", got, err)
	}
}
