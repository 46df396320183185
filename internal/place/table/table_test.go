package table

import (
	"bytes"
	"reflect"
	"testing"
)

func TestATableIsReadBackAsItWasWritten(t *testing.T) {
	want := &Table{
		Regions:     []Area{{Code: "11", Name: "Île-de-France"}, {Code: "94", Name: "Corse"}},
		Departments: []Area{{Code: "2A", Name: "Corse-du-Sud", Region: 1}, {Code: "92", Name: "Hauts-de-Seine"}, {Code: "971", Name: "Guadeloupe"}},
		Groups:      []Area{{Code: "200054781", Name: "Métropole du Grand Paris"}},
		Codes:       "2A0049205097101",
		Names:       Strings{"AjaccioNanterreLes Abymes", []uint32{7, 15, 25}},
		Department:  []uint8{0, 1, 2},
		Population:  []uint32{76_320, 97_783, 52_000},
		Group:       []uint16{0, 1, 0},
		Siren:       []uint32{212_000_046, 200_083_863, 0}, // by rule, by itself, none
		Lat:         []int32{419_270, 488_966, -160_000},
		Lon:         []int32{87_300, 22_108, -615_000},
		Rough:       []bool{false, true, false},
		Posts:       []uint8{2, 1, 0},
		Postal:      []uint32{20_000, 20_090, 92_000},
		Territories: []Link{{1, 0}},
		Districts:   []Link{},
		OldCodes:    "2000475050",
		OldNames:    Strings{"Vieux", []uint32{0, 5}},
		OldTo:       []uint16{0, 1},
	}
	var file bytes.Buffer
	if err := want.Write(&file); err != nil {
		t.Fatal(err)
	}
	got, err := Read(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestTheSIRENOfACommuneHoldsItsCode(t *testing.T) {
	for code, siren := range map[string]uint32{
		"92050": 219_200_508, "01001": 210_100_012, "2A004": 212_000_046, "97101": 219_711_017,
	} {
		if got := WithKey(Predicted(code)); got != siren {
			t.Errorf("%s: %d, want %d", code, got, siren)
		}
	}
}

func FuzzReadNeverPanics(f *testing.F) {
	var file bytes.Buffer
	if err := (&Table{}).Write(&file); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add([]byte(mark))
	f.Fuzz(func(t *testing.T, data []byte) { _, _ = Read(data) })
}
