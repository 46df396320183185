package match

import (
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// zone is where a structure says it works, by activity; nil when it says
// nothing, and then the distance is graded by its type.
type zone []activity

// activity is one trade by one modality in one area.
type activity struct {
	trade    int
	modality insertion.Modality // 0 means all those of the type
	area     insertion.Area
}

func zoneOf(s *insertion.Structure) zone {
	var z zone
	for _, a := range s.Activities {
		if t := trade.Index(a.Trade); t >= 0 {
			z = append(z, activity{t, a.Modality, a.Area})
		}
	}
	return z
}

// reaches tells whether an area covers the place of a need, km being the
// distance from the structure to it. An undeclared area covers everything: the
// distance grades it.
func reaches(a insertion.Area, s *spot, km float64) bool {
	switch a.Kind {
	case insertion.Radius:
		return km <= float64(a.Km)
	case insertion.Departments:
		return s.nowhere() || slices.ContainsFunc(s.departments, func(d string) bool { return slices.Contains(a.Codes, d) })
	case insertion.Regions:
		return s.nowhere() || slices.ContainsFunc(s.regions, func(r string) bool { return slices.Contains(a.Codes, r) })
	case insertion.Communes:
		if s.insee != "" {
			return slices.Contains(a.Codes, s.insee)
		}
		return s.nowhere() || slices.ContainsFunc(a.Codes, func(c string) bool {
			return slices.ContainsFunc(s.departments, func(d string) bool { return strings.HasPrefix(c, d) })
		})
	}
	return true
}

// words says an area the way one reads it on the phone.
func areaWords(a insertion.Area) string {
	switch a.Kind {
	case insertion.Radius:
		return "travaille à " + strconv.Itoa(a.Km) + " km autour d'elle"
	case insertion.Departments:
		return "travaille dans : " + strings.Join(a.Codes, ", ")
	case insertion.Regions:
		return "travaille dans les régions : " + strings.Join(a.Codes, ", ")
	case insertion.Communes:
		return "travaille dans " + strconv.Itoa(len(a.Codes)) + " communes"
	case insertion.Country:
		return "travaille dans toute la France"
	}
	return "zone non déclarée"
}
