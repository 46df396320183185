package sshd

import (
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	"charm.land/wish/v2"
)

// Options is what opens a server.
type Options struct {
	HostKey string // path of the private key of the server, made when missing
	Limits  Limits
	Door    Door
	// Screens makes the program of one channel; nothing of it is shared with
	// another. Leave is the message that tells it to save what is typed and quit.
	Screens func(ctx context.Context, v Visitor, t Terminal) (Screens, error)
	// Command runs one command and gives its exit status. It opens no file the
	// visitor names.
	Command func(ctx context.Context, v Visitor, args []string, in io.Reader, out, errs io.Writer) int
	// Changed gives a number that moves when keys may have changed; nil asks the
	// door for every session every second.
	Changed func() int64
	Log     func(Event)
}

// Terminal is what the client said of its terminal, cleaned and clamped.
type Terminal struct {
	Width, Height int
	Environment   []string // TERM, COLORTERM, NO_COLOR, LANG…, nothing else
}

// Screens is the program of one channel.
type Screens struct {
	Model tea.Model
	Leave func(reason string) tea.Msg
	Close func()
}

// EventKind is what the journal of the door keeps.
type EventKind string

// The kinds of events.
const (
	Login   EventKind = "connexion"
	Logout  EventKind = "déconnexion"
	Refused EventKind = "refus"
	Ran     EventKind = "commande"
)

// Event is one of them.
type Event struct {
	Kind    EventKind
	Visitor Visitor
	Key     string   // Refused: the whole public key, so that it can be accepted
	Text    string   // the command, or why
	Args    []string // Ran: the words of the command, which may hold what was typed of somebody
	Status  int      // of a command
}

// Server is one SSH server.
type Server struct {
	o    Options
	l    Limits
	gate *gate
	ssh  *ssh.Server
	clock
	desks sync.Pool

	mu       sync.Mutex
	arrivals map[*arrival]struct{}
	live     map[*live]struct{}
	closing  bool
	empty    chan struct{} // closed when closing and the last connection has ended
	emptied  func()
	stop     context.CancelFunc
	done     chan struct{} // the rounds have ended
}

// New makes a server; nothing listens yet.
func New(o Options) (*Server, error) {
	return start(o, clock{time.Now, time.NewTicker(roundEvery).C})
}

// start is New with a time of its own.
func start(o Options, c clock) (*Server, error) {
	s := &Server{
		o: o, l: o.Limits.WithDefaults(), clock: c,
		arrivals: map[*arrival]struct{}{}, live: map[*live]struct{}{},
		empty: make(chan struct{}), done: make(chan struct{}), desks: sync.Pool{New: func() any { return new(desk) }},
	}
	s.emptied = sync.OnceFunc(func() { close(s.empty) })
	s.gate = newGate(s.l, c.now)
	if s.o.Log == nil {
		s.o.Log = func(Event) {}
	}
	server, err := wish.NewServer(
		wish.WithHostKeyPath(o.HostKey),
		wish.WithVersion("Passerelle"),
		wish.WithPublicKeyAuth(s.known),
		wish.WithKeyboardInteractiveAuth(s.sorry),
	)
	if err != nil {
		return nil, err
	}
	server.HandshakeTimeout = s.l.Handshake
	server.ConnCallback = s.arrive
	server.ServerConfigCallback = s.config
	server.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.session}
	server.RequestHandlers = map[string]ssh.RequestHandler{}
	s.ssh = server
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	go s.rounds(ctx)
	return s, nil
}

// Serve accepts connections until Shutdown; it then returns nil.
func (s *Server) Serve(l net.Listener) error {
	err := s.ssh.Serve(l)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		return nil
	}
	return err
}

// Shutdown tells every session, lets it save what is typed, and closes. When ctx
// ends first, what remains is cut and the error is that of ctx.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.closing = true
	if len(s.arrivals) == 0 {
		s.emptied()
	}
	s.mu.Unlock()
	for _, one := range s.all() {
		one.leave(stopping)
	}
	var err error
	select {
	case <-s.empty: // the rounds close what holds no session any more
	case <-ctx.Done():
		err = ctx.Err()
	}
	s.stop()
	<-s.done
	err = errors.Join(err, s.ssh.Close())
	s.mu.Lock()
	rest := slices.Collect(maps.Keys(s.arrivals)) // that never authenticated
	s.mu.Unlock()
	for _, a := range rest {
		_ = a.Close()
	}
	return err
}

// Live are the visitors inside now, one entry a channel.
func (s *Server) Live() []Visitor {
	var out []Visitor
	for _, one := range s.all() {
		out = append(out, one.visitor)
	}
	return out
}

func (s *Server) all() []*live {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*live, 0, len(s.live))
	for one := range s.live {
		out = append(out, one)
	}
	return out
}
