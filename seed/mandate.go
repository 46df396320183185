package seed

import (
	"fmt"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// entry is a record of the mandate as the story tells it: texts typed as anyone
// would, and what hangs on it.
type entry struct {
	kind  mandate.Kind
	on    insertion.Date // when it is written
	typed map[string]string
	below []entry
}

// playMandate plays three years of the mandate of the letter. Organisations are
// invented and say so; nobody is named.
func (s *story) playMandate() error {
	for _, some := range [][]entry{
		s.promises(), s.statements(), s.meetings(), s.seats(), s.networks(), s.premises(), s.agreements(), s.calls(), s.events(), s.promotion(), s.projects(), s.sizes(),
	} {
		for _, e := range some {
			if err := s.keep(e, 0); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *story) keep(e entry, under mandate.RecordID) error {
	sheet, _ := mandate.SheetOf(e.kind)
	r, err := sheet.Fill(e.typed)
	if err != nil {
		return fmt.Errorf("%s %v : %w", e.kind, e.typed, err)
	}
	r.Parent = under
	on := e.on
	for _, f := range sheet.Fields { // nothing is written before it happened
		if d := r.Date(f.Name); f.Type == mandate.Day && d <= s.today {
			on = max(on, d)
		}
	}
	if year := r.Text("annee"); year != "" {
		on = max(on, min(insertion.Date(year+"-12-31"), s.today))
	}
	s.clock.on(max(on, s.today.AddDays(-729)))
	id, err := s.base.SaveMandateRecord(s.ctx, author, r)
	if err != nil {
		return fmt.Errorf("%s %v : %w", e.kind, e.typed, err)
	}
	for _, b := range e.below {
		if err := s.keep(b, id); err != nil {
			return err
		}
	}
	return nil
}

// says makes the typed texts of an entry: field, text, field, text.
func says(pairs ...string) map[string]string {
	out := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = pairs[i+1]
	}
	return out
}

// ago is a day before the day of the demonstration; after, one to come.
func (s *story) ago(days int) string   { return s.today.AddDays(-days).French() }
func (s *story) after(days int) string { return s.today.AddDays(days).French() }

// year is the current one less n.
func (s *story) year(n int) string { return fmt.Sprint(s.today.Time().Year() - n) }

func (s *story) promises() []entry {
	promise := func(code, target, step string, due int, who string) entry {
		return entry{mandate.Promise, "", says("code", code, "cible", target, "etape", step, "echeance", s.after(due), "suivi", who), nil}
	}
	return []entry{
		promise("poste", "", "bilan de l'année aux élus", 50, "facilitateur"),
		promise("conseil", "3", "faire voter les deux sièges encore proposés", 24, "délégation à l'ESS"),
		promise("allotissement", "60", "revoir les deux marchés en préparation avec l'acheteur", 35, "facilitateur et achats"),
		promise("leviers", "5", "former les acheteurs aux marchés réservés", 80, "achats"),
		promise("cooperatives", "10", "inviter l'union régionale des SCOP au prochain conseil", 24, "délégation à l'ESS"),
		promise("reseaux", "60000", "répondre aux demandes de soutien de l'année à venir", 60, "délégation à l'ESS"),
		promise("appel", "50", "récrire le cahier des charges : l'essaimage", 90, "délégation à l'ESS"),
		promise("locaux", "", "recevoir l'état du parc de la SEM", -6, "patrimoine"),
		promise("promotion", "1000", "caler les interventions en lycée", 75, "délégation à l'ESS"),
		promise("revitalisation", "", "écrire à l'État avant les deux prochaines conventions", 45, "délégation à l'ESS"),
		promise("forum", "", "arrêter le programme des débats", 110, "délégation à l'ESS"),
		promise("mois-ess", "", "réunir le comité au printemps", 150, "délégation à l'ESS"),
	}
}

func (s *story) statements() []entry {
	return []entry{
		{mandate.Statement, "", says("code", "poste", "annee", s.year(3), "valeur", "21 400", "preuve", "bilan annuel de la délégation (fictif)"), nil},
		{mandate.Statement, "", says("code", "promotion", "annee", s.year(3), "valeur", "180", "preuve", "compte rendu d'activité (fictif)"), nil},
		{mandate.Statement, "", says("code", "logiciel-libre", "annee", s.year(1), "valeur", "3", "preuve", "inventaire des postes de la délégation (fictif)"), nil},
	}
}

func (s *story) meetings() []entry {
	point := func(nature, text, by, who, due, state string) entry {
		return entry{mandate.Point, "", says("nature", nature, "texte", text, "par", by, "suivi", who, "echeance", due, "etat", state), nil}
	}
	const council, committee = "conseil de l'ESS", "comité du mois de l'ESS"
	return []entry{
		{mandate.Meeting, s.today.AddDays(-690), says("instance", council, "date", s.ago(690), "heure", "14:30", "duree", "150", "lieu", "hôtel du département, salle 2 (fictif)", "objet", "séance d'installation", "etat", "tenue"), []entry{
			point("ordre du jour", "Le règlement du conseil et ses collèges", "", "", "", ""),
			point("proposition", "Ajouter trois sièges aux entreprises de l'ESS et à l'IAE", "collectif des structures (fictif)", "délégation à l'ESS", s.ago(500), "fait"),
			point("décision", "Le poste de facilitateur est pourvu à la délégation", "", "ressources humaines", s.ago(600), "fait"),
		}},
		{mandate.Meeting, s.today.AddDays(-330), says("instance", council, "date", s.ago(330), "heure", "14:30", "duree", "120", "lieu", "maison des associations (fictif)", "objet", "bilan de la première année", "etat", "tenue"), []entry{
			point("proposition", "Mesurer chaque année les lots gagnés par l'ESS", "réseau des régies (fictif)", "facilitateur", s.ago(200), "fait"),
			point("décision", "Écrire aux deux bailleurs pour connaître leurs surfaces d'activité", "", "patrimoine", s.ago(180), "fait"),
			point("décision", "Demander que l'essaimage soit recevable à l'appel à projets", "", "délégation à l'ESS", s.after(60), "à suivre"),
		}},
		{mandate.Meeting, s.today.AddDays(-95), says("instance", council, "date", s.ago(95), "heure", "10:00", "duree", "120", "lieu", "hôtel du département, salle 2 (fictif)", "objet", "préparation du forum", "etat", "tenue"), []entry{
			point("proposition", "Un village de l'insertion et un village des SCOP au forum", "coopérative de conseil (fictif)", "délégation à l'ESS", s.after(100), "à suivre"),
			point("décision", "Relancer la SEM sur l'état de son parc", "", "patrimoine", s.ago(20), "à suivre"),
		}},
		{mandate.Meeting, s.today.AddDays(-30), says("instance", council, "date", s.after(24), "heure", "14:30", "duree", "120", "lieu", "hôtel du département, salle 2 (fictif)", "objet", "sièges, appel à projets, locaux", "etat", "prévue"), []entry{
			point("ordre du jour", "Les deux sièges encore proposés", "", "", "", ""),
			point("ordre du jour", "L'appel à projets : ce qui marche et ce qui innove", "", "", "", ""),
			point("ordre du jour", "1 % des locaux d'activité : où en sont les bailleurs", "", "", "", ""),
		}},
		{mandate.Meeting, s.today.AddDays(-520), says("instance", committee, "date", s.spring(1), "heure", "09:30", "duree", "90", "objet", "programme de novembre", "etat", "tenue"), nil},
		{mandate.Meeting, s.today.AddDays(-160), says("instance", committee, "date", s.spring(0), "heure", "09:30", "duree", "90", "objet", "programme de novembre, comité élargi", "etat", s.heldIf(s.spring(0))), nil},
	}
}

// spring is a day of May, n years ago.
func (s *story) spring(n int) string { return "19/05/" + s.year(n) }

// heldIf is the state of a meeting by its day.
func (s *story) heldIf(day string) string {
	if d, _ := insertion.ParseDate(day); d <= s.today {
		return "tenue"
	}
	return "prévue"
}

func (s *story) seats() []entry {
	seat := func(college, who, role string, proposed int, state string, decided int, why string) entry {
		said := says("college", college, "organisation", who+" (fictif)", "fonction", role, "propose", s.ago(proposed), "etat", state, "motif", why)
		if decided > 0 {
			said["decide"] = s.ago(decided)
		}
		return entry{mandate.Seat, s.today.AddDays(-proposed), said, nil}
	}
	return []entry{
		seat("entreprises de l'ESS", "Maçonnerie des Trois Rives", "présidence", 690, "accepté", 660, ""),
		seat("IAE", "Comité des associations d'insertion", "direction", 690, "accepté", 330, ""),
		seat("réseaux", "Réseau des partenariats régionaux", "secrétariat général", 690, "proposé", 0, ""),
		seat("entreprises de l'ESS", "Coopérative d'édition solidaire", "rédaction", 690, "proposé", 0, ""),
		seat("entreprises de l'ESS", "Mutuelle des Deux Vallées", "vie mutualiste", 400, "refusé", 330, "collège déjà pourvu"),
		seat("élus", "Assemblée départementale", "vice-présidence", 690, "accepté", 690, ""),
		seat("partenaires", "Union régionale des SCOP", "délégation", 200, "accepté", 95, ""),
	}
}

func (s *story) networks() []entry {
	support := func(year int, what, asked, granted string, decided int) entry {
		said := says("annee", s.year(year), "objet", what, "demande", asked)
		if granted != "" {
			said["accorde"], said["decide"] = granted, s.ago(decided)
		}
		return entry{mandate.Support, "", said, nil}
	}
	return []entry{
		{mandate.Network, s.today.AddDays(-680), says("nom", "Employeurs solidaires des Boucles (fictif)", "objet", "entreprises et chantiers d'insertion", "adherents", "24", "membres", "Vert Demain, Second Œuvre Solidaire, Passeport Bâtiment"), []entry{
			support(2, "fonctionnement", "30 000", "18 000", 650), support(1, "fonctionnement", "30 000", "24 000", 380), support(0, "fonctionnement et annuaire", "34 000", "26 000", 120),
		}},
		{mandate.Network, s.today.AddDays(-680), says("nom", "Comité des associations intermédiaires (fictif)", "objet", "associations intermédiaires", "adherents", "11", "membres", "Coup de Main 92, Trait de Liaison, Solidarité Emploi Boucle"), []entry{
			support(1, "fonctionnement", "20 000", "15 000", 380), support(0, "formation des salariés", "25 000", "20 000", 120),
		}},
		{mandate.Network, s.today.AddDays(-300), says("nom", "Pôle des coopératives (fictif)", "objet", "SCOP et SCIC", "adherents", "17"), []entry{
			support(0, "promotion du statut", "12 000", "", 0),
		}},
	}
}

func (s *story) premises() []entry {
	stock := func(who string, year int, area, source string) entry {
		return entry{mandate.Stock, "", says("bailleur", who, "annee", s.year(year), "surface", area, "source", source), nil}
	}
	let := func(who, tenant, city, area string, since int, until string) entry {
		return entry{mandate.Premise, s.today.AddDays(-since), says("bailleur", who, "occupant", tenant+" (fictif)", "commune", city, "surface", area, "debut", s.ago(since), "fin", until), nil}
	}
	const office, sem = "Office HLM des Trois Boucles (fictif)", "SEM des Coteaux (fictif)"
	return []entry{
		stock(office, 2, "38 200", "état du parc au 31 décembre"), stock(office, 1, "38 600", "état du parc au 31 décembre"), stock(office, 0, "38 900", "état du parc de printemps"),
		stock(sem, 1, "14 500", "courrier de la SEM"),
		let(office, "Régie de la Caravelle", "Villeneuve-la-Garenne", "140", 700, ""), let(office, "Solidarité Emploi Boucle", "Colombes", "85", 430, ""), let(office, "Atelier des Tisserands", "Colombes", "120", 210, ""),
		let(sem, "Coopérative du Plateau", "Malakoff", "95", 380, ""), let(sem, "Cuisines en Herbe", "Villeneuve-la-Garenne", "60", 640, s.ago(150)),
	}
}

func (s *story) agreements() []entry {
	one := func(firm string, signed int, amount, ess, iae, note string) entry {
		return entry{mandate.Agreement, s.today.AddDays(-signed), says("entreprise", firm+" (fictif)", "signee", s.ago(signed), "montant", amount, "ess", ess, "insertion", iae, "note", note), nil}
	}
	return []entry{
		one("Électronique de la Boucle", 620, "420 000", "90 000", "60 000", "Gennevilliers, trois ans"),
		one("Siège Ouest Assurances", 410, "260 000", "120 000", "80 000", "La Défense, deux ans"),
		one("Câbles du Pont", 250, "350 000", "180 000", "130 000", "Clichy, deux ans"),
		one("Laboratoires du Val", 60, "180 000", "70 000", "40 000", "Sceaux, deux ans"),
	}
}
