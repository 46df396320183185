package main

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// everyCommand walks the tree of commands.
func everyCommand(c *cobra.Command, do func(*cobra.Command)) {
	do(c)
	for _, sub := range c.Commands() {
		everyCommand(sub, do)
	}
}

func TestEveryCommandSpeaksFrench(t *testing.T) {
	english := regexp.MustCompile(`(?i)\b(usage:|flags?|available|help for|default|use "|the|this|with)\b`)
	var b strings.Builder
	p := &program{out: &b, errs: &b, screen: &b, now: time.Now}
	everyCommand(p.rootCmd(), func(c *cobra.Command) {
		if c.Short == "" {
			t.Errorf("%s says nothing of itself", c.CommandPath())
		}
		b.Reset()
		c.SetOut(&b)
		p.help(c, nil)
		if found := english.FindString(strings.ReplaceAll(b.String(), "--help", "")); found != "" {
			t.Errorf("the help of %s says %q:\n%s", c.CommandPath(), found, b.String())
		}
		b.Reset()
		if err := manPage(&b, c); err != nil {
			t.Error(err)
		}
		if found := english.FindString(strings.ReplaceAll(b.String(), `\-\-help`, "")); found != "" {
			t.Errorf("the manual of %s says %q", c.CommandPath(), found)
		}
	})
}

func TestExamplesAreRealCommands(t *testing.T) {
	p := &program{out: &strings.Builder{}, errs: &strings.Builder{}, screen: &strings.Builder{}, now: time.Now}
	root := p.rootCmd()
	everyCommand(root, func(c *cobra.Command) {
		for line := range strings.SplitSeq(c.Example, "\n") {
			_, call, ok := strings.Cut(line, "passerelle ")
			if !ok {
				continue
			}
			call, _, _ = strings.Cut(call, " |")
			fields := strings.Fields(call)
			found, _, err := root.Find(fields)
			if err != nil || found == root {
				t.Errorf("%s: the example %q calls nothing", c.CommandPath(), line)
				continue
			}
			for _, word := range fields {
				name, isFlag := strings.CutPrefix(word, "--")
				name, _, _ = strings.Cut(name, "=")
				if isFlag && name != "" && found.Flags().Lookup(name) == nil && root.PersistentFlags().Lookup(name) == nil {
					t.Errorf("%s: the example %q has no option --%s", c.CommandPath(), line, name)
				}
			}
		}
	})
}
