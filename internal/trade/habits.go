package trade

import (
	"strings"

	"passerelle/internal/insertion"
)

// habit is what a type of structure usually does when nothing else is known of
// it. The shares follow the jobs of the 227 structures whose ROME codes the ASP
// published in 2019 and the trades the national networks of ESAT, régies and
// chantiers put forward; they are weak signs, below any fact about the
// structure itself.
func habit(kind insertion.Kind) string {
	switch kind {
	case insertion.ESAT, insertion.EA:
		return "espaces-verts=50 conditionnement=45 nettoyage=35 blanchisserie=35 restauration=35 fabrication=30 administratif=25 impression=22 " +
			"alimentation=22 espaces-naturels=18 proprete-urbaine=18 dechets=18 mecanique=8 transport=8 numerique=8 menuiserie=10 renovation=6 peinture=6 demenagement=5 culture=4 services-personne=4 electricite=4 securite=3"
	case insertion.ACI:
		return "espaces-verts=45 espaces-naturels=42 renovation=30 proprete-urbaine=28 dechets=25 gros-oeuvre=20 peinture=20 formation-insertion=25 alimentation=20 " +
			"nettoyage=18 restauration=12 fabrication=12 transport=12 menuiserie=12 platrerie=10 blanchisserie=8 vrd=10 mecanique=8 demenagement=8 demolition=6 administratif=8 couverture=4 culture=5 services-personne=6 conditionnement=6 impression=4 electricite=3 plomberie=3 numerique=4 securite=2 personnel=5"
	case insertion.EI, insertion.EITI:
		return "nettoyage=22 espaces-verts=22 renovation=20 dechets=20 proprete-urbaine=20 peinture=15 espaces-naturels=12 restauration=12 transport=12 gros-oeuvre=10 " +
			"conditionnement=10 fabrication=10 platrerie=8 menuiserie=8 demenagement=10 formation-insertion=12 demolition=6 vrd=6 mecanique=8 blanchisserie=8 administratif=8 impression=5 alimentation=8 electricite=5 plomberie=5 services-personne=6 numerique=5 securite=4 couverture=3 culture=3 personnel=3"
	case insertion.RQ:
		return "nettoyage=60 proprete-urbaine=60 espaces-verts=50 renovation=50 peinture=40 services-personne=30 dechets=25 securite=20 formation-insertion=15 demenagement=10"
	case insertion.AI:
		return "personnel=90 nettoyage=45 services-personne=40 espaces-verts=38 proprete-urbaine=25 restauration=25 demenagement=25 renovation=25 transport=20 administratif=20 peinture=20 " +
			"gros-oeuvre=15 espaces-naturels=20 conditionnement=15 dechets=18 formation-insertion=8 blanchisserie=12 vrd=8 menuiserie=8 platrerie=8 culture=8 alimentation=12 fabrication=6 securite=5 impression=4 mecanique=4 electricite=4 plomberie=4 couverture=4 demolition=6 numerique=3"
	case insertion.ETTI, insertion.EATT:
		return "personnel=95 gros-oeuvre=40 vrd=38 renovation=38 peinture=35 platrerie=30 demolition=30 menuiserie=28 couverture=25 electricite=28 plomberie=28 nettoyage=35 espaces-verts=30 " +
			"conditionnement=30 demenagement=30 transport=25 dechets=28 proprete-urbaine=28 restauration=25 administratif=20 espaces-naturels=10 fabrication=15 alimentation=10 blanchisserie=10 services-personne=8 securite=5 culture=4 mecanique=6 impression=4 numerique=4"
	case insertion.GEIQ:
		return "personnel=80 gros-oeuvre=20 vrd=20 renovation=20 electricite=18 plomberie=18 peinture=15 platrerie=15 menuiserie=15 couverture=15 nettoyage=15 espaces-verts=10 transport=12 restauration=10 " +
			"alimentation=10 conditionnement=10 fabrication=10 services-personne=10 formation-insertion=15 demolition=8 dechets=6 proprete-urbaine=6 demenagement=6 culture=4 mecanique=5 espaces-naturels=4 administratif=5"
	case insertion.SEP:
		return "conditionnement=50 fabrication=45 impression=20 numerique=20 administratif=20 blanchisserie=15 restauration=10"
	}
	return ""
}

// habits adds what the type usually does, the less so the more is known of the
// structure itself.
func (g *gather) habits(kind insertion.Kind) {
	known := 0.0
	for _, b := range g.best {
		known = max(known, b)
	}
	if kind != insertion.AI && kind != insertion.ETTI && kind != insertion.EATT {
		known *= 0.75
	} else {
		known *= 0.2 // they lend people for any work, whatever their NAF
	}
	for _, t := range g.table.habits[kind] {
		g.count(t.trade, t.points*(1-known), func() string { return t.prefix })
	}
}

// compileHabits parses the habits of every type; the prefix of a tie holds its
// reason.
func (t *table) compileHabits() {
	t.habits = map[insertion.Kind][]tie{}
	for _, kind := range insertion.Kinds() {
		for field := range strings.FieldsSeq(habit(kind)) {
			code, points := parseTie(field)
			if i, ok := t.position[insertion.Trade(code)]; ok {
				t.habits[kind] = append(t.habits[kind], tie{prefix: usually(t.trades[i].Label, kind), trade: uint8(i), points: points})
			}
		}
	}
}

// Usually is the reason given for a trade that a type usually does.
func Usually(code insertion.Trade, kind insertion.Kind) string { return usually(Label(code), kind) }

func usually(label string, kind insertion.Kind) string {
	return strings.ToLower(label) + " : habituel pour le type " + string(kind) + ", à confirmer"
}
