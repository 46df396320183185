package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"passerelle/internal/insertion"
	"passerelle/internal/sshd"
	"passerelle/store"
	"passerelle/tui"
)

// serveCmd is « servir »: the same screens and commands, over SSH.
func (p *program) serveCmd() *cobra.Command {
	var address string
	var unit bool
	limits := sshd.Limits{}.WithDefaults()
	var copies copyFlags
	cmd := &cobra.Command{
		Use: "servir", Aliases: []string{"serve"}, Short: "Ouvrir les écrans et les commandes par SSH, à ceux dont la clé est connue",
		Long: "Personne n'entre sans une clé publique enregistrée (« passerelle utilisateur ») ; sans aucune clé, personne n'entre.\n" +
			"Le nom donné à la connexion ne compte pas : la clé fait la personne. Aucun shell, aucun transfert, aucun fichier du serveur.",
		Example: "passerelle servir --adresse 127.0.0.1:2222\npasserelle servir --modele-systemd > /etc/systemd/system/passerelle.service",
		Args:    takes(0, 0),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&address, "adresse", "127.0.0.1:2222", "`ADRESSE:PORT` d'écoute")
	flags.IntVar(&limits.Sessions, "sessions", limits.Sessions, "`N` sessions ouvertes à la fois")
	flags.IntVar(&limits.PerKey, "sessions-par-cle", limits.PerKey, "`N` sessions ouvertes à la fois par une clé")
	flags.IntVar(&limits.Handshakes, "poignees-par-minute", limits.Handshakes, "`N` connexions par minute d'une adresse")
	flags.DurationVar(&limits.Idle, "inactivite", limits.Idle, "`DURÉE` sans une touche")
	flags.DurationVar(&limits.Total, "duree", limits.Total, "`DURÉE` d'une session")
	flags.DurationVar(&limits.Stalled, "lecteur-bloque", limits.Stalled, "`DURÉE` laissée à un client qui ne lit plus")
	flags.DurationVar(&limits.Silent, "signe-de-vie", limits.Silent, "`DURÉE` entre deux signes de vie demandés à un client ; au troisième sans réponse, il est coupé")
	flags.DurationVar(&limits.Command, "duree-commande", limits.Command, "`DURÉE` d'une commande")
	flags.Int64Var(&limits.Upload, "envoi-max", limits.Upload, "`OCTETS` envoyés à une commande")
	copies.add(flags)
	flags.BoolVar(&unit, "modele-systemd", false, "écrire une unité systemd et s'arrêter là")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := sensible(cmd.Flags()); err != nil {
			return err
		}
		if unit {
			fmt.Fprint(p.out, systemdUnit(cmp.Or(p.base, p.env.value("PASSERELLE_BASE"), servedBase), address))
			return nil
		}
		return p.with(cmd.Context(), func(s *store.Store) error {
			stop, err := p.copyDaily(cmd.Context(), s, copies)
			if err != nil {
				return err
			}
			defer stop()
			return p.serve(cmd.Context(), s, address, limits)
		})
	}
	return cmd
}

// sensible refuses a limit that would let nobody in, or nothing be kept.
func sensible(flags *pflag.FlagSet) (err error) {
	flags.Visit(func(f *pflag.Flag) {
		least := "1"
		if strings.HasPrefix(f.Name, "garder-") {
			least = "0"
		}
		bad := strings.HasPrefix(f.Value.String(), "-") || f.Value.String() == "0" && least == "1"
		if d, e := time.ParseDuration(f.Value.String()); f.Value.Type() == "duration" && e == nil {
			least, bad = "1s", d < time.Second
		}
		if bad && err == nil && f.Value.Type() != "string" && f.Value.Type() != "bool" {
			err = misusef("--%s : au moins %s", f.Name, least)
		}
	})
	return err
}

// serve listens until the context ends or the system asks to stop.
func (p *program) serve(ctx context.Context, s *store.Store, address string, limits sshd.Limits) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	l, err := net.Listen("tcp", address)
	if err != nil {
		return deaf(address, err)
	}
	h := &house{p: p, base: s}
	if err := h.look(ctx); err != nil {
		return err
	}
	server, err := sshd.New(sshd.Options{
		HostKey: s.Path() + ".hote_ed25519", Limits: limits, Door: h, Screens: h.screens, Command: h.command,
		Changed: h.keys.Load, Log: h.log,
	})
	if err != nil {
		return err
	}
	h.inside = server.Live
	go h.watch(ctx)
	users, err := s.Users(ctx)
	if err != nil {
		return err
	}
	p.say("Passerelle écoute sur %s (%s). Ctrl+C pour arrêter.", l.Addr(), insertion.Counted(len(users), "utilisateur", "utilisateurs"))
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	select {
	case err = <-served:
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if down := server.Shutdown(grace); down != nil && !errors.Is(down, context.DeadlineExceeded) {
		err = errors.Join(err, down)
	}
	return err
}

// deaf says why nobody can be heard at an address.
func deaf(address string, err error) error {
	var system syscall.Errno
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%s est déjà pris par un autre programme, peut-être « passerelle servir » : arrêtez-le, ou donnez un autre port avec --adresse", address)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("%s n'est pas une adresse de cette machine : donnez-en une avec --adresse, ou 0.0.0.0 pour toutes", address)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("le système ne permet pas d'écouter %s : donnez un port au-dessus de 1023 avec --adresse", address)
	case errors.As(err, &system):
		return fmt.Errorf("écouter %s : le système refuse (%w)", address, err)
	}
	return misusef("--adresse : « %s » ne s'écoute pas ; écrivez ADRESSE:PORT, comme 0.0.0.0:2222", address)
}

// house is the file as the server shares it: one store, one look at its version
// for everybody, and a view for each visitor.
type house struct {
	p       *program
	base    *store.Store
	file    int64        // its version, as last looked at
	version atomic.Int64 // of what people see
	keys    atomic.Int64 // moves with the file: keys may have changed
	day     dayBoard
	inside  func() []sshd.Visitor
	here    atomic.Pointer[[]string] // their names, once each, in order
}

// lookEvery is how often the server sees that another process changed the file.
const lookEvery = 250 * time.Millisecond

func (h *house) look(ctx context.Context) error {
	v, err := h.base.Version(ctx)
	if err != nil || v == h.file && h.version.Load() != 0 {
		return err
	}
	content, err := h.base.Content(ctx)
	if err != nil {
		return err
	}
	h.file = v
	h.version.Store(content)
	h.keys.Add(1)
	return nil
}

func (h *house) watch(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = h.look(ctx) // the next tick looks again
			h.count()
		}
	}
}

// count keeps who is here.
func (h *house) count() {
	var names []string
	for _, v := range h.inside() {
		names = append(names, v.Name)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	h.here.Store(&names)
}

// Enter tells who a key lets in.
func (h *house) Enter(ctx context.Context, fingerprint string) (sshd.Guest, error) {
	a, err := h.base.Enter(ctx, fingerprint)
	if errors.Is(err, insertion.ErrNotFound) {
		return sshd.Guest{}, sshd.ErrUnknownKey
	}
	return sshd.Guest{User: int64(a.User), Name: a.Name, Rights: fmt.Sprint(a.Role, a.Buyers)}, err
}

// view is the file on behalf of a visitor, as her role is now.
func (h *house) view(ctx context.Context, v sshd.Visitor) (*store.Store, error) {
	a, err := h.base.Enter(ctx, v.Fingerprint)
	if err != nil {
		return nil, err
	}
	return h.base.As(a), nil
}

// sharedDesk is a visitor's desk: it reads the version everybody shares, and touches
// no file of the server.
type sharedDesk struct {
	*desk
	house *house
}

func (d sharedDesk) Version(context.Context) (int64, error) { return d.house.version.Load(), nil }

// Here are the others.
func (d sharedDesk) Here() []string {
	names := d.house.here.Load()
	if names == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(*names), func(n string) bool { return n == d.by })
}

func (h *house) screens(ctx context.Context, v sshd.Visitor, t sshd.Terminal) (sshd.Screens, error) {
	s, err := h.view(ctx, v)
	if err != nil {
		return sshd.Screens{}, err
	}
	own := &desk{Store: s, finder: finder{store: s, today: h.p.today}, by: v.Name}
	deps := depsOf(own)
	shared := sharedDesk{own, h}
	deps.Version, deps.Company, deps.Day, deps.Lots, deps.Import, deps.Statements, deps.BilanFiles = shared, shared, shared, shared, nil, nil, nil
	deps.MandateFiles = noMandateFiles{own}
	deps.DocumentFiles, deps.Images = nil, nil
	app := tui.New(ctx, tui.Options{
		Deps: deps, Person: v.Name, Role: string(s.Access().Role), Now: h.p.now, Place: filepath.Base(s.Path()), Profile: colorprofile.Env(t.Environment),
	})
	return sshd.Screens{Model: app, Leave: func(string) tea.Msg { return tui.Leave() }, Close: func() { h.keepDrafts(ctx, app) }}, nil
}

// keepDrafts keeps what a visitor was typing, however her session ended.
func (h *house) keepDrafts(ctx context.Context, app *tui.App) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := app.KeepDrafts(ctx); err != nil {
		fmt.Fprintln(h.p.errs, "brouillons :", err)
	}
}

func (h *house) log(e sshd.Event) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if e.Kind == sshd.Ran {
		e.Text = withoutValues((&program{}).remoteCmd(e.Visitor.Name), e.Args)
	}
	err := h.base.AddDoorEvent(ctx, insertion.DoorEvent{
		Kind: string(e.Kind), User: insertion.UserID(e.Visitor.User), By: clean(e.Visitor.Name), Fingerprint: e.Visitor.Fingerprint, Address: e.Visitor.Address,
		Text: clean(e.Text), Status: e.Status, Line: clean(e.Key),
	})
	if err != nil {
		fmt.Fprintln(h.p.errs, "journal de la porte :", err)
	}
}
