package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/internal/report"
	"passerelle/store"
)

// enterLine enters the hours of a person on a placement in a month.
func (p *program) enterLine(ctx context.Context, s *store.Store, person, place, month, hours, reason string) error {
	id, err := personNamed(person)
	if err != nil {
		return err
	}
	number, err := strconv.ParseInt(place, 10, 64)
	if err != nil {
		return misusef("« %s » n'est pas un numéro de placement", place)
	}
	m, err := insertion.ParseMonth(month)
	if err != nil {
		return misuse{err.Error()}
	}
	h, err := insertion.ParseHours(hours)
	if err != nil {
		return misuse{err.Error()}
	}
	f, err := s.Participant(ctx, id)
	if err != nil {
		return found(id, err)
	}
	for _, a := range f.Assignments {
		if int64(a.Placement) != number || a.Start > m.Last() || a.End != "" && a.End < m.First() {
			continue
		}
		edit := insertion.LineEdit{Assignment: a.ID, Month: m, Hours: h, Granted: reason}
		for _, l := range f.Lines {
			if l.Assignment == a.ID && l.Month == m {
				edit.Old = l
			}
		}
		if err := s.SetLines(ctx, p.who(), []insertion.LineEdit{edit}); err != nil {
			return err
		}
		return p.tellLine(ctx, s, id, a.ID, m)
	}
	return fmt.Errorf("%s n'est pas affectée au placement %d en %s (« passerelle personne affecter %s %d »)", id.Code(), number, m.French(), id.Code(), number)
}

// tellLine says what counts of the line just written, and why not the rest.
func (p *program) tellLine(ctx context.Context, s *store.Store, id insertion.ParticipantID, a insertion.AssignmentID, m insertion.Month) error {
	f, err := s.Participant(ctx, id)
	if err != nil {
		return err
	}
	for _, l := range f.Lines {
		if l.Assignment != a || l.Month != m {
			continue
		}
		why := []string{}
		for _, u := range l.Why {
			why = append(why, strings.TrimSpace(u.Hours.String()+" : "+u.Text))
		}
		return p.answer(personLineJSON{m, 0, 0, plainHours(l.Hours), plainHours(l.Counted), why}, func() {
			p.say("%s, %s : %s saisies, %s comptées.", id.Code(), m.French(), l.Hours, l.Counted)
			for _, w := range why {
				p.say("    %s", w)
			}
		})
	}
	return nil
}

type lineRowJSON struct {
	Person    string          `json:"personne"`
	Lot       insertion.LotID `json:"lot"`
	Placement int64           `json:"placement"`
	Employer  string          `json:"employeur"`
	Months    []lineCellJSON  `json:"mois"`
}

type lineCellJSON struct {
	Month   insertion.Month `json:"mois"`
	Hours   *float64        `json:"heures"` // null: nothing entered
	Counted float64         `json:"comptees"`
}

// linesCmd is « heures grille »: by person and placement.
func (p *program) linesCmd() *cobra.Command {
	var from, to insertion.Month
	var name string
	cmd := &cobra.Command{
		Use: "grille", Aliases: []string{"grid"}, Short: "La grille du mois par personne et par placement : saisies et comptées",
		Example: "passerelle heures grille --de 01/2026 --a 03/2026 --lot 12", Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				if to == "" {
					to = p.today().Month()
				}
				if from == "" {
					from = to.Add(-2)
				}
				var lot insertion.LotID
				if name != "" {
					l, err := p.lotNamed(cmd.Context(), s, name)
					if err != nil {
						return err
					}
					lot = l.ID
				}
				return p.tellLines(cmd.Context(), s, lot, from, to)
			})
		},
	}
	readFlag(cmd.Flags(), &from, insertion.ParseMonth, "de", "premier `MOIS`")
	readFlag(cmd.Flags(), &to, insertion.ParseMonth, "a", "dernier `MOIS` (le mois courant sinon)")
	cmd.Flags().StringVar(&name, "lot", "", "seulement ce `LOT`")
	return cmd
}

func (p *program) tellLines(ctx context.Context, s *store.Store, lot insertion.LotID, from, to insertion.Month) error {
	rows, err := s.LineGrid(ctx, lot, from, to)
	if err != nil {
		return err
	}
	out := []lineRowJSON{}
	t := table{head: []string{"personne", "plac.", "lot", "employeur"}, right: []int{1, 2}}
	for i, m := range insertion.Months(from, to) {
		t.head, t.right = append(t.head, m.French()), append(t.right, i+4)
	}
	for _, r := range rows {
		who := "sans détail"
		if r.Participant != 0 {
			who = r.Participant.Code()
		}
		one := lineRowJSON{who, r.Lot, int64(r.Placement), r.Employer, nil}
		cells := []string{who, strconv.FormatInt(int64(r.Placement), 10), strconv.FormatInt(int64(r.Lot), 10), r.Employer}
		for _, c := range r.Cells {
			text, cell := ".", lineCellJSON{Month: c.Month, Counted: plainHours(c.Counted)}
			if c.By != "" {
				h := plainHours(c.Hours)
				cell.Hours, text = &h, c.Hours.Number()
				if c.Counted < c.Hours {
					text = c.Counted.Number() + "/" + text
				}
			}
			one.Months, cells = append(one.Months, cell), append(cells, text)
		}
		out = append(out, one)
		t.add(cells...)
	}
	return p.answer(out, func() {
		p.print(&t, "Personne n'est affecté sur ces mois.")
		if len(rows) > 0 {
			p.say("12/35 : 12 comptées sur 35 saisies (« passerelle personne montrer » dit pourquoi) ; un point : rien de saisi")
		}
	})
}

// sheetCmd is « heures releve »: the sheet a firm or a structure fills.
func (p *program) sheetCmd() *cobra.Command {
	var to, format string
	cmd := &cobra.Command{
		Use: "releve DÉCLARANT TRIMESTRE", Aliases: []string{"sheet"}, Short: "Écrire le relevé qu'une entreprise ou une structure remplira",
		Long:    "DÉCLARANT : une partie de son nom. TRIMESTRE : 2026-T1, ou un mois (03/2026). Le relevé liste ses personnes par pseudonyme.",
		Example: "passerelle heures releve \"mains utiles\" 2026-T1 -o releve.xlsx", Args: takes(2, 2, "DÉCLARANT", "TRIMESTRE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			from, last, err := parsePeriod(args[1])
			if err != nil {
				return err
			}
			return p.with(cmd.Context(), func(s *store.Store) error {
				d, err := declarantNamed(cmd.Context(), s, args[0], from, last)
				if err != nil {
					return err
				}
				sheet, err := s.StatementSheet(cmd.Context(), d, from, last)
				if err != nil {
					return err
				}
				return p.writeSheet(sheet, to, format)
			})
		},
	}
	cmd.Flags().StringVarP(&to, "sortie", "o", "", "le `FICHIER` à écrire (.xlsx ou .csv), qui ne doit pas exister")
	cmd.Flags().StringVar(&format, "format", "", "`FORMAT` : xlsx ou csv (d'après le nom sinon)")
	complete(cmd, "format", "xlsx", "csv")
	return cmd
}

func (p *program) writeSheet(sheet insertion.StatementSheet, to, format string) error {
	if format == "" {
		format = strings.TrimPrefix(strings.ToLower(filepath.Ext(to)), ".")
	}
	var b bytes.Buffer
	var err error
	switch format {
	case "xlsx":
		err = report.WriteStatementXLSX(&b, sheet)
	case "csv", "":
		err = report.WriteStatementCSV(&b, sheet)
	default:
		return misusef("--format : xlsx ou csv")
	}
	if err != nil {
		return err
	}
	if to == "" {
		_, err := io.Copy(p.screen, &b)
		return err
	}
	if err := writeNew(to, b.Bytes()); err != nil {
		return err
	}
	return p.answer(map[string]any{"fichier": to, "lignes": len(sheet.Rows), "declarant": sheet.Name}, func() {
		p.say("%s : relevé de %s, %d lignes, à remplir et à renvoyer.", to, sheet.Name, len(sheet.Rows))
	})
}

// parsePeriod reads « 2026-T1 », « T1 2026 » or one month.
func parsePeriod(text string) (from, to insertion.Month, err error) {
	clean := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "/", "").Replace(text))
	for q := 1; q <= 4; q++ {
		mark := fmt.Sprintf("T%d", q)
		year := strings.Replace(clean, mark, "", 1)
		if strings.Contains(clean, mark) && len(year) == 4 {
			from, err := insertion.ParseMonth(fmt.Sprintf("%s-%02d", year, 3*q-2))
			if err != nil {
				break
			}
			return from, from.Add(2), nil
		}
	}
	m, err := insertion.ParseMonth(text)
	if err != nil {
		return "", "", misusef("« %s » n'est ni un trimestre (2026-T1) ni un mois (03/2026)", text)
	}
	return m, m, nil
}

func declarantNamed(ctx context.Context, s *store.Store, name string, from, to insertion.Month) (insertion.Declarant, error) {
	all, err := s.Declarants(ctx, from, to)
	if err != nil {
		return insertion.Declarant{}, err
	}
	var hits []insertion.Declarant
	var names []string
	for _, d := range all {
		names = append(names, d.Name)
		if strings.Contains(intake.Fold(d.Name), intake.Fold(name)) {
			hits = append(hits, d)
		}
	}
	switch {
	case len(hits) == 1:
		return hits[0], nil
	case len(hits) == 0:
		return insertion.Declarant{}, fmt.Errorf("personne ne travaille chez « %s » sur cette période (déclarants : %s)", name, strings.Join(names, ", "))
	}
	names = nil
	for _, d := range hits {
		names = append(names, d.Name)
	}
	return insertion.Declarant{}, misusef("« %s » désigne plusieurs déclarants : %s", name, strings.Join(names, ", "))
}

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
		p.say("Relevé de %s, %s à %s.", st.Name, st.From.French(), st.To.French())
		if r.Again != "" {
			p.say("Ce fichier a déjà été reçu le %s : rien n'est compté deux fois.", r.Again.French())
		}
		p.print(&t, "Ce relevé ne porte aucune heure.")
		if accept {
			p.say("%d cellules écrites (« passerelle annuler » les retire).", written)
		} else {
			p.say("Rien n'est écrit : --accepter pour écrire ce qui est accepté ou modifié.")
		}
	})
}
