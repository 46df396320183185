package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

func (p *program) addUserCmd() *cobra.Command {
	role, key := insertion.Viewer, ""
	var buyers []string
	cmd := &cobra.Command{
		Use: "ajouter NOM", Aliases: []string{"add"}, Short: "Ajouter une personne et sa clé publique",
		Example: "passerelle utilisateur ajouter Dominique --role délégation --cle dominique.pub", Args: takes(1, 1, "NOM"),
	}
	readFlag(cmd.Flags(), &role, parseRole, "role", "`RÔLE` : facilitateur, délégation ou lecteur (lecteur sinon)")
	cmd.Flags().StringVar(&key, "cle", "", "sa clé publique : `FICHIER`, « - » pour l'entrée standard, ou la clé elle-même")
	cmd.Flags().StringArrayVar(&buyers, "acheteur", nil, "ne montrer que les marchés de cet acheteur (`SIRET` ou nom), à répéter")
	complete(cmd, "role", "facilitateur", "délégation", "lecteur")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if clean(args[0]) == "" {
			return misusef("NOM est vide : écrivez le nom de la personne, tel que le journal l'écrira")
		}
		made := p.lacks()
		return p.with(cmd.Context(), func(s *store.Store) error {
			if made { // or a server that reads another would let nobody in, and nothing would say why
				fmt.Fprintf(p.errs, "Base créée : %s (--base ou PASSERELLE_BASE en nomme une autre).\n", s.Path())
			}
			only, err := buyersNamed(cmd.Context(), s, buyers)
			if err != nil {
				return err
			}
			u := insertion.User{Name: clean(args[0]), Role: role, Buyers: only}
			if key != "" {
				k, err := p.readKey(key)
				if err != nil {
					return err
				}
				u.Keys = []insertion.UserKey{k}
			}
			_, err = s.SaveUser(cmd.Context(), p.who(), u)
			if errors.Is(err, insertion.ErrDuplicate) {
				return fmt.Errorf("« %s » existe déjà : « passerelle utilisateur cle » lui ajoute une clé", args[0])
			}
			if err != nil {
				return err
			}
			return p.listUsers(cmd.Context(), s)
		})
	}
	return cmd
}

func (p *program) roleCmd() *cobra.Command {
	var buyers []string
	var yes bool
	cmd := &cobra.Command{
		Use: "role NOM RÔLE", Short: "Changer le rôle d'une personne, et les acheteurs dont elle voit les marchés", Args: takes(2, 2, "NOM", "RÔLE"),
		Example: "passerelle utilisateur role Dominique lecteur\npasserelle utilisateur role Dominique lecteur --acheteur tous",
		RunE: func(cmd *cobra.Command, args []string) error {
			role, err := parseRole(args[1])
			if err != nil {
				return misuse{err.Error()}
			}
			return p.with(cmd.Context(), func(s *store.Store) error {
				u, err := userNamed(cmd.Context(), s, args[0])
				if err != nil {
					return err
				}
				u.Role = role
				if buyers != nil {
					if u.Buyers, err = buyersNamed(cmd.Context(), s, buyers); err != nil {
						return err
					}
				}
				if _, err := anyway(s, yes).SaveUser(cmd.Context(), p.who(), u); err != nil {
					return lastFacilitator(err)
				}
				return p.listUsers(cmd.Context(), s)
			})
		},
	}
	cmd.Flags().StringArrayVar(&buyers, "acheteur", nil, "ne montrer que les marchés de cet acheteur (`SIRET`, nom, ou « tous »), à répéter")
	anywayFlag(cmd, &yes)
	return cmd
}

func (p *program) keyCmd() *cobra.Command {
	var remove string
	var yes bool
	cmd := &cobra.Command{
		Use: "cle NOM CLÉ", Aliases: []string{"key"}, Short: "Ajouter une clé à une personne, ou en retirer une (--retirer EMPREINTE) ; les deux à la fois, pour en changer",
		Example: "passerelle utilisateur cle Dominique portable.pub\npasserelle utilisateur cle Dominique --retirer SHA256:…", Args: takes(1, 2, "NOM", "CLÉ"),
	}
	cmd.Flags().StringVar(&remove, "retirer", "", "l'`EMPREINTE` de la clé à retirer : ses sessions se ferment")
	anywayFlag(cmd, &yes)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.with(cmd.Context(), func(s *store.Store) error {
			u, err := userNamed(cmd.Context(), s, args[0])
			if err != nil {
				return err
			}
			if len(args) == 2 {
				k, err := p.readKey(args[1])
				if err != nil {
					return err
				}
				if err := s.AddKey(cmd.Context(), p.who(), u.ID, k); err != nil {
					return err
				}
			}
			if remove != "" {
				if !slices.ContainsFunc(u.Keys, func(k insertion.UserKey) bool { return k.Fingerprint == remove }) {
					return fmt.Errorf("%s n'a pas la clé %s", u.Name, remove)
				}
				if err := anyway(s, yes).RemoveKey(cmd.Context(), p.who(), remove); err != nil {
					return lastFacilitator(err)
				}
			}
			return p.listUsers(cmd.Context(), s)
		})
	}
	return cmd
}

func (p *program) removeUserCmd() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "retirer NOM", Aliases: []string{"remove"}, Short: "Retirer une personne et ses clés : ses sessions se ferment", Args: takes(1, 1, "NOM"),
		Example: "passerelle utilisateur retirer Dominique",
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				u, err := userNamed(cmd.Context(), s, args[0])
				if err != nil {
					return err
				}
				if err := anyway(s, yes).RemoveUser(cmd.Context(), p.who(), u.ID); err != nil {
					return lastFacilitator(err)
				}
				return p.listUsers(cmd.Context(), s)
			})
		},
	}
	anywayFlag(cmd, &yes)
	return cmd
}

// anywayFlag is the confirmation of what puts the last facilitator out.
func anywayFlag(cmd *cobra.Command, yes *bool) {
	cmd.Flags().BoolVar(yes, "oui", false, "même si plus aucun facilitateur n'entre ensuite par SSH")
}

func anyway(s *store.Store, yes bool) *store.Store {
	if yes {
		return s.Anyway()
	}
	return s
}

// lastFacilitator says how to go on, and who can always undo it.
func lastFacilitator(err error) error {
	if errors.Is(err, insertion.ErrLastFacilitator) {
		return fmt.Errorf("%w : donnez d'abord ce rôle et une clé à quelqu'un d'autre, ou confirmez avec --oui ; ensuite, seule la commande « passerelle utilisateur » lancée sur la machine du serveur en laissera entrer un", err)
	}
	return err
}
