package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/arrival"
	"passerelle/internal/insertion"
	"passerelle/store"
)

// importJSON is what one file brought. Its fields are a promise to scripts.
type importJSON struct {
	File      string        `json:"fichier"`
	Format    string        `json:"format"`
	Read      int           `json:"lus"`
	New       int           `json:"nouveaux"`
	Updated   int           `json:"modifies"`
	Unchanged int           `json:"inchanges"`
	Refused   int           `json:"refuses"`
	Refusals  []refusalJSON `json:"motifs"`
}

type refusalJSON struct {
	Record int    `json:"enregistrement"`
	Field  string `json:"champ"`
	Value  string `json:"valeur"`
	Reason string `json:"raison"`
}

// importCmd is « importer FICHIER… ».
func (p *program) importCmd() *cobra.Command {
	var departments []string
	var refusals string
	cmd := &cobra.Command{
		Use: "importer FICHIER…", Aliases: []string{"import"}, Short: "Faire entrer des avis d'attribution, un annuaire, des coordonnées",
		Long: "Reconnaît chaque fichier à son contenu : avis d'attribution (JSON, XML ou CSV des DECP), annuaires de structures,\n" +
			"notre classeur, coordonnées de communes ; aussi en .gz et .zip. « - » lit l'entrée standard.\n" +
			"Le même fichier deux fois ne change rien ; ce que vous avez saisi n'est jamais remplacé.",
		Example: "passerelle importer decp-2026-09.json\npasserelle importer --departement 92 --refus refus.csv decp.csv.gz\n" +
			"zcat avis.xml.gz | passerelle importer - --json",
		Args: takes(1, -1, "FICHIER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				return p.importFiles(cmd.Context(), s, args, departments, refusals)
			})
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringArrayVar(&departments, "departement", nil, "ne garder que ce `CODE` de département ; répétable (tous sinon)")
	flags.StringVar(&refusals, "refus", "", "écrire les enregistrements refusés dans `FICHIER.csv`, qui ne doit pas exister")
	return cmd
}

func (p *program) importFiles(ctx context.Context, s *store.Store, files, departments []string, refusals string) (err error) {
	g, err := gazetteer(ctx, s)
	if err != nil {
		return err
	}
	for i, d := range departments {
		departments[i] = strings.ToUpper(strings.TrimSpace(d))
		if _, ok := g.Department(departments[i]); !ok {
			return misusef("--departement : « %s » n'est pas un département (92, 2A, 971)", d)
		}
	}
	o := arrival.Options{By: p.who(), Departments: departments, Gazetteer: g, Stdin: p.stdin}
	if refusals != "" {
		spool, problem := p.spoolRefusals(ctx, s, refusals)
		if problem != nil {
			return fmt.Errorf("--refus : %w", problem)
		}
		defer func() { err = errors.Join(err, spool.leave(ctx, s, p.who())) }()
		o.Refused = spool.sheet.add
	}
	wide := 0
	if w := p.columns(); w > 0 && !p.json {
		o.Progress = func(pr arrival.Progress) { wide = p.tellProgress(pr, w, wide) }
	}
	failed := false
	o.Done = func(im insertion.Import) error {
		if wide > 0 {
			fmt.Fprint(p.screen, "\r"+strings.Repeat(" ", wide)+"\r")
			wide = 0
		}
		failed = failed || im.Problem != ""
		return p.tellImport(im)
	}
	if err := arrival.Files(ctx, s, files, o); err != nil && !(failed && errors.Is(err, context.Canceled)) {
		return err
	}
	if failed { // each file already said why
		return silent{failure}
	}
	return nil
}

// tellProgress rewrites one line of the terminal.
func (p *program) tellProgress(pr arrival.Progress, width, before int) int {
	line := fmt.Sprintf("%s : %s lus", pr.File, insertion.Thousands(int64(pr.Counts.Read)))
	if pr.Total > 0 {
		line = fmt.Sprintf("%3d %%  %s", min(100, pr.Done*100/pr.Total), line)
	}
	runes := []rune(clean(line))
	line = string(runes[:min(len(runes), width-1)])
	fmt.Fprint(p.screen, "\r"+line+strings.Repeat(" ", max(0, before-len([]rune(line)))))
	return len([]rune(line))
}

func (p *program) tellImport(im insertion.Import) error {
	if im.Problem != "" {
		fmt.Fprintln(p.errs, "passerelle : "+im.Problem)
	}
	if p.json {
		out := importJSON{im.File, im.Format, im.Read, im.New, im.Updated, im.Unchanged, im.Refused, []refusalJSON{}}
		for _, r := range im.Refusals {
			out.Refusals = append(out.Refusals, refusalJSON{r.Record, r.Field, r.Value, r.Reason})
		}
		return writeJSON(p.out, out, "")
	}
	if im.Format == "" {
		return nil
	}
	p.say("%s (%s) : lus %s, nouveaux %s, modifiés %s, inchangés %s, refusés %s.", im.File, im.Format,
		insertion.Thousands(int64(im.Read)), insertion.Thousands(int64(im.New)), insertion.Thousands(int64(im.Updated)),
		insertion.Thousands(int64(im.Unchanged)), insertion.Thousands(int64(im.Refused)))
	if im.Warnings > 0 {
		p.say("  %s pris avec une réserve.", insertion.Thousands(int64(im.Warnings)))
	}
	const shown = 10
	for i, r := range im.Refusals {
		if i == shown {
			p.say("  … et %s autres (--refus FICHIER.csv les écrit tous).", insertion.Thousands(int64(im.Refused-shown)))
			break
		}
		where := fmt.Sprintf("n° %d", r.Record)
		if r.Line > 0 {
			where += fmt.Sprintf(", ligne %d", r.Line)
		}
		p.say("  refusé, %s : %s « %s » : %s", where, r.Field, r.Value, r.Reason)
	}
	return nil
}
