package main

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

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
				"commune": func() { person.INSEE = n.INSEE }, "qpv": func() { person.QPV = strings.ToUpper(strings.TrimSpace(n.QPV)) },
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
	flags.StringVar(&later, "a-six-mois", "", "la `SITUATION` six mois après")
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
