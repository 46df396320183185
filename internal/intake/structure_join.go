package intake

import (
	"bytes"
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// Join is what files say of the structures of other files: the sectors and
// activities of le marché de l'inclusion, the services of data.inclusion. The
// files that hold it are read first (see Reference), the structures after.
type Join struct {
	sectors    map[string]string // pk → name
	groups     map[string]string // sector pk → group pk
	groupNames map[string]string
	networks   map[string]string
	zones      map[string]insertion.Area // structure key → area of its services
	used       map[string]bool           // structure keys that were met
	pending    []joined                  // activities waiting for the name of their sector
}

type joined struct {
	structure, sector string
	modality          insertion.Modality
	area              insertion.Area
}

// NewJoin is an empty Join.
func NewJoin() *Join {
	return &Join{
		sectors: map[string]string{}, groups: map[string]string{}, groupNames: map[string]string{}, networks: map[string]string{},
		zones: map[string]insertion.Area{}, used: map[string]bool{},
	}
}

// into gives a structure what other files say of it.
func (j *Join) into(st *insertion.Structure, key string) {
	if j == nil || key == "" {
		return
	}
	j.used[key] = true
	for _, p := range j.pending {
		if p.structure != key {
			continue
		}
		for _, code := range j.tradesOf(p.sector) {
			if !slices.ContainsFunc(st.Activities, func(a insertion.Activity) bool { return a.Trade == code }) {
				st.Activities = append(st.Activities, insertion.Activity{Trade: code, Modality: p.modality, Area: p.area})
			}
		}
	}
	if zone, ok := j.zones[key]; ok {
		for i := range st.Activities {
			if st.Activities[i].Area.Kind == "" {
				st.Activities[i].Area = zone
			}
		}
	}
	for i, n := range st.Networks {
		if name, ok := j.networks[n]; ok {
			st.Networks[i] = name
		}
	}
}

// tradesOf turns a sector of le marché de l'inclusion into our trades: the words
// of its name first, else those of its group.
func (j *Join) tradesOf(sector string) []insertion.Trade {
	for _, name := range []string{j.sectors[sector], j.groupNames[j.groups[sector]]} {
		if name == "" || strings.HasPrefix(name, "Autre") {
			continue
		}
		if code, ok := sectorTrade(name); ok {
			return []insertion.Trade{code}
		}
		if e := trade.OfNotice("", name); len(e) > 0 {
			return []insertion.Trade{e[0].Trade}
		}
	}
	return nil
}

// sectorTrade is the trade of the twenty groups of le marché de l'inclusion,
// and of the sectors whose words say it badly.
func sectorTrade(name string) (insertion.Trade, bool) {
	for _, known := range []struct {
		names string
		code  insertion.Trade
	}{
		{"Espaces verts & extérieurs|Travaux forestiers, Bûcheronnage|Génie écologique|Entretien des jardins|Horticulture|Sylviculture", "espaces-verts"},
		{"Medico-social|Services à la personne|Soins et accompagnement|Petits travaux|Aide ménagère|Cordonnerie", "services-personne"},
		{"Réparations & Dépannages|Garage, mécanique automobile|Réparation de vélos|Entretien machines & matériels", "mecanique"},
		{"Entretien du linge|Couture, reprisage, retouches|Blanchisserie|Pressing et nettoyage à sec|Repassage|Confection à façon", "blanchisserie"},
		{"Sécurité & Préventions|Poste de garde / Accueil|Médiation (urbaine, sociale...)|Surveillance scolaire", "securite"},
		{"Agro-Alimentaire|Elevage de viandes et volailles|Agriculture|Maraîchage, légumerie, conserverie|Pêche/Pisciculture|Production et transformation", "alimentation"},
		{"Hygiène et Propreté|Nettoyage de locaux|Nettoyage de véhicules|Nettoyage industriel", "nettoyage"},
		{"Nettoyage urbain|Entretien et maintenance de l'espace urbain|Entretien des parkings", "proprete-urbaine"},
		{"Bâtiments et Travaux publics|Travaux de chantiers|Tous travaux et petits bricolages", "renovation"},
		{"Déconstruction, curage, démolition", "demolition"},
		{"Assistance générale et administrative|Mailing, archivage, secrétariat|Accueil & Hotline|Conciergerie d'entreprise", "administratif"},
		{"Prestations informatiques|Conception de logiciels|Numérisation & GED|Support & administration", "numerique"},
		{"Ameublement, déco, textile & Artisanat|Travail du bois|Equipements et mobiliers|Textiles|Artisanat d'art", "fabrication"},
		{"Communication, Marketing|Impressions|Signalétique|Objet promotionnel (goodies)", "impression"},
		{"Sous-traitance industrielle|Sous-traitance industrielle générale|Logistique, conditionnement|Assemblage mécanique, mécano-soudure|Manutention", "conditionnement"},
		{"Déménagements, Livraisons & Transports|Déménagement", "demenagement"},
		{"Transports de personnes|Transport de marchandises|Coursiers, livraison de plis & colis", "transport"},
		{"Collecte & Traitement des déchets|Recyclage, économie circulaire", "dechets"},
		{"Culture, Divertissement et Tourisme", "culture"},
		{"Prestations intellectuelles|Conseils & Formation|Ressources Humaines", "formation-insertion"},
		{"Restauration|Traiteur|Restauration collective|Restaurants, Cantines|Paniers, plateaux repas", "restauration"},
	} {
		if slices.Contains(strings.Split(known.names, "|"), name) {
			return known.code, true
		}
	}
	return "", false
}

// Describes tells, by its beginning, a file that holds no structure but
// describes those of others: sectors, networks, activities, services.
func Describes(head []byte) bool {
	if Sniff(head) != FormatStructuresJSON {
		return false
	}
	if bytes.Contains(head, []byte(`"model"`)) {
		return !bytes.Contains(head, []byte(`"siaes.siae"`))
	}
	return bytes.Contains(head, []byte(`"zone_eligibilite"`))
}
