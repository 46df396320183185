package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// refusedHere runs a command on the server's own machine that must fail, and gives
// what it says.
func (s *served) refusedHere(args ...string) string {
	s.t.Helper()
	var out, errs strings.Builder
	if status := run(s.t.Context(), append(args, "--base", s.base, "--personne", "Camille"), nil, strings.NewReader(""), &out, &errs); status == done {
		s.t.Fatalf("%v was done: %s", args, out.String())
	}
	return errs.String()
}

func TestAKeySomebodyHasLeavesNobodyBehind(t *testing.T) {
	s := serving(t)
	key, _ := newKey(t)
	s.here("utilisateur", "ajouter", "Lou", "--cle", key)
	if said := s.refusedHere("utilisateur", "ajouter", "Noor", "--cle", key); !strings.Contains(said, "cette clé est déjà celle de Lou") {
		t.Error(said)
	}
	if said, failed := s.there("Camille", "utilisateur ajouter Noor --cle '"+key+"'"); !failed || !strings.Contains(said, "cette clé est déjà celle de Lou") {
		t.Error(said)
	}
	if users := s.here("utilisateur"); strings.Contains(users, "Noor") {
		t.Error(users)
	}
}

func TestTheLastFacilitatorPutsHerselfOutOnlyWhenSheInsists(t *testing.T) {
	s := serving(t)
	key := "utilisateur cle Camille --retirer " + s.fingerprint("Camille")
	for _, command := range []string{key, "utilisateur role Camille lecteur", "utilisateur retirer Camille"} {
		said := s.refusedHere(strings.Fields(command)...)
		if !strings.Contains(said, "plus aucun facilitateur n'entrerait par SSH") || !strings.Contains(said, "--oui") || !strings.Contains(said, "machine du serveur") {
			t.Errorf("%s: %s", command, said)
		}
		if said, failed := s.there("Camille", command); !failed || !strings.Contains(said, "plus aucun facilitateur") {
			t.Errorf("over SSH, %s: %s", command, said)
		}
	}
	if said := s.refusedHere("utilisateur", "cle", "Dominique", "--retirer", s.fingerprint("Camille")); !strings.Contains(said, "Dominique n'a pas la clé") {
		t.Error(said)
	}
	other, signer := newKey(t) // changing one's key is putting nobody out
	s.here(append([]string{"utilisateur", "cle", "Camille", other}, "--retirer", s.fingerprint("Camille"))...)
	s.keys["Camille"] = signer
	if said, failed := s.there("Camille", "utilisateur cle Camille --oui --retirer "+s.fingerprint("Camille")); failed {
		t.Error(said)
	}
	if c, err := s.connect(signer); err == nil { // let in, a stranger, to be told so
		if sess, err := c.NewSession(); err == nil {
			if said, err := sess.Output("aujourdhui"); err == nil {
				t.Errorf("without a key: %s", said)
			}
		}
	}
	s.here("utilisateur", "cle", "Camille", other) // the server's own machine lets her in again
	if said, failed := s.there("Camille", "aujourdhui"); failed {
		t.Error(said)
	}
}

func TestAUserWhoseNameIsAnothersButForCaseIsRefused(t *testing.T) {
	s := serving(t)
	if said := s.refusedHere("utilisateur", "ajouter", "dominique"); !strings.Contains(said, "ajoutez de quoi les distinguer") {
		t.Error(said)
	}
	s.here("utilisateur", "role", "DOMINIQUE", "délégation")
	if users := s.here("utilisateur"); !strings.Contains(users, "Dominique") || strings.Contains(users, "dominique") {
		t.Error(users)
	}
}

func TestTheJournalNamesTheUserOfEachChangeWithWhatItWas(t *testing.T) {
	s := serving(t)
	key, _ := newKey(t)
	s.here("utilisateur", "ajouter", "Lou", "--cle", key)
	s.here("utilisateur", "role", "Lou", "délégation")
	s.here("utilisateur", "retirer", "Lou")
	told, values, all := s.here("journal"), s.here("journal", "--valeurs"), s.here("journal", "--json")
	for _, line := range []string{"utilisateur ajouté : Lou, lecteur", "utilisateur Lou : délégation", "utilisateur retiré : Lou"} {
		if !strings.Contains(told, line) || !strings.Contains(all, line) {
			t.Errorf("no %q in\n%s\n%s", line, told, all)
		}
	}
	for _, text := range []string{values, all} {
		if !strings.Contains(text, "rôle : lecteur → délégation") || !strings.Contains(text, "retiré ; nom Lou") {
			t.Error(text)
		}
	}
	if strings.Contains(told, "→") {
		t.Error(told)
	}
}

func (s *served) fingerprint(who string) string {
	return gossh.FingerprintSHA256(s.keys[who].PublicKey())
}

func TestSomebodyNarrowedReadsHerOwnVisits(t *testing.T) {
	s := serving(t)
	s.here("utilisateur", "role", "Dominique", "délégation", "--acheteur", "Ville d'Antony (fictif)")
	s.there("Camille", "aujourdhui")
	s.there("Dominique", "aujourdhui")
	s.until(func() bool {
		said, failed := s.there("Dominique", "journal --porte --json")
		return !failed && strings.Contains(said, `"qui": "Dominique"`) && !strings.Contains(said, "Camille")
	})
}

func TestWhatIsDoneOnTheServerIsSaidToBe(t *testing.T) {
	s := serving(t)
	for _, command := range []string{"sauvegarder", "servir", "evaluer a b", "backup"} {
		said, failed := s.there("Camille", command)
		if !failed || !strings.Contains(said, "se fait sur le serveur") || !strings.Contains(said, "ssh hôte aide") || strings.Contains(said, "n'existe pas") {
			t.Errorf("%s: %s", command, said)
		}
	}
	if said, failed := s.there("Camille", "inconnue"); !failed || !strings.Contains(said, "n'existe pas") {
		t.Error(said)
	}
}

func TestACommandOutOfTimeIsNotToldInEnglish(t *testing.T) {
	text, status := explain(fmt.Errorf("lire : %w", context.DeadlineExceeded))
	if status != failure || strings.Contains(text, "deadline") || !strings.Contains(text, "temps") {
		t.Error(text, status)
	}
}
