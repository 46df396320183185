package main

import (
	"fmt"
	"slices"
	"strings"
)

const module = "passerelle"

// room is a package, or a tree of packages, and what it may import of ours and
// of others.
type room struct {
	path    string   // from the root of the module
	ours    []string // our rooms it may import, with those below them; "*" is any but cmd
	free    bool     // may import any library
	allowed []string // otherwise: the libraries it may import, by prefix
	never   []string // of the standard library and the libraries, by prefix
}

// terminals are what only the screens know.
func terminals() []string {
	return []string{"charm.land/", "github.com/charmbracelet/", "github.com/NimbleMarkets/"}
}

// table is the plan of the house: the first row whose path holds the package
// rules. Imports point inward.
func table() []room {
	database := []string{"database/sql", "modernc.org/", "github.com/pressly/"}
	pure := slices.Concat([]string{"net", "net/http", "os/exec", "syscall"}, database, terminals())
	in := "internal/"
	return []room{
		{path: "cmd/passerelle", ours: []string{"*"}, free: true},
		{path: "seed", ours: []string{in + "arrival", in + "intake", in + "insertion", in + "mandate", in + "place", in + "trade", "store"},
			allowed: []string{"golang.org/x/text"}, never: pure},
		{path: "store", ours: []string{in + "bilan", in + "insertion", in + "mandate"}, free: true, never: append(terminals(), "net/http")},
		{path: "tui", ours: []string{in + "bilan", in + "insertion", in + "mandate", in + "match", in + "place", in + "trade"}, free: true,
			never: append(database, "os", "net", "net/http")},
		{path: in + "insertion", never: append(pure, "os", "io/fs")},
		{path: in + "place/generate", ours: []string{in + "place", in + "insertion"}, free: true},
		{path: in + "place", ours: []string{in + "insertion", in + "place"}, allowed: []string{"golang.org/x/text"}, never: pure},
		{path: in + "trade", ours: []string{in + "insertion", in + "trade"}, allowed: []string{"golang.org/x/text"}, never: pure},
		{path: in + "match", ours: []string{in + "insertion", in + "place", in + "trade"}, allowed: []string{"golang.org/x/text"}, never: pure},
		{path: in + "intake", ours: []string{in + "insertion", in + "intake", in + "place", in + "trade"},
			allowed: []string{"golang.org/x/text", "github.com/xuri/excelize"}, never: pure},
		{path: in + "arrival", ours: []string{in + "insertion", in + "intake", in + "place", in + "trade"},
			allowed: []string{"golang.org/x/sync"}, never: pure},
		{path: in + "bilan", ours: []string{in + "insertion"}, never: pure},
		{path: in + "mandate", ours: []string{in + "insertion", in + "trade"}, never: pure},
		{path: in + "report", ours: []string{in + "bilan", in + "insertion", in + "mandate"}, free: true, never: append(database, "net", "net/http")},
		{path: in + "document", ours: []string{in + "insertion", in + "place", in + "report"}, allowed: []string{"github.com/yuin/goldmark"},
			never: append(pure, "os")},
		{path: in + "sshd", ours: []string{in + "insertion"}, free: true, never: database},
	}
}

func roomOf(path string) (room, bool) {
	for _, r := range table() {
		if path == r.path || strings.HasPrefix(path, r.path+"/") {
			return r, true
		}
	}
	return room{}, false
}

// refuses says why an import is refused, "" when it is allowed.
func (r room) refuses(imp string) string {
	under := func(p string) bool { return imp == p || strings.HasPrefix(imp, strings.TrimSuffix(p, "/")+"/") }
	if our, ok := strings.CutPrefix(imp, module+"/"); ok {
		switch {
		case strings.HasPrefix(our, "cmd/"):
			return "rien n'importe cmd / nothing imports cmd"
		case slices.Contains(r.ours, "*"):
			return ""
		case slices.ContainsFunc(r.ours, func(p string) bool { return our == p || strings.HasPrefix(our, p+"/") }):
			return ""
		}
		return fmt.Sprintf("%s n'importe de nous que %v / may only import these of ours", r.path, r.ours)
	}
	for _, p := range r.never {
		if imp == p || (strings.Contains(p, ".") && under(p)) {
			return fmt.Sprintf("%s n'importe jamais %s / never imports it", r.path, p)
		}
	}
	outside := strings.Contains(strings.SplitN(imp, "/", 2)[0], ".")
	if outside && !r.free && !slices.ContainsFunc(r.allowed, under) {
		return fmt.Sprintf("%s n'importe aucune autre bibliothèque que %v / no other library", r.path, r.allowed)
	}
	return ""
}
