package place

import (
	"strconv"
	"strings"

	"passerelle/internal/place/spelling"
)

// former lists the régions of before 2016 by their INSEE code, with the NUTS 2
// code that still designates them in European notices.
const former = `21 FRF2 Champagne-Ardenne
22 FRE2 Picardie
23 FRD2 Haute-Normandie
25 FRD1 Basse-Normandie
26 FRC1 Bourgogne
31 FRE1 Nord-Pas-de-Calais
41 FRF3 Lorraine
42 FRF1 Alsace
43 FRC2 Franche-Comté
54 FRI3 Poitou-Charentes
72 FRI1 Aquitaine
73 FRJ2 Midi-Pyrénées
74 FRI2 Limousin
82 FRK2 Rhône-Alpes
83 FRK1 Auvergne
91 FRJ1 Languedoc-Roussillon`

// nuts gives the département of each NUTS 3 code (regulation 2016/2066): the
// first digits of a prefix, then the département of FRxx1, FRxx2…
const nuts = `FR10 75 77 78 91 92 93 94 95
FRB0 18 28 36 37 41 45
FRC1 21 58 71 89
FRC2 25 39 70 90
FRD1 14 50 61
FRD2 27 76
FRE1 59 62
FRE2 02 60 80
FRF1 67 68
FRF2 08 10 51 52
FRF3 54 55 57 88
FRG0 44 49 53 72 85
FRH0 22 29 35 56
FRI1 24 33 40 47 64
FRI2 19 23 87
FRI3 16 17 79 86
FRJ1 11 30 34 48 66
FRJ2 09 12 31 32 46 65 81 82
FRK1 03 15 43 63
FRK2 01 07 26 38 42 69 73 74
FRL0 04 05 06 13 83 84
FRM0 2A 2B
FRY1 971
FRY2 972
FRY3 973
FRY4 974
FRY5 976`

// indexAreas makes the small maps of départements and régions, of today, of
// yesterday and of Europe.
func (l *lookups) indexAreas() {
	l.departIdx, l.regionIdx = map[string]int{}, map[string]int{}
	l.nameAreas, l.regionPart = map[string]Area{}, map[string][]int{}
	l.first = make([]int, len(l.t.Departments)+1)
	for _, d := range l.t.Department {
		l.first[d+1]++
	}
	for d := range l.t.Departments {
		l.first[d+1] += l.first[d]
	}
	for i, r := range l.t.Regions {
		l.regionIdx[r.Code] = i
		l.nameAreas[spelling.Key(r.Name)] = Area{Code: r.Code, Name: r.Name}
	}
	for i, d := range l.t.Departments {
		region := l.t.Regions[d.Region].Code
		l.departIdx[d.Code] = i
		l.regionPart[region] = append(l.regionPart[region], i)
		if _, region := l.nameAreas[spelling.Key(d.Name)]; !region || len(d.Code) == 3 {
			l.nameAreas[spelling.Key(d.Name)] = l.departmentArea(i)
		}
	}
	l.nameAreas["reunion"], l.nameAreas["ile de reunion"] = l.departmentArea(l.departIdx["974"]), l.departmentArea(l.departIdx["974"])
	l.nameAreas["ile de la reunion"] = l.departmentArea(l.departIdx["974"])
	for line := range strings.Lines(nuts) {
		f := strings.Fields(line)
		for i, d := range f[1:] {
			l.regionPart[f[0]] = append(l.regionPart[f[0]], l.departIdx[d])
			if len(f) > 2 {
				l.regionPart[f[0]+strconv.Itoa(i+1)] = []int{l.departIdx[d]}
			} else {
				l.regionPart[f[0]+"0"] = []int{l.departIdx[d]}
			}
			l.regionPart[f[0][:3]] = append(l.regionPart[f[0][:3]], l.departIdx[d])
		}
	}
	for line := range strings.Lines(former) {
		f := strings.Fields(line)
		l.regionPart[f[0]] = l.regionPart[f[1]]
		l.nameAreas[spelling.Key(f[2])] = Area{Code: f[0], Name: f[2]}
	}
}
