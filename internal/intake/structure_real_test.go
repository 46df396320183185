package intake

import (
	"os"
	"path/filepath"
	"testing"

	"passerelle/internal/insertion"
)

// structuresOf reads a directory whole.
func structuresOf(t *testing.T, name string, opt StructureOptions) (taken []insertion.Structure, refused []insertion.Refusal, references int) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := Structures(t.Context(), name, f, opt)
	if err != nil {
		t.Fatal(err)
	}
	for rec, err := range r.Each() {
		switch {
		case err != nil:
			t.Fatal(err)
		case rec.Refusal != nil:
			refused = append(refused, *rec.Refusal)
		case rec.Reference:
			references++
		default:
			taken = append(taken, rec.Structure)
		}
	}
	return taken, refused, references
}

func TestEveryRealDirectoryIsReadToItsLastRecord(t *testing.T) {
	dir := filepath.Join(dataFolder(t), "siae")
	join := NewJoin()
	for _, c := range []struct {
		file                       string
		taken, refused, references int
	}{
		{"lemarche_0a_networks.json", 0, 0, 13},
		{"lemarche_0b_sectorgroups.json", 0, 0, 20},
		{"lemarche_0c_sectors.json", 0, 0, 154},
		{"lemarche_15_siae_activities.json", 0, 0, 50},
		{"asp_liste_siae_2019-07.csv", 3932, 0, 0},
		{"asp_liste_siae_additional_rome_2019-07.csv", 228, 0, 0},
		{"derived_annuaire_structures.csv", 5618, 1, 0},
		{"esat_finess_liste_officielle.csv", 1504, 0, 0},
		{"data-inclusion_api_structures.json", 0, 6, 0},
		{"data-inclusion_api_services.json", 0, 0, 7},
		{"siae92.tsv", 45, 0, 0},
	} {
		taken, refused, references := structuresOf(t, filepath.Join(dir, c.file), StructureOptions{Join: join})
		if len(taken) != c.taken || len(refused) != c.refused || references != c.references {
			t.Errorf("%s: %d taken, %d refused, %d references; want %d, %d, %d", c.file, len(taken), len(refused), references, c.taken, c.refused, c.references)
		}
	}
}
