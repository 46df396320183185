package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// clauseCmd shows the clause of a lot, or writes it when options are given.
func (p *program) clauseCmd() *cobra.Command {
	var typed insertion.Clause
	var try, remove, yes bool
	cmd := &cobra.Command{
		Use: "clause LOT", Short: "La clause d'un lot : la montrer, l'écrire, la calculer",
		Long: "Montre la clause d'un lot et son calcul. Avec des options, l'écrit ou la modifie : seules les valeurs données changent.\n" +
			"Le calcul se déduit des options (montant et part, tranche, volume) ; --calcul le fixe.",
		Example: "passerelle clause 12 --montant 1000000 --part 50 --taux 5 --cout 30\n" +
			"passerelle clause 12 --volume 1250 --modalites sous-traitance,mise-a-disposition\n" +
			"passerelle clause 12 --tranche 150 --seuil 40000 --facture 500000 --essai",
		Args: takes(1, 1, "LOT"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	clauseFlags(flags, &typed)
	flags.BoolVar(&try, "essai", false, "calculer sans enregistrer")
	flags.BoolVar(&remove, "supprimer", false, "retirer la clause écrite (avec --oui)")
	flags.BoolVar(&yes, "oui", false, "confirmer --supprimer")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if b, err := parseBasis(p.base); err == nil { // « --base volume-fixe » means the calculation
			typed.Basis, p.base = b, ""
			if err := cmd.Flags().Set("calcul", string(b)); err != nil {
				return err
			}
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			lot, err := p.lotNamed(cmd.Context(), s, args[0])
			if err != nil {
				return err
			}
			if remove {
				return p.removeClause(cmd.Context(), s, lot, yes)
			}
			changed := clauseChanges(cmd.Flags())
			if len(changed) == 0 {
				return p.showClause(lot)
			}
			c := startingClause(lot)
			merge(&c, typed, changed)
			if _, err := c.Compute(); err != nil {
				return err
			}
			if !try {
				if err := s.SaveClause(cmd.Context(), p.who(), c, lot.ClauseVersion); err != nil {
					return err
				}
			}
			return p.answer(clauseOf(c), func() { p.tellClause(c) })
		})
	}
	complete(cmd, "calcul", string(insertion.ByLabourShare), string(insertion.ByInvoiced), string(insertion.ByFixedVolume))
	return cmd
}

func clauseFlags(flags *pflag.FlagSet, c *insertion.Clause) {
	readFlag(flags, &c.Basis, parseBasis, "calcul", "`CALCUL` : part-main-oeuvre, par-tranche ou volume-fixe")
	readFlag(flags, &c.Amount, insertion.ParseCents, "montant", "montant hors taxes du lot, en `EUROS`")
	readFlag(flags, &c.LabourShare, insertion.ParseShare, "part", "part de main-d'œuvre, en `POURCENT`")
	readFlag(flags, &c.Rate, insertion.ParseShare, "taux", "taux d'insertion, en `POURCENT` (5 au départ)")
	readFlag(flags, &c.HourlyCost, insertion.ParseCents, "cout", "coût horaire chargé, en `EUROS` (30 au départ)")
	readFlag(flags, &c.Step, insertion.ParseCents, "tranche", "`EUROS` facturés pour une heure")
	readFlag(flags, &c.Threshold, insertion.ParseCents, "seuil", "`EUROS` facturés en deçà desquels rien n'est dû")
	readFlag(flags, &c.Invoiced, insertion.ParseCents, "facture", "`EUROS` facturés, ou attendus")
	readFlag(flags, &c.Fixed, insertion.ParseHours, "volume", "volume fixé par le marché, en `HEURES`")
	readFlag(flags, &c.RoundTo, insertion.ParseHours, "arrondi", "arrondir par défaut au multiple de `HEURES` (1 au départ)")
	readFlag(flags, &c.FTEHours, insertion.ParseHours, "heures-etp", "`HEURES` d'un ETP (1 600 au départ)")
	readFlag(flags, &c.Modalities, parseModalities, "modalites", "`CODES` acceptés : embauche, mise-a-disposition, sous-traitance, reserve (toutes au départ)")
	readFlag(flags, &c.Publics, parsePublics, "publics", "`CODES` des publics acceptés : DELD, RSA, RQTH, JEUNE, QPV… (tous au départ)")
	readFlag(flags, &c.Start, insertion.ParseDate, "debut", "`DATE` de début (31/03/2026)")
	readFlag(flags, &c.End, insertion.ParseDate, "fin", "`DATE` de fin")
	flags.StringVar(&c.Contact, "facilitateur", "", "les `COORDONNÉES` du facilitateur, comme le CCAG les demande")
	readFlag(flags, &c.Penalty.PerHour, insertion.ParseCents, "penalite-heure", "pénalité par heure non réalisée, en `EUROS`")
	readFlag(flags, &c.Penalty.PerDay, insertion.ParseCents, "penalite-jour", "pénalité par jour de retard d'un document, en `EUROS`")
	flags.BoolVar(&c.Penalty.WorkingDays, "jours-ouvres", false, "les jours de retard se comptent en jours ouvrés")
	flags.BoolVar(&c.Penalty.AfterNotice, "mise-en-demeure", false, "la pénalité demande une mise en demeure")
	readFlag(flags, &c.Penalty.Cap, insertion.ParseShare, "plafond", "plafond des pénalités, en `POURCENT` du montant")
	readFlag(flags, &c.Penalty.Allowance, insertion.ParseHours, "franchise", "`HEURES` manquantes non pénalisées")
	flags.BoolVar(&c.Penalty.AllMeans, "moyens-prouves", false, "pas de pénalité si l'entreprise prouve avoir tout mis en œuvre")
	flags.StringVar(&c.Penalty.Text, "penalite-texte", "", "l'`ARTICLE` des pénalités, tel qu'écrit")
	flags.StringVar(&c.Note, "note", "", "une `NOTE`")
	flags.StringVar(&c.Perimeter, "perimetre", "", "`PÉRIMÈTRE` de l'action, comme le CCAG le demande")
	readFlag(flags, &c.OtherPublics, func(s string) ([]string, error) { return splitOn(s, ";"), nil }, "publics-propres", "les `PUBLICS` que le marché ajoute, séparés par « ; »")
	readFlag(flags, &c.Calendar.Rhythm, parseRhythm, "declarations", "`RYTHME` : mensuel, trimestriel, ou aucun")
	flags.IntVar(&c.Calendar.DueDay, "declarees-avant", 0, "`JOUR` du mois suivant (15 au départ, CCAP 21_BAM_048)")
	flags.BoolVar(&c.ByAmount, "avancement-facture", false, "la part écoulée se lit sur le montant facturé, pas sur le calendrier")
	flags.IntVar(&c.Rules.PersonMonths, "mois-par-personne", 0, "`MOIS` où les heures d'une personne comptent (24 au départ ; usage, non sourcé)")
	flags.IntVar(&c.Rules.CDIMonths, "mois-cdi", 0, "`MOIS` comptés d'un CDI (48 au CCAP 21_BAM_048 ; comme les autres au départ)")
	flags.BoolVar(&c.Rules.AnyClause, "toute-clause", false, "compter ces mois depuis la première embauche sous toute clause")
	flags.BoolVar(&c.Rules.NoUndetailed, "detail-exige", false, "les totaux sans personnes ne comptent pas")
	flags.BoolVar(&c.Rules.PublicUser, "utilisateur-public", false, "collectivité, association ou particulier : pas de plafond d'AI")
	readFlag(flags, &c.Rules.AIHours, insertion.ParseHours, "plafond-ai", "`HEURES` d'une AI par personne (480 : L5132-9 ; plus par dérogation)")
	flags.BoolVar(&c.Rules.NeedTutor, "tuteur-exige", false, "signaler les embauches directes sans tuteur")
}

func splitOn(s, mark string) []string {
	var out []string
	for _, part := range strings.Split(s, mark) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func parseRhythm(s string) (insertion.Rhythm, error) {
	switch r := insertion.Rhythm(strings.ToLower(strings.TrimSpace(s))); r {
	case insertion.Monthly, insertion.Quarterly:
		return r, nil
	case "aucun", "":
		return insertion.NoRhythm, nil
	}
	return "", fmt.Errorf("« %s » n'est ni mensuel, ni trimestriel, ni aucun", s)
}

// clauseChanges names the options of the clause that were given.
func clauseChanges(flags *pflag.FlagSet) map[string]bool {
	own := pflag.NewFlagSet("", pflag.ContinueOnError)
	clauseFlags(own, new(insertion.Clause))
	given := map[string]bool{}
	flags.Visit(func(f *pflag.Flag) {
		if own.Lookup(f.Name) != nil {
			given[f.Name] = true
		}
	})
	return given
}

// startingClause is the clause written, or one that starts from the notice.
func startingClause(lot insertion.Lot) insertion.Clause {
	if lot.Clause != nil {
		return *lot.Clause
	}
	c := insertion.Clause{
		Lot: lot.ID, Rate: insertion.DefaultRate, HourlyCost: insertion.DefaultHourlyCost, FTEHours: insertion.DefaultFTEHours,
		Start: lot.Notice.Notified,
	}
	if !lot.Doubtful {
		c.Amount = lot.Amount
	}
	if m := lot.Notice.CurrentMonths(); m > 0 && c.Start != "" {
		c.End = c.Start.AddMonths(m).AddDays(-1)
	}
	return c
}

// merge lays the options given over the clause.
func merge(c *insertion.Clause, typed insertion.Clause, given map[string]bool) {
	set := func(name string, do func()) {
		if given[name] {
			do()
		}
	}
	set("montant", func() { c.Amount = typed.Amount })
	set("part", func() { c.LabourShare = typed.LabourShare })
	set("taux", func() { c.Rate = typed.Rate })
	set("cout", func() { c.HourlyCost = typed.HourlyCost })
	set("tranche", func() { c.Step = typed.Step })
	set("seuil", func() { c.Threshold = typed.Threshold })
	set("facture", func() { c.Invoiced = typed.Invoiced })
	set("volume", func() { c.Fixed = typed.Fixed })
	set("arrondi", func() { c.RoundTo = typed.RoundTo })
	set("heures-etp", func() { c.FTEHours = typed.FTEHours })
	set("modalites", func() { c.Modalities = typed.Modalities })
	set("publics", func() { c.Publics = typed.Publics })
	set("debut", func() { c.Start = typed.Start })
	set("fin", func() { c.End = typed.End })
	set("facilitateur", func() { c.Contact = typed.Contact })
	set("penalite-heure", func() { c.Penalty.PerHour = typed.Penalty.PerHour })
	set("penalite-jour", func() { c.Penalty.PerDay = typed.Penalty.PerDay })
	set("jours-ouvres", func() { c.Penalty.WorkingDays = typed.Penalty.WorkingDays })
	set("mise-en-demeure", func() { c.Penalty.AfterNotice = typed.Penalty.AfterNotice })
	set("plafond", func() { c.Penalty.Cap = typed.Penalty.Cap })
	set("franchise", func() { c.Penalty.Allowance = typed.Penalty.Allowance })
	set("moyens-prouves", func() { c.Penalty.AllMeans = typed.Penalty.AllMeans })
	set("penalite-texte", func() { c.Penalty.Text = typed.Penalty.Text })
	set("note", func() { c.Note = typed.Note })
	set("perimetre", func() { c.Perimeter = typed.Perimeter })
	set("publics-propres", func() { c.OtherPublics = typed.OtherPublics })
	set("declarations", func() { c.Calendar.Rhythm = typed.Calendar.Rhythm })
	set("declarees-avant", func() { c.Calendar.DueDay = typed.Calendar.DueDay })
	set("avancement-facture", func() { c.ByAmount = typed.ByAmount })
	set("mois-par-personne", func() { c.Rules.PersonMonths = typed.Rules.PersonMonths })
	set("mois-cdi", func() { c.Rules.CDIMonths = typed.Rules.CDIMonths })
	set("toute-clause", func() { c.Rules.AnyClause = typed.Rules.AnyClause })
	set("detail-exige", func() { c.Rules.NoUndetailed = typed.Rules.NoUndetailed })
	set("utilisateur-public", func() { c.Rules.PublicUser = typed.Rules.PublicUser })
	set("plafond-ai", func() { c.Rules.AIHours = typed.Rules.AIHours })
	set("tuteur-exige", func() { c.Rules.NeedTutor = typed.Rules.NeedTutor })
	c.Basis = basisOf(*c, typed, given)
}

// basisOf deduces how the hours become due from the options given.
func basisOf(c, typed insertion.Clause, given map[string]bool) insertion.Basis {
	switch {
	case given["calcul"]:
		return typed.Basis
	case given["volume"]:
		return insertion.ByFixedVolume
	case given["tranche"]:
		return insertion.ByInvoiced
	case given["part"]:
		return insertion.ByLabourShare
	}
	return c.Basis
}

func (p *program) removeClause(ctx context.Context, s *store.Store, lot insertion.Lot, yes bool) error {
	switch {
	case lot.Clause == nil:
		return misusef("le lot %d n'a pas de clause écrite", lot.ID)
	case !yes:
		return misusef("retirer la clause du lot %d (%s) ? Ajoutez --oui ; « passerelle annuler » la rendra", lot.ID, lot.Hours.Due)
	}
	if err := s.RemoveClause(ctx, p.who(), lot.ID); err != nil {
		return err
	}
	return p.answer(map[string]any{"lot": lot.ID, "supprimee": true}, func() { p.say("Clause du lot %d retirée.", lot.ID) })
}

func (p *program) showClause(lot insertion.Lot) error {
	if lot.Clause == nil {
		return p.answer(nil, func() {
			p.say("Le lot %d n'a pas encore de clause écrite. Pour l'écrire : « passerelle clause %d --part … --taux … » (voir --help).", lot.ID, lot.ID)
		})
	}
	return p.answer(clauseOf(*lot.Clause), func() { p.tellClause(*lot.Clause) })
}
