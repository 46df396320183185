package main

import (
	"bytes"
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
