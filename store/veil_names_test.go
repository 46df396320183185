package store

import (
	"encoding/json"
	"testing"
)

func TestNamesAreHiddenInATextAndADocumentStaysOne(t *testing.T) {
	names := newSeeker(tracesOf(nil, []string{"Jean Lot", "Jean Lot Duval", "Rose"}).names)
	for text, want := range map[string]string{
		"vu Lot, JEAN hier":                                 "vu (nom masqué) hier",
		"Jean Lot-Duval et Jean":                            "(nom masqué) et Jean",
		"rosé, Roseraie":                                    "(nom masqué), Roseraie", // an accent is no other name
		`{"a":"Jean","lot":"3"}`:                            `{"a":"Jean","lot":"3"}`, // across two values, nobody
		`{"lot":3,"n":12345678901234567890,"t":"Jean Lot"}`: `{"lot":3,"n":12345678901234567890,"t":"(nom masqué)"}`,
		`{"doc":"{\"note\":\"<Rose>\"}"}`:                   `{"doc":"{\"note\":\"<(nom masqué)>\"}"}`,
		"{ pas un document, Rose":                           "{ pas un document, (nom masqué)",
		"rien":                                              "rien",
	} {
		got := hideNames(text, names)
		if got != want || json.Valid([]byte(text)) != json.Valid([]byte(got)) {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
