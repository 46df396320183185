package mandate

import (
	"fmt"
	"strings"

	"passerelle/internal/insertion"
)

// What the award notices and the hours say of a year.

func number(n int) string { return insertion.Thousands(int64(n)) }

// counted writes « 12 marchés », with the plural of regular words.
func counted(n int, word string) string {
	if n > 1 {
		words := strings.Fields(word)
		for i, w := range words {
			switch {
			case strings.HasSuffix(w, "s"):
			case strings.HasSuffix(w, "eau"):
				words[i] += "x"
			case strings.HasSuffix(w, "al"):
				words[i] = strings.TrimSuffix(w, "l") + "ux"
			default:
				words[i] += "s"
			}
		}
		word = strings.Join(words, " ")
	}
	return number(n) + " " + word
}

func percent(part, whole int64) string {
	return insertion.BasisPoints(share(part, whole)).String()
}

func (b *book) hours(year int) (int64, []string, bool) {
	f := b.facts[year]
	if f.Hours == 0 && f.Followed == 0 {
		return 0, nil, false
	}
	return int64(f.Hours), []string{
		fmt.Sprintf("%s retenues de janvier à décembre %d, toutes clauses réunies.", f.Hours, year),
		fmt.Sprintf("%s avec une clause en cours dans l'année.", counted(f.Followed, "lot")),
		"Repère : un facilitateur suit en moyenne 43 100 h et 100 marchés par an (2021, calculé sur le bilan national).",
	}, true
}

// notAwards is the sentence of a year without notices.
func notAwards(year int) []string {
	return []string{fmt.Sprintf("Aucun avis d'attribution de %d sur le territoire.", year)}
}

func (b *book) allotted(year int) (int64, []string, bool) {
	a := b.facts[year].Territory
	if a.Contracts == 0 {
		return 0, notAwards(year), false
	}
	detail := []string{
		fmt.Sprintf("%s sur %s passés en lots : un numéro de lot à l'avis, ou plusieurs avis sous la même référence.", number(a.InLots), counted(a.Contracts, "marché")),
		fmt.Sprintf("%s en tout, dont %s à un montant fiable : %s.", counted(a.All.Lots, "lot"), number(a.All.Lots-a.Doubtful), a.All.Amount.Round()),
	}
	if n := a.All.Lots - a.Doubtful; n > 0 {
		detail = append(detail, fmt.Sprintf("Un lot vaut en moyenne %s.", (a.All.Amount/insertion.Cents(n)).Round()))
	}
	detail = append(detail, sizesOf(a), fmt.Sprintf("%s ; les dix premières emportent %s des montants.", counted(a.Winners, "entreprise titulaire"), a.TopTen))
	if w := b.facts[year].Whole; w.Contracts != a.Contracts {
		detail = append(detail, fmt.Sprintf("Sur tout le fichier : %s de %s.", percent(int64(w.InLots), int64(w.Contracts)), counted(w.Contracts, "marché")))
	}
	return share(int64(a.InLots), int64(a.Contracts)), detail, true
}

// sizesOf says what is known of the size of the winners, and how much is not.
func sizesOf(a Awards) string {
	known := 0
	var some []string
	for _, s := range Sizes() {
		known += a.Sizes[s].Lots
		some = append(some, fmt.Sprintf("%s %s", number(a.Sizes[s].Lots), s))
	}
	if known == 0 {
		return fmt.Sprintf("Taille des titulaires : inconnue pour les %s.", counted(a.All.Lots, "lot"))
	}
	return fmt.Sprintf("Taille des titulaires, connue pour %s sur %s : %s.", number(known), counted(a.All.Lots, "lot"), strings.Join(some, ", "))
}

// levers counts the lots reserved: of the five levers, the one that favours workers'
// cooperatives and the ESS today, as the letter asked.
func (b *book) levers(year int) (int64, []string, bool) {
	a := b.facts[year].Territory
	positive, said := a.Social()
	if said == 0 {
		if a.All.Lots > 0 {
			return 0, []string{fmt.Sprintf("Les %s de %d ne disent rien des considérations sociales.", counted(a.All.Lots, "avis"), year)}, false
		}
		return 0, notAwards(year), false
	}
	var some []string
	for _, l := range []Lever{LeverClause, LeverCriterion, LeverBoth, LeverReserved, LeverNone} {
		some = append(some, fmt.Sprintf("%s %s", l, number(a.Levers[l])))
	}
	detail := []string{
		fmt.Sprintf("Par levier, sur %s : %s.", counted(said, "lot"), strings.Join(some, ", ")),
		fmt.Sprintf("Avec une considération sociale, quelle qu'elle soit : %s, soit %s (le PNAD 2022-2025 en vise 30 %%).", number(positive), Share.Show(share(int64(positive), int64(said)))),
	}
	if n := a.Levers[LeverUnsaid]; n > 0 {
		detail = append(detail, fmt.Sprintf("%s n'en disent rien et ne comptent pas.", counted(n, "lot")))
	}
	return share(int64(a.Levers[LeverReserved]), int64(said)), append(detail, "Les avis ne disent pas si le service acheté est lui-même de l'insertion."), true
}

func (b *book) cooperatives(year int) (int64, []string, bool) {
	a := b.facts[year].Territory
	if a.All.Lots == 0 {
		return 0, notAwards(year), false
	}
	ess := a.WonByESS()
	var some []string
	for _, s := range insertion.Statuses() {
		if t := a.ESS[s]; s.ESS() && t.Lots > 0 {
			some = append(some, fmt.Sprintf("%s %s (%s)", s, number(t.Lots), t.Amount.Round()))
		}
	}
	detail := []string{fmt.Sprintf("Au moins %s sur %s, pour %s : l'ESS de l'annuaire, ou que son nom dit telle, seule ou en groupement.", number(ess.Lots), number(a.All.Lots), ess.Amount.Round())}
	if len(some) > 0 {
		detail = append(detail, "Par statut : "+strings.Join(some, ", ")+".")
	}
	detail = append(detail,
		fmt.Sprintf("Structures d'insertion et du travail adapté, quel que soit leur statut : %s, %s.", counted(a.Structures.Lots, "lot"), a.Structures.Amount.Round()),
		fmt.Sprintf("Statut du titulaire connu pour %s ; inconnu pour %s.", counted(a.Known, "lot"), number(a.All.Lots-a.Known)))
	return share(int64(ess.Lots), int64(a.All.Lots)), detail, true
}
