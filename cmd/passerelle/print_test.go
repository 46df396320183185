package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestAListWrittenAsItIsReadIsTheSame(t *testing.T) {
	for _, rows := range [][]map[string]any{{}, {{"a": 1}}, {{"a": "<é>", "b": []int{1, 2}}, {"c": nil}}} {
		var whole, piece bytes.Buffer
		if err := writeJSON(&whole, rows, "  "); err != nil {
			t.Fatal(err)
		}
		list := jsonList{w: &piece}
		for _, r := range rows {
			if err := list.add(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := list.end(); err != nil {
			t.Fatal(err)
		}
		if whole.String() != piece.String() {
			t.Errorf("%q, not %q", piece.String(), whole.String())
		}
	}
}

func TestOneEndlessNameDoesNotMakeEveryLineEndless(t *testing.T) {
	var out bytes.Buffer
	p := &program{out: &out, screen: &out}
	list := table{head: []string{"acheteur", "marché", "objet"}}
	list.add("Ville", "M-1", "voirie")
	list.add(strings.Repeat("Très long nom ", 50), "M-2", strings.Repeat("Très long objet ", 200))
	p.print(&list, "")
	lines := strings.Split(out.String(), "\n")
	if !strings.HasPrefix(lines[1], "Ville ") || !strings.HasSuffix(lines[1], "  M-1     voirie") || len(lines[1]) > 100 {
		t.Errorf("%q", lines[1])
	}
	if n := len([]rune(lines[2])); n > 340 || strings.Count(lines[2], "…") != 2 || !strings.Contains(lines[2], "…  M-2  ") {
		t.Errorf("%d characters: %q", n, lines[2])
	}
}
