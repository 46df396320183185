package intake

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// summary is what matters of the notices of a CSV, a line each.
func summary(t *testing.T, text string) (string, string) {
	t.Helper()
	records, format, err := readAll(t, "essai.csv", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range records {
		n := r.Notice
		if r.Refusal != nil {
			all = append(all, fmt.Sprintf("%d: refus %s", r.Line, r.Refusal.Reason))
			continue
		}
		line := fmt.Sprintf("%d: %s %s %v→%v %d→%d [%s]→[%s]", r.Line, n.Reference, n.Buyer.Name, n.Amount, n.CurrentAmount(), n.Months, n.CurrentMonths(), partyWords(n.Contractors), partyWords(n.CurrentContractors()))
		for _, m := range n.Modifications {
			line += fmt.Sprintf(" %d@%s", m.Number, m.Date)
		}
		all = append(all, line)
	}
	return strings.Join(all, "\n"), format
}

func TestRowsOfOneContractAreOneRecord(t *testing.T) {
	text := `uid,id,acheteur_id,acheteur_nom,titulaire_id,titulaire_typeIdentifiant,titulaire_nom,objet,montant,dureeMois,dateNotification,datePublicationDonnees,considerationsSociales,modification_id,donneesActuelles
A1,1,` + mairie + `,Mairie,` + bonToit + `,SIRET,Bon Toit,Toiture,120000,12,2025-03-01,2025-03-05,"Clause sociale, Critère social",1,True
A1,1,` + mairie + `,Mairie,` + vertPre + `,SIRET,Vert Pré,Toiture,100000,12,2024-02-01,2024-02-05,"Clause sociale, Critère social",0,False
A1,1,` + mairie + `,Mairie,` + jardinet + `,SIRET,Jardinet,Toiture,100000,12,2024-02-01,2024-02-05,"Clause sociale, Critère social",0,False
A2,2,` + mairie + `,Mairie,` + vertPre + `,SIRET,Vert Pré,Lot 1,50000,6,2024-02-01,2024-02-05,,0,True
A2,2,` + mairie + `,Mairie,` + vertPre + `,SIRET,Vert Pré,Lot 2,50000,6,2024-02-01,2024-02-05,,0,True
`
	got, format := summary(t, text)
	want := "2: 1 Mairie 100 000,00 €→120 000,00 € 12→12 [SIRET " + vertPre + " Vert Pré, SIRET " + jardinet + " Jardinet]→[SIRET " + bonToit + " Bon Toit] 1@2025-03-01\n" +
		"5: 2 Mairie 50 000,00 €→50 000,00 € 6→6 [SIRET " + vertPre + " Vert Pré]→[SIRET " + vertPre + " Vert Pré]\n" +
		"6: 2 Mairie 50 000,00 €→50 000,00 € 6→6 [SIRET " + vertPre + " Vert Pré]→[SIRET " + vertPre + " Vert Pré]"
	if got != want || format != string(FormatNoticesTabular) {
		t.Errorf("%s\n%s\nwant\n%s", format, got, want)
	}
	records, _, _ := readAll(t, "essai.csv", []byte(text), Options{})
	if s := records[0].Notice.Social; s != insertion.SocialClause|insertion.SocialCriterion {
		t.Errorf("considerations %v", s.Words())
	}
}

func TestSCDLHasARowForEachWinnerAndModification(t *testing.T) {
	row := func(winner, name, mods string) string {
		return `"77","` + mairie + `","Mairie","Cidre","15000000-0","12","2024-07-26","2024-07-10","120380.12","` + winner + `","SIRET","` + name + `",` + mods + "\n"
	}
	got, format := summary(t, "MARCHE_ID,ACHETEURS_ID,ACHETEURS_NOM,MARCHE_OBJET,CPV_CODE,DUREE_MOIS,NOTIFICATION_DATE,PUBLICATION_DATE,MONTANT,TITULAIRES_ID,TITULAIRES_ID_TYPE,TITULAIRES_DENOMINATION,MODIF_OBJET,MODIF_DUREE_MOIS,MODIF_MARCHE_MONTANT,MODIF_TITULAIRES_ID,MODIF_SIGNATURE_DATE\n"+
		row(vertPre, "Vert", ",,,,")+row(bonToit, "Toit", ",,,,")+row(vertPre, "Vert", `Changement,9,51000.13,`+jardinet+`,2025-12-07`)+row(bonToit, "Toit", `Changement,9,51000.13,`+jardinet+`,2025-12-07`))
	want := "2: 77 Mairie 120 380,12 €→51 000,13 € 12→9 [SIRET " + vertPre + " Vert, SIRET " + bonToit + " Toit]→[SIRET " + jardinet + "] 0@2025-12-07"
	if got != want || format != string(FormatNoticesSCDL) {
		t.Errorf("%s\n%s\nwant\n%s", format, got, want)
	}
}

func TestFlatExportsHaveARowForEachContract(t *testing.T) {
	got, format := summary(t, "\xef\xbb\xbfid;acheteur.id;objet;montant;dureeMois;dateNotification;titulaire_id_2;titulaire_typeIdentifiant_2;titulaire_id_1;titulaire_typeIdentifiant_1;considerationsSociales;idModification;montantModification;dateNotificationModificationModification\r\n"+
		"INX 9;"+mairie+";Haies;45155.0;13;2024-12-05;CDL;CDL;"+vertPre+";SIRET;['Pas de considération sociale'];CDL;CDL;CDL\r\n"+
		"9;"+mairie+";Haies;45155.0;13;2024-12-05;"+bonToit+";SIRET;"+vertPre+";SIRET;CDL;2;50000;2025-01-01\r\n")
	want := "2: 9  45 155,00 €→45 155,00 € 13→13 [SIRET " + vertPre + "]→[SIRET " + vertPre + "]\n" +
		"3: 9  45 155,00 €→50 000,00 € 13→13 [SIRET " + vertPre + ", SIRET " + bonToit + "]→[SIRET " + vertPre + ", SIRET " + bonToit + "] 2@2025-01-01"
	if got != want || format != string(FormatNoticesODS) {
		t.Errorf("%s\n%s\nwant\n%s", format, got, want)
	}
}

func TestLocalFilesAreReadByTheNamesOfTheirColumns(t *testing.T) {
	got, _ := summary(t, "R\xe9f\xe9rence;Nom de l'acheteur;Objet du march\xe9;Montant HT;Dur\xe9e (en mois);Date de notification;Titulaire\r\n"+
		"M1;D\xe9partement;Fa\xe7ades;84\xa0000,50;3;1/2/2024;\"VERT PR\xc9 (000 910 011 00014) ; BON TOIT "+bonToit+"\"\r\n"+
		"M2;D\xe9partement;Murs;100;3;1/2/2024;Entreprise sans num\xe9ro\r\n")
	want := "2: M1 Département 84 000,50 €→84 000,50 € 3→3 [SIRET " + vertPre + " VERT PRÉ, SIRET " + bonToit + " BON TOIT]→[SIRET " + vertPre + " VERT PRÉ, SIRET " + bonToit + " BON TOIT]\n" +
		"3: M2 Département 100,00 €→100,00 € 3→3 [ Entreprise sans numéro]→[ Entreprise sans numéro]"
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestCellsHoldPythonLists(t *testing.T) {
	got, _ := summary(t, "id,acheteur.id,objet,montant,titulaires.1.id,titulaires.1.typeIdentifiant,titulaires.1.denominationSociale,modifications\n"+
		"1,"+mairie+",Haies,40000,\"['"+vertPre+"', '"+bonToit+"']\",\"['SIRET', 'SIRET']\",\"['L'Atelier', None]\",\"[{'modification': {'id': 1, 'montant': 50000.0}}]\"\n")
	want := "2: 1  40 000,00 €→50 000,00 € 0→0 [SIRET " + vertPre + " L'Atelier, SIRET " + bonToit + "]→[SIRET " + vertPre + " L'Atelier, SIRET " + bonToit + "] 1@"
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestACSVCutInARowKeepsTheRowsBefore(t *testing.T) {
	text := "id;acheteur_id;objet;montant\n1;" + mairie + ";Haies;40000\n2;" + mairie + ";Mu"
	got, err := references(t, "essai.csv", text)
	if len(got) != 1 || !errors.Is(err, ErrTruncated) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err = references(t, "essai.csv", text+"rs;5\n"); len(got) != 2 || err != nil {
		t.Errorf("%v, %v", got, err)
	}
	if got, err = references(t, "essai.csv", "id;acheteur_id;objet;montant\n"); len(got) != 0 || !errors.Is(err, ErrEmpty) {
		t.Errorf("a header alone: %v, %v", got, err)
	}
}

func TestTheSizeOfAWinnerIsReadWhereTheConsolidatedTableSaysIt(t *testing.T) {
	records, _, err := readAll(t, "decp.csv", []byte("uid,id,acheteur_id,objet,montant,dateNotification,titulaire_id,titulaire_typeIdentifiant,titulaire_categorie\n"+
		"u1,1,"+mairie+",Haies,40000,2025-01-02,"+vertPre+",SIRET,PME\n"+
		"u1,1,"+mairie+",Haies,40000,2025-01-02,"+bonToit+",SIRET,ge\n"+
		"u2,2,"+mairie+",Murs,40000,2025-01-02,"+jardinet+",SIRET,inconnue\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var sizes []string
	for _, rec := range records {
		for _, p := range rec.Notice.Contractors {
			sizes = append(sizes, p.Size)
		}
	}
	if strings.Join(sizes, ",") != "PME,GE," {
		t.Errorf("%q", sizes)
	}
}
