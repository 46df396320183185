package tui_test

import (
	"strings"
	"testing"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/store"
)

// keptRecord writes a record of the mandate from typed texts, as a form does.
func keptRecord(t testing.TB, s *store.Store, kind mandate.Kind, parent mandate.RecordID, pairs ...string) mandate.RecordID {
	t.Helper()
	sheet, _ := mandate.SheetOf(kind)
	r := mandate.Record{Kind: kind, Parent: parent}
	for i := 0; i < len(pairs); i += 2 {
		must(t, sheet.Set(&r, pairs[i], pairs[i+1]))
	}
	id, err := s.SaveMandateRecord(t.Context(), "Camille", r)
	must(t, err)
	return id
}

// mandated is a file in which the mandate of the letter is followed: a council with
// its points, seats, premises, a network, an event and figures.
func mandated(t testing.TB) *store.Store {
	t.Helper()
	s := opened(t)
	council := keptRecord(t, s, mandate.Meeting, 0, "instance", "conseil de l'ESS", "date", "28/09/2026", "heure", "14:30", "duree", "120",
		"lieu", "Salle des commissions, hôtel du département", "objet", "séance ordinaire", "etat", "prévue")
	keptRecord(t, s, mandate.Point, council, "nature", "ordre du jour", "texte", "Bilan de la clause sociale")
	keptRecord(t, s, mandate.Point, council, "nature", "proposition", "texte", "Trois sièges de plus pour les entreprises de l'ESS", "par", "élus")
	keptRecord(t, s, mandate.Point, council, "nature", "décision", "texte", "Écrire aux deux bailleurs pour connaître leurs surfaces d'activité et celles qui se libèrent", "suivi", "délégation", "echeance", "01/06/2026", "etat", "à suivre")
	keptRecord(t, s, mandate.Meeting, 0, "instance", "conseil de l'ESS", "date", "12/02/2026", "objet", "installation", "etat", "tenue")
	keptRecord(t, s, mandate.Seat, 0, "college", "IAE", "organisation", "Réseau des AI (fictif)", "propose", "06/04/2026", "etat", "accepté", "decide", "12/05/2026")
	keptRecord(t, s, mandate.Seat, 0, "college", "réseaux", "organisation", "Rencontres sociales (fictif)", "propose", "06/04/2026", "etat", "proposé")
	keptRecord(t, s, mandate.Promise, 0, "code", "locaux", "etape", "réunir les deux bailleurs", "echeance", "31/05/2026", "suivi", "délégation ESS")
	keptRecord(t, s, mandate.Promise, 0, "code", "promotion", "cible", "500", "etape", "écrire aux collèges", "echeance", "15/09/2026")
	keptRecord(t, s, mandate.Statement, 0, "code", "logiciel-libre", "annee", "2025", "valeur", "2", "preuve", "liste de la direction informatique")
	keptRecord(t, s, mandate.Statement, 0, "code", "logiciel-libre", "annee", "2026", "valeur", "3", "preuve", "liste de la direction informatique")
	forum := keptRecord(t, s, mandate.Event, 0, "nature", "forum", "nom", "Forum de l'ESS", "date", "28/11/2026", "lieu", "CNIT")
	keptRecord(t, s, mandate.Debate, forum, "theme", "SCOP", "titre", "Reprendre son entreprise", "heure", "10:30")
	keptRecord(t, s, mandate.Task, forum, "texte", "réserver le hall", "qui", "délégation", "echeance", "10/06/2026")
	return s
}

func TestTheRoomOfTheMandateSaysWhereEachProposalStands(t *testing.T) {
	s := mandated(t)
	d := drive(t, s, allDeps(s), "e", 120, 40)
	d.sees("13 propositions de la lettre", "Prochaine séance du conseil : 28/09/2026 à 14 h 30", "3 points",
		"✓ atteint", "? sans chiffre", "Le logiciel libre", "hausse", "réunir les deux bailleurs", "31/05/2026")
	d.golden("mandate")
}

func TestTheListOfTheMandateGivesItsWidthToTheNextStepFirst(t *testing.T) {
	s := mandated(t)
	keptRecord(t, s, mandate.Promise, 0, "code", "reseaux", "etape", "répondre aux demandes de soutien des réseaux", "echeance", "31/10/2026")
	d := drive(t, s, allDeps(s), "e", 120, 28)
	d.sees("31/10/2026  répondre aux demandes de soutien des r", "31/05/2026  réunir les deux bailleurs")
	d.misses("hausse  ")
	d.resize(160, 28)
	d.sees("hausse", "31/10/2026  répondre aux demandes de soutien des réseaux\n")
	d.resize(120, 40)
	d.sees("répondre aux demandes de soutien des réseaux, pour le 31/10/2026\n", "hausse")
}

// An elected member asks for a decision to be kept: room, proposal, meeting, n, three
// fields, Ctrl+S.
func TestAMeetingWithADecisionIsAddedThroughTheKeys(t *testing.T) {
	s := opened(t)
	d := drive(t, s, allDeps(s), "a", 80, 24)
	d.press("g", "e", "down", "enter")
	d.sees("Le conseil de l'ESS", "Séances 0", "Tab : sièges 0")
	d.press("n")
	d.sees("Instance", "(•) conseil de l'ESS")
	d.press("enter")
	d.write("28/11/2026")
	d.press("enter")
	d.write("14h30")
	d.press("enter", "enter")
	d.write("Hôtel du département")
	d.press("enter")
	d.write("séance ordinaire")
	d.press("ctrl+s")
	d.sees("28/11/2026 séance ordinaire", "14:30")
	d.press("enter")
	d.sees("Séance", "Points de séance 0", "lieu : Hôtel")
	d.press("n", "right", "right", "enter")
	d.write("Réserver trois sièges aux entreprises de l'ESS, et le dire aux réseaux avant la fin de l'année")
	d.press("ctrl+j")
	d.write("La délégation prépare la délibération.")
	d.press("tab", "tab")
	d.write("délégation ESS")
	d.press("enter")
	d.write("15/12/2026")
	d.press("ctrl+s")
	d.sees("15/12/2026 Réserver trois sièges", "délégation ESS")

	points, err := s.MandateRecords(t.Context(), mandate.Point, 0)
	must(t, err)
	if len(points) != 1 {
		t.Fatalf("%d points", len(points))
	}
	p := points[0]
	if p.Text("nature") != "décision" || !strings.Contains(p.Text("texte"), "l'année\nLa délégation") || p.Dated != "2026-12-15" || p.Text("etat") != "à suivre" || p.Parent == 0 {
		t.Errorf("%+v", p)
	}
	d.press("u", "o")
	if points, _ = s.MandateRecords(t.Context(), mandate.Point, 0); len(points) != 0 {
		t.Error("undo left the point")
	}
}

func TestAWrongFieldIsMarkedAndNothingTypedIsLost(t *testing.T) {
	s := opened(t)
	d := drive(t, s, allDeps(s), "e", 80, 24)
	d.press("down", "enter", "n", "enter")
	d.write("31/02/2026")
	d.press("ctrl+s")
	d.sees("! « 31/02/2026 » n'est pas une date", "31/02/2026")
	d.erase()
	d.write("03/03/2026")
	d.press("ctrl+s")
	d.sees("! « Objet » manque")
}

func TestTheTargetAndTheNextStepAreWrittenInTheUnitOfTheProposal(t *testing.T) {
	s := opened(t)
	d := drive(t, s, allDeps(s), "e", 80, 24)
	d.press("down", "down", "down", "down", "down", "down", "down", "e") // premises: a share
	d.sees("vide : 1 %", "lettre")
	d.write("35,5 %")
	d.press("enter")
	d.write("réunir les acheteurs")
	d.press("enter")
	d.write("01/10/2026")
	d.press("ctrl+s")
	promises, err := s.MandateRecords(t.Context(), mandate.Promise, 0)
	must(t, err)
	if len(promises) != 1 || promises[0].Text("code") != "locaux" || promises[0].Whole("cible") != 3550 {
		t.Fatalf("%+v", promises)
	}
	d.sees("réunir les acheteurs")
	d.press("e") // the same sheet again, not a second one
	d.sees("réunir les acheteurs", "35,5")
	d.press("ctrl+s")
	if promises, _ = s.MandateRecords(t.Context(), mandate.Promise, 0); len(promises) != 1 {
		t.Errorf("%d sheets for one proposal", len(promises))
	}
}

func TestAFigureIsEnteredWithItsEvidence(t *testing.T) {
	s := opened(t)
	d := drive(t, s, allDeps(s), "e", 80, 24)
	d.press("end", "up", "up", "up", "c")
	d.sees("logiciels libres en usage")
	d.press("enter")
	d.write("4")
	d.press("ctrl+s")
	d.sees("! « Preuve » manque")
	d.write("inventaire")
	d.press("ctrl+s")
	d.sees("✓ atteint", "4 / 1")
}

func TestAFigureOfAYearThatStillAddsUpIsSaidToBe(t *testing.T) {
	s := mandated(t)
	d := drive(t, s, allDeps(s), "e", 80, 24)
	for !strings.Contains(d.chosen(), "Le mois de l'ESS") {
		d.press("down")
	}
	d.press("enter")
	d.sees("calculé, année en cours")
}

func TestTheRecordsOfAProposalAreShownAKindAtATime(t *testing.T) {
	s := mandated(t)
	d := drive(t, s, allDeps(s), "e", 80, 24)
	d.press("down", "enter")
	d.sees("Séances 1/2", "Tab : sièges 2", "séance ordinaire")
	d.press("tab")
	d.sees("Sièges 1/2", "✓ 06/04/2026 Réseau des AI", "○ 06/04/2026 Rencontres")
	d.golden("mandate-commitment")
	d.press("x")
	d.sees("Retirer « Réseau des AI (fictif) » (siège) ?")
	d.press("o")
	d.sees("Sièges 1/1", "Fiche retirée")
	d.press("u", "o")
	d.sees("Sièges 2/2", "Réseau des AI")
}

func TestAMeetingOpensWithItsPointsAndWhatIsLate(t *testing.T) {
	s := mandated(t)
	d := drive(t, s, allDeps(s), "e", 80, 24)
	d.press("down", "enter", "down", "enter")
	d.sees("date : 28/09/2026 · heure : 14:30", "Points de séance 1/3", "▽ 01/06/2026 Écrire aux deux bailleurs")
	d.golden("mandate-meeting")
	d.press("x")
	d.press("n")
	d.press("end", "enter")
	d.golden("mandate-form")
}

func TestWhatOthersHangOnIsNotTakenAway(t *testing.T) {
	s := mandated(t)
	d := drive(t, s, allDeps(s), "e", 80, 24)
	d.press("down", "enter", "down", "x", "o")
	d.sees("porte encore 3 fiches")
}

func TestAReaderSeesTheMandateAndWhyItCannotBeChanged(t *testing.T) {
	s := mandated(t)
	reader := s.As(insertion.Access{Name: "Noor", Role: insertion.Viewer})
	d := drive(t, s, allDeps(reader), "e", 80, 24)
	d.sees("Le conseil de l'ESS")
	d.misses("étape   c")
	d.press("c")
	d.sees("chiffre : réservé aux rôles « facilitateur » et « délégation »")
	d.press("down", "enter", "n")
	d.sees("nouveau : réservé aux rôles « facilitateur » et « délégation »")
	d.press("down", "enter")
	d.sees("Points de séance")
	delegate := s.As(insertion.Access{Name: "Dominique", Role: insertion.Delegate})
	d = drive(t, s, allDeps(delegate), "e", 80, 24)
	d.press("c")
	d.sees("Chiffre saisi")
}

func TestTheDayAnswersWhenTheCouncilMeetsNextAndWhatTheMandateAwaits(t *testing.T) {
	s := mandated(t)
	d := drive(t, s, allDeps(s), "a", 80, 24)
	d.sees("Prochaine séance du conseil : 28/09/2026 à 14 h 30, 3 points", "¶ mandat", "réunir les deux bailleurs", "décision à suivre", "réserver le hall", "¶ 3")
	d.golden("day-mandate")
	d.press("home", "enter") // the oldest: a next step
	d.sees("Les locaux", "réunir les deux bailleurs")
	d.press("esc", "down", "enter") // a decision opens its meeting
	d.sees("séance ordinaire", "Points de séance")
	d.press("esc", "down", "enter") // a task opens its event
	d.sees("Forum de l'ESS", "Débats 1/1")
	d.press("esc", "e")
	d.sees("séance ordinaire", "Points de séance 1/3")
}

func TestALineOfTheMandateIsPutOffLikeTheOthers(t *testing.T) {
	s := mandated(t)
	d := drive(t, s, allDeps(s), "a", 80, 24)
	d.press("z")
	d.write("attend les bailleurs")
	d.press("ctrl+s")
	d.misses("réunir les deux bailleurs")
	d.sees("¶ 2")
}

func TestWhatIsDoneLeavesTheDay(t *testing.T) {
	s := mandated(t)
	d := drive(t, s, allDeps(s), "a", 80, 24)
	d.press("down", "enter", "end", "enter")
	d.sees("Point de séance", "(•) à suivre")
	for range 5 {
		d.press("tab")
	}
	d.press("right", "ctrl+s", "esc")
	d.misses("décision à suivre")
}

func TestACommuneIsOneOfFrance(t *testing.T) {
	s := opened(t)
	d := drive(t, s, allDeps(s), "e", 80, 24)
	for range 7 {
		d.press("down")
	}
	d.press("enter", "tab")
	d.sees("Locaux loués à l'ESS 0")
	d.press("n")
	d.write("Office (fictif)")
	d.press("tab")
	d.write("Coopérative (fictif)")
	d.press("tab")
	d.write("Xanadu")
	d.press("tab")
	d.write("120")
	d.press("tab")
	d.write("01/01/2026")
	d.press("ctrl+s")
	d.sees("! « Xanadu » n'est pas une commune connue")
	d.erase()
	d.write("92050")
	d.press("ctrl+s")
	d.sees("Locaux loués à l'ESS 1/1", "Nanterre")
}

func TestARecordOfTheMandateIsFoundFromAnywhere(t *testing.T) {
	s := opened(t)
	_, err := s.SaveMandateRecord(t.Context(), "Camille", mandate.Record{Kind: mandate.Network, Values: map[string]string{"nom": "Réseau des cantines"}})
	must(t, err)
	d := drive(t, s, allDeps(s), "m", 100, 30)
	d.press("/")
	d.write("cantines")
	d.sees("mandat", "Réseau des cantines")
	d.press("enter")
	d.sees("Chercher partout › Réseau", "Soutiens 0")
}
