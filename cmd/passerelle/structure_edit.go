package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/store"
)

// editing is what the options of « ajouter » and « modifier » say.
type editing struct {
	kind     insertion.Kind
	trades   []insertion.Trade
	modality insertion.Modality
	area     insertion.Area
	capacity []insertion.MonthHours
	networks []string
	text     map[string]*string
	places   int
	status   insertion.Status
	turnover insertion.Cents
	inactive bool
	active   bool
}

// editStructureCmd creates a structure or changes some of its fields.
func (p *program) editStructureCmd(name string, create bool) *cobra.Command {
	e := editing{text: map[string]*string{}}
	cmd := &cobra.Command{
		Use: name + " SIRET", Short: map[bool]string{true: "Ajouter une structure", false: "Modifier une structure"}[create],
		Example: "passerelle structures " + name + " 40117125100036 --type ACI --nom \"Les Jardins du Pont\" --filieres espaces-verts --zone 30km --capacite 10/2026=300",
		Args:    takes(1, 1, "SIRET"),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	readFlag(flags, &e.kind, parseKind, "type", "le `TYPE` : EI, ACI, AI, ETTI, GEIQ, EA, ESAT…")
	for _, f := range [][2]string{
		{"nom", "son `NOM`, la raison sociale"}, {"enseigne", "son `ENSEIGNE`"}, {"adresse", "son `ADRESSE`"}, {"code-postal", "le `CODE` postal"},
		{"commune", "sa `COMMUNE`"}, {"telephone", "son `TÉLÉPHONE`"}, {"courriel", "son `COURRIEL`, non celui d'une personne"}, {"site", "son `SITE`"},
		{"naf", "son `CODE` NAF"}, {"description", "le `TEXTE` qui dit ce qu'elle fait"},
	} {
		e.text[f[0]] = flags.String(f[0], "", f[1])
	}
	readFlag(flags, &e.trades, parseTrades, "filieres", "les `CODES` de ses filières (remplacent les précédentes)")
	readFlag(flags, &e.modality, parseModalities, "modalites", "`CODES` : mise-a-disposition, sous-traitance, reserve")
	readFlag(flags, &e.area, parseArea, "zone", "où elle travaille : 30km, pays, ou des `CODES` de départements ou de communes")
	readFlag(flags, &e.capacity, parseCapacity, "capacite", "`MOIS=HEURES` libres, avec des virgules : 10/2026=300,11/2026=250")
	readFlag(flags, &e.networks, parseList, "reseaux", "ses `RÉSEAUX`, avec des virgules")
	flags.IntVar(&e.places, "places", 0, "`NOMBRE` de personnes en insertion, ou de places")
	readFlag(flags, &e.status, parseStatus, "statut", "sa `FORME` juridique, qui dit si elle est de l'ESS : association, SCOP, SCIC, mutuelle…")
	readFlag(flags, &e.turnover, insertion.ParseCents, "chiffre-affaires", "son chiffre d'affaires d'une année, en `EUROS` hors taxes")
	flags.BoolVar(&e.active, "active", false, "la remettre en activité")
	flags.BoolVar(&e.inactive, "inactive", false, "dire qu'elle n'est plus active")
	complete(cmd, "type", kindCodes()...)
	complete(cmd, "statut", statusWords()...)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.with(cmd.Context(), func(s *store.Store) error {
			return p.editStructure(cmd, s, args[0], create, e)
		})
	}
	return cmd
}

func (p *program) editStructure(cmd *cobra.Command, s *store.Store, name string, create bool, e editing) error {
	ctx := cmd.Context()
	st := insertion.Structure{Active: true, Source: "saisie"}
	if create {
		st.SIRET = strings.Join(strings.Fields(name), "")
		st.Kind = e.kind
		switch {
		case !insertion.ValidSIRET(st.SIRET):
			return misusef("« %s » n'est pas un SIRET (14 chiffres et leur clé)", name)
		case st.Kind == "":
			return misusef("--type : le type de la structure")
		case *e.text["nom"] == "":
			return misusef("--nom : la raison sociale")
		}
	} else {
		var err error
		if st, err = p.structureNamed(ctx, s, name); err != nil {
			return err
		}
	}
	if err := e.lay(cmd, &st); err != nil {
		return err
	}
	return p.saveStructure(ctx, s, st, create)
}

func (p *program) saveStructure(ctx context.Context, s *store.Store, st insertion.Structure, create bool) error {
	g, err := gazetteer(ctx, s)
	if err != nil {
		return err
	}
	if !st.Precise {
		where := g.Resolve(insertion.Place{Code: st.PostalCode, Kind: "code postal", Name: st.City}, "")
		if where.Known() {
			st.INSEE, st.Department, st.Lat, st.Lon = where.INSEE, where.Department, where.Lat, where.Lon
		}
	}
	id, err := s.SaveStructure(ctx, p.who(), st)
	if err != nil {
		return err
	}
	st.ID = id
	return p.answer(structureOf(st), func() {
		if create {
			p.say("Ajoutée : %s.", st.DisplayName())
		}
		p.tellStructure(st)
	})
}

// lay puts the options given over the structure.
func (e editing) lay(cmd *cobra.Command, st *insertion.Structure) error {
	given := cmd.Flags().Changed
	for name, to := range map[string]*string{
		"nom": &st.Name, "enseigne": &st.Brand, "adresse": &st.Address, "code-postal": &st.PostalCode, "commune": &st.City,
		"telephone": &st.Phone, "courriel": &st.Mail, "site": &st.Web, "naf": &st.NAF, "description": &st.Description,
	} {
		if given(name) {
			*to = strings.TrimSpace(clean(*e.text[name]))
		}
	}
	if given("adresse") || given("code-postal") || given("commune") {
		st.Precise = false
	}
	if given("places") {
		st.Workers = e.places
	}
	if given("statut") {
		st.Status = e.status
	}
	if given("chiffre-affaires") {
		st.Turnover = e.turnover
	}
	if given("reseaux") {
		st.Networks = e.networks
	}
	if given("capacite") {
		st.Capacity = e.capacity
	}
	switch {
	case e.active && e.inactive:
		return misusef("--active ou --inactive, pas les deux")
	case e.active, e.inactive:
		st.Active = e.active
	}
	if given("filieres") {
		area := e.area
		if !given("zone") && len(st.Activities) > 0 {
			area = st.Activities[0].Area
		}
		st.Activities = nil
		for _, t := range e.trades {
			st.Activities = append(st.Activities, insertion.Activity{Trade: t, Area: area})
		}
	}
	if (given("zone") || given("modalites")) && len(st.Activities) == 0 {
		return misusef("--filieres : une zone ou une modalité se déclare avec une filière")
	}
	for i := range st.Activities {
		if given("zone") {
			st.Activities[i].Area = e.area
		}
		if given("modalites") {
			st.Activities[i].Modality = e.modality
		}
	}
	return nil
}

func statusWords() []string {
	var words []string
	for _, s := range insertion.Statuses() {
		words = append(words, string(s))
	}
	return words
}

func parseStatus(s string) (insertion.Status, error) {
	for _, known := range insertion.Statuses() {
		if intake.Fold(string(known)) == intake.Fold(s) {
			return known, nil
		}
	}
	return "", fmt.Errorf("« %s » n'est pas un statut (%s)", s, strings.Join(statusWords(), ", "))
}

func parseTrades(s string) ([]insertion.Trade, error) {
	var trades []insertion.Trade
	for _, code := range words(s) {
		t, err := parseTrade(code)
		if err != nil {
			return nil, err
		}
		trades = append(trades, t)
	}
	return trades, nil
}

func parseList(s string) ([]string, error) {
	var out []string
	for one := range strings.SplitSeq(s, ",") {
		if one = strings.TrimSpace(clean(one)); one != "" {
			out = append(out, one)
		}
	}
	return out, nil
}

// parseArea reads « 30km », « pays », départements or communes.
func parseArea(s string) (insertion.Area, error) {
	t := strings.ToLower(strings.Join(strings.Fields(s), ""))
	if t == "pays" || t == "france" {
		return insertion.Area{Kind: insertion.Country}, nil
	}
	if km, ok := strings.CutSuffix(t, "km"); ok {
		n, err := strconv.Atoi(km)
		if err != nil || n < 1 || n > 1000 {
			return insertion.Area{}, fmt.Errorf("« %s » : un rayon va de 1 à 1000 km", s)
		}
		return insertion.Area{Kind: insertion.Radius, Km: n}, nil
	}
	codes := words(strings.ToUpper(s))
	a := insertion.Area{Kind: insertion.Departments, Codes: codes}
	for _, c := range codes {
		switch {
		case len(c) == 5:
			a.Kind = insertion.Communes
		case len(c) != 2 && len(c) != 3:
			return insertion.Area{}, fmt.Errorf("« %s » n'est ni un département, ni une commune (code INSEE)", c)
		}
	}
	for _, c := range codes {
		if (len(c) == 5) != (a.Kind == insertion.Communes) {
			return insertion.Area{}, fmt.Errorf("des départements ou des communes, pas les deux")
		}
	}
	if len(codes) == 0 {
		return insertion.Area{}, fmt.Errorf("écrivez 30km, pays, ou des codes")
	}
	return a, nil
}

// parseCapacity reads « 10/2026=300,11/2026=250 ».
func parseCapacity(s string) ([]insertion.MonthHours, error) {
	var out []insertion.MonthHours
	for one := range strings.SplitSeq(s, ",") {
		month, hours, ok := strings.Cut(one, "=")
		if !ok {
			return nil, fmt.Errorf("« %s » : écrivez par exemple 10/2026=300", one)
		}
		m, err := insertion.ParseMonth(month)
		if err != nil {
			return nil, err
		}
		h, err := insertion.ParseHours(hours)
		if err != nil {
			return nil, err
		}
		out = append(out, insertion.MonthHours{Month: m, Hours: h})
	}
	return out, nil
}
