package tui_test

import (
	"crypto/ed25519"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"passerelle/internal/insertion"
	"passerelle/store"
	"passerelle/tui"
)

// doorway is the store with the reading of keys, which is not its own.
type doorway struct{ *store.Store }

func (doorway) ReadKey(line string) (insertion.UserKey, error) {
	key, comment, _, _, err := gossh.ParseAuthorizedKey([]byte(line))
	if err != nil {
		return insertion.UserKey{}, &insertion.FieldError{Field: "cle", Reason: "ce n'est pas une clé publique"}
	}
	return insertion.UserKey{Fingerprint: gossh.FingerprintSHA256(key), Line: line, Label: comment}, nil
}

func atDoor(s *store.Store) tui.Deps {
	deps := allDeps(s)
	deps.Door = doorway{s}
	return deps
}

// publicKey is the n-th of a series of keys, as a .pub file holds it.
func publicKey(t *testing.T, n byte) string {
	t.Helper()
	seed := make([]byte, ed25519.SeedSize)
	seed[0] = n
	key, err := gossh.NewPublicKey(ed25519.NewKeyFromSeed(seed).Public())
	must(t, err)
	return strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key)))
}

func TestAColleagueIsLetInWithHerKeyAndPutOut(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, atDoor(s), "u", 120, 40)
	d.sees("Personne n'entre par SSH")
	d.press("n")
	d.write("Dominique")
	d.press("tab", "tab", "tab")
	d.write("pas une clé")
	d.press("enter")
	d.sees("! ce n'est pas une clé publique")
	d.erase()
	d.write(publicKey(t, 1))
	d.press("enter")
	d.sees("Dominique peut entrer.", "1 personne entre par SSH", "délégation", "1 clé", "jamais venue", "tous les acheteurs", "SHA256:")

	d.press("c")
	d.write(publicKey(t, 2))
	d.press("enter")
	d.sees("2 clés")
	d.press("x", "enter")
	d.sees("Clé retirée", "1 clé ")
	d.press("r")
	d.sees("Retirer Dominique et ses clés ? Ses sessions se ferment.")
	d.press("o")
	d.sees("Dominique n'entre plus", "Personne n'entre par SSH")
	if users, err := s.Users(t.Context()); err != nil || len(users) != 0 {
		t.Errorf("%+v %v", users, err)
	}
}

func TestTheLastFacilitatorStaysUntilAnotherIsNamed(t *testing.T) {
	s := neighbourhood(t)
	d := drive(t, s, atDoor(s), "u", 80, 24)
	d.press("n")
	d.write("Camille")
	d.press("tab", "left", "tab", "tab")
	d.write(publicKey(t, 1))
	d.press("enter")
	d.sees("Camille peut entrer.", "facilitateur")
	for _, k := range []string{"x", "r"} {
		d.press(k)
		d.sees("dernier facilitateur à entrer : nommez-en d'abord un autre")
	}
	d.press("enter", "tab", "right", "ctrl+s")
	d.sees("! dernier facilitateur à entrer : nommez-en d'abord un autre")
	d.press("esc", "o", "n") // a key of hers under another name
	d.write("Dominique")
	d.press("tab", "tab", "tab")
	d.write(publicKey(t, 1))
	d.press("enter")
	d.sees("! cette clé est déjà celle de Camille")
	if users, err := s.Users(t.Context()); err != nil || len(users) != 1 || users[0].Role != insertion.Facilitator || len(users[0].Keys) != 1 {
		t.Errorf("%+v %v", users, err)
	}
}

func TestARoleIsNarrowedToBuyersByTheirNames(t *testing.T) {
	s := neighbourhood(t)
	lot, err := s.Lot(t.Context(), 1)
	must(t, err)
	_, err = s.SaveUser(t.Context(), "Camille", insertion.User{Name: "Dominique", Role: insertion.Viewer})
	must(t, err)
	d := drive(t, s, atDoor(s), "u", 120, 40)
	d.press("enter", "tab", "left", "tab")
	d.write("Ville de nulle part")
	d.press("ctrl+s")
	d.sees("! aucun acheteur d'un lot ne s'appelle « Ville de nulle part »")
	d.erase()
	d.write(lot.Buyer.ID)
	d.sees("Ce rôle permet de lire les marchés")
	d.press("ctrl+s")
	d.sees("Rôle enregistré.", "délégation", "seulement "+lot.Buyer.Label())
	users, err := s.Users(t.Context())
	must(t, err)
	if u := users[0]; u.Role != insertion.Delegate || len(u.Buyers) != 1 || u.Buyers[0] != lot.BuyerID {
		t.Errorf("%+v", u)
	}
}

func TestAKeyRefusedAtTheDoorIsAcceptedInAFewKeys(t *testing.T) {
	s := neighbourhood(t)
	line := publicKey(t, 3)
	for _, e := range []insertion.DoorEvent{
		{Kind: "refus", Fingerprint: "SHA256:abc", Address: "127.0.0.1", Text: "clé inconnue", Line: line},
		{Kind: "connexion", By: "Camille", Fingerprint: "SHA256:def", Address: "127.0.0.1"},
	} {
		must(t, s.AddDoorEvent(t.Context(), e))
	}
	d := drive(t, s, atDoor(s), "u", 120, 40)
	d.press("v")
	d.sees("Porte", "connexion", "Camille", "refus", "inconnu")
	d.press("a")
	d.sees("n'est pas le refus d'une clé") // the cursor is on the login
	d.press("t")
	d.sees("refus seulement")
	d.misses("Camille  ")
	d.press("a")
	d.write("Dominique")
	d.press("ctrl+s")
	d.sees("Dominique peut entrer.")
	users, err := s.Users(t.Context())
	must(t, err)
	if len(users) != 1 || len(users[0].Keys) != 1 || users[0].Keys[0].Line != line {
		t.Errorf("%+v", users)
	}
}

func TestWhoMayNotManageUsersIsToldSo(t *testing.T) {
	s := neighbourhood(t)
	view := s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Delegate})
	d := drive(t, view, atDoor(view), "u", 80, 24)
	d.sees("le rôle « délégation » ne permet pas de gérer les utilisateurs et")
	d.press("n")
	d.sees("nouvelle : réservé au rôle « facilitateur »")
	d.press("v")
	d.sees("Connexions, refus et commandes") // she reads the journals
	view = s.As(insertion.Access{User: 1, Name: "Dominique", Role: insertion.Viewer})
	d = drive(t, view, atDoor(view), "u", 80, 24)
	d.press("v")
	d.sees("ne permet pas de lire le journal")
}
