package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"passerelle/store"
)

// The exit statuses.
const (
	done    = 0
	failure = 1
	misused = 2
)

// program is what the commands share: where they read and write, who acts, and
// on which file.
type program struct {
	env    environment
	stdin  io.Reader
	screen io.Writer // standard output as it came, for the screens
	out    io.Writer // standard output without what a terminal would obey
	errs   io.Writer
	now    func() time.Time

	base   string // --base
	person string // --personne
	json   bool   // --json

	shared *store.Store // over SSH: the visitor's view of the file; nil on one's own machine
}

// run reads the arguments, does what they ask, prints the error if there is
// one, and gives the exit status. It never exits and never touches the process's
// own streams, so that a test or a server may call it.
func run(ctx context.Context, args, env []string, stdin io.Reader, stdout, stderr io.Writer) int {
	cobra.MousetrapHelpText = "" // on Windows a double click opens the screens
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{
		env: environment(env), stdin: stdin, screen: stdout,
		out: &harmless{w: stdout}, errs: &harmless{w: stderr}, now: time.Now,
	}
	return p.execute(ctx, p.rootCmd(), args)
}

// execute runs a tree of commands and says what went wrong.
func (p *program) execute(ctx context.Context, root *cobra.Command, args []string) int {
	root.SetArgs(args)
	root.SetIn(p.stdin)
	root.SetOut(p.out)
	root.SetErr(p.errs)
	err := offer(root, args)
	if err == nil {
		err = root.ExecuteContext(ctx)
	}
	if err == nil {
		err = p.unwritten()
	}
	if err == nil {
		return done
	}
	text, status := explain(err)
	if text != "" {
		fmt.Fprintln(p.errs, "passerelle : "+text)
	}
	return status
}

// unwritten is why the answer did not reach its end, nil when it did or when the
// reader had enough of it, as « | head » has.
func (p *program) unwritten() error {
	h, ok := p.out.(*harmless)
	if !ok || h.err == nil || errors.Is(h.err, syscall.EPIPE) || errors.Is(h.err, os.ErrClosed) {
		return nil
	}
	return fmt.Errorf("écriture de la réponse : %w", h.err)
}

// rootCmd is the tree of commands.
func (p *program) rootCmd() *cobra.Command {
	root := &cobra.Command{
		Use:   "passerelle",
		Short: "Le poste de travail du facilitateur de la clause sociale",
		Long: "Passerelle relie les entreprises qui doivent des heures d'insertion aux structures capables de les faire,\n" +
			"et suit chaque heure. Sans commande, elle ouvre les écrans sur votre fichier.",
		Example:       "passerelle importer decp-2026-09.json\npasserelle marches --a-clauser\npasserelle apparier 12 --json",
		Args:          noCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       version(),
		RunE:          func(cmd *cobra.Command, _ []string) error { return p.screens(cmd.Context(), p.openOwn) },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SuggestionsMinimumDistance = 2
	root.SetVersionTemplate("passerelle {{.Version}}\n")
	root.SetHelpFunc(p.help)
	root.SetUsageFunc(func(*cobra.Command) error { return nil })
	root.SetFlagErrorFunc(flagError)
	root.SetGlobalNormalizationFunc(englishFlags)
	flags := root.PersistentFlags()
	flags.SortFlags = false
	flags.StringVar(&p.base, "base", "", "le `FICHIER` de la base (sinon PASSERELLE_BASE, sinon votre dossier de données)")
	flags.StringVar(&p.person, "personne", "", "le `NOM` écrit au journal (sinon PASSERELLE_PERSONNE, sinon votre nom de session)")
	flags.BoolVar(&p.json, "json", false, "répondre en JSON")
	flags.BoolP("help", "h", false, "afficher cette aide")
	root.Flags().Bool("version", false, "afficher la version")

	root.AddGroup(
		&cobra.Group{ID: "travail", Title: "Le travail du jour"},
		&cobra.Group{ID: "suivi", Title: "Le suivi de la clause"},
		&cobra.Group{ID: "fichiers", Title: "Les fichiers"},
		&cobra.Group{ID: "partage", Title: "À plusieurs, par SSH"},
		&cobra.Group{ID: "outils", Title: "Outils"},
	)
	add := func(group string, cmds ...*cobra.Command) {
		for _, c := range cmds {
			c.GroupID = group
			root.AddCommand(c)
		}
	}
	add("travail", p.todayCmd(), p.lotsCmd(), p.clauseCmd(), p.matchCmd(), p.introductionsCmd(), p.placementCmd(),
		p.hoursCmd(), p.contactCmd(), p.structuresCmd(), p.documentCmd(), p.doneCmd())
	add("suivi", p.personCmd(), p.declarationsCmd(), p.deedsCmd(), p.forecastCmd(), p.penaltiesCmd(), p.groupCmd(), p.lawCmd(), p.mandateCmd(), p.fileCmd(), p.findCmd(), p.bilanCmd())
	add("fichiers", p.importCmd(), p.importsCmd(), p.journalCmd(), p.exportsCmd(), p.retentionCmd(), p.undoCmd(), p.checkCmd(), p.backupCmd(), p.restoreCmd(), p.demoCmd())
	add("partage", p.serveCmd(), p.userCmd())
	add("outils", p.settingsCmd(), p.letterheadCmd(), p.wordingCmd(), p.evaluateCmd(), p.completionCmd(), p.manCmd())
	root.SetHelpCommand(p.helpCmd())
	root.SetHelpCommandGroupID("outils")
	return root
}

// environment is a list of "KEY=value".
type environment []string

func (e environment) value(key string) string {
	for i := len(e) - 1; i >= 0; i-- {
		if v, ok := strings.CutPrefix(e[i], key+"="); ok {
			return v
		}
	}
	return ""
}
