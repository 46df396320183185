package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestABilanComesOverSSHByteForByteAndOfOnesOwnBuyersOnly(t *testing.T) {
	s := serving(t)
	take := func(who, command string) ([]byte, error) {
		sess, err := s.dial(who).NewSession()
		if err != nil {
			t.Fatal(err)
		}
		defer sess.Close()
		sess.Stdin = strings.NewReader("")
		return sess.Output(command)
	}
	for _, format := range []string{"xlsx", "pdf", "csv"} {
		here := s.here("bilan", "--format", format)
		there, err := take("Dominique", "bilan --format "+format)
		if err != nil || here != string(there) {
			t.Errorf("%s: %d bytes here, %d there, %v", format, len(here), len(there), err)
		}
	}
	if out, failed := s.there("Dominique", "bilan -o /tmp/bilan.xlsx"); !failed || !strings.Contains(out, "--sortie ne s'emploie pas par SSH") {
		t.Errorf("a file of the server: %q", out)
	}
	if out := s.here("exports", "--json"); !strings.Contains(out, `"qui": "Dominique"`) || !strings.Contains(out, `"genre": "bilan"`) {
		t.Errorf("the register says %s", out)
	}

	var key string
	key, s.keys["Élu"] = newKey(t)
	s.here("utilisateur", "ajouter", "Élu", "--role", "lecteur", "--cle", key, "--acheteur", "Ville d'Antony (fictif)")
	out, failed := s.there("Élu", "bilan")
	if failed || !strings.Contains(out, "Antony") || strings.Contains(out, "Gennevilliers") {
		t.Errorf("who is narrowed to a buyer reads: %s", out)
	}
	if out, failed := s.there("Élu", "bilan --acheteur Gennevilliers"); !failed || strings.Contains(out, "Gennevilliers (fictif)") {
		t.Errorf("another buyer: %s", out)
	}
	if out, failed := s.there("Élu", "bilan --seuil 3"); !failed || !strings.Contains(out, "--seuil") {
		t.Errorf("a reader moves the threshold: %s", out)
	}
	if whole, err := take("Élu", "bilan --format json"); err != nil || bytes.Contains(whole, []byte("Colombes (fictif)")) {
		t.Errorf("%v: %.300s", err, whole)
	}
}

func TestTheScreenOfBilansOverSSHTellsTheCommand(t *testing.T) {
	s := serving(t)
	v := s.screens("Dominique")
	v.presses("gb")
	v.sees("L'année en quelques nombres")
	v.presses("x")
	v.sees("ssh hôte bilan --annee")
}
