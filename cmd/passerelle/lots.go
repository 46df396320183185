package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// lotsCmd is « marches »: the list, or one lot when it is named.
func (p *program) lotsCmd() *cobra.Command {
	var f insertion.LotFilter
	var social, sort, stage string
	var limit int
	cmd := &cobra.Command{
		Use: "marches [LOT]", Aliases: []string{"contracts", "lots"},
		Short: "Les lots attribués, ou le détail d'un lot",
		Long: "Liste les lots, du plus récent au plus ancien. Un lot nommé (son numéro, ou SIRET_ACHETEUR:ID) est montré en entier.\n" +
			"Les options se combinent.",
		Example: "passerelle marches --a-clauser --departement 92\npasserelle marches --texte \"élagage\" --json\npasserelle marches 12",
		Args:    takes(0, 1, "LOT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				if len(args) == 1 {
					return p.showLot(cmd.Context(), s, args[0])
				}
				if err := lotFilter(&f, social, sort, stage, limit); err != nil {
					return err
				}
				return p.listLots(cmd.Context(), s, f, limit)
			})
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.Text, "texte", "", "des `MOTS` de l'objet, de l'acheteur, du titulaire, une référence, un SIRET, un CPV")
	flags.StringVar(&f.Department, "departement", "", "le `CODE` du département (92, 2A, 971)")
	flags.StringVar(&social, "social", "", "`CONSIDÉRATION` : clause, critere, reserve ; plusieurs avec des virgules")
	flags.BoolVar(&f.ToWrite, "a-clauser", false, "« Clause sociale » déclarée, clause pas encore écrite")
	flags.BoolVar(&f.Followed, "suivis", false, "seulement les lots dont la clause est écrite")
	flags.StringVar(&stage, "etape", "", "une `ÉTAPE` du suivi : à pourvoir, proposé, en cours, en retard, tenue, échue")
	flags.StringVar(&sort, "tri", "date", "`ORDRE` : date ou montant")
	limitFlag(flags, &limit, 50, true, "au plus `N` lots ; 0 pour tous")
	complete(cmd, "social", "clause", "critere", "reserve")
	complete(cmd, "tri", "date", "montant")
	complete(cmd, "etape", "à pourvoir", "proposé", "en cours", "en retard", "tenue", "échue")
	cmd.AddCommand(p.addLotCmd(), p.fixLotCmd())
	return cmd
}

// lotFilter reads the words of the filter.
func lotFilter(f *insertion.LotFilter, social, sort, stage string, limit int) error {
	flags, err := parseSocial(social)
	if err != nil {
		return misuse{"--social : " + err.Error()}
	}
	f.Social = flags
	switch insertion.LotSort(sort) {
	case insertion.ByDate, insertion.ByAmount:
		f.Sort = insertion.LotSort(sort)
	default:
		return misusef("--tri : « %s » n'est ni date ni montant", sort)
	}
	switch s := insertion.Stage(stage); s {
	case insertion.StageNone, insertion.StageToMatch, insertion.StageProposed, insertion.StagePlaced,
		insertion.StageBehind, insertion.StageMet, insertion.StageOver:
		f.Stage = s
	default:
		return misusef("--etape : « %s » n'est ni à pourvoir, ni proposé, ni en cours, ni en retard, ni tenue, ni échue", stage)
	}
	return nil
}

// parseSocial reads « clause,reserve ».
func parseSocial(s string) (insertion.Social, error) {
	var set insertion.Social
	for _, word := range words(strings.ToLower(s)) {
		flag, ok := map[string]insertion.Social{
			"clause": insertion.SocialClause, "critere": insertion.SocialCriterion, "critère": insertion.SocialCriterion,
			"reserve": insertion.SocialReserved, "réservé": insertion.SocialReserved, "réserve": insertion.SocialReserved,
		}[word]
		if !ok {
			return 0, fmt.Errorf("« %s » n'est ni clause, ni critere, ni reserve", word)
		}
		set |= flag
	}
	return set, nil
}

// listLots reads the list page after page, by key. As JSON each page leaves as
// soon as it is read: a country of lots is more than a server has memory for.
func (p *program) listLots(ctx context.Context, s *store.Store, f insertion.LotFilter, limit int) error {
	if p.json {
		out := jsonList{w: p.out}
		err := lotPages(ctx, s, f, limit, func(rows []insertion.LotRow) error {
			for _, r := range rows {
				if err := out.add(lotOf(r)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		return out.end()
	}
	every := "--limite 0 pour tous"
	if p.shared != nil && (limit == 0 || limit > mostRows) { // columns are as wide as their widest row
		limit, every = mostRows, "--json les donne tous"
	}
	t := table{head: []string{"lot", "date", "objet", "titulaire", "dép.", "montant", "social", "étape", "dues", "faites"}, right: []int{0, 5, 8, 9}}
	n := 0
	err := lotPages(ctx, s, f, limit, func(rows []insertion.LotRow) error {
		n += len(rows)
		for _, r := range rows {
			t.add(strconv.FormatInt(int64(r.ID), 10), r.Date.French(), r.Object, contractorWords(r), r.Place.Department,
				amountWords(r), socialWords(r.Social), string(r.Stage), dueWords(r.Hours.Due, r.HasClause), dueWords(r.Hours.Done, r.HasClause))
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.print(&t, "Aucun lot ne répond à ces filtres. « passerelle importer FICHIER » en apporte.")
	if limit > 0 && n == limit {
		p.say("Les %s premiers ; %s.", insertion.Thousands(int64(limit)), every)
	}
	return nil
}

// mostRows is how many rows of a table a server draws for a visitor.
const mostRows = 20_000

// lotPages gives the rows of a list, at most limit (0 = all), a page at a time.
func lotPages(ctx context.Context, s *store.Store, f insertion.LotFilter, limit int, take func([]insertion.LotRow) error) error {
	const window = 500
	page := insertion.Page{}
	for n := 0; limit == 0 || n < limit; {
		page.Limit = window
		if limit > 0 {
			page.Limit = min(window, limit-n)
		}
		rows, err := s.Lots(ctx, f, page)
		if err != nil {
			return err
		}
		if err := take(rows); err != nil || len(rows) < page.Limit {
			return err
		}
		n += len(rows)
		page.From = rows[len(rows)-1].Cursor(f.Sort)
	}
	return nil
}

func contractorWords(r insertion.LotRow) string {
	label := r.Lead.Label()
	if r.Lead == (insertion.Party{}) {
		label = "titulaire à compléter"
	}
	if r.Others > 0 {
		label += fmt.Sprintf(" +%d", r.Others)
	}
	return label
}

func amountWords(r insertion.LotRow) string {
	if r.Doubtful {
		return r.Amount.Round() + " à vérifier"
	}
	return r.Amount.Round()
}

func socialWords(s insertion.Social) string {
	var words []string
	for _, w := range []struct {
		flag insertion.Social
		word string
	}{{insertion.SocialClause, "clause"}, {insertion.SocialCriterion, "critère"}, {insertion.SocialReserved, "réservé"}} {
		if s&w.flag != 0 {
			words = append(words, w.word)
		}
	}
	return strings.Join(words, ", ")
}

func dueWords(h insertion.Hours, clause bool) string {
	if !clause {
		return ""
	}
	return h.String()
}
