package main

import (
	"strings"
	"testing"
)

// TestTheMandateOverSSHFollowsTheRole: the delegation keeps it, a reader reads it,
// someone narrowed to a buyer sees what others prepare no more than she writes, and
// no file of the server is opened or written.
func TestTheMandateOverSSHFollowsTheRole(t *testing.T) {
	s := serving(t)
	steps := []struct {
		command, want string
		failed        bool
	}{
		{"mandat", "allotissement", false},
		{"mandat lister projet --json", `"genre": "projet"`, false},
		{"mandat ajouter reseau \"nom=Réseau des cantines\"", "Réseau des cantines", false},
		{"mandat exporter reseau", "Réseau des cantines", false},
		{"mandat importer reseau -", "vide", true},
		{"mandat importer reseau /etc/passwd", "ssh hôte mandat importer reseau - < fichier", true},
		{"mandat exporter reseau -o /tmp/jamais.csv", "ne s'emploie pas par SSH", true},
		{"mandat importer -", "il manque", true},
	}
	for _, c := range steps {
		if out, failed := s.there("Dominique", c.command); failed != c.failed || !strings.Contains(out, c.want) {
			t.Errorf("%s: failed %v, %s", c.command, failed, out)
		}
	}
	if journal := s.here("journal"); !strings.Contains(journal, "Réseau des cantines") {
		t.Errorf("the journal does not tell:\n%s", journal)
	}
	s.here("utilisateur", "role", "Dominique", "lecteur")
	if out, failed := s.there("Dominique", "mandat detail leviers"); failed {
		t.Error(out)
	}
	if out, failed := s.there("Dominique", "mandat ajouter reseau nom=Autre"); !failed || !strings.Contains(out, "ne permet pas de tenir le mandat") {
		t.Errorf("a reader keeps the mandate: %s", out)
	}
	s.here("utilisateur", "role", "Dominique", "délégation", "--acheteur", "Ville de Nanterre (fictif)")
	if out, _ := s.there("Dominique", "mandat lister projet --json"); strings.Contains(out, `"genre": "projet"`) {
		t.Errorf("sees what others prepare: %s", out)
	}
	if out, failed := s.there("Dominique", "mandat ajouter reseau nom=Autre"); !failed || !strings.Contains(out, "limité à certains acheteurs") {
		t.Errorf("writes the mandate of the whole département: %s", out)
	}
	for _, command := range []string{"mandat", "mandat page --format texte"} {
		if out, failed := s.there("Dominique", command); failed || !strings.Contains(strings.Join(strings.Fields(out), " "), "Chiffres calculés sur les seuls lots de : Ville de Nanterre (fictif).") {
			t.Errorf("%s passes for the whole file: %s", command, out)
		}
		if out := s.here(strings.Fields(command)...); strings.Contains(out, "seuls lots") {
			t.Errorf("%s of the whole file says it is of a part: %s", command, out)
		}
	}
}
