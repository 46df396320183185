package insertion

import (
	"slices"
	"strings"
	"time"
)

// Role is what a person who enters may do.
type Role string

// The roles, from all to little.
const (
	Facilitator Role = "facilitateur"
	Delegate    Role = "délégation"
	Viewer      Role = "lecteur"
)

// Roles lists them in the order forms offer them.
func Roles() []Role { return []Role{Facilitator, Delegate, Viewer} }

// Act is one thing a role may or may not do. The store refuses the others,
// whatever the door they come by.
type Act string

// The acts.
const (
	ActRead     Act = "lire les marchés, les structures et les chiffres"
	ActPersons  Act = "lire les personnes, par pseudonyme"
	ActNames    Act = "lire les noms des personnes, quand ils sont tenus"
	ActComment  Act = "noter un échange"
	ActApprove  Act = "proposer des structures, suivre réponses et exemptions"
	ActMandate  Act = "tenir le mandat"
	ActExport   Act = "exporter"
	ActJournal  Act = "lire le journal"
	ActWrite    Act = "saisir et modifier"
	ActErase    Act = "effacer une personne"
	ActSettings Act = "changer les réglages"
	ActUsers    Act = "gérer les utilisateurs et les clés"
	ActBackup   Act = "sauvegarder la base entière"
)

// Acts lists every act, in the order the help prints them.
func Acts() []Act {
	return []Act{
		ActRead, ActPersons, ActNames, ActComment, ActApprove, ActMandate,
		ActExport, ActJournal, ActWrite, ActErase, ActSettings, ActUsers, ActBackup,
	}
}

// May is the whole matrix of roles and acts.
func (r Role) May(a Act) bool {
	switch r {
	case Facilitator:
		return slices.Contains(Acts(), a)
	case Delegate:
		return slices.Contains([]Act{ActRead, ActPersons, ActComment, ActApprove, ActMandate, ActExport, ActJournal}, a)
	case Viewer:
		return a == ActRead
	}
	return false
}

// Known tells whether r is one of Roles.
func (r Role) Known() bool { return slices.Contains(Roles(), r) }

// UserID numbers a user.
type UserID int64

// User is a person who may enter. She is her keys; the name is what the journal
// writes.
type User struct {
	ID      UserID           `json:"id"`
	Name    string           `json:"nom"`
	Role    Role             `json:"role"`
	Buyers  []OrganisationID `json:"acheteurs,omitempty"` // narrowed to their lots; empty = all
	Keys    []UserKey        `json:"cles"`
	Version int64            `json:"-"`
}

// Enters tells whether she comes in over SSH as a facilitator of every buyer: while
// nobody does, only the machine of the server can let others in.
func (u User) Enters() bool { return u.Role == Facilitator && len(u.Buyers) == 0 && len(u.Keys) > 0 }

// UserKey is a public key of a user.
type UserKey struct {
	ID          int64  `json:"id"`
	Fingerprint string `json:"empreinte"` // « SHA256:… »
	Line        string `json:"cle"`       // as authorized_keys writes it
	Label       string `json:"libelle"`
	Added       Date   `json:"ajoutee"`
}

// Access is on whose behalf the file is read and written. The zero Access is the
// owner of the file on her own machine, who may do everything.
type Access struct {
	User   UserID
	Name   string
	Role   Role // "" = Facilitator
	Buyers []OrganisationID
	Others bool // what is read is for others: the names of persons are hidden, whoever reads
}

// May tells whether the act is allowed. What is of the whole file is not for those
// narrowed to some buyers.
func (a Access) May(act Act) bool {
	if len(a.Buyers) > 0 && slices.Contains([]Act{ActErase, ActSettings, ActUsers, ActBackup}, act) {
		return false
	}
	if a.Others && act == ActNames {
		return false
	}
	return a.Role == "" || a.Role.May(act)
}

// Forbidden says which act a role may not do. Elsewhere tells that it may, but for
// other buyers than those of this row.
type Forbidden struct {
	Role      Role
	Act       Act
	Elsewhere bool
}

func (e *Forbidden) Error() string {
	if e.Elsewhere {
		return "votre accès est limité à certains acheteurs : ceci n'est pas de leurs seuls marchés"
	}
	of := "de "
	if strings.ContainsRune("aeéi", []rune(e.Act)[0]) {
		of = "d'"
	}
	return "le rôle « " + string(e.Role) + " » ne permet pas " + of + string(e.Act)
}

// DoorEvent is an event of the door: somebody came in, was refused, ran a command,
// took something away.
type DoorEvent struct {
	ID          int64     `json:"id"`
	At          time.Time `json:"quand"`
	Kind        string    `json:"genre"`
	User        UserID    `json:"utilisateur,omitempty"` // 0 for a stranger
	By          string    `json:"qui"`                   // her name then
	Fingerprint string    `json:"empreinte,omitempty"`
	Address     string    `json:"adresse,omitempty"`
	Text        string    `json:"texte,omitempty"`
	Status      int       `json:"etat,omitempty"`
	Line        string    `json:"cle,omitempty"` // a refused key, whole, so that it can be accepted
}
