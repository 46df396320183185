package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"passerelle/internal/insertion"
)

// manCmd writes the manual: one page on standard output, or a page per command
// in a folder. The generators at hand write English headings.
func (p *program) manCmd() *cobra.Command {
	return &cobra.Command{
		Use: "man [DOSSIER]", Short: "Les pages de manuel", Hidden: true,
		Long:    "Écrit la page de manuel du programme sur la sortie standard, ou une page par commande dans un dossier.",
		Example: "passerelle man | man -l -\npasserelle man ~/.local/share/man/man1",
		Args:    takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return manPage(p.out, cmd.Root())
			}
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("créer %s : %w", args[0], err)
			}
			n, err := manTree(args[0], cmd.Root())
			if err != nil {
				return err
			}
			return p.answer(map[string]any{"dossier": args[0], "pages": n}, func() { p.say("%s dans %s.", insertion.Counted(n, "page écrite", "pages écrites"), args[0]) })
		},
	}
}

func manTree(dir string, cmd *cobra.Command) (int, error) {
	name := filepath.Join(dir, strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".1")
	var b strings.Builder
	if err := manPage(&b, cmd); err != nil {
		return 0, err
	}
	if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
		return 0, fmt.Errorf("écrire %s : %w", name, err)
	}
	pages := 1
	for _, sub := range cmd.Commands() {
		if !sub.IsAvailableCommand() {
			continue
		}
		n, err := manTree(dir, sub)
		if err != nil {
			return pages, err
		}
		pages += n
	}
	return pages, nil
}

func manPage(w io.Writer, cmd *cobra.Command) error {
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %q 1 \"\" \"Passerelle\" \"Manuel de Passerelle\"\n", strings.ToUpper(name))
	fmt.Fprintf(&b, ".SH NOM\n%s \\- %s\n", roff(name), roff(uncapital(cmd.Short)))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", roff(useLine(cmd)))
	if cmd.Long != "" {
		fmt.Fprintf(&b, ".SH DESCRIPTION\n%s\n", strings.ReplaceAll(roff(cmd.Long), "\n", "\n.br\n"))
	}
	manFlags(&b, "OPTIONS", ownFlags(cmd))
	manFlags(&b, "OPTIONS COMMUNES", cmd.Root().PersistentFlags())
	if cmd.HasAvailableSubCommands() {
		b.WriteString(".SH COMMANDES\n")
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", roff(sub.CommandPath()), roff(sub.Short))
			}
		}
	}
	if cmd.Example != "" {
		fmt.Fprintf(&b, ".SH EXEMPLES\n.nf\n%s\n.fi\n", roff(cmd.Example))
	}
	b.WriteString(".SH \"STATUT DE SORTIE\"\n0 fait, 1 échec, 2 mal employé.\n")
	b.WriteString(".SH ENVIRONNEMENT\n.TP\n.B PASSERELLE_BASE\nle fichier de la base\n.TP\n.B PASSERELLE_PERSONNE\nle nom écrit au journal\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func manFlags(b *strings.Builder, title string, flags *pflag.FlagSet) {
	first := true
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		if first {
			fmt.Fprintf(b, ".SH %q\n", title)
			first = false
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if f.Value.Type() == "bool" {
			value = ""
		}
		fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(strings.TrimSpace(name+" "+value)), roff(usage))
	})
}

// roff keeps a text from being read as commands.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}

// uncapital writes a label inside a sentence: « Éléments » becomes « éléments ».
func uncapital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}
