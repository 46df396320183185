// Command passerelle is the facilitator's desk: the screens when it is called
// alone, and everything a screen does as a command, in plain French text or in
// JSON. It owns reading arguments, opening things and closing them; it never
// holds a business rule, and nothing imports it.
//
// Reading order: run.go (arguments in, exit status out), base.go (which file),
// print.go (tables and JSON), then any command: one file each.
package main

import (
	"context"
	"os"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr))
}
