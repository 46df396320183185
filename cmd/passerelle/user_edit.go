package main

import (
	"errors"
	"fmt"

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
		return p.with(cmd.Context(), func(s *store.Store) error {
			var k insertion.UserKey
			only, err := buyersNamed(cmd.Context(), s, buyers)
			if err != nil {
				return err
			}
			if key != "" {
				if k, err = p.readKey(key); err != nil {
					return err
				}
			}
			id, err := s.SaveUser(cmd.Context(), p.who(), insertion.User{Name: clean(args[0]), Role: role, Buyers: only})
			if errors.Is(err, insertion.ErrDuplicate) {
				return fmt.Errorf("« %s » existe déjà : « passerelle utilisateur cle » lui ajoute une clé", args[0])
			}
			if err != nil {
				return err
			}
			if key != "" {
				if err := s.AddKey(cmd.Context(), p.who(), id, k); errors.Is(err, insertion.ErrDuplicate) {
					return fmt.Errorf("cette clé est déjà celle de quelqu'un : %s", k.Fingerprint)
				} else if err != nil {
					return err
				}
			}
			return p.listUsers(cmd.Context(), s)
		})
	}
	return cmd
}

func (p *program) roleCmd() *cobra.Command {
	var buyers []string
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
				if _, err := s.SaveUser(cmd.Context(), p.who(), u); err != nil {
					return err
				}
				return p.listUsers(cmd.Context(), s)
			})
		},
	}
	cmd.Flags().StringArrayVar(&buyers, "acheteur", nil, "ne montrer que les marchés de cet acheteur (`SIRET`, nom, ou « tous »), à répéter")
	return cmd
}

func (p *program) keyCmd() *cobra.Command {
	var remove string
	cmd := &cobra.Command{
		Use: "cle NOM CLÉ", Aliases: []string{"key"}, Short: "Ajouter une clé à une personne, ou en retirer une (--retirer EMPREINTE)",
		Example: "passerelle utilisateur cle Dominique portable.pub\npasserelle utilisateur cle Dominique --retirer SHA256:…", Args: takes(1, 2, "NOM", "CLÉ"),
	}
	cmd.Flags().StringVar(&remove, "retirer", "", "l'`EMPREINTE` de la clé à retirer : ses sessions se ferment")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.with(cmd.Context(), func(s *store.Store) error {
			u, err := userNamed(cmd.Context(), s, args[0])
			if err != nil {
				return err
			}
			if remove != "" {
				if err := s.RemoveKey(cmd.Context(), p.who(), remove); errors.Is(err, insertion.ErrNotFound) {
					return fmt.Errorf("aucune clé %s", remove)
				} else if err != nil {
					return err
				}
			}
			if len(args) == 2 {
				k, err := p.readKey(args[1])
				if err != nil {
					return err
				}
				if err := s.AddKey(cmd.Context(), p.who(), u.ID, k); errors.Is(err, insertion.ErrDuplicate) {
					return fmt.Errorf("cette clé est déjà celle de quelqu'un : %s", k.Fingerprint)
				} else if err != nil {
					return err
				}
			}
			return p.listUsers(cmd.Context(), s)
		})
	}
	return cmd
}

func (p *program) removeUserCmd() *cobra.Command {
	return &cobra.Command{
		Use: "retirer NOM", Aliases: []string{"remove"}, Short: "Retirer une personne et ses clés : ses sessions se ferment", Args: takes(1, 1, "NOM"),
		Example: "passerelle utilisateur retirer Dominique",
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				u, err := userNamed(cmd.Context(), s, args[0])
				if err != nil {
					return err
				}
				if err := s.RemoveUser(cmd.Context(), p.who(), u.ID); err != nil {
					return err
				}
				return p.listUsers(cmd.Context(), s)
			})
		},
	}
}
