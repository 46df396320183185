package main

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func TestCommandsOverSSHHaveTheRoleOfTheirKey(t *testing.T) {
	s := serving(t)
	for command, want := range map[string]string{
		"aujourdhui --limite 1":         "lots suivis",
		"apparier 12 --limite 1 --json": `"candidats": [`,
		"personne --limite 1 --json":    `"personne": "P-`,
		"echange 12 \"appel bref\"":     "Noté",
		"chercher peinture":             "lot",
		"heures grille --json":          `"placement"`,
	} {
		if out, _ := s.there("Dominique", command); !strings.Contains(out, want) {
			t.Errorf("%s: %s", command, out)
		}
	}
	for command, want := range map[string]string{
		"clause 12 --note x":                      "ne permet pas de saisir et modifier",
		"utilisateur":                             "ne permet pas de gérer les utilisateurs",
		"personne effacer P-0001 --oui":           "ne permet pas d",
		"importer /etc/passwd":                    "le fichier s'envoie",
		"importer -":                              "ne permet pas de saisir et modifier",
		"heures importer /etc/passwd":             "le fichier s'envoie",
		"aujourdhui --base /etc/passwd":           "ne s'emploie pas par SSH",
		"structures --modele /tmp/modele.xlsx":    "ne s'emploie pas par SSH",
		"utilisateur ajouter Z --cle /etc/passwd": "le fichier s'envoie",
		"entete --image /etc/passwd":              "le fichier s'envoie",
		"demo":                                    "se fait sur le serveur",
		"servir":                                  "se fait sur le serveur",
		"aujourdhui \"":                           "guillemet",
	} {
		if out, failed := s.there("Dominique", command); !failed || !strings.Contains(out, want) {
			t.Errorf("%s: failed %v, %s", command, failed, out)
		}
	}
	if journal := s.here("journal"); !strings.Contains(journal, "Dominique") {
		t.Errorf("the journal does not name her:\n%s", journal)
	}
	if door := s.here("journal", "--porte"); !strings.Contains(door, "apparier 12") {
		t.Errorf("the door does not keep her commands:\n%s", door)
	}
}

func TestWhatIsUndoneOverSSHIsHerOwn(t *testing.T) {
	s := serving(t)
	user := (&program{}).who() // of the server's machine
	if status := run(t.Context(), []string{"echange", "12", "noté sur le serveur", "--base", s.base, "--personne", user}, nil, strings.NewReader(""), io.Discard, io.Discard); status != done {
		t.Fatal(status)
	}
	if out, failed := s.there("Camille", "echange 13 \"noté de loin\""); failed {
		t.Fatal(out)
	}
	if out, failed := s.there("Camille", "annuler --oui"); failed || !strings.Contains(out, "noté de loin") {
		t.Errorf("undone: %s", out)
	}
	if out, _ := s.there("Dominique", "annuler --oui"); strings.Contains(out, "Annulé") {
		t.Errorf("what somebody else did: %s", out)
	}
}

// What an option takes is said in the words of its sentence, not by its type in Go.
func TestNoOptionIsToldByItsTypeInGo(t *testing.T) {
	root := (&program{}).rootCmd()
	var look func(*cobra.Command)
	look = func(c *cobra.Command) {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if what, _ := pflag.UnquoteUsage(f); slices.Contains([]string{"string", "strings", "int", "float", "duration", "uint"}, what) {
				t.Errorf("%s --%s takes « %s »: put it between backquotes in its sentence", c.CommandPath(), f.Name, what)
			}
		})
		for _, sub := range c.Commands() {
			look(sub)
		}
	}
	look(root)
}

// TestNoOptionOverSSHNamesAFile looks at every option of every command.
func TestNoOptionOverSSHNamesAFile(t *testing.T) {
	root := (&program{}).remoteCmd("Camille")
	var look func(*cobra.Command)
	look = func(c *cobra.Command) {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			what, _ := pflag.UnquoteUsage(f)
			_, refused := serverFiles()[f.Name]
			if (strings.Contains(what, "FICHIER") || strings.Contains(what, "DOSSIER")) && !refused && !slices.Contains(sentFiles(), f.Name) {
				t.Errorf("%s --%s names a file of the server", c.CommandPath(), f.Name)
			}
			if refused && !f.Hidden {
				t.Errorf("%s --%s is in the help, and refused", c.CommandPath(), f.Name)
			}
		})
		for _, sub := range c.Commands() {
			look(sub)
		}
	}
	look(root)
}

func TestAChangeMadeElsewhereShowsOverSSHAndAKeyTakenAwayEnds(t *testing.T) {
	s := serving(t)
	d := s.screens("Dominique")
	d.sees("À faire")
	d.presses("gj")
	d.sees("Journal")
	if out, failed := s.there("Camille", "echange 12 \"noté pendant que vous regardez\""); failed {
		t.Fatal(out)
	}
	d.sees("noté pendant que vous regardez")
	s.here("echange", "12", "noté par la machine du serveur")
	d.sees("noté par la machine du serveur")
	if out, failed := s.there("Camille", "utilisateur retirer Dominique"); failed {
		t.Fatal(out)
	}
	d.sees("Votre clé vient d'être retirée")
	_ = d.sess.Wait()
}

func TestWhoElseIsHereIsShown(t *testing.T) {
	s := serving(t)
	d := s.screens("Dominique")
	c := s.screens("Camille")
	d.sees("délégation, avec Camille")
	c.sees("facilitateur, avec Dominique")
	_ = c.client.Close()
	d.until(func() bool { return !strings.Contains(d.screen.String(), "Camille") })
}

// opensClause goes to the clause of lot 12 and types another note in it.
func (t *visitor) opensClause(note string) {
	t.t.Helper()
	t.sees("À faire")
	t.presses("/12") // all at once: the network delivers keys together
	t.sees("▸ lot")
	t.presses("\r")
	t.sees("Lot 12 ")
	t.presses("c")
	t.sees("› Clause")
	t.presses("\t\x15" + note)
	t.sees(note)
}

func TestTwoPeopleOnOneClauseAreToldAndChoose(t *testing.T) {
	s := serving(t)
	s.here("utilisateur", "role", "Dominique", "facilitateur")
	first, second := s.screens("Camille"), s.screens("Dominique")
	first.opensClause("1111111")
	second.opensClause("2222222")
	first.presses("\x13")
	first.sees("Clause enregistrée")
	second.sees("2222222") // what she was typing is untouched
	second.presses("\x13")
	second.sees("Quelqu'un a modifié ceci pendant votre saisie")
	second.presses("\r")
	second.sees("Quelqu'un a changé pendant votre saisie : Montant HT")
	second.presses("\r\x13")
	second.sees("Clause enregistrée")
	if out := s.here("clause", "12", "--json"); !strings.Contains(out, "2222222") {
		t.Error("what the second chose to keep is not in the file:", out)
	}
}

func TestWhatWasBeingTypedIsOfferedAfterACutAndAfterAStop(t *testing.T) {
	s := serving(t)
	c := s.screens("Camille")
	c.opensClause("1234567")
	_ = c.client.Close()
	s.until(func() bool { return strings.Contains(s.here("journal", "--porte"), "déconnexion") })
	c = s.screens("Camille")
	c.sees("Brouillon du")
	c.presses("\r")
	c.sees("Lot 12 ")
	c.presses("c")
	c.sees("1234567")
	s.stop()
	c.sees("vous attend en brouillon")
	s.start()
	c = s.screens("Camille")
	c.sees("Brouillon du")
}
