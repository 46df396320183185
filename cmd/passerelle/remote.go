package main

import (
	"context"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"passerelle/internal/sshd"
)

// command runs one command of a visitor: her own view of the file, her own
// streams, and no file of the server.
func (h *house) command(ctx context.Context, v sshd.Visitor, args []string, in io.Reader, out, errs io.Writer) int {
	s, err := h.view(ctx, v)
	if err != nil {
		return failure
	}
	r := &program{stdin: in, screen: out, out: harmless{out}, errs: harmless{errs}, now: h.p.now, person: v.Name, shared: s}
	return r.execute(ctx, r.remoteCmd(), args)
}

// remoteCmd is the tree of commands open over SSH: those that work on the file,
// and none that names another.
func (p *program) remoteCmd() *cobra.Command {
	root := p.rootCmd()
	local := []string{"demo", "evaluer", "completion", "man", "servir", "verifier", "sauvegarder", "restaurer"}
	for _, c := range slices.Clone(root.Commands()) {
		if slices.Contains(local, c.Name()) {
			root.RemoveCommand(c)
		}
	}
	root.PersistentPreRunE = noServerFiles
	return root
}

// noServerFiles refuses what would open or write a file of the server.
func noServerFiles(cmd *cobra.Command, args []string) error {
	for _, name := range []string{"base", "personne", "sortie", "refus", "modele"} {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed {
			return misusef("--%s ne s'emploie pas par SSH : la réponse vient sur la sortie, « ssh hôte … > fichier »", name)
		}
	}
	if cmd.Name() == "importer" && !slices.Equal(args, []string{"-"}) {
		return misusef("par SSH, le fichier s'envoie : « ssh hôte %s - < fichier »", cmd.CommandPath()[len("passerelle "):])
	}
	return nil
}
