package mandate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// Row is a line of the table that compares before and after.
type Row struct{ What, Before, After string }

// compare is the table before and after.
func (n Need) compare(lots []Lot, whole int) []Row {
	names := map[string]bool{}
	taken, reservable, ess := 0, 0, 0
	smallest := n.Amount
	for _, l := range lots {
		smallest = min(smallest, l.Amount)
		if len(l.Takers) > 0 {
			taken++
		}
		if l.Reserve.Possible {
			reservable++
		}
		for _, t := range l.Takers {
			if !names[t.Name] && t.Status.ESS() {
				ess++
			}
			names[t.Name] = true
		}
	}
	before := insertion.Cents(0)
	if whole > 0 {
		before = n.Amount
	}
	return []Row{
		{"Lots", "1", number(len(lots))},
		{"Plus petit lot", n.Amount.Round(), smallest.Round()},
		{"Candidats locaux capables seuls d'un lot", number(whole), number(len(names))},
		{"dont de statut ESS connu", "—", number(ess)},
		{"Lots qu'un candidat local pourrait prendre", fmt.Sprintf("%d sur 1", min(whole, 1)), fmt.Sprintf("%d sur %d", taken, len(lots))},
		{"Part du montant qu'ils pourraient prendre ensemble", percent(int64(before), int64(n.Amount)), percent(int64(together(lots)), int64(n.Amount))},
		{"Lots qui pourraient être réservés", "—", number(reservable)},
	}
}

// together is the amount of the lots the candidates could take at the same time,
// each within what it can do in all: the largest lots first, to whoever has most
// room left. A better sharing may exist: it is a floor.
func together(lots []Lot) insertion.Cents {
	type who struct {
		name string
		kind insertion.Kind
	}
	used := map[who]float64{} // of what it can do, from 0 to 1
	var sum insertion.Cents
	for _, l := range slices.SortedStableFunc(slices.Values(lots), func(a, b Lot) int { return cmp.Compare(b.Amount, a.Amount) }) {
		best, room := who{}, 0.0
		for _, t := range l.Takers {
			w := who{t.Name, t.Kind}
			left := (1 - used[w]) * float64(t.Limit)
			if left >= float64(l.Amount) && left > room {
				best, room = w, left
			}
		}
		for _, t := range l.Takers {
			if room > 0 && t.Name == best.name && t.Kind == best.kind {
				used[best] += float64(l.Amount) / float64(t.Limit)
				sum += l.Amount
				break
			}
		}
	}
	return sum
}

// questions are what only the buyer can answer.
func (n Need) questions(lots []Lot) []string {
	var out []string
	if n.Apart == Unsaid {
		out = append(out, "Des prestations distinctes peuvent-elles être séparées ? (L2113-10 : allotir est le principe)")
	}
	if len(lots) > 1 {
		out = append(out,
			"La procédure se choisit sur le total des lots, pas sur chacun ; seuls les petits lots y échappent : moins de 80 000 € en fournitures et services, 1 000 000 € en travaux, 20 % du total au plus (R2123-1 2°, à vérifier).",
			"Le nombre de lots qu'un même candidat peut emporter peut être limité, s'il est écrit dans l'avis (L2113-10).")
	}
	for _, l := range lots {
		if l.Partner > 1 && len(l.Takers) == 0 {
			out = append(out, fmt.Sprintf("« %s » : %s trop petits seuls ; un groupement ou une cotraitance avec eux est-il possible ?", l.Object, counted(l.Partner, "candidat local")))
		}
	}
	return out
}

// draft is the justification of the choice, to be read again by the buyer.
func (n Need) draft(lots []Lot) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("PROJET, à relire par l'acheteur.")
	say("")
	if len(lots) > 1 {
		say("Conformément à l'article L2113-10 du code de la commande publique, le marché « %s », estimé à %s HT, est passé en %d lots, les prestations pouvant être distinguées par filière et par étendue :", n.Object, n.Amount.Round(), len(lots))
		for i, l := range lots {
			say("%d. %s : %s HT.", i+1, l.Object, l.Amount.Round())
		}
		say("")
		say("Cette division ouvre le marché aux petites entreprises et à celles de l'économie sociale et solidaire, dont la capacité a été rapprochée de la taille des lots, sans en exclure d'autres.")
		return strings.TrimSpace(b.String())
	}
	say("Le marché « %s », estimé à %s HT, n'est pas alloti. L'article L2113-11 du code de la commande publique demande de dire pourquoi ; gardez le motif qui est le vôtre, avec les faits qui le fondent :", n.Object, n.Amount.Round())
	say("1° l'acheteur n'est pas en mesure d'assurer par lui-même l'organisation, le pilotage et la coordination : [moyens humains et techniques, absence de maîtrise d'œuvre] ;")
	say("2° des lots séparés restreindraient la concurrence, ou rendraient l'exécution techniquement difficile ou financièrement plus coûteuse : [lesquels, combien] ;")
	say("3° pour une entité adjudicatrice, des lots séparés risquent de conduire à une procédure infructueuse : [précédents].")
	for _, l := range lots {
		if len(l.Takers) > 0 {
			say("")
			say("À noter : %s de l'annuaire pourraient répondre à un lot de cette taille ; la concurrence locale n'est donc pas un motif.", counted(len(l.Takers), "candidat local"))
			break
		}
	}
	return strings.TrimSpace(b.String())
}

// assumed says which parameters were used and what has no source.
func (r Rules) assumed(n Need) []string {
	out := []string{
		fmt.Sprintf("Heures libres × durée × %s de l'heure ÷ part de main-d'œuvre = le plus grand lot possible (calcul ; coût horaire : mefsud77.fr, 25 à 30 €).", r.HourlyCost),
		fmt.Sprintf("Un lot ne dépasse pas, par an, %s du chiffre d'affaires connu (sans source).", r.TurnoverPart),
		fmt.Sprintf("Un lot doit pouvoir espérer %s, valoir %s au moins, et une filière ne passe pas %s (sans source).", counted(r.Answers, "réponse locale"), r.SmallestLot.Round(), counted(r.MostLots, "lot")),
	}
	if n.Months <= 0 {
		out = append(out, "Durée non dite : douze mois.")
	}
	for _, p := range n.Pieces {
		out = append(out, fmt.Sprintf("Part de main-d'œuvre de « %s » : %s (%s).", p.Object, p.Labour, p.Why))
	}
	return out
}
