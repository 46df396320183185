package mandate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// Taker is a candidate that could take a lot alone.
type Taker struct {
	Candidate
	Limit insertion.Cents // the largest lot it could take
	Why   string
}

// Lot is a lot the adviser proposes.
type Lot struct {
	Object  string
	Trade   insertion.Trade
	Amount  insertion.Cents
	Hours   insertion.Hours // of labour, all of it
	Labour  insertion.BasisPoints
	Takers  []Taker // able alone, the largest first
	Nobody  string  // why there is no taker, "" when there is one
	Partner int     // candidates of the trade that would need a partner
	Full    int     // those without a free hour over the contract
	Unknown int     // those whose hours and turnover nobody knows
	Reserve Gate
}

// Row is a line of the table that compares before and after.
type Row struct{ What, Before, After string }

// Split is the advice on allotment.
type Split struct {
	Lots      []Lot
	Table     []Row
	Questions []string // what the buyer must look at, in French
	Draft     string   // a justification to be read again by the buyer
	Assumed   []string // the parameters used, and what has no source
}

// Allot splits a contract by trade, then by size, so that local structures, SCOP
// and small firms could answer. The lots add up to the amount, to the cent.
func Allot(n Need, candidates []Candidate, rules Rules) Split {
	var s Split
	whole := 0
	for _, p := range n.Pieces {
		s.Lots = append(s.Lots, n.lots(p, candidates, rules)...)
	}
	for _, c := range candidates {
		if n.takesWhole(c, rules) {
			whole++
		}
	}
	s.Table = n.compare(s.Lots, whole)
	s.Questions = n.questions(s.Lots)
	s.Draft = n.draft(s.Lots)
	s.Assumed = rules.assumed(n)
	return s
}

// lots splits a piece by size: no larger than what enough local candidates could
// take, no smaller than what is worth a procedure.
func (n Need) lots(p Piece, candidates []Candidate, rules Rules) []Lot {
	able, full, unknown := n.able(p, candidates, rules)
	count := 1
	if size := wanted(able, rules); size > 0 && size < p.Amount && n.splits() {
		count = int((p.Amount + size - 1) / size)
		if least := max(rules.SmallestLot, 1); p.Amount/insertion.Cents(count) < least {
			count = max(1, int(p.Amount/least))
		}
		count = min(count, max(1, rules.MostLots))
	}
	out := make([]Lot, count)
	left := p.Amount
	for i := range out {
		amount := left / insertion.Cents(count-i)
		left -= amount
		l := Lot{Object: p.Object, Trade: p.Trade, Amount: amount, Labour: p.Labour, Hours: p.hours(amount, rules), Full: full, Unknown: unknown}
		if count > 1 {
			l.Object = fmt.Sprintf("%s, part %d sur %d", p.Object, i+1, count)
		}
		for _, t := range able {
			if t.Limit >= amount {
				l.Takers = append(l.Takers, t)
			} else {
				l.Partner++
			}
		}
		l.Nobody = n.nobody(l, p, able)
		l.Reserve = gate(l, n, rules)
		out[i] = l
	}
	return out
}

// able are the candidates of a trade that have room, the largest first, how many
// more have none, and of how many nobody knows.
func (n Need) able(p Piece, candidates []Candidate, rules Rules) (able []Taker, full, unknown int) {
	for _, c := range candidates {
		if !c.holds() || p.Trade == "" || !c.does(p.Trade) {
			continue
		}
		limit, why, known := c.limit(p, n, rules)
		switch {
		case !known:
			unknown++
		case limit <= 0:
			full++
		default:
			able = append(able, Taker{c, limit, why})
		}
	}
	slices.SortStableFunc(able, func(a, b Taker) int {
		return cmp.Or(cmp.Compare(b.Limit, a.Limit), cmp.Compare(a.Name, b.Name))
	})
	return able, full, unknown
}

// wanted is the size enough candidates could take; 0 when there is none.
func wanted(able []Taker, rules Rules) insertion.Cents {
	if len(able) == 0 {
		return 0
	}
	return able[min(len(able), max(1, rules.Answers))-1].Limit
}

// nobody says why no local candidate could take a lot alone.
func (n Need) nobody(l Lot, p Piece, able []Taker) string {
	if len(l.Takers) > 0 {
		return ""
	}
	label := strings.ToLower(trade.Label(p.Trade))
	switch {
	case p.Trade == "":
		return "ni le CPV ni l'objet ne disent la filière : précisez-la sur le lot envisagé"
	case len(able) == 0 && l.Full > 0:
		return fmt.Sprintf("%s en « %s », sans heure libre sur la durée", counted(l.Full, "candidat"), label)
	case len(able) == 0 && l.Unknown == 0:
		return "l'annuaire n'a ici ni structure ni entreprise de l'ESS en « " + label + " » qui tienne un marché"
	case len(able) == 0:
		return fmt.Sprintf("%s en « %s », dont ni les heures libres ni le chiffre d'affaires ne sont connus", counted(l.Unknown, "candidat possible"), label)
	case n.Apart == No:
		return fmt.Sprintf("la plus grande capacité est de %s (%s), et le marché ne se sépare pas", able[0].Limit.Round(), able[0].Name)
	}
	if !n.splits() {
		return fmt.Sprintf("la plus grande capacité est de %s (%s) ; dites si ces travaux peuvent être séparés", able[0].Limit.Round(), able[0].Name)
	}
	return fmt.Sprintf("la plus grande capacité est de %s (%s), sous ce que vaut un lot utile ; un groupement le pourrait", able[0].Limit.Round(), able[0].Name)
}

// takesWhole tells whether one candidate could take the whole contract: every
// trade of it, within the smallest of its limits.
func (n Need) takesWhole(c Candidate, rules Rules) bool {
	if !c.holds() || len(n.Pieces) == 0 {
		return false
	}
	for _, p := range n.Pieces {
		if p.Trade == "" || !c.does(p.Trade) {
			return false
		}
		p.Amount = n.Amount
		if limit, _, known := c.limit(p, n, rules); !known || limit < n.Amount {
			return false
		}
	}
	return true
}

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
