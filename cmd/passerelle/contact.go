package main

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"passerelle/internal/insertion"
	"passerelle/store"
)

type contactJSON struct {
	Lot  insertion.LotID       `json:"lot"`
	With string                `json:"avec"`
	Kind insertion.ContactKind `json:"genre"`
	On   insertion.Date        `json:"date"`
	Text string                `json:"texte"`
	By   string                `json:"par"`
}

// contactCmd logs a call or a letter about a lot, or lists them.
func (p *program) contactCmd() *cobra.Command {
	var kind, with string
	var on insertion.Date
	cmd := &cobra.Command{
		Use: "echange LOT [TEXTE…]", Aliases: []string{"contact"}, Short: "Noter un appel ou un courrier sur un lot, ou les relire",
		Example: "passerelle echange 12 \"rappeler le conducteur de travaux lundi\"\n" +
			"passerelle echange 12 --genre courrier --avec 40117125100036 \"envoi de la convention\"\npasserelle echange 12",
		Args: takes(1, -1, "LOT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(insertion.ContactKinds(), insertion.ContactKind(kind)) {
				return misusef("--genre : « %s » n'est ni appel, ni courriel, ni courrier, ni réunion, ni note", kind)
			}
			return p.with(cmd.Context(), func(s *store.Store) error {
				lot, err := p.lotNamed(cmd.Context(), s, args[0])
				if err != nil {
					return err
				}
				text := strings.TrimSpace(strings.Join(args[1:], " "))
				if text == "" {
					return p.listContacts(cmd.Context(), s, lot.ID)
				}
				c := insertion.Contact{
					Lot: lot.ID, Kind: insertion.ContactKind(kind), On: cmp.Or(on, p.today()), Text: clean(text), By: p.who(),
				}
				return p.logContact(cmd.Context(), s, lot, c, with)
			})
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&kind, "genre", "appel", "`GENRE` : appel, courriel, courrier, réunion ou note")
	flags.StringVar(&with, "avec", "", "le `SIRET` d'une structure (SIRET:TYPE au besoin) ; sinon le titulaire du lot")
	readFlag(flags, &on, insertion.ParseDate, "date", "le `JOUR` (aujourd'hui sinon)")
	complete(cmd, "genre", "appel", "courriel", "courrier", "réunion", "note")
	return cmd
}

func (p *program) logContact(ctx context.Context, s *store.Store, lot insertion.Lot, c insertion.Contact, with string) error {
	if with != "" {
		st, err := p.structureNamed(ctx, s, with)
		if err != nil {
			return err
		}
		c.Structure, c.With = st.ID, st.DisplayName()
	} else if len(lot.Contractors) > 0 {
		c.Organisation, c.With = lot.Contractors[0].ID, lot.Contractors[0].Party.Label()
	}
	if err := s.AddContact(ctx, p.who(), c); err != nil {
		return err
	}
	return p.answer(contactOf(c), func() {
		p.say("Noté : %s du %s avec %s.", c.Kind, c.On.French(), cmp.Or(c.With, "(personne en particulier)"))
	})
}

func contactOf(c insertion.Contact) contactJSON {
	return contactJSON{c.Lot, c.With, c.Kind, c.On, c.Text, c.By}
}

func (p *program) listContacts(ctx context.Context, s *store.Store, lot insertion.LotID) error {
	contacts, err := s.Contacts(ctx, insertion.ContactFilter{Lot: lot})
	if err != nil {
		return err
	}
	out := []contactJSON{}
	t := table{head: []string{"date", "genre", "avec", "texte", "par"}}
	for _, c := range contacts {
		out = append(out, contactOf(c))
		t.add(c.On.French(), string(c.Kind), c.With, c.Text, c.By)
	}
	return p.answer(out, func() { p.print(&t, "Aucun échange noté sur ce lot.") })
}
