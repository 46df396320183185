package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// accesser tells on whose behalf the screens read and write.
type accesser interface{ Access() insertion.Access }

// need is the right an action asks for, as the store will: the root says why, on
// every screen, when the role has not got it. The zero need asks for nothing.
type need struct {
	act   insertion.Act
	whole bool                 // writes what is of no one buyer: not for those narrowed to some
	takes insertion.ExportKind // takes this out of the file
}

// rightTo is a need to write what is of one lot, or of one person.
func rightTo(act insertion.Act) need { return need{act: act} }

// rightToAll is a need to write what is of every buyer's lots.
func rightToAll(act insertion.Act) need { return need{act: act, whole: true} }

// rightToTake is a need to take something out of the file.
func rightToTake(kind insertion.ExportKind) need { return need{takes: kind} }

// rightToMandate is what every change of the mandate needs.
func rightToMandate() need { return rightToAll(insertion.ActMandate) }

// needy is implemented by screens on which typing leads to a change: forms, and
// grids of hours.
type needy interface{ needs() need }

func (s *entryForm) needs() need     { return s.questionnaire.needs }
func (s *clauseForm) needs() need    { return rightTo(insertion.ActWrite) }
func (s *lotForm) needs() need       { return rightTo(insertion.ActWrite) }
func (s *lotFields) needs() need     { return rightTo(insertion.ActWrite) }
func (s *placementForm) needs() need { return rightTo(insertion.ActWrite) }
func (s *structureForm) needs() need { return rightToAll(insertion.ActWrite) }
func (s *settings) needs() need      { return rightToAll(insertion.ActSettings) }
func (s *wordingPage) needs() need   { return rightToAll(insertion.ActSettings) }
func (s *hoursGrid) needs() need     { return rightTo(insertion.ActWrite) }
func (s *monthGrid) needs() need     { return rightTo(insertion.ActWrite) }

func (s *contactForm) needs() need {
	if s.lot.ID == 0 {
		return rightToAll(insertion.ActComment)
	}
	return rightTo(insertion.ActComment)
}

// refusal says which role may do what this one may not; "" when it may.
func (s *shared) refusal(n need) string {
	if n == (need{}) || s.deps.Access == nil {
		return ""
	}
	a := s.deps.Access.Access()
	if n.takes != "" {
		if a.MayExport(n.takes) == nil {
			return ""
		}
		return reserved(func(r insertion.Role) bool { return insertion.Access{Role: r}.MayExport(n.takes) == nil }, a)
	}
	if a.May(n.act) && !(n.whole && len(a.Buyers) > 0) {
		return ""
	}
	return reserved(func(r insertion.Role) bool { return r.May(n.act) }, a)
}

// ifMay is an invitation to do something, to whom may.
func (s *shared) ifMay(n need, invitation string) string {
	if s.refusal(n) != "" {
		return ""
	}
	return invitation
}

// reserved names the roles that may; somebody of one of them is narrowed to some
// buyers.
func reserved(may func(insertion.Role) bool, a insertion.Access) string {
	var names []string
	for _, r := range insertion.Roles() {
		if may(r) {
			names = append(names, "« "+string(r)+" »")
		}
	}
	switch {
	case a.Role == "" || may(a.Role):
		return "votre accès est limité à certains acheteurs, et ceci vaut pour tous"
	case len(names) == 1:
		return "réservé au rôle " + names[0]
	}
	return "réservé aux rôles " + strings.Join(names, " et ")
}

// actions are what the top screen can do; of those the role may not do, why says
// so before anything else.
func (a *App) actions() []action {
	top := a.top()
	acts := a.shared.allowed(top.Actions())
	n, ok := top.(needy)
	if !ok || !top.Typing() {
		return acts
	}
	for i, act := range acts {
		if no := a.shared.refusal(n.needs()); no != "" && slices.Contains([]string{saveKey, "right", "space"}, act.key) {
			acts[i].why = no
		}
	}
	return acts
}

func (s *shared) allowed(acts []action) []action {
	for i, act := range acts {
		if no := s.refusal(act.needs); no != "" {
			acts[i].why = no
		}
	}
	return acts
}

// mayChoose is a question without the choices the role may not make.
func (s *shared) mayChoose(q offered) offered {
	for i, c := range q.choices {
		if no := s.refusal(c.needs); no != "" {
			q.choices[i].why = no
		}
	}
	return q
}

// readOnly says of a form or a grid that opens that it cannot be typed in.
func (a *App) readOnly() bool {
	top, ok := a.top().(needy)
	if !ok {
		return false
	}
	why := a.shared.refusal(top.needs())
	if why != "" {
		a.notice = notice{text: "Lecture seule : " + why}
	}
	return why != ""
}

// locked tells that what a key or a paste would write on the top screen could not be
// saved. The keys that move still do.
func (a *App) locked(msg tea.Msg) bool {
	key, pressed := msg.(tea.KeyPressMsg)
	switch {
	case !pressed:
	case a.top().Typing() && slices.Contains([]string{"tab", "shift+tab", "up", "down", "pgup", "pgdown", "home", "end"}, key.String()):
		return false
	case !a.top().Typing() && (len(key.Text) != 1 || !digit(rune(key.Text[0]))): // a grid: only digits write
		return false
	}
	return a.readOnly()
}
