package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"passerelle/internal/insertion"
)

// TestWhatLeavesOverSSHIsHersToTakeAndIsRegistered takes things out with a real
// client, as each role.
func TestWhatLeavesOverSSHIsHersToTakeAndIsRegistered(t *testing.T) {
	s := serving(t)
	var key string
	key, s.keys["Lou"] = newKey(t)
	s.here("utilisateur", "ajouter", "Lou", "--role", "lecteur", "--cle", key)
	sheet := "heures releve \"" + declarantOf(t, s) + "\" 2026-T3"
	for _, c := range []struct {
		who, command, want string
		failed             bool
	}{
		{"Camille", "personne exporter P-0001", `"pseudonymes"`, false},
		{"Camille", sheet, "passerelle-releve", false},
		{"Dominique", sheet, "passerelle-releve", false},
		{"Dominique", "personne exporter P-0001", "ne permet pas de lire les noms", true},
		{"Dominique", "exports", "relevé d'Atelier", false},
		{"Lou", sheet, "ne permet pas", true},
		{"Lou", "personne exporter P-0001", "ne permet pas d'exporter", true},
		{"Lou", "exports", "ne permet pas de lire le journal", true},
		{"Camille", "personne exporter P-0001 -o /tmp/dehors.json", "ne s'emploie pas par SSH", true},
		{"Camille", "sauvegarder", "se fait sur le serveur", true},
	} {
		if out, failed := s.there(c.who, c.command); failed != c.failed || !strings.Contains(out, c.want) {
			t.Errorf("%s, %s: failed %v, %.300s", c.who, c.command, failed, out)
		}
	}
	var all []insertion.Export
	if err := json.NewDecoder(bytes.NewBufferString(s.here("exports", "--json"))).Decode(&all); err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, e := range all {
		told = append(told, e.By+" "+string(e.Kind))
		if len(e.Hash) != 64 || e.Format == "" || e.At.IsZero() {
			t.Errorf("%+v", e)
		}
	}
	if got := strings.Join(told, ", "); got != "Dominique relevé, Camille relevé, Camille droit d'accès" {
		t.Errorf("registered: %s", got)
	}
}

// declarantOf is somebody who declares hours in the third quarter of 2026.
func declarantOf(t *testing.T, s *served) string {
	t.Helper()
	var errs bytes.Buffer
	if status := run(t.Context(), []string{"heures", "releve", "personne de ce nom", "2026-T3", "--base", s.base}, nil, strings.NewReader(""), &errs, &errs); status == done {
		t.Fatal("a declarant nobody knows was found")
	}
	_, names, ok := strings.Cut(errs.String(), "(déclarants : ")
	if !ok {
		t.Fatal(errs.String())
	}
	first, _, _ := strings.Cut(names, ", ")
	return strings.TrimRight(first, ")\n")
}
