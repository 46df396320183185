package match

import (
	"fmt"

	"passerelle/internal/insertion"
)

// recordValue is what a structure's past says, 0 to 1. Without a past it is
// 0.6; every answer and every hour kept moves it, slowly at first, so that one
// bad month does not sink a structure.
func recordValue(r insertion.Record) float64 {
	const prior = 0.6
	answers := (prior*4 + float64(min(r.Answered, r.Proposals))) / (4 + float64(r.Proposals))
	promised := float64(r.Promised) / 100
	kept := min(float64(r.Kept)/100, promised)
	hours := (prior*200 + kept) / (200 + promised)
	return clamp((answers + 2*hours) / 3)
}

// recordReason says the past in one sentence.
func recordReason(r insertion.Record) string {
	switch {
	case r.Promised > 0 && r.Proposals > 0:
		return fmt.Sprintf("a tenu %s sur %s promises ; a répondu à %s", r.Kept, r.Promised, outOf(r.Answered, r.Proposals))
	case r.Promised > 0:
		return fmt.Sprintf("a tenu %s sur %s promises", r.Kept, r.Promised)
	case r.Proposals > 0:
		return "a répondu à " + outOf(r.Answered, r.Proposals)
	}
	return "pas encore d'historique"
}

func outOf(answered, proposals int) string {
	if proposals == 1 {
		return fmt.Sprintf("%d proposition sur 1", answered)
	}
	return fmt.Sprintf("%d propositions sur %d", answered, proposals)
}

// fairnessValue falls with every proposal already made, against the mean of the
// directory: a structure never proposed has 1. (Ranking by popularity starves
// most; a penalty after each connection loses nothing: Manshadi, Rodilitz,
// Saban and Suresh on VolunteerMatch.)
func fairnessValue(r insertion.Record, mean float64) float64 {
	return 1 / (1 + float64(max(0, r.Proposals))/(2+2*mean))
}

func fairnessReason(r insertion.Record) string {
	switch {
	case r.Proposals == 0:
		return "jamais proposée : passe devant à égalité"
	case r.Proposals == 1 && r.Placed > 0:
		return "déjà proposée 1 fois, et placée"
	case r.Placed > 0:
		return fmt.Sprintf("déjà proposée %d fois, dont %s", r.Proposals, insertion.Counted(r.Placed, "placement", "placements"))
	}
	return fmt.Sprintf("déjà proposée %d fois, sans placement", r.Proposals)
}

func clamp(v float64) float64 { return max(0, min(1, v)) }
