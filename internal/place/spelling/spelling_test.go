package spelling

import "testing"

func TestSpellingsOfOnePlaceShareAKey(t *testing.T) {
	for key, names := range map[string][]string{
		"saint ouen":       {"Saint-Ouen", "ST OUEN", "st.ouen", " Saint  Ouen ", "ST-OUEN CEDEX"},
		"plessis robinson": {"Le Plessis-Robinson", "LE PLESSIS ROBINSON", "Plessis-Robinson (Le)", "Plessis Robinson"},
		"asnieres sur seine": {"Asnières-sur-Seine", "ASNIERES S/SEINE", "Asnie\u0300res sur Seine",
			"asnières s/ seine"},
		"paris 15":           {"Paris 15e Arrondissement", "PARIS 15", "Paris 15ème", "PARIS CEDEX 15"},
		"marseille 1":        {"Marseille 1er Arrondissement", "MARSEILLE 01"},
		"abymes":             {"Les Abymes", "ABYMES"},
		"isle d abeau":       {"L'Isle-d'Abeau", "L’ISLE D’ABEAU"},
		"oeuilly":            {"Œuilly", "OEUILLY"},
		"asni?res sur seine": {"Asni\uFFFDres-sur-Seine"},
		"sainte foy":         {"Ste-Foy", "SAINTE FOY"},
	} {
		for _, name := range names {
			if got := Key(name); got != key {
				t.Errorf("%q has the key %q, want %q", name, got, key)
			}
		}
	}
}

func TestDifferentPlacesKeepDifferentKeys(t *testing.T) {
	for _, pair := range [][2]string{
		{"Saint-Denis", "Sainte-Denis"}, {"Vaux", "Vaux-sur-Seine"}, {"Paris 1", "Paris 11"}, {"Y", "Eu"},
	} {
		if Key(pair[0]) == Key(pair[1]) {
			t.Errorf("%q and %q share the key %q", pair[0], pair[1], Key(pair[0]))
		}
	}
}

func TestAKeyAllocatesNothingWhenThereIsRoom(t *testing.T) {
	buf := make([]byte, 0, 128)
	if n := testing.AllocsPerRun(100, func() { AppendKey(buf, "Saint-Rémy-lès-Chevreuse CEDEX 9") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzAKeyIsItsOwnKey(f *testing.F) {
	f.Add("Le Plessis-Robinson")
	f.Add("L'Haÿ-les-Roses CEDEX 01ER")
	f.Fuzz(func(t *testing.T, s string) {
		k := Key(s)
		for _, c := range []byte(k) {
			if c != ' ' && c != Lost && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
				t.Fatalf("%q has the key %q", s, k)
			}
		}
	})
}
