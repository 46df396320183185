package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// valuesOf is the annotation of a flag that takes a word among some.
const valuesOf = "passerelle_values"

// complete offers fixed words for a flag.
func complete(cmd *cobra.Command, flag string, words ...string) {
	if err := cmd.Flags().SetAnnotation(flag, valuesOf, words); err != nil {
		panic(err) // the flag does not exist: a mistake of ours
	}
}

// offer tells the library what flags take, when a shell asks for it. The library
// keeps that for ever, for every tree of commands: a server makes one a command.
func offer(cmd *cobra.Command, args []string) error {
	if len(args) == 0 || !strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		return nil
	}
	var err error
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if words := f.Annotations[valuesOf]; words != nil && err == nil {
			err = cmd.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
		}
	})
	for _, c := range cmd.Commands() {
		if err == nil {
			err = offer(c, args)
		}
	}
	return err
}

// completionCmd writes the completions of a shell.
func (p *program) completionCmd() *cobra.Command {
	return &cobra.Command{
		Use: "completion bash|zsh|fish|powershell", Short: "Le script de complétion de votre interpréteur de commandes",
		Long: "Écrit le script de complétion. Par exemple :\n\n" +
			"  bash        source <(passerelle completion bash)\n" +
			"  zsh         passerelle completion zsh > \"${fpath[1]}/_passerelle\"\n" +
			"  fish        passerelle completion fish > ~/.config/fish/completions/passerelle.fish\n" +
			"  powershell  passerelle completion powershell | Out-String | Invoke-Expression",
		Args:      takes(1, 1, "l'interpréteur : bash, zsh, fish ou powershell"),
		ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		RunE: func(cmd *cobra.Command, args []string) error {
			switch args[0] {
			case "bash":
				return cmd.Root().GenBashCompletionV2(p.screen, true)
			case "zsh":
				return cmd.Root().GenZshCompletion(p.screen)
			case "fish":
				return cmd.Root().GenFishCompletion(p.screen, true)
			case "powershell":
				return cmd.Root().GenPowerShellCompletionWithDesc(p.screen)
			}
			return misusef("« %s » n'est ni bash, ni zsh, ni fish, ni powershell", args[0])
		},
	}
}
