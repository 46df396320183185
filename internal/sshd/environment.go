package sshd

import "strings"

// ofTerminal names what a terminal may say of itself.
func ofTerminal(name string) bool {
	switch name {
	case "COLORTERM", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "LANG", "LC_ALL", "LC_CTYPE", "TERM_PROGRAM":
		return true
	}
	return false
}

// environment keeps what a terminal may say of itself, and nothing else.
func environment(said []string, term string) []string {
	out := []string{"TERM=" + plain(term)}
	for _, kv := range said {
		name, value, _ := strings.Cut(kv, "=")
		switch {
		case name == "NO_COLOR" && value != "":
			out = append(out, "NO_COLOR=1") // whatever it says: https://no-color.org
		case ofTerminal(name):
			out = append(out, name+"="+plain(value))
		}
	}
	return out
}

// plain keeps printable ASCII, at most 64 of it.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, s)
	return s[:min(len(s), 64)]
}
