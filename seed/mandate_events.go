package seed

import (
	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

func (s *story) calls() []entry {
	bid := func(who, what, proven, asked, granted, decision string, decided int, why string) entry {
		said := says("porteur", who+" (fictif)", "projet", what, "eprouve", proven, "demande", asked, "accorde", granted, "decision", decision, "motif", why)
		if decided > 0 {
			said["decide"] = s.ago(decided)
		}
		return entry{mandate.Candidacy, "", said, nil}
	}
	return []entry{
		{mandate.Call, s.today.AddDays(-480), says("nom", "Appel à projets ESS", "annee", s.year(1), "cloture", s.ago(430), "budget", "150 000",
			"innovation", "oui", "reconduction", "non", "essaimage", "non", "pluriannuel", "non", "fonctionnement", "non", "petites", "oui"), []entry{
			bid("La Recyclerie du Pont", "atelier mobile de réparation", "non", "40 000", "35 000", "retenue", 390, ""),
			bid("Coup de Main 92", "service d'aide aux aidants, ouvert depuis six ans", "oui", "30 000", "0", "refusée", 390, "action jugée non innovante"),
			bid("Clic et Archive", "numérisation avec des personnes en parcours", "non", "45 000", "40 000", "retenue", 390, ""),
			bid("Les Jardins de la Bièvre", "paniers solidaires", "oui", "25 000", "15 000", "retenue", 390, ""),
		}},
		{mandate.Call, s.today.AddDays(-150), says("nom", "Appel à projets ESS", "annee", s.year(0), "cloture", s.ago(100), "budget", "180 000",
			"innovation", "oui", "reconduction", "oui", "essaimage", "non", "pluriannuel", "oui", "petites", "oui"), []entry{
			bid("Coup de Main 92", "service d'aide aux aidants, seconde antenne", "oui", "32 000", "28 000", "retenue", 45, ""),
			bid("Second Souffle Mobilier", "meubles réemployés pour les résidences", "oui", "40 000", "30 000", "retenue", 45, ""),
			bid("Veille Solidaire", "médiation de nuit", "non", "60 000", "38 000", "retenue", 45, ""),
			bid("Festins d'Ici", "cantine partagée", "", "35 000", "0", "à instruire", 0, ""),
		}},
	}
}

func (s *story) events() []entry {
	debate := func(theme, title, hour, who string) entry {
		return entry{mandate.Debate, "", says("theme", theme, "titre", title, "heure", hour, "intervenants", who), nil}
	}
	comes := func(who, status, role, n string) entry {
		return entry{mandate.Attendance, "", says("organisation", who+" (fictif)", "statut", status, "role", role, "nombre", n), nil}
	}
	task := func(what, who, due, state string) entry {
		return entry{mandate.Task, "", says("texte", what, "qui", who, "echeance", due, "etat", state), nil}
	}
	return []entry{
		{mandate.Event, s.today.AddDays(-400), says("nature", "forum", "nom", "Forum départemental de l'ESS", "date", s.lastNovember(), "heure", "09:00", "duree", "480", "lieu", "palais des congrès (fictif)", "public", "420"), []entry{
			debate("IAE", "L'insertion par l'économie, et après ?", "10:00", "Comité des associations d'insertion (fictif)"),
			debate("SCOP", "Reprendre son entreprise à plusieurs", "14:00", "Union régionale des SCOP (fictif)"),
			comes("Vert Demain", "SIAE", "exposant", "3"), comes("Maçonnerie des Trois Rives", "SCOP", "intervenant", "2"),
			comes("Mutuelle des Deux Vallées", "mutuelle", "exposant", "2"), comes("Coup de Main 92", "association", "exposant", "4"),
		}},
		{mandate.Event, s.today.AddDays(-60), says("nature", "forum", "nom", "Forum départemental de l'ESS", "date", s.after(160), "heure", "09:00", "duree", "480", "lieu", "palais des congrès (fictif)"), []entry{
			debate("commerce équitable", "Acheter équitable dans les collèges", "10:00", "réseau du commerce équitable (fictif)"),
			debate("IAE", "Un village de l'insertion : à quoi sert-il ?", "11:30", "Employeurs solidaires des Boucles (fictif)"),
			debate("SCOP", "Le statut de SCOP expliqué aux créateurs", "14:30", "Pôle des coopératives (fictif)"),
			comes("Arbres et Parcs", "SCIC", "exposant", "2"), comes("Nanterre Services Quartiers", "SIAE", "exposant", "3"), comes("Coopérative du Plateau", "SCIC", "exposant", "1"),
			task("réserver la salle et les stands", "moyens généraux", s.ago(12), "fait"),
			task("inviter tous les acteurs de l'ESS au comité élargi", "délégation à l'ESS", s.after(20), "à faire"),
			task("confirmer les intervenants des trois débats", "délégation à l'ESS", s.ago(3), "à faire"),
			task("imprimer le programme chez une SCOP", "communication", s.after(120), "à faire"),
		}},
		{mandate.Event, s.today.AddDays(-400), says("nature", "mois de l'ESS", "nom", "Portes ouvertes des chantiers d'insertion", "date", s.lastNovember(), "public", "150"), nil},
	}
}

// lastNovember is the 21st of the last November already gone by.
func (s *story) lastNovember() string {
	for n := range 2 {
		if d, _ := insertion.ParseDate("21/11/" + s.year(n)); d < s.today {
			return d.French()
		}
	}
	return s.ago(365)
}

func (s *story) promotion() []entry {
	one := func(days int, with, what, place, city, reach, theme string) entry {
		return entry{mandate.Action, s.today.AddDays(-days), says("date", s.ago(days), "aupres", with, "objet", what, "lieu", place+" (fictif)", "commune", city, "public", reach, "theme", theme), nil}
	}
	return []entry{
		one(640, "lycée", "créer une entreprise à plusieurs", "lycée des Boucles", "Colombes", "90", "SCOP"),
		one(560, "boutique de gestion", "les statuts de l'ESS", "maison de l'emploi", "Nanterre", "35", "ESS"),
		one(420, "collège", "une coopérative dans la classe", "collège du Parc", "Clamart", "110", "ESS"),
		one(300, "créateurs d'entreprise", "la reprise en SCOP", "pépinière du Pont", "Clichy", "48", "SCOP"),
		one(190, "lycée", "métiers de l'insertion", "lycée du Plateau", "Malakoff", "130", "IAE"),
		one(130, "agents publics", "acheter à l'ESS", "hôtel du département", "Nanterre", "62", "ESS"),
		one(70, "boutique de gestion", "SCOP ou SCIC ?", "maison de l'emploi", "Gennevilliers", "41", "SCOP"),
		one(25, "grand public", "journée du réemploi", "halle des Coteaux", "Suresnes", "260", "entreprendre autrement"),
	}
}

// sizes are those of some winners: the others are not known, as in any file.
func (s *story) sizes() []entry {
	var out []entry
	for i, f := range firms() {
		if i%3 == 0 {
			continue
		}
		size := "PME"
		if i%7 == 0 {
			size = "ETI"
		}
		out = append(out, entry{mandate.FirmSize, "", says("siren", siret(firmBlock+i), "nom", f.name+" (fictif)", "taille", size, "source", "répertoire (fictif)"), nil})
	}
	return out
}

func (s *story) projects() []entry {
	part := func(what, trade, amount, share string) entry {
		return entry{mandate.Part, "", says("objet", what, "filiere", trade, "montant", amount, "part", share), nil}
	}
	return []entry{
		{mandate.Project, s.today.AddDays(-40), says("objet", "Entretien des espaces verts des collèges", "acheteur", "Département des Hauts-de-Seine (fictif)", "cpv", "77310000", "montant", "960 000", "mois", "24", "commune", "Nanterre",
			"nature", "services", "publication", s.after(70), "lien", "oui", "separable", "oui", "etat", "en préparation"), nil},
		{mandate.Project, s.today.AddDays(-25), says("objet", "Rénovation de la maison des associations", "acheteur", "Ville de Colombes (fictif)", "cpv", "45210000", "montant", "1 180 000", "mois", "14", "commune", "Colombes",
			"nature", "travaux", "publication", s.after(120), "lien", "oui", "etat", "en préparation"), []entry{
			part("Maçonnerie et démolitions", "gros-oeuvre", "430 000", "50"), part("Peinture et sols", "peinture", "160 000", "70"),
			part("Électricité", "electricite", "210 000", ""), part("Plomberie et chauffage", "plomberie", "240 000", ""),
		}},
	}
}
