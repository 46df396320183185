package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheCommandsOfTheReadmeExist: each command written there is one of ours, with
// flags and arguments it takes.
func TestTheCommandsOfTheReadmeExist(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	checked := 0
	for _, b := range blocks {
		for _, line := range strings.Split(b[1], "\n") {
			line, _, _ = strings.Cut(line, "  #")
			for _, one := range strings.Split(line, " ; ") {
				words := shellWords(one)
				if len(words) == 0 || words[0] != "passerelle" {
					continue
				}
				checked++
				root := (&program{out: io.Discard, errs: io.Discard, screen: io.Discard}).rootCmd()
				root.SetContext(context.Background())
				cmd, rest, err := root.Find(words[1:])
				if err != nil || cmd == root && len(words) > 1 {
					t.Errorf("%s: no such command (%v)", one, err)
					continue
				}
				if err := cmd.ParseFlags(rest); err != nil {
					t.Errorf("%s: %v", one, err)
				} else if cmd.Args != nil {
					if err := cmd.Args(cmd, cmd.Flags().Args()); err != nil {
						t.Errorf("%s: %v", one, err)
					}
				}
			}
		}
	}
	if checked < 50 {
		t.Errorf("only %d commands were found", checked)
	}
}

// shellWords are the words of a line, quotes taken off, redirections left out.
func shellWords(line string) []string {
	var out []string
	for _, w := range regexp.MustCompile(`(?:[^\s"]|"[^"]*")+`).FindAllString(line, -1) {
		if w == "<" || w == ">" {
			break
		}
		out = append(out, strings.ReplaceAll(w, `"`, ""))
	}
	return out
}
