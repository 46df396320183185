package sshd

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The bounds of a command line.
const (
	maxLine  = 8 << 10
	maxWords = 128
)

// Words cuts a command line as a POSIX shell would, without ever starting one:
// quotes group, even nothing, a backslash escapes, and nothing is expanded. The
// error is a French sentence.
func Words(line string) ([]string, error) {
	switch {
	case len(line) > maxLine:
		return nil, errors.New("commande trop longue")
	case !utf8.ValidString(line):
		return nil, errors.New("commande illisible : le texte n'est pas en UTF-8")
	case strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) && r != '\t' }):
		return nil, errors.New("commande refusée : elle contient des caractères de commande du terminal")
	}
	words := []string{} // never nil: a nil list of arguments means those of the process
	for line = strings.TrimLeft(line, " \t"); line != ""; line = strings.TrimLeft(line, " \t") {
		word, rest, err := firstWord(line)
		if err != nil {
			return nil, err
		}
		if words = append(words, word); len(words) > maxWords {
			return nil, errors.New("commande trop longue : trop de mots")
		}
		line = rest
	}
	return words, nil
}

// firstWord reads to the first blank that nothing protects.
func firstWord(line string) (word, rest string, err error) {
	var b strings.Builder
	var quote byte
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '\\' && quote != '\'':
			if i++; i == len(line) {
				return "", "", errors.New("commande illisible : elle s'arrête sur une barre oblique inverse")
			}
			if quote == '"' && !strings.ContainsRune("$`\"\\", rune(line[i])) {
				b.WriteByte(c) // between double quotes it only escapes these
			}
			b.WriteByte(line[i])
		case c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case quote == 0 && (c == ' ' || c == '\t'):
			return b.String(), line[i:], nil
		default:
			b.WriteByte(c)
		}
	}
	if quote != 0 {
		return "", "", errors.New("commande illisible : un guillemet n'est pas refermé")
	}
	return b.String(), "", nil
}
