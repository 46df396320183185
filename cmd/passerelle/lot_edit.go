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

// typing is what the options of « ajouter » and « corriger » say of a lot.
type typing struct {
	object, cpv, where, buyer, contractor string
	buyerName, contractorName, reference  string
	amount                                insertion.Cents
	months                                int
	notified                              insertion.Date
	social                                insertion.Social
}

func (t *typing) flags(flags *pflag.FlagSet) {
	flags.SortFlags = false
	flags.StringVar(&t.object, "objet", "", "l'`OBJET` du marché ou du lot")
	flags.StringVar(&t.cpv, "cpv", "", "le `CODE` CPV, 8 chiffres")
	readFlag(flags, &t.amount, insertion.ParseCents, "montant", "montant hors taxes, en `EUROS`")
	flags.IntVar(&t.months, "mois", 0, "durée, en `MOIS`")
	flags.StringVar(&t.where, "lieu", "", "le `LIEU` : code INSEE, code postal, département, ou nom de commune")
	readFlag(flags, &t.social, parseSocial, "social", "`CONSIDÉRATION` : clause, critere, reserve ; plusieurs avec des virgules")
}

// addLotCmd writes a lot by hand.
func (p *program) addLotCmd() *cobra.Command {
	var t typing
	cmd := &cobra.Command{
		Use: "ajouter", Aliases: []string{"add"}, Short: "Ajouter à la main un lot qu'aucun fichier ne porte",
		Example: "passerelle marches ajouter --objet \"Réfection du gymnase, lot 2\" --acheteur 00010000100015 --nom-acheteur \"Ville d'Essai\" --social clause",
		Args:    takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error { return p.addLot(cmd.Context(), s, t) })
		},
	}
	flags := cmd.Flags()
	t.flags(flags)
	flags.StringVar(&t.reference, "reference", "", "la `RÉFÉRENCE` de l'acheteur")
	flags.StringVar(&t.buyer, "acheteur", "", "le `SIRET` de l'acheteur")
	flags.StringVar(&t.buyerName, "nom-acheteur", "", "le `NOM` de l'acheteur")
	flags.StringVar(&t.contractor, "titulaire", "", "le `SIRET` du titulaire")
	flags.StringVar(&t.contractorName, "nom-titulaire", "", "le `NOM` du titulaire")
	readFlag(flags, &t.notified, insertion.ParseDate, "notifie", "`DATE` de notification")
	return cmd
}

func (p *program) addLot(ctx context.Context, s *store.Store, t typing) error {
	switch {
	case strings.TrimSpace(t.object) == "":
		return misusef("--objet : l'objet du marché ou du lot")
	case t.buyer == "" && t.buyerName == "":
		return misusef("--acheteur ou --nom-acheteur : qui achète")
	}
	n := insertion.Notice{
		Reference: oneLine(t.reference), Object: oneLine(t.object), CPV: oneLine(t.cpv), Amount: t.amount, Months: t.months,
		Notified: t.notified, Social: t.social, Source: "saisie",
	}
	var err error
	if n.Buyer, err = partyTyped("--acheteur", t.buyer, t.buyerName); err != nil {
		return err
	}
	if t.contractor != "" || t.contractorName != "" {
		holder, err := partyTyped("--titulaire", t.contractor, t.contractorName)
		if err != nil {
			return err
		}
		n.Contractors = []insertion.Party{holder}
	}
	if n.Place, err = p.placeTyped(ctx, s, t.where, n.Buyer.ID); err != nil {
		return err
	}
	id, err := s.AddLot(ctx, p.who(), n)
	if err != nil {
		return err
	}
	lot, err := s.Lot(ctx, id)
	if err != nil {
		return err
	}
	return p.answer(lotOf(lot.LotRow), func() { p.say("Lot %d ajouté : %s.", id, lot.Object) })
}

// partyTyped checks a SIRET typed by hand.
func partyTyped(flag, siret, name string) (insertion.Party, error) {
	siret = strings.Join(strings.Fields(siret), "")
	party := insertion.Party{ID: siret, Name: oneLine(name)}
	if siret == "" {
		return party, nil
	}
	if !insertion.ValidSIRET(siret) {
		return party, misusef("%s : « %s » n'est pas un SIRET (14 chiffres et leur clé)", flag, siret)
	}
	party.Kind = insertion.SIRET
	return party, nil
}

// placeTyped understands a place as a person types it.
func (p *program) placeTyped(ctx context.Context, s *store.Store, where, buyer string) (insertion.Place, error) {
	g, err := gazetteer(ctx, s)
	if err != nil {
		return insertion.Place{}, err
	}
	where = oneLine(where)
	place := insertion.Place{Name: where}
	if where != "" && strings.Trim(where, "0123456789AaBb") == "" {
		place = insertion.Place{Code: strings.ToUpper(where)}
	}
	place = g.Resolve(place, buyer)
	if where != "" && !place.Known() {
		return place, misusef("--lieu : « %s » n'est ni une commune, ni un département connu", where)
	}
	return place, nil
}

// fixLotCmd types values over those of the files.
func (p *program) fixLotCmd() *cobra.Command {
	var t typing
	cmd := &cobra.Command{
		Use: "corriger LOT", Aliases: []string{"edit"}, Short: "Corriger ce qu'un fichier dit d'un lot, ou nommer ses parties",
		Long: "Ce qui est corrigé ici n'est plus remplacé par un import ; la différence avec le fichier reste visible.",
		Example: "passerelle marches corriger 12 --montant 125000 --lieu Nanterre\n" +
			"passerelle marches corriger 12 --nom-titulaire \"Jardins de la Vallée\"",
		Args: takes(1, 1, "LOT"),
	}
	flags := cmd.Flags()
	t.flags(flags)
	flags.StringVar(&t.buyerName, "nom-acheteur", "", "le `NOM` de l'acheteur, pour tous ses marchés")
	flags.StringVar(&t.contractorName, "nom-titulaire", "", "le `NOM` du titulaire (le premier d'un groupement), pour tous ses marchés")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.with(cmd.Context(), func(s *store.Store) error {
			lot, err := p.lotNamed(cmd.Context(), s, args[0])
			if err != nil {
				return err
			}
			if err := p.nameParties(cmd.Context(), s, lot, t); err != nil {
				return err
			}
			return p.fixLot(cmd, s, lot, t)
		})
	}
	return cmd
}

func (p *program) nameParties(ctx context.Context, s *store.Store, lot insertion.Lot, t typing) error {
	if t.contractorName != "" && len(lot.Contractors) == 0 {
		return fmt.Errorf("le lot %d n'a pas de titulaire connu", lot.ID)
	}
	if t.buyerName != "" {
		if err := s.NameOrganisation(ctx, p.who(), lot.BuyerID, oneLine(t.buyerName)); err != nil {
			return err
		}
	}
	if t.contractorName != "" {
		return s.NameOrganisation(ctx, p.who(), lot.Contractors[0].ID, oneLine(t.contractorName))
	}
	return nil
}

func (p *program) fixLot(cmd *cobra.Command, s *store.Store, lot insertion.Lot, t typing) error {
	ctx, given := cmd.Context(), cmd.Flags().Changed
	var over insertion.Typing
	if given("objet") {
		object := oneLine(t.object)
		over.Object = &object
	}
	if given("cpv") {
		over.CPV = &t.cpv
	}
	if given("montant") {
		over.Amount = &t.amount
	}
	if given("mois") {
		over.Months = &t.months
	}
	if given("social") {
		over.Social = &t.social
	}
	if given("lieu") {
		place, err := p.placeTyped(ctx, s, t.where, lot.Buyer.ID)
		if err != nil {
			return err
		}
		over.Place = &place
	}
	if over != (insertion.Typing{}) {
		if err := s.TypeLot(ctx, p.who(), lot.ID, lot.Version, over); err != nil {
			return err
		}
	} else if t.buyerName == "" && t.contractorName == "" {
		return misusef("que corriger ? Par exemple --montant, --lieu, --nom-titulaire (voir --help)")
	}
	fixed, err := s.Lot(ctx, lot.ID)
	if err != nil {
		return err
	}
	return p.answer(lotOf(fixed.LotRow), func() {
		p.say("Lot %d corrigé : %s — %s, %s.", fixed.ID, fixed.Object, contractorWords(fixed.LotRow), amountWords(fixed.LotRow))
	})
}

// oneLine makes a typed text fit to keep: no control character, no line break.
func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }
