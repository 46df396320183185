package main

import (
	"github.com/spf13/cobra"
)

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
