package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/document"
	"passerelle/internal/insertion"
	"passerelle/internal/report"
	"passerelle/store"
)

// wordingCmd is « modele »: the words of the documents.
func (p *program) wordingCmd() *cobra.Command {
	var w wordingCall
	cmd := &cobra.Command{
		Use: "modele [GENRE]", Aliases: []string{"template", "modeles"}, Short: "Le texte des documents : le lire, le récrire, revenir à celui du programme",
		Long: "Un modèle est du Markdown : titres, listes, tableaux, **gras**, *italique*. {{champ}} y met un fait ; un champ vide donne des\n" +
			"points à remplir. {{?champ}} au début d'un paragraphe ne le garde que si le champ est connu, {{!champ}} que s'il ne l'est pas.\n" +
			"Les blocs ({{tableau mois}}, {{signatures : A ; B}}) se mettent seuls sur leur ligne. Un champ inconnu est refusé, et rien n'est écrit.",
		Example: "passerelle modele\npasserelle modele attestation --champs\npasserelle modele relance --editer\n" +
			"passerelle modele relance --lire > relance.md\npasserelle modele relance --ecrire relance.md\npasserelle modele relance --essai\npasserelle modele relance --revenir",
		Args: takes(0, 1, "GENRE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return p.listWordings(cmd.Context())
			}
			sheet, err := document.SheetOf(args[0])
			if err != nil {
				return misuse{err.Error()}
			}
			w.sheet = sheet
			return p.with(cmd.Context(), func(s *store.Store) error { return p.wording(cmd.Context(), s, w) })
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&w.read, "lire", false, "écrire le texte en vigueur sur la sortie (sans autre option aussi)")
	flags.BoolVar(&w.fields, "champs", false, "lister les champs et les blocs de ce genre")
	flags.BoolVar(&w.edit, "editer", false, "ouvrir le texte dans votre éditeur ($VISUAL ou $EDITOR)")
	flags.StringVar(&w.from, "ecrire", "", "remplacer le texte par ce `FICHIER` ; « - » pour l'entrée")
	flags.BoolVar(&w.try, "essai", false, "montrer ce que donne le texte sur un lot inventé ; avec --ecrire, sans rien enregistrer")
	flags.BoolVar(&w.back, "revenir", false, "rendre le texte du programme")
	cmd.MarkFlagsMutuallyExclusive("champs", "editer", "ecrire", "revenir")
	return cmd
}

// wordingCall is what is asked about a wording.
type wordingCall struct {
	sheet                         document.Sheet
	read, fields, edit, try, back bool
	from                          string
}

func (p *program) listWordings(ctx context.Context) error {
	return p.with(ctx, func(s *store.Store) error {
		own, err := s.Wordings(ctx)
		if err != nil {
			return err
		}
		mine := map[insertion.DocumentKind]bool{}
		for _, w := range own {
			mine[w.Kind] = true
		}
		var out []map[string]any
		t := table{head: []string{"genre", "document", "texte"}}
		for _, sh := range document.Sheets() {
			whose := "du programme"
			if mine[sh.Kind] {
				whose = "de ce fichier"
			}
			out = append(out, map[string]any{"genre": sh.Kind, "document": sh.Label, "texte": whose})
			t.add(string(sh.Kind), sh.Label, whose)
		}
		return p.answer(out, func() { p.print(&t, "") })
	})
}

func (p *program) wording(ctx context.Context, s *store.Store, call wordingCall) error {
	sheet := call.sheet
	if call.fields {
		return p.listFields(sheet)
	}
	now, err := s.Wording(ctx, sheet.Kind)
	if err != nil {
		return err
	}
	text := now.Text
	if text == "" {
		text = document.Wording(sheet.Kind)
	}
	switch {
	case call.back:
		now.Text = ""
		if err := saveWording(ctx, s, p.who(), now); err != nil {
			return err
		}
		return p.answer(map[string]any{"genre": sheet.Kind, "texte": "du programme"}, func() { p.say("%s : le texte est de nouveau celui du programme.", sheet.Label) })
	case call.from != "":
		if text, err = p.readWording(call.from); err != nil {
			return err
		}
	case call.edit:
		return p.editWording(ctx, s, sheet, now, text)
	}
	if call.try {
		paper, err := tried(sheet.Kind, text)
		if err != nil {
			return err
		}
		out := report.Text(paper, 76)
		return p.answer(map[string]any{"genre": sheet.Kind, "essai": out}, func() { fmt.Fprint(p.out, out) })
	}
	if call.from == "" {
		return p.answer(map[string]any{"genre": sheet.Kind, "modele": text}, func() { fmt.Fprint(p.out, text) })
	}
	now.Text = text
	if err := saveWording(ctx, s, p.who(), now); err != nil {
		return err
	}
	return p.toldWording(sheet)
}

func (p *program) toldWording(sheet document.Sheet) error {
	return p.answer(map[string]any{"genre": sheet.Kind, "texte": "de ce fichier"}, func() {
		p.say("%s : texte enregistré (« passerelle modele %s --essai » le montre).", sheet.Label, sheet.Kind)
	})
}

func (p *program) listFields(sheet document.Sheet) error {
	fields, blocks := sheet.Fields(), sheet.Blocks()
	t := table{head: []string{"dans un texte", "ce qu'il dit"}}
	for _, f := range fields {
		t.add("{{"+f.Name+"}}", f.Help)
	}
	b := table{head: []string{"seul sur sa ligne", "ce qu'il montre"}}
	for _, f := range blocks {
		b.add("{{"+f.Name+"}}", f.Help)
	}
	return p.answer(map[string]any{"genre": sheet.Kind, "champs": fields, "blocs": blocks}, func() {
		p.print(&t, "")
		p.say("")
		p.print(&b, "")
	})
}

// saveWording checks a wording, then keeps it; the program's own text is kept as
// none.
func saveWording(ctx context.Context, s *store.Store, by string, w insertion.Wording) error {
	sheet, err := document.SheetOf(string(w.Kind))
	if err != nil {
		return err
	}
	if w.Text != "" {
		if err := sheet.Check(w.Text); err != nil {
			return err
		}
	}
	if w.Text == document.Wording(w.Kind) {
		w.Text = ""
	}
	return s.SaveWording(ctx, by, w)
}

// tried shows a wording on the invented lot.
func tried(kind insertion.DocumentKind, text string) (report.Paper, error) {
	sheet, err := document.SheetOf(string(kind))
	if err != nil {
		return report.Paper{}, err
	}
	if err := sheet.Check(text); err != nil {
		return report.Paper{}, err
	}
	return sheet.Paper(document.Sample(kind), text), nil
}

// readWording reads a text from a file, or from standard input.
func (p *program) readWording(from string) (string, error) {
	in := p.stdin
	if from != "-" {
		f, err := os.Open(from)
		if err != nil {
			return "", err
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, document.MaxWording+1))
	if err != nil {
		return "", fmt.Errorf("lire le modèle : %w", err)
	}
	if strings.TrimSpace(string(text)) == "" {
		return "", misusef("le texte est vide ; « --revenir » rend celui du programme")
	}
	return strings.TrimPrefix(string(text), "\ufeff"), nil
}

// editWording opens the person's own editor; what she typed stays on the disk when
// it is refused.
func (p *program) editWording(ctx context.Context, s *store.Store, sheet document.Sheet, now insertion.Wording, text string) (err error) {
	editor := strings.Fields(p.env.value("VISUAL"))
	if len(editor) == 0 {
		editor = strings.Fields(p.env.value("EDITOR"))
	}
	if len(editor) == 0 {
		return misusef("aucun éditeur : donnez son nom à EDITOR, ou passez par --lire et --ecrire")
	}
	dir, err := os.MkdirTemp("", "passerelle-modele-")
	if err != nil {
		return err
	}
	path := filepath.Join(dir, string(sheet.Kind)+".md")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, editor[0], append(editor[1:], path)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = p.stdin, p.screen, p.errs, p.env
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("l'éditeur %s s'est arrêté (%w) ; votre texte reste dans %s", editor[0], err, path)
	}
	typed, err := p.readWording(path)
	if err != nil {
		return err
	}
	if typed == text {
		return errors.Join(os.RemoveAll(dir), p.answer(map[string]any{"genre": sheet.Kind, "change": false}, func() { p.say("Rien n'a changé.") }))
	}
	now.Text = typed
	if err := saveWording(ctx, s, p.who(), now); err != nil {
		return fmt.Errorf("%w ; votre texte reste dans %s (« passerelle modele %s --ecrire %s » une fois corrigé)", err, path, sheet.Kind, path)
	}
	return errors.Join(os.RemoveAll(dir), p.toldWording(sheet))
}
