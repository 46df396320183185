package store

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// designations are the sequences of folded words that may designate the persons
// whose names the file keeps, the longest first: each name, sought as runsOf says, then
// each of its words of 3 letters or more that is neither a common word nor a word
// of what the file names otherwise: a firm, a buyer, a structure, its commune, those
// who write in the file. A
// passer-by of the same surname is hidden too: for those who may not read names
// that is less grave than a name told.
func designations(ctx context.Context, q querier, names []string) ([][]string, error) {
	whole := tracesOf(nil, names).names
	alone := map[string]bool{}
	for _, name := range whole {
		for _, w := range name {
			if utf8.RuneCountInString(w) >= 3 && strings.Trim(w, "0123456789") != "" && !common(w) {
				alone[w] = true
			}
		}
	}
	if len(alone) > 0 {
		_, err := query(ctx, q, func(scan func(...any) error) (struct{}, error) {
			var public string
			err := scan(&public)
			for _, w := range wordsOf(public) {
				delete(alone, w)
			}
			return struct{}{}, err
		}, `SELECT name FROM main.organisation WHERE name <> '' UNION ALL
			SELECT ifnull(json_extract(doc, '$.Name'), '') || ' ' || ifnull(json_extract(doc, '$.Brand'), '') || ' ' || ifnull(json_extract(doc, '$.City'), '') FROM main.structure
			UNION ALL SELECT DISTINCT by FROM main.change UNION ALL SELECT name FROM main.user
			UNION ALL SELECT ifnull(json_extract(doc, '$.facilitateur'), '') FROM main.letterhead`)
		if err != nil {
			return nil, err
		}
	}
	for w := range alone {
		whole = append(whole, []string{w})
	}
	slices.SortFunc(whole, func(a, b []string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return slices.Compare(a, b)
	})
	return slices.CompactFunc(whole, slices.Equal), nil
}

// common tells whether a folded word is one that notes hold whoever they are about.
// First names and trades that are also surnames are not of them: they are hidden.
func common(word string) bool {
	return slices.Contains(strings.Fields(`
		les des une aux sur sous par pour avec sans dans entre vers chez mais donc car que qui quoi dont est sont ont pas plus moins tres bien mal
		son ses mon mes ton tes nos vos leur leurs elle elles ils lui nous vous cet cette ces tout tous toute toutes rien deux trois quatre cinq
		six sept huit neuf dix cent mille jour jours mois annee semaine heure heures date matin soir demain hier lundi mardi mercredi jeudi vendredi
		samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre rue avenue place route ville mairie
		commune marche marches lot lots clause clauses contrat chantier travaux service services personne personnes madame monsieur mme mlle
		appel appels courriel lettre visite reunion note notes dossier agence emploi insertion structure entreprise association societe
		rappel rappele rendez attente accord refus oui non fait vue vus dit bon bonne nouveau nouvelle ancien ancienne saint sainte nom prenom
		nord sud est ouest public publique relance facture montant total piece pieces preuve attestation`), word)
}
