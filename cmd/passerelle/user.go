package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/internal/sshd"
	"passerelle/store"
)

// userCmd lists who may enter over SSH, and changes it.
func (p *program) userCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "utilisateur", Aliases: []string{"user"}, Short: "Ceux qui entrent par SSH : leurs clés et leur rôle",
		Long:    "Une personne est ses clés. Rôles et ce que chacun permet :\n\n" + roleMatrix(),
		Example: "passerelle utilisateur ajouter Dominique --role délégation --cle dominique.pub\npasserelle utilisateur refus\npasserelle utilisateur retirer Dominique",
		Args:    noCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error { return p.listUsers(cmd.Context(), s) })
		},
	}
	list := &cobra.Command{Use: "lister", Aliases: []string{"list"}, Short: "Lister les utilisateurs, comme « utilisateur » seul", Example: "passerelle utilisateur lister", Args: takes(0, 0), RunE: cmd.RunE}
	cmd.AddCommand(list, p.addUserCmd(), p.roleCmd(), p.keyCmd(), p.removeUserCmd(), p.refusedCmd())
	return cmd
}

// roleMatrix is the table of acts and roles, as the help prints it.
func roleMatrix() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  %-56s", "")
	for _, r := range insertion.Roles() {
		fmt.Fprintf(&b, " %-12s", r)
	}
	for _, a := range insertion.Acts() {
		fmt.Fprintf(&b, "\n  %-56s", a)
		for _, r := range insertion.Roles() {
			fmt.Fprintf(&b, " %-12s", map[bool]string{true: "oui", false: "."}[r.May(a)])
		}
	}
	return b.String()
}

func (p *program) listUsers(ctx context.Context, s *store.Store) error {
	users, err := s.Users(ctx)
	if err != nil {
		return err
	}
	t := table{head: []string{"nom", "rôle", "acheteurs", "clé", "libellé", "depuis"}}
	for _, u := range users {
		buyers, err := s.Organisations(ctx, u.Buyers)
		if err != nil {
			return err
		}
		only := "tous"
		for i, b := range buyers {
			if only = b.Party.Label(); i > 0 {
				only = fmt.Sprintf("%d acheteurs", len(buyers))
			}
		}
		if len(u.Keys) == 0 {
			t.add(u.Name, string(u.Role), only, "(aucune clé : n'entre pas)", "", "")
		}
		for _, k := range u.Keys {
			t.add(u.Name, string(u.Role), only, k.Fingerprint, k.Label, k.Added.French())
		}
	}
	return p.answer(list(users), func() { p.print(&t, "Aucun utilisateur : personne n'entre par SSH.") })
}

// refusedCmd lists the keys the door refused, whole, so that one can be accepted.
func (p *program) refusedCmd() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "refus", Aliases: []string{"refused"}, Short: "Les clés refusées à la porte, entières, pour en accepter une",
		Example: "passerelle utilisateur refus", Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func(s *store.Store) error {
				if a := s.Access(); !a.May(insertion.ActUsers) {
					return &insertion.Forbidden{Role: a.Role, Act: insertion.ActUsers, Elsewhere: a.Role.May(insertion.ActUsers)}
				}
				return p.tellDoor(cmd.Context(), s, string(sshd.Refused), limit)
			})
		},
	}
	limitFlag(cmd.Flags(), &limit, 50, false, "au plus `N` lignes")
	return cmd
}

// tellDoor prints the journal of the door; kind narrows it.
func (p *program) tellDoor(ctx context.Context, s *store.Store, kind string, limit int) error {
	events, err := s.DoorEvents(ctx, kind, 0, limit)
	if err != nil {
		return err
	}
	t := table{head: []string{"quand", "quoi", "qui", "empreinte", "adresse", "texte", "état", "clé"}}
	for _, e := range events {
		t.add(e.At.Local().Format("02/01/2006 15:04:05"), e.Kind, e.By, e.Fingerprint, e.Address, e.Text, strconv.Itoa(e.Status), e.Line)
	}
	return p.answer(list(events), func() { p.print(&t, "Rien à la porte.") })
}
