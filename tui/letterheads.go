package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// newLetterheads lists the heads of documents: our service's, and the buyers'.
func newLetterheads(sh *shared) screen {
	files, by := sh.deps.Letterheads, sh.person
	s := &roll[[]insertion.Letterhead, insertion.Letterhead]{
		title: "En-têtes des documents",
		rows:  func(d []insertion.Letterhead) []insertion.Letterhead { return d },
		id:    func(l insertion.Letterhead) int64 { return int64(l.Organisation) + 1 },
		head: func(_ []insertion.Letterhead, w int) []string {
			return []string{" " + cut("Votre service d'abord, puis les acheteurs ; un acheteur sans en-tête paraît sous son nom seul.", w-1)}
		},
	}
	s.read = func(ctx context.Context) ([]insertion.Letterhead, error) {
		all, err := files.Letterheads(ctx)
		if len(all) == 0 || all[0].Organisation != 0 {
			all = append([]insertion.Letterhead{{}}, all...)
		}
		return all, err
	}
	s.draw = func(l insertion.Letterhead, w int, _ bool) string {
		who, image := "acheteur", ""
		if l.Organisation == 0 {
			who = "votre service"
		}
		if len(l.Image) > 0 {
			image = "logo"
		}
		name := l.Name
		if name == "" {
			name = "(pas encore écrit)"
		}
		return spread(pad(who, 15)+name, image, w)
	}
	s.detail = func(_ []insertion.Letterhead, l insertion.Letterhead, _ int) []string {
		var parts []string
		for _, p := range []string{l.Service, strings.ReplaceAll(l.Address, "\n", " | "), l.Facilitator, l.Contact} {
			if p != "" {
				parts = append(parts, p)
			}
		}
		return []string{strings.Join(parts, " · ")}
	}
	s.acts = func(_ []insertion.Letterhead, l insertion.Letterhead, some bool) []action {
		none, absent := "", ""
		if !some {
			none = "aucun en-tête n'est choisi"
		}
		if absent = none; absent == "" && l.Version == 0 {
			absent = "il n'est pas encore écrit"
		}
		return []action{
			{key: "enter", label: "écrire", help: "Écrire ou corriger l'en-tête choisi.", needs: rightToAll(insertion.ActSettings), why: none, do: func() tea.Cmd { return push(newLetterheadForm(sh, l)) }},
			{key: "n", label: "acheteur", help: "Écrire l'en-tête d'un acheteur.", needs: rightToAll(insertion.ActSettings), do: func() tea.Cmd {
				return askText("L'en-tête de quel acheteur ?", "", "son nom entier, ou son SIRET", func(name string) tea.Cmd { return headOf(&s.page, name) })
			}},
			{key: "x", label: "retirer", help: "Retirer l'en-tête choisi, après confirmation.", needs: rightToAll(insertion.ActSettings), why: absent, do: func() tea.Cmd {
				return confirm("Retirer l'en-tête « "+l.Name+" » ?", func() tea.Cmd {
					return save(&s.page, "En-tête retiré (u pour annuler).", func(ctx context.Context) error { return files.RemoveLetterhead(ctx, by, l.Organisation) })
				})
			}},
		}
	}
	return s.opened(sh)
}

// headOf opens the form of a buyer found by name.
func headOf(p *page, name string) tea.Cmd {
	files, sh := p.deps.Letterheads, p.shared
	return ask(p, func(ctx context.Context) (tea.Msg, error) {
		buyer, err := files.FindBuyer(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("acheteur « %s » : %w", name, err)
		}
		l, err := files.Letterhead(ctx, buyer.ID)
		if l.Name == "" {
			l.Name = buyer.Party.Label()
		}
		return pushed{newLetterheadForm(sh, l)}, err
	})
}

// newLetterheadForm is the form of one; the image is named by its path, only on
// one's own machine.
func newLetterheadForm(sh *shared, l insertion.Letterhead) screen {
	files, images, by := sh.deps.Letterheads, sh.deps.Images, sh.person
	title := "En-tête de votre service"
	if l.Organisation != 0 {
		title = "En-tête de l'acheteur"
	}
	head := []string{"Paraît en haut de la première page de chaque document."}
	if len(l.Image) > 0 {
		head = append(head, fmt.Sprintf("Un logo de %d Ko est enregistré.", (len(l.Image)+1023)>>10))
	}
	inputs := []*input{
		textField("nom", "Nom", l.Name, "Délégation à l'économie sociale et solidaire"),
		textField("service", "Service", l.Service, "direction, bureau"),
		textField("adresse", "Adresse", strings.ReplaceAll(l.Address, "\n", " | "), "1 place du Marché | 92000 Rocreuse"),
		textField("facilitateur", "Qui signe", l.Facilitator, "prénom, nom et qualité"),
		textField("contact", "Téléphone, courriel", l.Contact, "01 99 00 00 00, nom@exemple.fr"),
		textField("lieu", "Fait à", l.Place, "la commune"),
		textField("pied", "Pied de page", l.Foot, "vide : le nom du document"),
	}
	if images != nil {
		inputs = append(inputs, textField("image", "Logo", "", "le chemin d'un PNG ou d'un JPEG ; « aucun » pour le retirer"))
	}
	return newEntryForm(sh, fmt.Sprint("organisme ", l.Organisation), questionnaire{
		needs: rightToAll(insertion.ActSettings), title: title, head: head, inputs: inputs,
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			n := l
			n.Name, n.Service, n.Facilitator = strings.TrimSpace(get("nom")), strings.TrimSpace(get("service")), strings.TrimSpace(get("facilitateur"))
			n.Contact, n.Place, n.Foot = strings.TrimSpace(get("contact")), strings.TrimSpace(get("lieu")), strings.TrimSpace(get("pied"))
			n.Address = addressLines(get("adresse"))
			path := ""
			if images != nil {
				path = strings.TrimSpace(get("image"))
			}
			return "En-tête enregistré.", func(ctx context.Context) (err error) {
				switch {
				case strings.EqualFold(path, "aucun"):
					n.Image = nil
				case path != "":
					if n.Image, err = images.ReadImage(ctx, path); err != nil {
						return &insertion.FieldError{Field: "image", Reason: err.Error()}
					}
				}
				return files.SaveLetterhead(ctx, by, n)
			}, n.Validate()
		},
	})
}

// addressLines reads the lines of an address typed on one.
func addressLines(text string) string {
	var out []string
	for _, l := range strings.Split(text, "|") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}
