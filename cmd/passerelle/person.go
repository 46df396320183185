package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// personNamed reads a pseudonym as typed: « P-0042 », « p42 », « 42 ».
func personNamed(text string) (insertion.ParticipantID, error) {
	digits := strings.TrimLeft(strings.ToUpper(strings.TrimSpace(text)), "P-")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n <= 0 {
		return 0, misusef("« %s » n'est pas un pseudonyme, comme P-0042 (« passerelle personne » les montre)", text)
	}
	return insertion.ParticipantID(n), nil
}

type personJSON struct {
	Code       string         `json:"personne"`
	Born       int            `json:"naissance"`
	Sex        insertion.Sex  `json:"sexe"`
	INSEE      string         `json:"commune"`
	QPV        string         `json:"qpv"`
	Categories []string       `json:"categories"`
	Hours      float64        `json:"heures"`
	Counted    float64        `json:"comptees"`
	Window     insertion.Date `json:"fenetre_jusqu_au"`
	Ceiling    float64        `json:"plafond_pourcent"`
	Why        string         `json:"pourquoi_rien_ne_compte"`
	Employer   string         `json:"employeur"`
}

func personOf(r insertion.ParticipantRow) personJSON {
	return personJSON{r.Code(), r.Born, r.Sex, r.INSEE, r.QPV, list(r.Categories), plainHours(r.Hours), plainHours(r.Counted),
		r.WindowEnds, percent(r.Ceiling), r.Ineligible, r.Employer}
}

// personCmd lists participants, and holds all that is done about one.
func (p *program) personCmd() *cobra.Command {
	var f insertion.ParticipantFilter
	var limit int
	cmd := &cobra.Command{
		Use: "personne", Aliases: []string{"person", "personnes"}, Short: "Les personnes : éligibilité, affectations, ce qui compte et pourquoi",
		Long: "Liste les personnes par pseudonyme (P-0042). Aucun nom n'est gardé, sauf si le facilitateur le décide pour son fichier\n" +
			"(« passerelle personne noms --tenir »).",
		Example: "passerelle personne\npasserelle personne ajouter --naissance 1990 --sexe F --commune 92050\n" +
			"passerelle personne preuve P-0042 RSA --date 02/01/2026 --vu 05/01/2026\npasserelle personne montrer P-0042 --json",
		Args: noCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error { return p.listPersons(cmd.Context(), s, f, limit) })
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&f.Text, "texte", "", "seulement celles dont le pseudonyme, la commune ou une catégorie commence par ces `MOTS`")
	cmd.Flags().BoolVar(&f.Left, "sorties", false, "celles qui sont sorties")
	cmd.Flags().IntVar(&limit, "limite", 200, "au plus `N` personnes")
	cmd.AddCommand(p.showPersonCmd(), p.addPersonCmd(), p.proofCmd(), p.assignCmd(), p.exitCmd(), p.mergeCmd(), p.eraseCmd(), p.exportCmd(), p.namesCmd())
	return cmd
}

func (p *program) listPersons(ctx context.Context, s *store.Store, f insertion.ParticipantFilter, limit int) error {
	rows, err := s.Participants(ctx, f, limit)
	if err != nil {
		return err
	}
	out := []personJSON{}
	t := table{head: []string{"personne", "né", "catégories", "comptées", "saisies", "fenêtre", "plafond", "employeur", "à voir"}, right: []int{3, 4, 6}}
	for _, r := range rows {
		out = append(out, personOf(r))
		t.add(r.Code(), strconv.Itoa(r.Born), strings.Join(r.Categories, " "), r.Counted.Number(), r.Hours.Number(), dateText(r.WindowEnds), r.Ceiling.String(), r.Employer, r.Ineligible)
	}
	return p.answer(out, func() { p.print(&t, "Aucune personne.") })
}

func dateText(d insertion.Date) string {
	if d == "" {
		return ""
	}
	return d.French()
}

func (p *program) showPersonCmd() *cobra.Command {
	return &cobra.Command{
		Use: "montrer PERSONNE", Aliases: []string{"show"}, Short: "La fiche d'une personne et ses heures, comptées ou non, avec la règle",
		Example: "passerelle personne montrer P-0042", Args: takes(1, 1, "PERSONNE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := personNamed(args[0])
			if err != nil {
				return err
			}
			return p.with(cmd.Context(), func(s *store.Store) error { return p.showPerson(cmd.Context(), s, id) })
		},
	}
}

// found turns « not found » into a sentence about a person.
func found(id insertion.ParticipantID, err error) error {
	if errors.Is(err, insertion.ErrNotFound) {
		return fmt.Errorf("aucune personne %s dans ce fichier (« passerelle personne » les montre)", id.Code())
	}
	return err
}

type personLineJSON struct {
	Month   insertion.Month `json:"mois"`
	Lot     insertion.LotID `json:"lot"`
	Place   int64           `json:"placement"`
	Hours   float64         `json:"heures"`
	Counted float64         `json:"comptees"`
	Why     []string        `json:"pourquoi"`
}

func (p *program) showPerson(ctx context.Context, s *store.Store, id insertion.ParticipantID) error {
	f, err := s.Participant(ctx, id)
	if err != nil {
		return found(id, err)
	}
	at := map[insertion.AssignmentID]insertion.Assignment{}
	for _, a := range f.Assignments {
		at[a.ID] = a
	}
	lines := []personLineJSON{}
	t := table{head: []string{"mois", "lot", "employeur", "heures", "comptées", "pourquoi"}, right: []int{1, 3, 4}}
	for _, l := range f.Lines {
		a := at[l.Assignment]
		why := []string{}
		for _, u := range l.Why {
			text := u.Text
			if u.Hours > 0 {
				text = u.Hours.String() + " : " + text
			}
			why = append(why, text)
		}
		lines = append(lines, personLineJSON{l.Month, a.Lot, int64(a.Placement), plainHours(l.Hours), plainHours(l.Counted), why})
		t.add(l.Month.French(), strconv.FormatInt(int64(a.Lot), 10), f.Sites[a.Placement].Employer, l.Hours.Number(), l.Counted.Number(), strings.Join(why, " ; "))
	}
	today := p.today()
	row := f.Row(today)
	return p.answer(map[string]any{"fiche": personOf(row), "eligibilites": list(f.Eligibilities), "affectations": list(f.Assignments), "heures": lines}, func() {
		p.say("%s : %s comptées sur %s saisies.", f.Code(), row.Counted, row.Hours)
		if row.Ineligible != "" {
			p.say("! %s : rien ne compte encore.", row.Ineligible)
		}
		var facts [][2]string
		for _, e := range f.Eligibilities {
			text := e.Category + ", " + e.ProofLabel() + ", vu le " + e.Seen.French()
			if until := e.FreshUntil(); until != "" {
				text += ", vaut pour une embauche jusqu'au " + until.French()
			}
			facts = append(facts, [2]string{"preuve", text})
		}
		for _, a := range f.Assignments {
			facts = append(facts, [2]string{"affectation", fmt.Sprintf("%d : lot %d, placement %d, %s, %s depuis le %s", a.ID, a.Lot, a.Placement, f.Sites[a.Placement].Employer, a.Employment, a.Start.French())})
		}
		for _, w := range f.Windows(f.Sites) {
			facts = append(facts, [2]string{"fenêtre", fmt.Sprintf("lot %d, jusqu'au %s", w.Lot, w.To.French())})
		}
		for _, c := range f.Ceilings(f.Sites) {
			facts = append(facts, [2]string{"plafond", c.Share(today).String() + ", " + c.Words()})
		}
		p.facts(facts)
		p.print(&t, "Aucune heure saisie.")
	})
}

// addPersonCmd creates a person, or changes the one named.
func (p *program) addPersonCmd() *cobra.Command {
	var n insertion.Participant
	var sex string
	var level int
	cmd := &cobra.Command{
		Use: "ajouter [PERSONNE]", Aliases: []string{"add", "modifier"}, Short: "Ajouter une personne, ou corriger la fiche de celle nommée",
		Example: "passerelle personne ajouter --naissance 1990 --sexe F --commune 92050 --niveau 3\npasserelle personne ajouter P-0042 --qpv QN09205M",
		Args:    takes(0, 1, "PERSONNE"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.IntVar(&n.Born, "naissance", 0, "`ANNÉE` de naissance")
	flags.StringVar(&sex, "sexe", "", "`F` ou H")
	flags.StringVar(&n.INSEE, "commune", "", "code `INSEE` de la commune")
	flags.StringVar(&n.QPV, "qpv", "", "`CODE` du quartier prioritaire")
	flags.IntVar(&level, "niveau", 0, "`NIVEAU` de formation : 2 sans diplôme, 3 CAP, 4 bac, 5 bac+2, 6 licence…")
	readFlag(flags, &n.Entered, insertion.ParseDate, "entree", "suivie depuis ce `JOUR`")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.with(cmd.Context(), func(s *store.Store) error {
			person := insertion.Participant{Entered: p.today()}
			if len(args) == 1 {
				id, err := personNamed(args[0])
				if err != nil {
					return err
				}
				f, err := s.Participant(cmd.Context(), id)
				if err != nil {
					return found(id, err)
				}
				person = f.Participant
			}
			for name, set := range map[string]func(){
				"naissance": func() { person.Born = n.Born }, "sexe": func() { person.Sex = insertion.Sex(strings.ToUpper(sex)) },
				"commune": func() { person.INSEE = n.INSEE }, "qpv": func() { person.QPV = n.QPV },
				"niveau": func() { person.Level = insertion.Level(level) }, "entree": func() { person.Entered = n.Entered },
			} {
				if flags.Changed(name) {
					set()
				}
			}
			id, err := s.SaveParticipant(cmd.Context(), p.who(), person)
			if err != nil {
				return err
			}
			return p.answer(map[string]string{"personne": id.Code()}, func() { p.say("%s : fiche enregistrée.", id.Code()) })
		})
	}
	return cmd
}

func (p *program) proofCmd() *cobra.Command {
	var e insertion.Eligibility
	cmd := &cobra.Command{
		Use: "preuve PERSONNE CATÉGORIE", Aliases: []string{"proof"}, Short: "Noter un justificatif vu : son genre et sa date, jamais une copie",
		Example: "passerelle personne preuve P-0042 RSA --date 02/01/2026\npasserelle personne preuve P-0042 AVIS --motif \"sans solution de garde\"",
		Args:    takes(2, 2, "PERSONNE", "CATÉGORIE"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&e.Proof, "justificatif", "", "le `GENRE` du justificatif (le plus usuel de la catégorie sinon)")
	readFlag(flags, &e.Dated, insertion.ParseDate, "date", "`DATE` portée sur le document")
	readFlag(flags, &e.Until, insertion.ParseDate, "jusqu", "`DATE` jusqu'à laquelle il dit valoir")
	readFlag(flags, &e.Seen, insertion.ParseDate, "vu", "vu ce `JOUR` (aujourd'hui sinon)")
	flags.StringVar(&e.Reason, "motif", "", "le `MOTIF` d'un avis")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		id, err := personNamed(args[0])
		if err != nil {
			return err
		}
		e.Participant, e.Category, e.Seen = id, strings.ToUpper(args[1]), cmp.Or(e.Seen, p.today())
		e.Proof = cmp.Or(e.Proof, insertion.Proofs(e.Category)[0].Code)
		return p.with(cmd.Context(), func(s *store.Store) error {
			if _, err := s.Participant(cmd.Context(), id); err != nil {
				return found(id, err)
			}
			if _, err := s.SaveEligibility(cmd.Context(), p.who(), e); err != nil {
				return err
			}
			return p.answer(e, func() { p.say("%s : %s, %s, vu le %s.", id.Code(), e.Category, e.ProofLabel(), e.Seen.French()) })
		})
	}
	return cmd
}

func (p *program) assignCmd() *cobra.Command {
	var a insertion.Assignment
	var kind string
	cmd := &cobra.Command{
		Use: "affecter PERSONNE PLACEMENT", Aliases: []string{"assign"}, Short: "Affecter une personne à un placement, sous un contrat de travail",
		Example: "passerelle personne affecter P-0042 3 --contrat CDDI --debut 05/01/2026 --semaine 26",
		Args:    takes(2, 2, "PERSONNE", "PLACEMENT"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&kind, "contrat", string(insertion.CDDI), "`CONTRAT` : CDDI, intérim, mise à disposition, CDD, CDI…")
	readFlag(flags, &a.Start, insertion.ParseDate, "debut", "embauchée ce `JOUR` (aujourd'hui sinon)")
	readFlag(flags, &a.End, insertion.ParseDate, "fin", "dernier `JOUR`")
	readFlag(flags, &a.Weekly, insertion.ParseHours, "semaine", "`HEURES` par semaine")
	flags.BoolVar(&a.Tutor, "tuteur", false, "un tuteur est nommé")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		id, err := personNamed(args[0])
		if err != nil {
			return err
		}
		place, err := strconv.ParseInt(args[1], 10, 64)
		if err != nil {
			return misusef("« %s » n'est pas un numéro de placement (« passerelle heures » les montre)", args[1])
		}
		a.Participant, a.Placement, a.Employment, a.Start = id, insertion.PlacementID(place), insertion.Employment(kind), cmp.Or(a.Start, p.today())
		return p.with(cmd.Context(), func(s *store.Store) error {
			if _, err := s.Participant(cmd.Context(), id); err != nil {
				return found(id, err)
			}
			number, err := s.SaveAssignment(cmd.Context(), p.who(), a)
			if errors.Is(err, insertion.ErrNotFound) {
				return fmt.Errorf("aucun placement %d (« passerelle heures » montre la grille)", place)
			}
			if err != nil {
				return err
			}
			return p.answer(map[string]any{"affectation": number, "personne": id.Code(), "placement": place}, func() {
				p.say("%s affectée au placement %d, %s depuis le %s (affectation %d).", id.Code(), place, a.Employment, a.Start.French(), number)
			})
		})
	}
	return cmd
}

func (p *program) exitCmd() *cobra.Command {
	var on, asked insertion.Date
	var exit, later string
	cmd := &cobra.Command{
		Use: "sortie PERSONNE", Aliases: []string{"exit"}, Short: "Dire la sortie d'une personne, et sa situation six mois après",
		Example: "passerelle personne sortie P-0042 --le 30/06/2026 --situation \"emploi durable\"\npasserelle personne sortie P-0042 --a-six-mois \"emploi durable\"",
		Args:    takes(1, 1, "PERSONNE"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	readFlag(flags, &on, insertion.ParseDate, "le", "`JOUR` de la sortie")
	flags.StringVar(&exit, "situation", "", "`SITUATION` : emploi durable, emploi de transition, sortie positive, autre sortie, sans nouvelles")
	flags.StringVar(&later, "a-six-mois", "", "la même, six mois après")
	readFlag(flags, &asked, insertion.ParseDate, "rappel", "`JOUR` de l'appel à six mois (aujourd'hui sinon)")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		id, err := personNamed(args[0])
		if err != nil {
			return err
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			f, err := s.Participant(cmd.Context(), id)
			if err != nil {
				return found(id, err)
			}
			n := f.Participant
			n.Left, n.Exit = cmp.Or(on, n.Left), cmp.Or(insertion.Exit(exit), n.Exit)
			if later != "" {
				n.Later, n.Asked = insertion.Exit(later), cmp.Or(asked, p.today())
			}
			if _, err := s.SaveParticipant(cmd.Context(), p.who(), n); err != nil {
				return err
			}
			return p.answer(n, func() {
				p.say("%s : sortie le %s, %s.", id.Code(), n.Left.French(), cmp.Or(string(n.Exit), "situation non dite"))
			})
		})
	}
	return cmd
}

func (p *program) mergeCmd() *cobra.Command {
	return &cobra.Command{
		Use: "fusionner GARDÉE DISPARUE", Aliases: []string{"merge"}, Short: "Réunir deux fiches d'une même personne",
		Example: "passerelle personne fusionner P-0042 P-0057", Args: takes(2, 2, "GARDÉE", "DISPARUE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			keep, err := personNamed(args[0])
			if err != nil {
				return err
			}
			gone, err := personNamed(args[1])
			if err != nil {
				return err
			}
			return p.with(cmd.Context(), func(s *store.Store) error {
				r, err := s.Merge(cmd.Context(), p.who(), keep, gone)
				if err != nil {
					return err
				}
				if len(r.Conflicts) > 0 {
					return fmt.Errorf("rien n'est réuni : %s", strings.Join(r.Conflicts, " ; "))
				}
				return p.answer(r, func() {
					p.say("%s réunie dans %s : %d affectations, %d lignes d'heures (« passerelle annuler » les sépare).", gone.Code(), keep.Code(), r.Assignments, r.Lines)
				})
			})
		},
	}
}

func (p *program) eraseCmd() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "effacer PERSONNE", Aliases: []string{"erase"}, Short: "Effacer une personne pour toujours, en gardant les statistiques",
		Long:    "Sans --oui, dit ce qui disparaîtrait et n'efface rien. Rien ne peut faire revenir une personne effacée, pas même « annuler ».",
		Example: "passerelle personne effacer P-0042\npasserelle personne effacer P-0042 --oui", Args: takes(1, 1, "PERSONNE"),
	}
	cmd.Flags().BoolVar(&yes, "oui", false, "effacer vraiment")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		id, err := personNamed(args[0])
		if err != nil {
			return err
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			read := s.Erasure
			if yes {
				read = func(ctx context.Context, id insertion.ParticipantID) (insertion.ErasureReport, error) {
					return s.Erase(ctx, p.who(), id)
				}
			}
			r, err := read(cmd.Context(), id)
			if err != nil {
				return found(id, err)
			}
			return p.answer(map[string]any{"personne": id.Code(), "efface": yes, "preuves": r.Proofs, "lignes_gardees": r.Lines, "journal_reecrit": r.Changes, "notes_reecrites": r.Notes, "a_relire": r.Doubts, "reste_a_faire": r.Residue}, func() {
				verb := "disparaîtraient"
				if yes {
					verb = "ont disparu"
				}
				p.say("%s : %d preuves %s ; %d lignes d'heures gardées pour les statistiques ; %d lignes du journal et %d notes réécrites.", id.Code(), r.Proofs, verb, r.Lines, r.Changes, r.Notes)
				for _, d := range r.Doubts {
					p.say("À relire, une partie de son nom y est peut-être : %s.", d)
				}
				if r.Residue != "" {
					p.say("Reste à faire : %s.", r.Residue)
				}
				if !yes {
					p.say("Rien n'est effacé : ajoutez --oui. Ce sera pour toujours.")
				}
			})
		})
	}
	return cmd
}

func (p *program) exportCmd() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use: "exporter PERSONNE", Aliases: []string{"export"}, Short: "Tout ce qui est tenu sur une personne, en JSON (droit d'accès)",
		Example: "passerelle personne exporter P-0042 -o p-0042.json", Args: takes(1, 1, "PERSONNE"),
	}
	cmd.Flags().StringVarP(&to, "sortie", "o", "", "écrire dans ce `FICHIER`, qui ne doit pas exister")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		id, err := personNamed(args[0])
		if err != nil {
			return err
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			doc, err := s.PersonExport(cmd.Context(), id)
			if err != nil {
				return found(id, err)
			}
			if to == "" {
				p.say("%s", doc)
				return nil
			}
			return writeNew(to, doc)
		})
	}
	return cmd
}

// writeNew writes a file that did not exist, readable by its owner alone.
func writeNew(path string, data []byte) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = f.Write(data)
	return err
}

func (p *program) namesCmd() *cobra.Command {
	var keep, drop bool
	cmd := &cobra.Command{
		Use: "noms [PERSONNE NOM]", Aliases: []string{"names"}, Short: "Tenir ou non les noms dans ce fichier, ou écrire un nom",
		Long: "Les noms ne sont pas tenus, sauf décision du facilitateur pour son propre fichier. --ne-plus-tenir les efface tous, pour toujours.\n" +
			"Ils ne paraissent ni au journal, ni dans les relevés, ni pour d'autres que le facilitateur.",
		Example: "passerelle personne noms --tenir\npasserelle personne noms P-0042 \"Nom Prénom\"", Args: takes(0, 2, "PERSONNE", "NOM"),
	}
	cmd.Flags().BoolVar(&keep, "tenir", false, "tenir les noms dans ce fichier")
	cmd.Flags().BoolVar(&drop, "ne-plus-tenir", false, "ne plus les tenir, et les effacer tous")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.with(cmd.Context(), func(s *store.Store) error {
			if keep != drop {
				if err := s.KeepNames(cmd.Context(), p.who(), keep); err != nil {
					return err
				}
			}
			if len(args) == 2 {
				id, err := personNamed(args[0])
				if err != nil {
					return err
				}
				if err := s.SetName(cmd.Context(), p.who(), id, clean(args[1])); err != nil {
					return found(id, err)
				}
			}
			kept, err := s.NamesKept(cmd.Context())
			if err != nil {
				return err
			}
			return p.answer(map[string]bool{"noms_tenus": kept}, func() {
				p.say("%s", map[bool]string{true: "Ce fichier tient les noms.", false: "Ce fichier ne tient aucun nom."}[kept])
			})
		})
	}
	return cmd
}
