package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"passerelle/internal/insertion"
)

// newUserForm lets somebody in: her name, her role and her key, already there when
// it was refused at the door.
func newUserForm(sh *shared, u insertion.User, key string) screen {
	files, by := sh.deps.Door, sh.person
	return newEntryForm(sh, "", questionnaire{
		needs: rightToAll(insertion.ActUsers), title: "Nouvel utilisateur", head: []string{"La clé fait la personne : demandez-lui la ligne de son fichier .pub, jamais sa clé privée."},
		inputs: append(roleInputs(u, nil), textField("cle", "Clé publique", key, "ssh-ed25519 AAAA…")),
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			k, err := files.ReadKey(get("cle"))
			if err != nil {
				return "", nil, err
			}
			name := strings.TrimSpace(get("nom"))
			return name + " peut entrer.", func(ctx context.Context) error {
				known, err := userCalled(ctx, files, name)
				if err != nil {
					return err
				}
				if known != nil { // one more key of somebody we know
					return files.AddKey(ctx, by, known.ID, k)
				}
				n, err := filled(ctx, files, u, get)
				if err != nil {
					return err
				}
				n.Keys = []insertion.UserKey{k}
				_, err = files.SaveUser(ctx, by, n)
				return err
			}, nil
		},
	})
}

// newRoleForm changes what somebody may do.
func newRoleForm(sh *shared, u insertion.User, buyers []string) screen {
	files, by := sh.deps.Door, sh.person
	return newEntryForm(sh, fmt.Sprint("utilisateur ", u.ID), questionnaire{
		needs: rightToAll(insertion.ActUsers), title: "Rôle", head: []string{u.Name}, inputs: roleInputs(u, buyers),
		note: func(get func(string) string, _ int) []string {
			var may []string
			for _, a := range insertion.Acts() {
				if insertion.Role(get("role")).May(a) {
					may = append(may, string(a))
				}
			}
			return []string{"Ce rôle permet de " + strings.Join(may, " ; ") + "."}
		},
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			return "Rôle enregistré.", func(ctx context.Context) error {
				n, err := filled(ctx, files, u, get)
				if err == nil {
					_, err = files.SaveUser(ctx, by, n)
				}
				if errors.Is(err, insertion.ErrLastFacilitator) {
					return &insertion.FieldError{Field: "role", Reason: lastOne}
				}
				return err
			}, nil
		},
	})
}

func roleInputs(u insertion.User, buyers []string) []*input {
	return []*input{
		textField("nom", "Nom", u.Name, "tel que le journal l'écrira"),
		choiceField("role", "Rôle", string(u.Role), labelled(insertion.Roles()...)...),
		textField("acheteurs", "Acheteurs", strings.Join(buyers, " ; "), "vide : tous ; sinon SIRET ou noms, séparés par « ; »"),
	}
}

// filled is the user as the form says.
func filled(ctx context.Context, files doorKeeper, u insertion.User, get func(string) string) (insertion.User, error) {
	u.Name, u.Role, u.Buyers = get("nom"), insertion.Role(get("role")), nil
	for _, name := range strings.Split(get("acheteurs"), ";") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		o, err := files.FindBuyer(ctx, name)
		switch {
		case errors.Is(err, insertion.ErrNotFound):
			return u, &insertion.FieldError{Field: "acheteurs", Reason: fmt.Sprintf("aucun acheteur d'un lot ne s'appelle « %s »", name)}
		case errors.Is(err, insertion.ErrDuplicate):
			return u, &insertion.FieldError{Field: "acheteurs", Reason: fmt.Sprintf("plusieurs acheteurs s'appellent « %s » : écrivez le SIRET", name)}
		case err != nil:
			return u, err
		}
		u.Buyers = append(u.Buyers, o.ID)
	}
	return u, nil
}

func userCalled(ctx context.Context, files doorKeeper, name string) (*insertion.User, error) {
	users, err := files.Users(ctx)
	for _, u := range users {
		if u.Name == name {
			return &u, nil
		}
	}
	return nil, err
}

// lastOne is why the last facilitator who enters over SSH stays.
const lastOne = "dernier facilitateur à entrer : nommez-en d'abord un autre"
