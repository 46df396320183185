package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// onLot runs a command about one lot.
func (p *program) onLot(cmd *cobra.Command, name string, work func(ctx context.Context, s *store.Store, lot insertion.Lot) error) error {
	return p.with(cmd.Context(), func(s *store.Store) error {
		lot, err := p.lotNamed(cmd.Context(), s, name)
		if err != nil {
			return err
		}
		return work(cmd.Context(), s, lot)
	})
}

// declarationsCmd is the calendar of declarations.
func (p *program) declarationsCmd() *cobra.Command {
	var missing bool
	var name, received, document string
	cmd := &cobra.Command{
		Use: "declarations [LOT]", Short: "Le calendrier des déclarations : qui n'a pas déclaré, depuis quand",
		Example: "passerelle declarations --manquantes\npasserelle declarations 12 --recue 2026-T1 --document \"courriel du 10/04\"", Args: takes(0, 1, "LOT"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&missing, "manquantes", false, "seulement celles qui manquent")
	flags.StringVar(&received, "recue", "", "noter la réception de cette `PÉRIODE` : 2026-T1 ou 03/2026")
	flags.StringVar(&document, "document", "courriel", "ce qui est arrivé")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			name = args[0]
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			f := insertion.DeclarationFilter{Missing: missing}
			if name != "" {
				lot, err := p.lotNamed(cmd.Context(), s, name)
				if err != nil {
					return err
				}
				f.Lot = lot.ID
			}
			if received != "" {
				if f.Lot == 0 {
					return misusef("--recue demande un lot")
				}
				from, to, err := parsePeriod(received)
				if err != nil {
					return err
				}
				if _, err := s.Receive(cmd.Context(), p.who(), insertion.Receipt{Lot: f.Lot, From: from, To: to, Received: p.today(), Document: clean(document)}); err != nil {
					return err
				}
			}
			rows, err := s.Declarations(cmd.Context(), f)
			if err != nil {
				return err
			}
			out := []map[string]any{}
			t := table{head: []string{"lot", "période", "attendue le", "état", "titulaire", "objet"}, right: []int{0}}
			for _, d := range rows {
				state := "attendue"
				switch {
				case d.Received != "":
					state = "reçue le " + d.Received.French()
				case d.Late > 0:
					state = fmt.Sprintf("manque, %d j de retard", d.Late)
				}
				out = append(out, map[string]any{"lot": d.Lot, "de": d.From, "a": d.To, "attendue_le": d.DueOn, "recue_le": d.Received, "jours_de_retard": d.Late, "titulaire": d.Who.Label()})
				t.add(strconv.FormatInt(int64(d.Lot), 10), d.From.French()+"-"+d.To.French(), d.DueOn.French(), state, d.Who.Label(), d.Object)
			}
			return p.answer(out, func() { p.print(&t, "Aucune déclaration demandée, ou aucune ne manque.") })
		})
	}
	return cmd
}

// deedsCmd shows what is due and the deeds it comes from, and adds one.
func (p *program) deedsCmd() *cobra.Command {
	var d insertion.Deed
	var add string
	var remove int64
	var less bool
	cmd := &cobra.Command{
		Use: "actes LOT", Aliases: []string{"deeds"}, Short: "Heures dues au marché, à ce jour, au terme ; factures, bons de commande, tranches, avenants",
		Example: "passerelle actes 12\npasserelle actes 12 --ajouter facture --montant 3000000 --date 10/01/2026\n" +
			"passerelle actes 12 --ajouter \"bon de commande\" --montant 120000 --debut 01/01/2026 --fin 31/12/2026",
		Args: takes(1, 1, "LOT"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&add, "ajouter", "", "`ACTE` : facture, bon de commande, tranche, reconduction, avenant")
	readFlag(flags, &d.Amount, insertion.ParseCents, "montant", "montant hors taxes, en `EUROS`")
	flags.BoolVar(&less, "en-moins", false, "un avoir, ou un avenant qui diminue")
	readFlag(flags, &d.Dated, insertion.ParseDate, "date", "`DATE` de l'acte (aujourd'hui sinon)")
	readFlag(flags, &d.Start, insertion.ParseDate, "debut", "premier `JOUR`")
	readFlag(flags, &d.End, insertion.ParseDate, "fin", "dernier `JOUR`, ou nouvelle fin")
	readFlag(flags, &d.Hours, insertion.ParseHours, "heures", "`HEURES` que le marché y attache")
	readFlag(flags, &d.Affirmed, insertion.ParseDate, "affermie", "`DATE` d'affermissement")
	flags.StringVar(&d.Label, "libelle", "", "un `LIBELLÉ`")
	flags.Int64Var(&remove, "retirer", 0, "retirer l'acte de ce `NUMÉRO`")
	complete(cmd, "ajouter", "facture", "bon de commande", "tranche", "reconduction", "avenant")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.onLot(cmd, args[0], func(ctx context.Context, s *store.Store, lot insertion.Lot) error {
			if add != "" {
				d.Lot, d.Kind, d.Dated, d.Label = lot.ID, insertion.DeedKind(add), cmp.Or(d.Dated, p.today()), clean(d.Label)
				if less {
					d.Amount = -d.Amount
				}
				if _, err := s.SaveDeed(ctx, p.who(), d); err != nil {
					return err
				}
			}
			if remove != 0 {
				if err := s.RemoveDeed(ctx, p.who(), insertion.DeedID(remove)); err != nil {
					return err
				}
			}
			return p.tellDues(ctx, s, lot)
		})
	}
	return cmd
}

// noClause is what a lot without a clause sheet answers.
func noClause(lot insertion.Lot) error {
	return fmt.Errorf("le lot %d n'a pas de fiche clause (« passerelle clause %d » l'écrit)", lot.ID, lot.ID)
}

func (p *program) tellDues(ctx context.Context, s *store.Store, lot insertion.Lot) error {
	if lot.Clause == nil {
		return noClause(lot)
	}
	due, err := s.LotDues(ctx, lot.ID)
	if err != nil {
		return err
	}
	deeds, err := s.Deeds(ctx, lot.ID)
	if err != nil {
		return err
	}
	t := table{head: []string{"n°", "date", "acte", "montant", "heures", "libellé"}, right: []int{0, 3, 4}}
	for _, d := range deeds {
		t.add(strconv.FormatInt(int64(d.ID), 10), d.Dated.French(), string(d.Kind), d.Amount.String(), d.Hours.Number(), d.Label)
	}
	out := map[string]any{
		"lot": lot.ID, "au_marche": plainHours(due.Contractual), "a_ce_jour": plainHours(due.ToDate), "au_terme": plainHours(due.Forecast), "fin": due.End,
		"calcul": map[string][]string{"au_marche": list(due.Trace.Contractual), "a_ce_jour": list(due.Trace.ToDate), "au_terme": list(due.Trace.Forecast)},
		"actes":  list(deeds),
	}
	return p.answer(out, func() {
		p.say("Lot %d : %s au marché, %s à ce jour, %s au terme du %s.", lot.ID, due.Contractual, due.ToDate, due.Forecast, due.End.French())
		for _, part := range []struct {
			name  string
			trace []string
		}{{"au marché", due.Trace.Contractual}, {"à ce jour", due.Trace.ToDate}, {"au terme", due.Trace.Forecast}} {
			for _, line := range part.trace {
				p.say("    %-9s %s", part.name, line)
			}
		}
		p.print(&t, "Aucun acte saisi.")
	})
}

// groupCmd shows who owes what to whom in a group of contractors.
func (p *program) groupCmd() *cobra.Command {
	var shares, from, to string
	var h insertion.Hours
	var price insertion.Cents
	cmd := &cobra.Command{
		Use: "groupe LOT", Aliases: []string{"group"}, Short: "Un groupement : parts, cessions d'heures, qui doit combien à qui",
		Example: "passerelle groupe 12\npasserelle groupe 12 --parts 60,40\npasserelle groupe 12 --de 1 --a 2 --heures 30 --prix 20,04",
		Args:    takes(1, 1, "LOT"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&shares, "parts", "", "les `PARTS` en pourcent, dans l'ordre des titulaires, séparées par « ; » ou des virgules")
	flags.StringVar(&from, "de", "", "le `RANG` du titulaire qui cède (1 : le mandataire)")
	flags.StringVar(&to, "a", "", "le `RANG` du titulaire qui prend")
	readFlag(flags, &h, insertion.ParseHours, "heures", "`HEURES` cédées")
	readFlag(flags, &price, insertion.ParseCents, "prix", "prix de l'heure, en `EUROS`")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.onLot(cmd, args[0], func(ctx context.Context, s *store.Store, lot insertion.Lot) error {
			g, err := s.Group(ctx, lot.ID)
			if err != nil {
				return err
			}
			if shares != "" {
				parts := words(shares)
				if len(parts) != len(g.Members) {
					return misusef("--parts : %d titulaires, %d parts", len(g.Members), len(parts))
				}
				for i, text := range parts {
					if g.Members[i].Share, err = insertion.ParseShare(text); err != nil {
						return misuse{err.Error()}
					}
				}
				if err := s.SaveShares(ctx, p.who(), lot.ID, g.Members); err != nil {
					return err
				}
			}
			if from != "" || to != "" {
				t := insertion.Transfer{Lot: lot.ID, Hours: h, Price: price, Dated: p.today(), From: ranked(g, from), To: ranked(g, to)}
				if _, err := s.SaveTransfer(ctx, p.who(), t); err != nil {
					return err
				}
			}
			return p.tellGroup(ctx, s, lot)
		})
	}
	return cmd
}

func ranked(g insertion.Group, rank string) insertion.OrganisationID {
	n, err := strconv.Atoi(rank)
	if err != nil || n < 1 || n > len(g.Members) {
		return 0
	}
	return g.Members[n-1].Organisation
}

func (p *program) tellGroup(ctx context.Context, s *store.Store, lot insertion.Lot) error {
	g, err := s.Group(ctx, lot.ID)
	if err != nil {
		return err
	}
	if len(g.Members) == 0 {
		return fmt.Errorf("le lot %d n'a pas de titulaire connu", lot.ID)
	}
	st, err := g.Settle()
	if err != nil {
		return err
	}
	name := map[insertion.OrganisationID]string{}
	t := table{head: []string{"rang", "titulaire", "part", "dues", "cédées", "prises", "faites", "manquent"}, right: []int{0, 2, 3, 4, 5, 6, 7}}
	members := []map[string]any{}
	for i, m := range st.Members {
		name[m.Organisation] = m.Name
		t.add(strconv.Itoa(i+1), m.Name, m.Share.String(), m.Due.Number(), m.Given.Number(), m.Taken.Number(), m.Done.Number(), m.Missing.Number())
		members = append(members, map[string]any{"titulaire": m.Name, "part": percent(m.Share), "dues": plainHours(m.Due), "cedees": plainHours(m.Given),
			"prises": plainHours(m.Taken), "faites": plainHours(m.Done), "manquent": plainHours(m.Missing), "repond_de": plainHours(m.Exposure)})
	}
	payments := []map[string]any{}
	for _, pay := range st.Payments {
		payments = append(payments, map[string]any{"de": name[pay.From], "a": name[pay.To], "montant": plainEuros(pay.Amount)})
	}
	return p.answer(map[string]any{"lot": lot.ID, "groupement": g.Kind, "dues": plainHours(g.Due), "manquent": plainHours(st.Missing), "titulaires": members, "reglements": payments}, func() {
		p.say("Lot %d, %s : %s dues, %s manquent.", lot.ID, strings.ToLower(string(g.Kind)), g.Due, st.Missing)
		p.print(&t, "")
		for _, pay := range st.Payments {
			p.say("%s doit %s à %s.", name[pay.From], pay.Amount, name[pay.To])
		}
		for _, line := range st.Trace {
			p.say("    %s", line)
		}
	})
}

// forecastCmd says when the hours will be reached.
func (p *program) forecastCmd() *cobra.Command {
	var ifs []string
	cmd := &cobra.Command{
		Use: "prevision LOT", Aliases: []string{"forecast"}, Short: "Quand les heures seront atteintes, ou combien manqueront ; et si…",
		Long:    "--si suppose des embauches, sans rien enregistrer : PERSONNES x HEURES PAR SEMAINE dès MOIS.",
		Example: "passerelle prevision 12\npasserelle prevision 12 --si \"1 x 26 des 03/2027\"", Args: takes(1, 1, "LOT"),
	}
	cmd.Flags().StringArrayVar(&ifs, "si", nil, "`SUPPOSITION` : « 1 x 26 des 03/2027 », ou « 2 x 30 des 03/2027 a 08/2027 »")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var extra []insertion.Effort
		for _, text := range ifs {
			e, err := parseEffort(text)
			if err != nil {
				return err
			}
			extra = append(extra, e)
		}
		return p.onLot(cmd, args[0], func(ctx context.Context, s *store.Store, lot insertion.Lot) error {
			if lot.Clause == nil {
				return noClause(lot)
			}
			in, err := s.ForecastInput(ctx, lot.ID)
			if err != nil {
				return err
			}
			in.Extra = extra
			f := in.Forecast()
			out := map[string]any{"lot": lot.ID, "dues": plainHours(in.Due), "faites": plainHours(f.Done), "prevues": plainHours(f.Planned), "allure_par_mois": plainHours(f.Pace),
				"au_terme": plainHours(f.End), "au_plus_bas": plainHours(f.Low), "au_plus_haut": plainHours(f.High), "atteintes_en": f.Reached, "manque": plainHours(f.Shortfall), "terme": in.End, "calcul": list(f.Trace)}
			return p.answer(out, func() {
				if f.Shortfall > 0 {
					p.say("Lot %d : il manquerait %s au terme du %s (%s prévisibles sur %s dues).", lot.ID, f.Shortfall, in.End.French(), f.End, in.Due)
				} else {
					p.say("Lot %d : %s dues, atteintes en %s.", lot.ID, in.Due, f.Reached.French())
				}
				p.say("    fourchette : de %s à %s", f.Low, f.High)
				for _, line := range f.Trace {
					p.say("    %s", line)
				}
			})
		})
	}
	return cmd
}

// parseEffort reads « 1 x 26 des 03/2027 [a 08/2027] ».
func parseEffort(text string) (e insertion.Effort, err error) {
	wrong := misusef("--si : « %s » ne se lit pas ; écrivez « 1 x 26 des 03/2027 »", text)
	parts := strings.Fields(strings.NewReplacer("×", " ", "x", " ", "dès", " ", "des", " ", "à", " ", " a ", " ", "h", " ").Replace(strings.ToLower(text)))
	if len(parts) < 3 || len(parts) > 4 {
		return e, wrong
	}
	if e.Persons, err = strconv.Atoi(parts[0]); err != nil {
		return e, wrong
	}
	if e.Weekly, err = insertion.ParseHours(parts[1]); err != nil {
		return e, wrong
	}
	if e.From, err = insertion.ParseMonth(parts[2]); err != nil {
		return e, wrong
	}
	if len(parts) == 4 {
		if e.To, err = insertion.ParseMonth(parts[3]); err != nil {
			return e, wrong
		}
	}
	return e, e.Validate()
}

// penaltiesCmd simulates a penalty and keeps the way there.
func (p *program) penaltiesCmd() *cobra.Command {
	var on insertion.Date
	var means bool
	var step, text, letter string
	var amount insertion.Cents
	cmd := &cobra.Command{
		Use: "penalites LOT", Aliases: []string{"penalties"}, Short: "Ce que le manque coûterait selon le marché, les étapes, les lettres",
		Long:    "Passerelle ne décide jamais d'une pénalité : l'acheteur décide.",
		Example: "passerelle penalites 12 --le 31/12/2026\npasserelle penalites 12 --etape relance --texte \"appel puis courriel\"\npasserelle penalites 12 --lettre \"mise en demeure\"",
		Args:    takes(1, 1, "LOT"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	readFlag(flags, &on, insertion.ParseDate, "le", "simuler ce `JOUR` (aujourd'hui sinon)")
	flags.BoolVar(&means, "moyens-prouves", false, "si le titulaire prouve avoir usé de tous les moyens")
	flags.StringVar(&step, "etape", "", "dater une `ÉTAPE` : relance, réunion, mise en demeure, décision de l'acheteur")
	flags.StringVar(&text, "texte", "", "ce qui est dit à cette étape")
	readFlag(flags, &amount, insertion.ParseCents, "montant", "ce que l'acheteur décide d'appliquer, en `EUROS`")
	flags.StringVar(&letter, "lettre", "", "préparer la lettre d'une `ÉTAPE`")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.onLot(cmd, args[0], func(ctx context.Context, s *store.Store, lot insertion.Lot) error {
			if lot.Clause == nil {
				return noClause(lot)
			}
			if letter != "" {
				if !slices.Contains(insertion.StepKinds(), insertion.StepKind(letter)) {
					return misusef("--lettre : relance, réunion, mise en demeure ou décision de l'acheteur")
				}
				out, err := letterOf(ctx, s, lot.ID, insertion.StepKind(letter), p.today())
				if err != nil {
					return err
				}
				return p.answer(map[string]string{"lettre": out}, func() { p.say("%s", out) })
			}
			if step != "" {
				if _, err := s.SaveStep(ctx, p.who(), insertion.Step{Lot: lot.ID, Kind: insertion.StepKind(step), Dated: cmp.Or(on, p.today()), Text: clean(text), Amount: amount}); err != nil {
					return err
				}
			}
			return p.tellPenalties(ctx, s, lot, cmp.Or(on, p.today()), means)
		})
	}
	complete(cmd, "etape", "relance", "réunion", "mise en demeure", "décision de l'acheteur")
	complete(cmd, "lettre", "relance", "réunion", "mise en demeure", "décision de l'acheteur")
	return cmd
}

func (p *program) tellPenalties(ctx context.Context, s *store.Store, lot insertion.Lot, on insertion.Date, means bool) error {
	in, err := s.PenaltyInput(ctx, lot.ID, on)
	if err != nil {
		return err
	}
	in.MeansProved = means
	e := in.Estimate()
	steps, err := s.Steps(ctx, lot.ID)
	if err != nil {
		return err
	}
	t := table{head: []string{"date", "étape", "ce qui est dit", "montant"}, right: []int{3}}
	for _, st := range steps {
		money := ""
		if st.Kind == insertion.StepDecision {
			money = st.Amount.String()
		}
		t.add(st.Dated.French(), string(st.Kind), st.Text, money)
	}
	out := map[string]any{"lot": lot.ID, "le": on, "manquent": plainHours(e.Missing), "jours_de_retard": e.Days, "par_heures": plainEuros(e.ByHours),
		"par_jours": plainEuros(e.ByDays), "plafond": plainEuros(e.Cap), "total": plainEuros(e.Total), "calcul": list(e.Trace), "qui_decide": e.Decider, "etapes": list(steps)}
	return p.answer(out, func() {
		p.say("Lot %d, au %s : %s.", lot.ID, on.French(), e.Total)
		for _, line := range e.Trace {
			p.say("    %s", line)
		}
		p.say("%s", e.Decider)
		p.print(&t, "Aucune étape engagée.")
	})
}

// lawCmd lists the contracts the law asks about, and records exemptions.
func (p *program) lawCmd() *cobra.Command {
	var limit int
	var e insertion.Exemption
	var name, motive string
	cmd := &cobra.Command{
		Use: "veille", Aliases: []string{"watch"}, Short: "Les marchés au-dessus des seuils européens sans considération sociale, et leurs exemptions",
		Example: "passerelle veille\npasserelle veille --exempter 12 --motif \"sans lien suffisant avec l'objet\" --explication \"…\" --preuve \"note du 02/03\"", Args: takes(0, 0),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.IntVar(&limit, "limite", 50, "au plus `N` marchés")
	flags.StringVar(&name, "exempter", "", "enregistrer l'exemption de ce `LOT`")
	flags.StringVar(&motive, "motif", "", "un des quatre `MOTIFS` de L2112-2-1")
	flags.StringVar(&e.Text, "explication", "", "pourquoi ce motif vaut ici")
	flags.StringVar(&e.Evidence, "preuve", "", "le document qui le montre")
	var motives []string
	for _, m := range insertion.Motives() {
		motives = append(motives, string(m))
	}
	complete(cmd, "motif", motives...)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.with(cmd.Context(), func(s *store.Store) error {
			ctx := cmd.Context()
			if name != "" {
				lot, err := p.lotNamed(ctx, s, name)
				if err != nil {
					return err
				}
				if old, err := s.Exemption(ctx, lot.ID); err != nil {
					return err
				} else if old != nil {
					e.Version = old.Version
				}
				e.Lot, e.Motive, e.Dated, e.Text, e.Evidence = lot.ID, insertion.Motive(motive), p.today(), clean(e.Text), clean(e.Evidence)
				if err := s.SaveExemption(ctx, p.who(), e); err != nil {
					return err
				}
			}
			rows, err := s.Watches(ctx, limit)
			if err != nil {
				return err
			}
			out := []map[string]any{}
			t := table{head: []string{"lot", "date", "montant", "seuil", "état", "acheteur", "objet"}, right: []int{0, 2, 3}}
			for _, w := range rows {
				state := "avant l'obligation"
				switch {
				case w.Exemption != nil:
					state = "exempté : " + string(w.Exemption.Motive)
				case w.Duty:
					state = "à motiver"
				}
				out = append(out, map[string]any{"lot": w.Lot.ID, "date": w.Lot.Date, "montant": plainEuros(w.Lot.Amount), "seuil": plainEuros(w.Threshold), "soumis": w.Duty, "exemption": w.Exemption, "objet": w.Lot.Object})
				t.add(strconv.FormatInt(int64(w.Lot.ID), 10), w.Lot.Date.French(), w.Lot.Amount.Round(), w.Threshold.Round(), state, w.Lot.Buyer.Label(), w.Lot.Object)
			}
			return p.answer(out, func() { p.print(&t, "Aucun marché au-dessus des seuils sans considération sociale.") })
		})
	}
	return cmd
}

// fileCmd is « dossier »: everything that happened.
func (p *program) fileCmd() *cobra.Command {
	var text string
	var limit int
	cmd := &cobra.Command{
		Use: "dossier GENRE NUMÉRO", Aliases: []string{"file"}, Short: "Tout ce qui s'est passé sur un lot, une entreprise, une structure, une personne",
		Example: "passerelle dossier lot 12\npasserelle dossier personne P-0042 --texte rsa", Args: takes(2, 2, "GENRE", "NUMÉRO"),
	}
	cmd.Flags().StringVar(&text, "texte", "", "seulement ce qui contient ces `MOTS`")
	cmd.Flags().IntVar(&limit, "limite", 200, "au plus `N` lignes")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		about := insertion.Subject{Kind: insertion.SubjectKind(strings.ToLower(args[0]))}
		var err error
		if about.Kind == insertion.OnParticipant {
			var id insertion.ParticipantID
			id, err = personNamed(args[1])
			about.ID = int64(id)
		} else if about.ID, err = strconv.ParseInt(args[1], 10, 64); err != nil {
			err = misusef("« %s » n'est pas un numéro (« passerelle chercher » les donne)", args[1])
		}
		if err != nil {
			return err
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			events, err := s.File(cmd.Context(), about, text, limit)
			if err != nil {
				return err
			}
			out := []map[string]any{}
			t := table{head: []string{"date", "quoi", "par"}}
			for _, e := range events {
				out = append(out, map[string]any{"date": e.On, "quoi": e.What, "par": e.By})
				t.add(e.On.French(), e.What, e.By)
			}
			return p.answer(out, func() { p.print(&t, "Rien n'est noté.") })
		})
	}
	return cmd
}

// findCmd is « chercher »: everything at once.
func (p *program) findCmd() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "chercher TEXTE…", Aliases: []string{"find"}, Short: "Chercher partout : lots, entreprises, structures, personnes, échanges",
		Example: "passerelle chercher élagage nanterre\npasserelle chercher P-0042", Args: takes(1, -1, "TEXTE"),
	}
	cmd.Flags().IntVar(&limit, "limite", 60, "au plus `N` résultats")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.with(cmd.Context(), func(s *store.Store) error {
			hits, err := s.Find(cmd.Context(), strings.Join(args, " "), limit)
			if err != nil {
				return err
			}
			t := table{head: []string{"genre", "n°", "quoi", "détail"}, right: []int{1}}
			for _, h := range hits {
				t.add(string(h.Kind), strconv.FormatInt(h.ID, 10), h.Title, h.Detail)
			}
			return p.answer(list(hits), func() { p.print(&t, "Rien ne commence par ces mots.") })
		})
	}
	return cmd
}
