package place

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"passerelle/internal/insertion"
	"passerelle/internal/place/spelling"
)

// Exact is the official centre of a commune, in degrees.
type Exact struct {
	INSEE    string
	Lat, Lon float64
}

// With is the same gazetteer with these coordinates over its own. Codes that are
// not a commune or an arrondissement of today change nothing: the centre of a
// delegated commune is not that of the commune it joined.
func (g *Gazetteer) With(exact []Exact) *Gazetteer {
	better := &Gazetteer{
		lookups: g.lookups, lat: slices.Clone(g.lat), lon: slices.Clone(g.lon), rough: slices.Clone(g.rough),
	}
	for _, e := range exact {
		if i, ok := g.current(e.INSEE); ok && e.plausible() {
			better.lat[i] = int32(math.Round(e.Lat * 10_000))
			better.lon[i] = int32(math.Round(e.Lon * 10_000))
			better.rough[i] = false
		}
	}
	better.centres = better.departmentCentres()
	return better
}

func (e Exact) plausible() bool {
	return math.Abs(e.Lat) <= 90 && math.Abs(e.Lon) <= 180 && (e.Lat != 0 || e.Lon != 0)
}

// The longest line read; a commune takes a hundred bytes.
const longestLine = 64 << 10

// ReadExact reads a CSV with a header line naming the INSEE code and the
// coordinates in any usual way (code_insee;lat;lon — INSEE,latitude,longitude —
// code_commune|geo_point_2d). Separator, byte order mark, decimal comma and a
// lost leading zero are dealt with. A bad line is a refusal; the error is for a file
// that is not such a CSV, or for a reader that fails half-way: what was read
// before is returned with it.
func ReadExact(r io.Reader) ([]Exact, []insertion.Refusal, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestLine)
	var columns exactColumns
	var exact []Exact
	var refusals []insertion.Refusal
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimPrefix(printable(lines.Text()), "\uFEFF")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if columns.separator == 0 {
			var err error
			if columns, err = exactHeader(line); err != nil {
				return nil, nil, err
			}
			continue
		}
		e, refusal := columns.read(line)
		if refusal != nil {
			refusal.Record, refusal.Line = number-1, number
			refusals = append(refusals, *refusal)
			continue
		}
		exact = append(exact, e)
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return exact, refusals, fmt.Errorf("coordonnées : une ligne dépasse %d caractères", longestLine)
	case err != nil:
		return exact, refusals, fmt.Errorf("coordonnées : lecture interrompue : %w", err)
	case columns.separator == 0:
		return nil, nil, errors.New("coordonnées : le fichier est vide")
	}
	return exact, refusals, nil
}

// exactColumns says where things are; both is a column "48.89, 2.21".
type exactColumns struct {
	separator             byte
	insee, lat, lon, both int
}

func exactHeader(line string) (exactColumns, error) {
	c := exactColumns{separator: ';', insee: -1, lat: -1, lon: -1, both: -1}
	most := 0
	for _, s := range []byte(";,\t|") {
		if n := strings.Count(line, string(s)); n > most {
			c.separator, most = s, n
		}
	}
	for i, name := range fields(line, c.separator) {
		set := func(at *int) {
			if *at < 0 {
				*at = i
			}
		}
		switch spelling.Key(name) {
		case "code insee", "insee", "codeinsee", "code commune", "code commune insee", "code", "com", "codgeo", "insee com":
			set(&c.insee)
		case "lat", "latitude", "latitude centre", "latitude mairie", "y":
			set(&c.lat)
		case "lon", "lng", "long", "longitude", "longitude centre", "longitude mairie", "x":
			set(&c.lon)
		case "geo point 2d", "geo point", "coordonnees", "coordonnees gps", "coordonnees geographiques", "geolocalisation":
			set(&c.both)
		}
	}
	if c.insee < 0 || (c.both < 0 && (c.lat < 0 || c.lon < 0)) {
		return c, errors.New("coordonnées : la première ligne doit nommer le code INSEE, la latitude et la longitude (code_insee;lat;lon)")
	}
	return c, nil
}

func (c exactColumns) read(line string) (Exact, *insertion.Refusal) {
	f := fields(line, c.separator)
	cell := func(i int) string {
		if i < 0 || i >= len(f) {
			return ""
		}
		return strings.TrimSpace(f[i])
	}
	code := strings.ToUpper(cell(c.insee))
	if _, digits := parse(code); digits && len(code) == 4 {
		code = "0" + code
	}
	if len(code) != 5 {
		return Exact{}, &insertion.Refusal{Field: "code_insee", Value: code, Reason: "un code INSEE a cinq caractères"}
	}
	lat, lon := cell(c.lat), cell(c.lon)
	if c.lat < 0 || c.lon < 0 {
		lat, lon, _ = strings.Cut(cell(c.both), ",")
	}
	e := Exact{INSEE: code}
	var okLat, okLon bool
	e.Lat, okLat = degrees(lat)
	e.Lon, okLon = degrees(lon)
	if !okLat || !okLon || !e.plausible() {
		return Exact{}, &insertion.Refusal{
			Field: "lat/lon", Value: lat + " " + lon, Reason: "coordonnées absentes ou illisibles pour " + code,
		}
	}
	return e, nil
}

// printable drops what a terminal would obey and bytes that are not UTF-8.
func printable(line string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(line, ""))
}

func degrees(s string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(s), ",", ".", 1), 64)
	return v, err == nil && !math.IsNaN(v)
}

// fields splits one line of CSV; quotes may hold separators, not line breaks.
func fields(line string, separator byte) []string {
	var list []string
	var cell strings.Builder
	quoted := false
	for i := range len(line) {
		switch b := line[i]; {
		case b == '"' && quoted && i+1 < len(line) && line[i+1] == '"': // doubled: the next one is kept
			quoted = false
			cell.WriteByte('"')
		case b == '"' && i > 0 && line[i-1] == '"' && !quoted && cell.Len() > 0:
			quoted = true
		case b == '"':
			quoted = !quoted
		case b == separator && !quoted:
			list = append(list, cell.String())
			cell.Reset()
		default:
			cell.WriteByte(b)
		}
	}
	return append(list, cell.String())
}
