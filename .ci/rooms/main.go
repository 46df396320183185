// Command rooms checks the layout of the program: which room may import which,
// that no package is named for nothing, and that files stay readable. It prints
// every breach in French and English and exits 1 when there is one.
//
//	go run -C .ci ./rooms        (from the root of the project)
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func main() { os.Exit(run(os.Stdout, os.Stderr)) }

// pkg is what the go command says of a package.
type pkg struct {
	ImportPath, Name, Dir              string
	GoFiles                            []string
	Imports, TestImports, XTestImports []string
}

func run(out, errs io.Writer) int {
	packages, err := list("..")
	if err != nil {
		fmt.Fprintln(errs, err)
		return 1
	}
	var breaches, warnings []string
	for _, p := range packages {
		breaches = append(breaches, imports(p)...)
		breaches = append(breaches, name(p)...)
		warnings = append(warnings, sizes(p)...)
	}
	for _, w := range warnings {
		fmt.Fprintln(out, "attention / warning:", w)
	}
	for _, b := range breaches {
		fmt.Fprintln(out, "refusé / refused:", b)
	}
	fmt.Fprintf(out, "%d paquets, %d refus, %d avertissements\n", len(packages), len(breaches), len(warnings))
	if len(breaches) > 0 {
		return 1
	}
	return 0
}

// list asks the go command for every package of the project.
func list(root string) ([]pkg, error) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Name,Dir,GoFiles,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = root
	cmd.Stderr = os.Stderr
	raw, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var packages []pkg
	for dec := json.NewDecoder(bytes.NewReader(raw)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		packages = append(packages, p)
	}
}

// imports checks a package against its room. Tests may reach further, but no
// test may reach cmd, and the nouns are tested alone.
func imports(p pkg) []string {
	here := strings.TrimPrefix(p.ImportPath, module+"/")
	r, ok := roomOf(here)
	if !ok {
		return []string{fmt.Sprintf("%s : pièce inconnue, à ajouter à la table des pièces / unknown room, add it to the table", p.ImportPath)}
	}
	var breaches []string
	for _, imp := range p.Imports {
		if why := r.refuses(imp); why != "" {
			breaches = append(breaches, fmt.Sprintf("%s importe %s : %s", here, imp, why))
		}
	}
	for _, imp := range slices.Concat(p.TestImports, p.XTestImports) {
		if strings.HasPrefix(imp, module+"/cmd/") {
			breaches = append(breaches, fmt.Sprintf("%s (tests) importe %s : rien n'importe cmd / nothing imports cmd", here, imp))
		}
	}
	return breaches
}

// name refuses packages that say nothing of what they hold.
func name(p pkg) []string {
	empty := []string{"utils", "util", "common", "helpers", "helper", "types", "models", "misc", "shared"}
	if slices.Contains(empty, p.Name) || slices.Contains(empty, filepath.Base(p.ImportPath)) {
		return []string{fmt.Sprintf("%s : ce nom ne dit rien, quel nom commun manque ? / an empty name, which noun is missing?", p.ImportPath)}
	}
	return nil
}

// sizes warns of files past the length people still read at one go.
func sizes(p pkg) []string {
	const long = 300
	var warnings []string
	for _, f := range p.GoFiles {
		raw, err := os.ReadFile(filepath.Join(p.Dir, f))
		if err != nil {
			continue
		}
		if n := bytes.Count(raw, []byte("\n")); n > long {
			here := strings.TrimPrefix(p.ImportPath, module+"/")
			warnings = append(warnings, fmt.Sprintf("%s/%s : %d lignes / lines (> %d)", here, f, n, long))
		}
	}
	return warnings
}
