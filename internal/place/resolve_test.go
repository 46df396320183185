package place

import (
	"testing"

	"passerelle/internal/insertion"
)

// SIRET of buyers: only the SIREN counts, the rest is invented.
const (
	nanterre    = "21920050800018" // communes
	meudon      = "21920048200015"
	pold        = "20005798200015" // EPT Paris Ouest La Défense
	departement = "22920050600016" // département des Hauts-de-Seine
	idf         = "23750007900312" // région, number of before 2016
	occitanie   = "20005379100014" // région of 2016
	ajaccio     = "21200004600012"
	bastia      = "21200033500019"
	abymes      = "21971101700014"
	saintDenis  = "21974011500017" // Réunion
	lycee       = "19920131000017"
	firm        = "40178156800013" // invented: says nothing of a place
)

func TestAPlaceIsUnderstoodHoweverItIsDeclared(t *testing.T) {
	const (
		commune = insertion.PlaceExact
		postal  = insertion.PlacePostal
		ofBuyer = insertion.PlaceBuyer
		group   = insertion.PlaceBuyerGroup
		dept    = insertion.PlaceDepartment
		region  = insertion.PlaceRegion
		unknown = insertion.PlaceUnknown
	)
	for _, c := range []struct {
		says              string
		code, kind, name  string
		buyer             string
		insee, department string
		basis             insertion.PlaceBasis
	}{
		{"an INSEE code", "92050", "Code commune", "", firm, "92050", "92", commune},
		{"a postal code of one commune", "92000", "Code postal", "", firm, "92050", "92", postal},
		{"a postal code given as a commune", "92000", "Code commune", "", firm, "92050", "92", postal},
		{"an INSEE code given as a postal code", "92050", "CODE POSTAL", "", firm, "92050", "92", commune},
		{"a kind in capitals", "92050", "COMMUNE", "", firm, "92050", "92", commune},
		{"a kind whose accents were lost", "92", "Code d\uFFFDpartement", "", firm, "", "92", dept},
		{"no kind at all", "92000", "", "", firm, "92050", "92", postal},
		{"a country before the code", "FR92000", "Code postal", "", firm, "92050", "92", postal},
		{"spaces in the code", "92 000", "Code postal", "", firm, "92050", "92", postal},
		{"a lost leading zero", "1000", "Code postal", "", firm, "01053", "01", postal},
		{"both a postal and an INSEE code, as declared", "13103", "Code commune", "", firm, "13103", "13", commune},
		{"an old commune", "01018", "Code commune", "", firm, "01033", "01", commune},
		{"an arrondissement of Paris", "75115", "Code commune", "", firm, "75115", "75", commune},
		{"a postal code of Paris", "75116", "Code postal", "", firm, "75116", "75", postal},
		{"a postal code of Lyon", "69009", "Code postal", "", firm, "69389", "69", postal},
		{"a postal code of Marseille as a commune", "13013", "Code commune", "", "21130055300016", "13213", "13", postal},
		{"an INSEE code of Lyon", "69381", "Code postal", "", firm, "69381", "69", commune},
		{"CEDEX of a town", "92013", "Code postal", "", firm, "92050", "92", postal},
		{"CEDEX sharing four digits", "44195", "Code postal", "", firm, "44043", "44", postal},
		{"CEDEX of Rennes", "35042", "Code postal", "", firm, "35238", "35", postal},
		{"CEDEX that is also an INSEE code, from its town", "49321", "Code postal", "", "21490099500010", "49099", "49", ofBuyer},
		{"CEDEX that is also an INSEE code, with its town", "49321", "Code postal", "CHOLET CEDEX", firm, "49099", "49", commune},
		{"an INSEE code as a postal code, in the buyer's EPCI", "44195", "Code postal", "", "20007273400010", "44195", "44", commune},
		{"CEDEX of Paris", "75740", "Code postal", "", firm, "75056", "75", postal},
		{"CEDEX of Bastia", "20407", "Code postal", "", firm, "", "2B", dept},
		{"a postal code of Corsica", "20090", "Code postal", "", firm, "2A004", "2A", postal},
		{"a commune of Corsica", "2B033", "Code commune", "", firm, "2B033", "2B", commune},
		{"overseas postal code", "97139", "Code postal", "", firm, "97101", "971", postal},
		{"a code and its name disagree on what it is", "92060", "Code postal", "Le Plessis-Robinson", firm, "92060", "92", commune},

		{"a département", "92", "Code département", "Hauts-de-Seine", firm, "", "92", dept},
		{"a département with a zero", "092", "Code département", "", firm, "", "92", dept},
		{"a département with one digit", "1", "département", "", firm, "", "01", dept},
		{"Corse-du-Sud", "2A", "Code département", "", firm, "", "2A", dept},
		{"Corsica as one département", "20", "Code département", "", firm, "", "", region},
		{"Corsica and a buyer there", "20", "Code département", "", ajaccio, "2A004", "2A", ofBuyer},
		{"Guadeloupe", "971", "Code département", "Guadeloupe", firm, "", "971", dept},
		{"the name of a département", "Hauts-de-Seine", "Code département", "", firm, "", "92", dept},
		{"a town beside a département", "92", "Code département", "Clichy", firm, "92024", "92", commune},
		{"a département that is also a town", "53", "Code département", "Mayenne", firm, "", "53", dept},
		{"an arrondissement of a préfecture", "922", "Code arrondissement", "", firm, "", "92", dept},
		{"a canton", "9201", "Code canton", "", firm, "", "92", dept},
		{"half of the Rhône", "69D", "Code département", "", firm, "", "69", dept},

		{"a région", "11", "Code région", "", firm, "", "", region},
		{"a région by name", "Île-de-France", "Code région", "", firm, "", "", region},
		{"a région of before 2016", "82", "Code région", "", firm, "", "", region},
		{"a région of one département", "04", "Code région", "", firm, "", "974", dept},
		{"a région and a buyer in it", "11", "Code région", "", meudon, "92048", "92", ofBuyer},
		{"a région that is the buyer's département", "44", "Code région", "", "21440109900015", "44109", "44", ofBuyer},
		{"a NUTS 3 code", "FR105", "Code département", "", firm, "", "92", dept},
		{"a NUTS 2 code", "FRF2", "Code région", "Champagne ardenne", firm, "", "", region},

		{"a town by its name only", "", "", "NANTERRE", firm, "92050", "92", commune},
		{"a code and a town in one text", "", "", "92000 Nanterre", firm, "92050", "92", postal},
		{"a town and its département", "", "", "Nanterre (92)", firm, "92050", "92", commune},
		{"a homonym and its département", "", "", "Saint-Denis (974)", firm, "97411", "974", commune},
		{"a homonym near the buyer", "", "", "Saint-Denis", saintDenis, "97411", "974", commune},
		{"a town where a code should be", "COLOMBES", "Code commune", "", firm, "92025", "92", commune},
		{"a town with its postal code where a code should be", "92700 COLOMBES", "Code postal", "", firm, "92025", "92", postal},

		{"a département and a buyer in it", "92", "Code département", "", nanterre, "92050", "92", ofBuyer},
		{"a département and a buyer elsewhere", "78", "Code département", "", nanterre, "", "78", dept},
		{"a département and its own council", "92", "Code département", "", departement, "", "92", dept},
		{"a département and an intercommunalité in it", "92", "Code département", "", pold, "", "92", group},
		{"France and a commune", "FR", "Code pays", "FRANCE", nanterre, "92050", "92", ofBuyer},
		{"France and a département", "FR", "Code pays", "FRANCE", departement, "", "92", dept},
		{"France and a school", "FR", "Code pays", "FRANCE", lycee, "", "92", dept},
		{"France and a syndicate of Corsica", "FR", "Code pays", "FRANCE", "25200004700010", "", "", region},
		{"France and an old région", "FR", "Code pays", "FRANCE", idf, "", "", region},
		{"France and a new région", "FR", "Code pays", "FRANCE", occitanie, "", "", region},
		{"junk and a commune", "INO", "Code commune", "", nanterre, "92050", "92", ofBuyer},
		{"nothing and a commune", "", "", "", meudon, "92048", "92", ofBuyer},
		{"nothing and a commune of South Corsica", "", "", "", ajaccio, "2A004", "2A", ofBuyer},
		{"nothing and a commune of North Corsica", "", "", "", bastia, "2B033", "2B", ofBuyer},
		{"nothing and a commune of Guadeloupe", "", "", "", abymes, "97101", "971", ofBuyer},
		{"nothing and a commune of La Réunion", "", "", "", saintDenis, "97411", "974", ofBuyer},

		{"nothing at all", "", "", "", "", "", "", unknown},
		{"junk and a firm", "INX", "MQ", "CDL", firm, "", "", unknown},
		{"France and a ministry", "FR", "Code pays", "FRANCE", "11000002300017", "", "", unknown},
		{"Spain", "99134", "Code pays", "Espagne", nanterre, "", "", unknown},
		{"abroad", "99", "Code pays", "Burkina Faso", nanterre, "", "", unknown},
		{"Belgium", "BE", "Code pays", "", nanterre, "", "", unknown},
		{"zeros", "00000", "Code postal", "", "", "", "", unknown},
	} {
		t.Run(c.says, func(t *testing.T) {
			got := National().Resolve(insertion.Place{Code: c.code, Kind: c.kind, Name: c.name}, c.buyer)
			if got.INSEE != c.insee || got.Department != c.department || got.Basis != c.basis {
				t.Errorf("INSEE %q département %q « %s », want %q %q « %s »",
					got.INSEE, got.Department, got.Basis, c.insee, c.department, c.basis)
			}
			if (c.basis != unknown) != got.Known() {
				t.Errorf("known %v at %v %v", got.Known(), got.Lat, got.Lon)
			}
			if got.Code != c.code || got.Name != c.name {
				t.Errorf("what was declared has changed: %+v", got)
			}
			if again := National().Resolve(got, c.buyer); again != got {
				t.Errorf("resolved twice: %+v then %+v", got, again)
			}
		})
	}
}

func TestAPostalCodeOfSeveralCommunesTakesTheOneNamedOrTheBuyers(t *testing.T) {
	g := National()
	shared := "01200" // Valserhône is most of it
	p := g.Resolve(insertion.Place{Code: shared, Kind: KindPostal}, "")
	if c, _ := g.Commune(p.INSEE); len(g.Postal(shared)) > 1 && c.Name != "Valserhône" {
		t.Errorf("%+v", p)
	}
	for _, list := range [][]Commune{g.Postal("68260"), g.Postal("43200"), g.Postal("80132")} {
		for _, c := range list {
			p := g.Resolve(insertion.Place{Code: c.Postal[0], Kind: KindPostal, Name: c.Name}, "")
			if p.INSEE != c.INSEE || p.Basis != insertion.PlacePostal && p.Basis != insertion.PlaceExact {
				t.Errorf("%s %s: %+v", c.Postal[0], c.Name, p)
			}
		}
	}
}

func TestTheSIRENOfEveryCommuneLeadsToIt(t *testing.T) {
	g := National()
	none := 0
	for i := range g.t.Len() {
		siren := g.t.Siren[i]
		if siren == 0 {
			none++
			continue
		}
		b := g.buyer(string([]byte(five(siren/10_000)+five(siren % 10_000)[1:])) + "00010")
		if b.commune != i {
			t.Errorf("SIREN %d: commune %d, want %s", siren, b.commune, g.t.Code(i))
		}
	}
	if none > 150 {
		t.Errorf("%d communes have no SIREN", none)
	}
}

func BenchmarkResolve(b *testing.B) {
	g := National()
	for name, c := range map[string]struct {
		place insertion.Place
		buyer string
	}{
		"postal":      {insertion.Place{Code: "92000", Kind: "Code postal"}, nanterre},
		"commune":     {insertion.Place{Code: "92050", Kind: KindCommune}, departement},
		"département": {insertion.Place{Code: "92", Kind: "Code département", Name: "Hauts-de-Seine"}, nanterre},
		"name":        {insertion.Place{Name: "92000 Nanterre"}, firm},
		"epci":        {insertion.Place{Code: "92", Kind: "département"}, pold},
		"cedex":       {insertion.Place{Code: "35042", Kind: "Code postal", Name: "Ille-et-Vilaine"}, firm},
		"nothing":     {insertion.Place{Code: "FR", Kind: "Code pays", Name: "FRANCE"}, firm},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.Resolve(c.place, c.buyer)
			}
		})
	}
}

func FuzzResolveAlwaysAnswers(f *testing.F) {
	f.Add("92000", "Code postal", "Nanterre", nanterre)
	f.Add("FRJ23", "pays", "(2A)", "20005379100014")
	f.Add("98", "région", "Saint (", "2198")
	f.Fuzz(func(t *testing.T, code, kind, name, buyer string) {
		p := National().Resolve(insertion.Place{Code: code, Kind: kind, Name: name}, buyer)
		if p.Basis != insertion.PlaceUnknown && !p.Known() {
			t.Fatalf("%+v", p)
		}
	})
}

func TestALabelNamesThePlaceAPersonWouldName(t *testing.T) {
	g := National()
	for want, p := range map[string]insertion.Place{
		"Nanterre (92)":       {Code: "92000", Kind: "Code postal"},
		"Hauts-de-Seine (92)": {Code: "92", Kind: "Code département"},
		"Île-de-France":       {Code: "11", Kind: "Code région"},
		"Ailleurs":            {Code: "INO", Name: "Ailleurs"},
		"":                    {},
	} {
		if got := g.Label(g.Resolve(p, "")); got != want {
			t.Errorf("%+v is %q, want %q", p, got, want)
		}
	}
}
