package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/pflag"
)

// limitFlag adds --limite: how many rows a command gives at most. all tells that 0
// stands for every one of them.
func limitFlag(flags *pflag.FlagSet, n *int, most int, all bool, usage string) {
	*n = most
	flags.Var(&reading{text: strconv.Itoa(most), read: func(s string) error {
		v, err := strconv.Atoi(s)
		switch {
		case err != nil:
			return fmt.Errorf("« %s » n'est pas un nombre entier", s)
		case all && v < 0:
			return fmt.Errorf("au moins 1, ou 0 pour tout")
		case !all && v < 1:
			return fmt.Errorf("au moins 1")
		}
		*n = v
		return nil
	}}, "limite", usage)
}
