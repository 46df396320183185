package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// help writes the help of a command. Cobra's own templates, and those of the
// libraries that dress it, speak English in places nothing can translate.
func (p *program) help(cmd *cobra.Command, _ []string) {
	w := cmd.OutOrStdout()
	text := cmd.Long
	if text == "" {
		text = cmd.Short + "."
	}
	fmt.Fprintf(w, "%s\n\nUtilisation :\n  %s\n", text, useLine(cmd))
	if len(cmd.Aliases) > 0 {
		fmt.Fprintf(w, "\nAutres noms :\n  %s\n", strings.Join(cmd.Aliases, ", "))
	}
	if cmd.Example != "" {
		fmt.Fprintf(w, "\nExemples :\n  %s\n", strings.ReplaceAll(cmd.Example, "\n", "\n  "))
	}
	helpCommands(w, cmd)
	helpFlags(w, "Options :", ownFlags(cmd))
	helpFlags(w, "Options communes :", cmd.Root().PersistentFlags())
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(w, "\n« %s COMMANDE --help » détaille une commande.\n", cmd.CommandPath())
	}
}

// useLine is the shape of a call.
func useLine(cmd *cobra.Command) string {
	line := cmd.Use
	if cmd.HasParent() {
		line = cmd.Parent().CommandPath() + " " + cmd.Use
	}
	if cmd.HasAvailableSubCommands() {
		line += " [COMMANDE]"
	}
	return line + " [OPTIONS]"
}

func helpCommands(w io.Writer, cmd *cobra.Command) {
	groups := cmd.Groups()
	if len(groups) == 0 {
		groups = []*cobra.Group{{Title: "Commandes"}}
	}
	width := 0
	for _, c := range cmd.Commands() {
		width = max(width, len(c.Name()))
	}
	for _, g := range groups {
		var lines []string
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() && c.GroupID == g.ID {
				lines = append(lines, fmt.Sprintf("  %-*s  %s", width, c.Name(), c.Short))
			}
		}
		if len(lines) > 0 {
			fmt.Fprintf(w, "\n%s :\n%s\n", g.Title, strings.Join(lines, "\n"))
		}
	}
}

// ownFlags are the options of a command alone, in the order it declares them.
func ownFlags(cmd *cobra.Command) *pflag.FlagSet {
	own := pflag.NewFlagSet("", pflag.ContinueOnError)
	own.SortFlags = false
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if cmd.Root().PersistentFlags().Lookup(f.Name) == nil {
			own.AddFlag(f)
		}
	})
	return own
}

func helpFlags(w io.Writer, title string, flags *pflag.FlagSet) {
	type line struct{ name, usage string }
	var lines []line
	width := 0
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if f.Value.Type() != "bool" && value != "" {
			name += " " + value
		}
		if d := f.DefValue; d != "" && d != "0" && d != "false" && d != "[]" {
			if f.Value.Type() == "duration" {
				d = strings.NewReplacer("h0m0s", "h", "m0s", "m").Replace(d)
			}
			usage += " (" + d + " par défaut)"
		}
		width = max(width, ansi.StringWidth(name))
		lines = append(lines, line{name, usage})
	})
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, l := range lines {
		fmt.Fprintf(w, "  %s%s  %s\n", l.name, strings.Repeat(" ", width-ansi.StringWidth(l.name)), l.usage)
	}
}

// helpCmd is « passerelle aide COMMANDE ».
func (p *program) helpCmd() *cobra.Command {
	return &cobra.Command{
		Use: "aide [COMMANDE]", Aliases: []string{"help"}, Short: "L'aide d'une commande",
		ValidArgsFunction: func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, c := range cmd.Root().Commands() {
				if c.IsAvailableCommand() {
					names = append(names, c.Name()+"\t"+c.Short)
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return noCommand(cmd.Root(), args)
			}
			p.help(about, nil)
			return nil
		},
	}
}

// englishFlags lets every option be given by its English name.
func englishFlags(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	french := map[string]string{
		"aide": "help", "file": "base", "person": "personne", "department": "departement", "text": "texte", "limit": "limite",
		"sort": "tri", "refusals": "refus", "followed": "suivis", "reset": "reinitialiser", "weight": "poids", "weights": "poids",
		"propose": "proposer", "template": "modele", "basis": "calcul", "amount": "montant", "share": "part", "rate": "taux",
		"cost": "cout", "step": "tranche", "threshold": "seuil", "invoiced": "facture", "volume": "volume", "rounding": "arrondi",
		"modalities": "modalites", "start": "debut", "end": "fin", "from": "de", "to": "a", "hours": "heures", "reason": "motif",
		"yes": "oui", "kind": "type", "trade": "filiere", "identity": "identite",
		"year": "annee", "buyer": "acheteur", "divisor": "diviseur",
		"erase": "effacer", "record": "registre", "terms": "delais",
	}[name]
	if french != "" {
		return pflag.NormalizedName(french)
	}
	return pflag.NormalizedName(name)
}
