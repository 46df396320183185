package main

import (
	"context"
	"io"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"passerelle/internal/sshd"
)

// command runs one command of a visitor: her own view of the file, her own
// streams, and no file of the server.
func (h *house) command(ctx context.Context, v sshd.Visitor, args []string, in io.Reader, out, errs io.Writer) int {
	s, err := h.view(ctx, v)
	if err != nil {
		return failure
	}
	r := &program{stdin: in, screen: out, out: &harmless{w: out}, errs: &harmless{w: errs}, now: h.p.now, shared: s}
	return r.execute(ctx, r.remoteCmd(v.Name), args)
}

// remoteCmd is the tree of commands open over SSH: those that work on the file,
// and none that names another. Whoever came is the person at work.
func (p *program) remoteCmd(name string) *cobra.Command {
	root := p.rootCmd()
	p.person = name // after the options, which empty it
	local := []string{"demo", "evaluer", "completion", "man", "servir", "verifier", "sauvegarder", "restaurer"}
	for _, c := range slices.Clone(root.Commands()) {
		if slices.Contains(local, c.Name()) {
			root.RemoveCommand(c)
		}
	}
	root.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 && slices.ContainsFunc((&program{}).rootCmd().Commands(), func(c *cobra.Command) bool {
			return slices.Contains(local, c.Name()) && (c.Name() == args[0] || c.HasAlias(args[0]))
		}) {
			return misusef("« %s » se fait sur le serveur, pas par SSH (voir « ssh hôte aide »)", args[0])
		}
		return noCommand(cmd, args)
	}
	hideServerFiles(root)
	root.PersistentPreRunE = func(cmd *cobra.Command, args []string) error {
		if err := noServerFiles(cmd, args); err != nil || cmd.Name() != "importer" || cmd.Parent() != root {
			return err
		}
		return p.shared.MayImport() // before what is sent is read
	}
	return root
}

// serverFiles are the options that name a file of the server, or somebody else,
// with what to do instead.
func serverFiles() map[string]string {
	out := "la réponse vient sur la sortie, « ssh hôte … > fichier »"
	return map[string]string{
		"base": "la base est celle du serveur", "personne": "la clé fait la personne", "sortie": out, "modele": out,
		"refus":  "« ssh hôte imports N --json » donne les refus",
		"editer": "« ssh hôte modele GENRE > texte.md », puis « ssh hôte modele GENRE --ecrire - < texte.md »",
	}
}

// sentFiles are the options that read a file: over SSH, the standard input only.
func sentFiles() []string { return []string{"cle", "ecrire", "image"} }

// hideServerFiles leaves those options out of the help.
func hideServerFiles(cmd *cobra.Command) {
	for name := range serverFiles() {
		for _, flags := range []*pflag.FlagSet{cmd.LocalFlags(), cmd.PersistentFlags()} {
			if f := flags.Lookup(name); f != nil {
				f.Hidden = true
			}
		}
	}
	for _, c := range cmd.Commands() {
		hideServerFiles(c)
	}
}

// noServerFiles refuses what would open or write a file of the server.
func noServerFiles(cmd *cobra.Command, args []string) error {
	for name, instead := range serverFiles() {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed {
			return misusef("--%s ne s'emploie pas par SSH : %s", name, instead)
		}
	}
	for _, name := range sentFiles() {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed && f.Value.String() != "-" && !(name == "cle" && isKey(f.Value.String())) {
			return misusef("par SSH, le fichier s'envoie : « ssh hôte … --%s - < fichier »", name)
		}
	}
	files, before := args, ""
	if cmd.HasParent() && cmd.Parent().Name() == "mandat" && len(args) > 0 { // what comes before is a kind of record
		files, before = args[1:], args[0]+" "
	}
	if cmd.Name() == "importer" && !slices.Equal(files, []string{"-"}) {
		return misusef("par SSH, le fichier s'envoie : « ssh hôte %s %s- < fichier »", cmd.CommandPath()[len("passerelle "):], before)
	}
	return nil
}
