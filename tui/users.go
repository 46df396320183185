package tui

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// doorKeeper keeps who may enter over SSH, and tells who did.
type doorKeeper interface {
	Users(ctx context.Context) ([]insertion.User, error)
	SaveUser(ctx context.Context, by string, u insertion.User) (insertion.UserID, error)
	RemoveUser(ctx context.Context, by string, id insertion.UserID) error
	AddKey(ctx context.Context, by string, id insertion.UserID, k insertion.UserKey) error
	RemoveKey(ctx context.Context, by, fingerprint string) error
	DoorEvents(ctx context.Context, kind string, before int64, limit int) ([]insertion.DoorEvent, error)
	FindBuyer(ctx context.Context, name string) (insertion.Organisation, error)
	Organisations(ctx context.Context, ids []insertion.OrganisationID) ([]insertion.Organisation, error)
	// ReadKey reads a public key as authorized_keys writes it; the error says what
	// is wrong with it.
	ReadKey(line string) (insertion.UserKey, error)
}

// userList is who may enter, with the names of the buyers some are narrowed to and
// when each was last seen. refused says that the role may not know.
type userList struct {
	users   []insertion.User
	buyers  map[insertion.OrganisationID]string
	seen    map[insertion.UserID]string
	refused string
}

// newUsers shows who may enter over SSH. The facilitator lets a colleague in with
// n, her name and her key; or from the door (v), where her refused key waits.
func newUsers(sh *shared) screen {
	files, by := sh.deps.Door, sh.person
	s := &roll[userList, insertion.User]{
		title: "Utilisateurs",
		read:  func(ctx context.Context) (userList, error) { return readUsers(ctx, files) },
		id:    func(u insertion.User) int64 { return int64(u.ID) },
	}
	s.rows = func(d userList) []insertion.User {
		if s.nothing = d.refused; d.refused == "" {
			s.nothing = "Personne n'entre par SSH : n pour ajouter une personne et sa clé."
		}
		return d.users
	}
	s.head = func(d userList, w int) []string {
		if d.refused != "" {
			return nil
		}
		enter := 0
		for _, u := range d.users {
			enter += min(1, len(u.Keys))
		}
		return []string{" " + s.theme.paint(strong, insertion.Counted(enter, "personne entre", "personnes entrent")+" par SSH") +
			s.theme.paint(faint, cut("  une personne est ses clés, le nom donné à la connexion ne compte pas", max(0, w-32)))}
	}
	s.draw = func(u insertion.User, w int, _ bool) string {
		keys := insertion.Counted(len(u.Keys), "clé", "clés")
		if len(u.Keys) == 0 {
			keys = "aucune clé"
		}
		seen := s.data.seen[u.ID]
		if seen == "" {
			seen = "jamais venue"
		}
		line := pad(u.Name, 22) + pad(string(u.Role), 14) + pad(keys, 12) + pad(seen, 22)
		return spread(line, "", 68) + cut(s.data.buyersOf(u), max(0, w-68))
	}
	s.detail = func(d userList, u insertion.User, w int) []string {
		lines := []string{u.Name + ", " + string(u.Role) + " · " + d.buyersOf(u)}
		for _, k := range u.Keys {
			lines = append(lines, cut(k.Fingerprint+"  "+k.Label, w-20)+"  depuis le "+k.Added.French())
		}
		return lines
	}
	s.acts = func(d userList, u insertion.User, some bool) []action {
		none, keyless := "", ""
		if !some {
			none, keyless = "personne n'est choisi", "personne n'est choisi"
		} else if len(u.Keys) == 0 {
			keyless = "aucune clé à retirer"
		}
		last := none
		if d.isLast(u) {
			if last = lastOne; len(u.Keys) == 1 {
				keyless = lastOne
			}
		}
		return []action{
			{key: "n", label: "nouvelle", help: "Ajouter une personne et sa clé publique.", needs: rightToAll(insertion.ActUsers), do: func() tea.Cmd { return push(newUserForm(sh, insertion.User{Role: insertion.Delegate}, "")) }},
			{key: "enter", label: "rôle et acheteurs", help: "Changer le nom, le rôle, et les acheteurs dont elle voit les marchés.", needs: rightToAll(insertion.ActUsers), why: none, do: func() tea.Cmd {
				return push(newRoleForm(sh, u, d.buyerNames(u)))
			}},
			{key: "c", label: "ajouter une clé", help: "Ajouter une clé publique à cette personne.", needs: rightToAll(insertion.ActUsers), why: none, do: func() tea.Cmd {
				return askText("Clé publique de "+u.Name, "", "ssh-ed25519 AAAA… (collez la ligne du fichier .pub)", func(line string) tea.Cmd { return addKey(&s.page, u, line) })
			}},
			{key: "x", label: "retirer une clé", help: "Retirer une clé : ses sessions se ferment.", needs: rightToAll(insertion.ActUsers), why: keyless, do: func() tea.Cmd { return askKeyToRemove(&s.page, u) }},
			{key: "r", label: "retirer", help: "Retirer la personne et ses clés : ses sessions se ferment.", needs: rightToAll(insertion.ActUsers), why: last, do: func() tea.Cmd {
				return confirm("Retirer "+u.Name+" et ses clés ? Ses sessions se ferment.", func() tea.Cmd {
					return save(&s.page, u.Name+" n'entre plus (u pour annuler).", func(ctx context.Context) error { return files.RemoveUser(ctx, by, u.ID) })
				})
			}},
			{key: "v", label: "la porte", help: "Qui est entré, qui a été refusé, quelles commandes ont été reçues.", do: func() tea.Cmd { return push(newDoor(sh)) }},
		}
	}
	return s.opened(sh)
}

func readUsers(ctx context.Context, files doorKeeper) (userList, error) {
	d := userList{buyers: map[insertion.OrganisationID]string{}, seen: map[insertion.UserID]string{}}
	var err error
	var no *insertion.Forbidden
	if d.users, err = files.Users(ctx); errors.As(err, &no) {
		return userList{refused: no.Error()}, nil
	} else if err != nil {
		return d, err
	}
	var ids []insertion.OrganisationID
	for _, u := range d.users {
		ids = append(ids, u.Buyers...)
	}
	names, err := files.Organisations(ctx, ids)
	if err != nil {
		return d, err
	}
	for _, o := range names {
		d.buyers[o.ID] = o.Party.Label()
	}
	came, err := files.DoorEvents(ctx, doorLogin, 0, 1000)
	for _, e := range slices.Backward(came) {
		d.seen[e.User] = frenchInstant(e.At)
	}
	return d, err
}

// isLast tells that nobody else enters as a facilitator: only a command can put her
// out, once it was confirmed.
func (d userList) isLast(u insertion.User) bool {
	return u.Enters() && !slices.ContainsFunc(d.users, func(other insertion.User) bool { return other.ID != u.ID && other.Enters() })
}

// buyersOf says which buyers' contracts somebody sees.
func (d userList) buyersOf(u insertion.User) string {
	if len(u.Buyers) == 0 {
		return "tous les acheteurs"
	}
	return "seulement " + strings.Join(d.buyerNames(u), ", ")
}

func (d userList) buyerNames(u insertion.User) []string {
	var out []string
	for _, id := range u.Buyers {
		out = append(out, d.buyers[id])
	}
	return out
}

func addKey(p *page, u insertion.User, line string) tea.Cmd {
	files, by := p.deps.Door, p.person
	k, err := files.ReadKey(line)
	if err != nil {
		return tell(sentence(err))
	}
	return save(p, "Clé "+insertion.Of(u.Name)+" ajoutée.", func(ctx context.Context) error { return files.AddKey(ctx, by, u.ID, k) })
}

func askKeyToRemove(p *page, u insertion.User) tea.Cmd {
	files, by := p.deps.Door, p.person
	var keys []choice
	for _, k := range u.Keys {
		keys = append(keys, choice{label: k.Fingerprint + "  " + k.Label, do: func() tea.Cmd {
			return save(p, "Clé retirée, ses sessions se ferment (u pour annuler).", func(ctx context.Context) error { return files.RemoveKey(ctx, by, k.Fingerprint) })
		}})
	}
	return askChoice("Retirer quelle clé "+insertion.Of(u.Name)+" ?", keys)
}
