package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/intake"
	"passerelle/internal/trade"
	"passerelle/store"
)

// structuresCmd is the directory: the list, one structure, or the blank sheet.
func (p *program) structuresCmd() *cobra.Command {
	var f insertion.StructureFilter
	var kind, tradeCode, template string
	var limit int
	cmd := &cobra.Command{
		Use: "structures [SIRET]", Short: "L'annuaire des structures, l'une d'elles, ou le classeur à remplir",
		Long: "Liste l'annuaire. Une structure nommée par son SIRET (SIRET:TYPE quand elle a plusieurs types) est montrée en entier.\n" +
			"--modele écrit un classeur à remplir, avec des listes déroulantes ; « passerelle importer » le reprend.",
		Example: "passerelle structures --departement 92 --filiere espaces-verts\npasserelle structures 40117125100036\n" +
			"passerelle structures --modele structures.xlsx\npasserelle structures modifier 40117125100036 --filieres nettoyage,dechets",
		Args: takes(0, 1, "SIRET"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if template != "" {
				return p.writeTemplate(template)
			}
			if err := structureFilter(&f, kind, tradeCode, limit); err != nil {
				return err
			}
			return p.with(cmd.Context(), func(s *store.Store) error {
				if len(args) == 1 {
					return p.showStructure(cmd.Context(), s, args[0])
				}
				return p.listStructures(cmd.Context(), s, f, limit)
			})
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.Text, "texte", "", "des `MOTS` du nom, de l'enseigne, de la commune, un SIRET")
	flags.StringVar(&f.Department, "departement", "", "le `CODE` du département")
	flags.StringVar(&kind, "type", "", "le `TYPE` : EI, ACI, AI, ETTI, GEIQ, EA, ESAT…")
	flags.StringVar(&tradeCode, "filiere", "", "le `CODE` de la filière : espaces-verts, nettoyage…")
	flags.StringVar(&f.Network, "reseau", "", "le `RÉSEAU`")
	flags.BoolVar(&f.Inactive, "inactives", false, "seulement celles qui ne sont plus actives")
	limitFlag(flags, &limit, 50, true, "au plus `N` structures ; 0 pour toutes")
	flags.StringVar(&template, "modele", "", "écrire le classeur à remplir dans `FICHIER.xlsx`")
	complete(cmd, "type", kindCodes()...)
	complete(cmd, "filiere", tradeCodes()...)
	cmd.AddCommand(p.editStructureCmd("ajouter", true), p.editStructureCmd("modifier", false))
	return cmd
}

func kindCodes() []string {
	var codes []string
	for _, k := range insertion.Kinds() {
		codes = append(codes, string(k))
	}
	return codes
}

func tradeCodes() []string {
	var codes []string
	for _, t := range trade.All() {
		codes = append(codes, string(t.Code))
	}
	return codes
}

func parseKind(s string) (insertion.Kind, error) {
	k := insertion.Kind(strings.ToUpper(strings.TrimSpace(s)))
	if !k.Known() {
		return "", fmt.Errorf("« %s » n'est pas un type (%s)", s, strings.Join(kindCodes(), ", "))
	}
	return k, nil
}

func parseTrade(s string) (insertion.Trade, error) {
	t := insertion.Trade(strings.ToLower(strings.TrimSpace(s)))
	if !trade.Known(t) {
		return "", fmt.Errorf("« %s » n'est pas une filière (%s)", s, strings.Join(tradeCodes(), ", "))
	}
	return t, nil
}

func structureFilter(f *insertion.StructureFilter, kind, tradeCode string, limit int) (err error) {
	if kind != "" {
		if f.Kind, err = parseKind(kind); err != nil {
			return misuse{"--type : " + err.Error()}
		}
	}
	if tradeCode != "" {
		if f.Trade, err = parseTrade(tradeCode); err != nil {
			return misuse{"--filiere : " + err.Error()}
		}
	}
	return nil
}

func (p *program) listStructures(ctx context.Context, s *store.Store, f insertion.StructureFilter, limit int) error {
	if limit == 0 {
		limit = 1_000_000
	}
	rows, err := s.Structures(ctx, f, insertion.Page{Limit: limit})
	if err != nil {
		return err
	}
	out := []structureJSON{}
	t := table{head: []string{"siret", "type", "nom", "commune", "dép.", "filières", "proposée"}, right: []int{6}}
	for _, r := range rows {
		out = append(out, structureOf(r.Structure))
		t.add(r.SIRET, string(r.Kind), r.DisplayName(), r.City, r.Department, strings.Join(tradeWords(r.Structure), ", "), strconv.Itoa(r.Proposed))
	}
	return p.answer(out, func() {
		p.print(&t, "Aucune structure ne répond à ces filtres. « passerelle importer ANNUAIRE » en apporte.")
		if len(rows) == limit {
			p.say("Les %d premières ; --limite 0 pour toutes.", limit)
		}
	})
}

// structureNamed finds the structure of a SIRET, or « SIRET:TYPE ».
func (p *program) structureNamed(ctx context.Context, s *store.Store, name string) (insertion.Structure, error) {
	siret, kind, _ := strings.Cut(name, ":")
	siret = strings.Join(strings.Fields(siret), "")
	all, err := s.FindStructures(ctx, siret)
	if err != nil {
		return insertion.Structure{}, err
	}
	var found []insertion.Structure
	for _, st := range all {
		if kind == "" || strings.EqualFold(string(st.Kind), kind) {
			found = append(found, st)
		}
	}
	switch len(found) {
	case 0:
		return insertion.Structure{}, fmt.Errorf("aucune structure %s dans l'annuaire (« passerelle structures --texte MOTS » les cherche)", name)
	case 1:
		return found[0], nil
	}
	var choices []string
	for _, st := range found {
		choices = append(choices, "\n  "+st.SIRET+":"+string(st.Kind)+"  "+st.DisplayName())
	}
	return insertion.Structure{}, misusef("%s a plusieurs types, donnez celui que vous voulez :%s", siret, strings.Join(choices, ""))
}

func (p *program) showStructure(ctx context.Context, s *store.Store, name string) error {
	st, err := p.structureNamed(ctx, s, name)
	if err != nil {
		return err
	}
	return p.answer(structureOf(st), func() { p.tellStructure(st) })
}

func (p *program) tellStructure(st insertion.Structure) {
	p.say("%s — %s (%s)", st.DisplayName(), st.Kind.Label(), st.Kind)
	active := "oui"
	if !st.Active {
		active = "non"
	}
	facts := [][2]string{
		{"raison sociale", st.Name}, {"SIRET", insertion.SpacedSIRET(st.SIRET)}, {"active", active},
		{"adresse", strings.Join(strings.Fields(st.Address+" "+st.PostalCode+" "+st.City), " ")}, {"téléphone", st.Phone},
		{"courriel", st.Mail}, {"site", st.Web}, {"NAF", st.NAF}, {"ROME", strings.Join(st.ROME, ", ")},
		{"réseaux", strings.Join(st.Networks, ", ")}, {"description", st.Description},
	}
	if form := st.LegalForm(); form != "" {
		facts = append(facts, [2]string{"statut", string(form)})
	}
	if st.Turnover > 0 {
		facts = append(facts, [2]string{"chiffre d'aff.", st.Turnover.Round() + " par an"})
	}
	if st.Workers > 0 {
		facts = append(facts, [2]string{"places", strconv.Itoa(st.Workers)})
	}
	for _, a := range st.Activities {
		facts = append(facts, [2]string{"activité", trade.Label(a.Trade) + areaWords(a.Area)})
	}
	for _, m := range st.Capacity {
		facts = append(facts, [2]string{"libre " + m.Month.French(), m.Hours.String()})
	}
	p.facts(facts)
}

func areaWords(a insertion.Area) string {
	switch a.Kind {
	case insertion.Radius:
		return ", à " + strconv.Itoa(a.Km) + " km"
	case insertion.Country:
		return ", tout le pays"
	case "":
		return ""
	}
	return ", " + string(a.Kind) + " " + strings.Join(a.Codes, ", ")
}

// writeTemplate writes the blank sheet; it never replaces a file.
func (p *program) writeTemplate(typed string) (err error) {
	path, err := whole(typed, p.env.value("HOME"))
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s existe déjà : donnez un autre nom, il n'a pas été remplacé", path)
	}
	if err != nil {
		return fmt.Errorf("écrire %s : %w", path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := intake.WriteStructureTemplate(f, p.today().Month()); err != nil {
		return fmt.Errorf("écrire %s : %w", path, err)
	}
	return p.answer(map[string]string{"fichier": path}, func() { p.say("Classeur écrit : %s. Remplissez-le, puis « passerelle importer %s ».", path, path) })
}
