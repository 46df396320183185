package tui

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
)

// lotLister reads lists of lots a window at a time.
type lotLister interface {
	Lots(ctx context.Context, f insertion.LotFilter, p insertion.Page) ([]insertion.LotRow, error)
	CountLots(ctx context.Context, f insertion.LotFilter, limit int) (insertion.Count, error)
}

// countLimit is how far a list counts its rows: beyond it « 10 000+ » is as
// useful and costs nothing.
const countLimit = 10_000

// wholeLimit is the same when nothing narrows the list: counting one index of
// the whole country takes a few tens of milliseconds, off the loop.
const wholeLimit = 5_000_000

// marches lists the awarded lots. The facilitator comes to find one lot: « / »
// and a few letters, Entrée twice; or what waits for a clause: s, Entrée.
type marches struct {
	page
	list   list[insertion.LotRow]
	filter insertion.LotFilter
	view   int // which of lotViews
	// department is the name of the one the filter keeps.
	department string
	search     textinput.Model
	typing     bool
	asked      int // the list's question the count was asked for
	stop       context.CancelFunc
}

// lotViews are the narrowings the key s goes through.
func lotViews() []struct {
	name string
	set  func(*insertion.LotFilter)
} {
	return []struct {
		name string
		set  func(*insertion.LotFilter)
	}{
		{"tous les lots", func(*insertion.LotFilter) {}},
		{"clause sociale", func(f *insertion.LotFilter) { f.Social = insertion.SocialClause }},
		{"à clauser", func(f *insertion.LotFilter) { f.ToWrite = true }},
		{"suivis", func(f *insertion.LotFilter) { f.Followed = true }},
		{"en retard", func(f *insertion.LotFilter) { f.Stage = insertion.StageBehind }},
		{"critère social", func(f *insertion.LotFilter) { f.Social = insertion.SocialCriterion }},
		{"réservés", func(f *insertion.LotFilter) { f.Social = insertion.SocialReserved }},
	}
}

// lotsCounted is how many lots answer a question of the list.
type lotsCounted struct {
	ticket int
	total  insertion.Count
}

// lotReady is a lot read in order to open a screen on it.
type lotReady struct {
	lot  insertion.Lot
	open func(*shared, insertion.Lot) screen
}

func newMarches(sh *shared) screen {
	s := &marches{page: sh.page(), search: newLine("")}
	s.list = list[insertion.LotRow]{page: &s.page, draw: s.row}
	return s
}

func (s *marches) Title() string { return "Marchés" }
func (s *marches) Waiting() bool { return !s.list.loaded && !s.typing }
func (s *marches) Typing() bool  { return s.typing }

func (s *marches) Init() tea.Cmd {
	s.resize()
	return s.ask()
}

func (s *marches) Refresh() tea.Cmd { return s.list.again() }

func (s *marches) resize() {
	s.list.resize(s.h - 2)
	s.search.SetWidth(max(4, s.w-30))
}

// ask reads the list from its beginning under the filter of the moment.
func (s *marches) ask() tea.Cmd {
	lots, f := s.deps.Lots, s.filter
	s.list.fetch = func(ctx context.Context, p insertion.Page) ([]insertion.LotRow, error) { return lots.Lots(ctx, f, p) }
	s.list.key = func(r insertion.LotRow) insertion.Cursor { return r.Cursor(f.Sort) }
	s.list.total = insertion.Count{}
	return s.list.open()
}

// count asks for the total once the rows are there: rows first, they are what
// the person waits for.
func (s *marches) count() tea.Cmd {
	if s.asked == s.list.ticket {
		return nil
	}
	if s.stop != nil {
		s.stop()
	}
	ctx, cancel := context.WithCancel(s.ctx)
	s.stop, s.asked = cancel, s.list.ticket
	lots, f, ticket, limit := s.deps.Lots, s.filter, s.list.ticket, countLimit
	if !s.filtered() {
		limit = wholeLimit
	}
	return ask(&s.page, func(context.Context) (tea.Msg, error) {
		defer cancel()
		total, err := lots.CountLots(ctx, f, limit)
		if err != nil && ctx.Err() != nil {
			return lotsCounted{ticket: -1}, nil
		}
		return lotsCounted{ticket, total}, err
	})
}

func (s *marches) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := s.list.take(msg); mine {
		return tea.Batch(cmd, s.count())
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.resize()
	case lotsCounted:
		if msg.ticket == s.list.ticket {
			s.list.total = msg.total
		}
	case departmentChosen:
		s.filter.Department, s.department = msg.code, msg.name
		return s.ask()
	case lotReady:
		return push(msg.open(s.shared, msg.lot))
	case tea.KeyPressMsg:
		return s.key(msg)
	case tea.PasteMsg:
		return s.edit(msg)
	}
	return nil
}

func (s *marches) key(msg tea.KeyPressMsg) tea.Cmd {
	k := msg.String()
	if s.typing && !arrows(k) {
		return s.edit(msg)
	}
	cmd, _ := s.list.move(k)
	return cmd
}

// arrows are the keys that move in the list even while a search is typed.
func arrows(k string) bool { return k == "up" || k == "down" || k == "pgup" || k == "pgdown" }

// edit changes the text searched; every change asks anew, and the late answers
// to what was typed before are dropped.
func (s *marches) edit(msg tea.Msg) tea.Cmd {
	if !s.typing {
		return nil
	}
	var cmd tea.Cmd
	s.search, cmd = s.search.Update(msg)
	if text := s.search.Value(); text != s.filter.Text {
		s.filter.Text = text
		return tea.Batch(later(cmd), s.ask())
	}
	return later(cmd)
}

// filtered tells whether anything narrows the list.
func (s *marches) filtered() bool {
	return s.filter.Text != "" || s.filter.Department != "" || s.view != 0
}

func (s *marches) clear() tea.Cmd {
	s.search.SetValue("")
	s.typing, s.view = false, 0
	s.filter = insertion.LotFilter{Sort: s.filter.Sort}
	return s.ask()
}

func (s *marches) nextView() tea.Cmd {
	views := lotViews()
	s.view = (s.view + 1) % len(views)
	s.filter = insertion.LotFilter{Text: s.filter.Text, Department: s.filter.Department, Sort: s.filter.Sort}
	views[s.view].set(&s.filter)
	return s.ask()
}

func (s *marches) nextSort() tea.Cmd {
	if s.filter.Sort == insertion.ByAmount {
		s.filter.Sort = insertion.ByDate
	} else {
		s.filter.Sort = insertion.ByAmount
	}
	return s.ask()
}

func (s *marches) chooseDepartment() tea.Cmd {
	return askText("Département", s.filter.Department, "92, 2A, Hauts-de-Seine… ; vide pour tous", func(typed string) tea.Cmd {
		return ask(&s.page, func(context.Context) (tea.Msg, error) { return namedDepartment(typed) })
	})
}

// departmentChosen is the département typed, understood.
type departmentChosen struct{ code, name string }

// namedDepartment reads a code or a name; it uses the national table, so it is
// called off the loop.
func namedDepartment(typed string) (departmentChosen, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return departmentChosen{}, nil
	}
	g := place.National()
	area, ok := g.Department(strings.ToUpper(typed))
	if !ok {
		area, ok = g.AreaNamed(typed)
	}
	if !ok || area.Region == "" {
		return departmentChosen{}, &insertion.FieldError{Field: "departement", Reason: "« " + typed + " » n'est pas un département : rien n'a changé."}
	}
	return departmentChosen{area.Code, area.Name}, nil
}

// openOn reads the selected lot, then opens a screen that needs all of it.
func (s *marches) openOn(open func(*shared, insertion.Lot) screen) tea.Cmd {
	row, ok := s.list.current()
	if !ok {
		return nil
	}
	lots := s.deps.Lot
	return ask(&s.page, func(ctx context.Context) (tea.Msg, error) {
		lot, err := lots.Lot(ctx, row.ID)
		return lotReady{lot, open}, err
	})
}

func (s *marches) Actions() []action {
	if s.typing {
		return []action{
			{key: "enter", label: "garder la recherche", help: "Garder la recherche et revenir à la liste.", do: func() tea.Cmd { s.typing = false; s.search.Blur(); return nil }},
			{key: "esc", label: "effacer", help: "Effacer la recherche.", do: s.clear},
		}
	}
	row, some := s.list.current()
	none := ""
	if !some {
		none = "la liste est vide"
	}
	searching := ""
	if s.filter.Text != "" {
		searching = "une recherche range les lots du dernier entré au premier"
	}
	acts := []action{
		{key: "enter", label: "ouvrir", help: "Ouvrir la page du lot.", why: none, do: func() tea.Cmd { return push(newLotPage(s.shared, row.ID)) }},
		{key: "f", label: "filtrer", help: "Filtrer par mots : objet, acheteur, titulaire, référence, SIRET, CPV.", do: func() tea.Cmd { s.typing = true; return later(s.search.Focus()) }},
		{key: "s", label: "vue", help: "Changer de vue : tous, clause sociale, à clauser, suivis, en retard, critère, réservés.", do: s.nextView},
		{key: "d", label: "département", help: "Ne garder qu'un département.", do: s.chooseDepartment},
		{key: "m", label: "apparier", help: "Chercher les structures capables de faire les heures de ce lot.", why: none, do: func() tea.Cmd { return s.openOn(newCandidates) }},
		{key: "c", label: "contrat", help: "Voir tous les lots du contrat et leurs totaux.", why: none, do: func() tea.Cmd { return push(newContract(s.shared, row)) }},
		{key: "t", label: "tri", help: "Trier par date ou par montant.", quiet: true, why: searching, do: s.nextSort},
		{key: "n", label: "nouveau lot", help: "Ajouter à la main un lot qui n'est dans aucun fichier.", needs: rightTo(insertion.ActWrite), quiet: true, do: func() tea.Cmd { return push(newLotForm(s.shared)) }},
	}
	if s.filtered() {
		acts = append(acts, action{key: "esc", label: "tout voir", help: "Effacer la recherche et les filtres.", do: s.clear})
	}
	return acts
}
