package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"passerelle/internal/insertion"
)

// reading is a flag whose text becomes a noun as soon as it is read, so that a
// mistake is told with the name of the flag.
type reading struct {
	text string
	read func(string) error
}

func (r *reading) String() string { return r.text }
func (r *reading) Type() string   { return "" }
func (r *reading) Set(s string) error {
	if err := r.read(s); err != nil {
		return err
	}
	r.text = s
	return nil
}

// readFlag adds a flag parsed by parse into to.
func readFlag[T any](flags *pflag.FlagSet, to *T, parse func(string) (T, error), name, usage string) {
	flags.Var(&reading{read: func(s string) error {
		v, err := parse(s)
		if err == nil {
			*to = v
		}
		return err
	}}, name, usage)
}

func parseModalities(s string) (insertion.Modality, error) {
	var set insertion.Modality
	for _, code := range words(s) {
		m, ok := insertion.ParseModality(code)
		if !ok {
			return 0, fmt.Errorf("« %s » n'est ni embauche, ni mise-a-disposition, ni sous-traitance, ni reserve", code)
		}
		set |= m
	}
	return set, nil
}

func parseOneModality(s string) (insertion.Modality, error) {
	m, err := parseModalities(s)
	if err == nil && len(m.Split()) != 1 {
		return 0, fmt.Errorf("une seule modalité : embauche, mise-a-disposition, sous-traitance ou reserve")
	}
	return m, err
}

func parsePublics(s string) ([]string, error) {
	codes := words(strings.ToUpper(s))
	for _, code := range codes {
		if !slices.ContainsFunc(insertion.Publics(), func(p insertion.Public) bool { return p.Code == code }) {
			var known []string
			for _, p := range insertion.Publics() {
				known = append(known, p.Code)
			}
			return nil, fmt.Errorf("public inconnu « %s » (connus : %s)", code, strings.Join(known, ", "))
		}
	}
	return codes, nil
}

func parseBasis(s string) (insertion.Basis, error) {
	switch b := insertion.Basis(strings.ToLower(strings.TrimSpace(s))); b {
	case insertion.ByLabourShare, insertion.ByInvoiced, insertion.ByFixedVolume:
		return b, nil
	}
	return "", fmt.Errorf("« %s » n'est ni %s, ni %s, ni %s", s, insertion.ByLabourShare, insertion.ByInvoiced, insertion.ByFixedVolume)
}

// words splits a list written with commas or spaces.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
}
