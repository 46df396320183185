package main

import (
	"context"
	"errors"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/store"
)

type answerJSON struct {
	Line    int               `json:"ligne"`
	Person  string            `json:"personne"`
	Lot     insertion.LotID   `json:"lot"`
	Month   insertion.Month   `json:"mois"`
	Verdict insertion.Verdict `json:"verdict"`
	Old     float64           `json:"avant"`
	New     float64           `json:"apres"`
	Why     string            `json:"pourquoi"`
}

// takeSheetCmd is « heures importer »: a statement answered row by row, then
// written when asked.
func (p *program) takeSheetCmd() *cobra.Command {
	var accept, doubtful bool
	cmd := &cobra.Command{
		Use: "importer RELEVÉ", Aliases: []string{"import"}, Short: "Contrôler un relevé rempli, ligne à ligne ; l'écrire avec --accepter",
		Example: "passerelle heures importer releve.xlsx\npasserelle heures importer releve.xlsx --accepter", Args: takes(1, 1, "RELEVÉ"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error { return p.takeSheet(cmd.Context(), s, args[0], accept, doubtful) })
		},
	}
	cmd.Flags().BoolVar(&accept, "accepter", false, "écrire ce qui est accepté ou modifié")
	cmd.Flags().BoolVar(&doubtful, "douteuses", false, "avec --accepter, écrire aussi ce qui est douteux")
	return cmd
}

func (p *program) takeSheet(ctx context.Context, s *store.Store, path string, accept, doubtful bool) error {
	var st insertion.Statement
	var err error
	if path == "-" {
		st, err = intake.ReadStatement("(entrée standard)", p.stdin)
	} else {
		st, err = readStatement(path)
	}
	var missing *os.PathError
	if errors.As(err, &missing) {
		return missing
	}
	if err != nil {
		return err
	}
	if st.Declarant, err = nameDeclarant(ctx, s, st); err != nil {
		return err
	}
	check := s.CheckStatement
	if accept {
		check = func(ctx context.Context, st insertion.Statement) (insertion.StatementReport, error) {
			return s.AcceptStatement(ctx, p.who(), st, doubtful)
		}
	}
	r, err := check(ctx, st)
	if err != nil {
		return err
	}
	out := []answerJSON{}
	t := table{head: []string{"ligne", "personne", "lot", "mois", "verdict", "avant", "après", "pourquoi"}, right: []int{0, 2, 5, 6}}
	written := 0
	for _, a := range r.Answers {
		out = append(out, answerJSON{a.Line, a.Code, a.Lot, a.Month, a.Verdict, plainHours(a.Old), plainHours(a.New), a.Text})
		month := ""
		if a.Month != "" {
			month = a.Month.French()
		}
		t.add(strconv.Itoa(a.Line), a.Code, strconv.FormatInt(int64(a.Lot), 10), month, string(a.Verdict), a.Old.Number(), a.New.Number(), a.Text)
		if accept && a.Written(doubtful) {
			written++
		}
	}
	return p.answer(map[string]any{"declarant": st.Name, "de": st.From, "a": st.To, "deja_recu": r.Again, "ecrit": accept, "cellules_ecrites": written, "reponses": out}, func() {
		p.say("Relevé %s, %s à %s.", insertion.Of(st.Name), st.From.French(), st.To.French())
		if r.Again != "" {
			p.say("Ce fichier a déjà été reçu le %s : rien n'est compté deux fois.", r.Again.French())
		}
		p.print(&t, "Ce relevé ne porte aucune heure.")
		if accept {
			p.say("%s (« passerelle annuler » revient en arrière).", insertion.Counted(written, "cellule écrite", "cellules écrites"))
		} else {
			p.say("Rien n'est écrit : --accepter pour écrire ce qui est accepté ou modifié.")
		}
	})
}
