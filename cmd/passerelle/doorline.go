package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// withoutValues is what the journal of the door keeps of a command: its words,
// the names of its options and whole numbers. What was typed, which may name
// somebody, is « … ».
func withoutValues(root *cobra.Command, args []string) string {
	cmd, rest, err := root.Find(args)
	if err != nil || cmd == root {
		return "…"
	}
	said := strings.Fields(cmd.CommandPath())[1:]
	for _, word := range rest {
		name, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
		switch {
		case strings.HasPrefix(word, "--") && cmd.Flag(name) != nil:
			said = append(said, "--"+name)
		case word != "" && len(word) < 8 && strings.Trim(word, "0123456789") == "":
			said = append(said, word)
		case said[len(said)-1] != "…":
			said = append(said, "…")
		}
	}
	return strings.Join(said, " ")
}
