package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// groupKeeper keeps the parts and the transfers of a group of contractors.
type groupKeeper interface {
	Group(ctx context.Context, lot insertion.LotID) (insertion.Group, error)
	SaveShares(ctx context.Context, by string, lot insertion.LotID, was, members []insertion.Member) error
	SaveTransfer(ctx context.Context, by string, t insertion.Transfer) (int64, error)
	RemoveTransfer(ctx context.Context, by string, id int64) error
}

type groupFacts struct {
	group  insertion.Group
	settle insertion.Settlement
}

// newGroup says who owes how many hours, and who owes what to whom. The
// facilitator notes a transfer: n, who, to whom, hours, price, Ctrl+S.
func newGroup(sh *shared, lot insertion.Lot) screen {
	files, by := sh.deps.Groups, sh.person
	s := &roll[groupFacts, insertion.Transfer]{
		title: fmt.Sprintf("Groupement du lot %d", lot.ID),
		read: func(ctx context.Context) (f groupFacts, err error) {
			if f.group, err = files.Group(ctx, lot.ID); err != nil {
				return f, err
			}
			f.settle, err = f.group.Settle()
			return f, err
		},
		rows:    func(f groupFacts) []insertion.Transfer { return f.group.Transfers },
		id:      func(t insertion.Transfer) int64 { return t.ID },
		nothing: "Aucune cession d'heures entre titulaires : n pour en saisir une.",
	}
	s.head = func(f groupFacts, w int) []string { return groupHead(&s.page, f, w) }
	s.draw = func(t insertion.Transfer, w int, _ bool) string {
		return spread(fmt.Sprintf("%s  %s cède à %s", t.Dated.French(), memberName(s.data.group, t.From), memberName(s.data.group, t.To)),
			fmt.Sprintf(" %s à %s", t.Hours, t.Price), w)
	}
	s.acts = func(f groupFacts, t insertion.Transfer, some bool) []action {
		none := ""
		if !some {
			none = "aucune cession n'est choisie"
		}
		return []action{
			{key: "n", label: "cession d'heures", help: "Saisir des heures cédées d'un titulaire à un autre, à un prix de l'heure.", needs: rightTo(insertion.ActWrite), do: func() tea.Cmd {
				return push(newTransfer(sh, lot, f.group, insertion.Transfer{Lot: lot.ID, Dated: insertion.DateOf(sh.now())}))
			}},
			{key: "p", label: "parts", help: "Dire la part de chaque titulaire dans les heures dues.", needs: rightTo(insertion.ActWrite), do: func() tea.Cmd { return push(newParts(sh, lot, f.group)) }},
			{key: "enter", label: "corriger", help: "Corriger la cession choisie.", needs: rightTo(insertion.ActWrite), why: none, do: func() tea.Cmd { return push(newTransfer(sh, lot, f.group, t)) }},
			{key: "x", label: "retirer", help: "Retirer la cession choisie, après confirmation.", needs: rightTo(insertion.ActWrite), why: none, do: func() tea.Cmd {
				return confirm(fmt.Sprintf("Retirer la cession de %s du %s ?", t.Hours, t.Dated.French()), func() tea.Cmd {
					return save(&s.page, "Cession retirée (u pour annuler).", func(ctx context.Context) error { return files.RemoveTransfer(ctx, by, t.ID) })
				})
			}},
		}
	}
	return s.opened(sh)
}

func memberName(g insertion.Group, id insertion.OrganisationID) string {
	for _, m := range g.Members {
		if m.Organisation == id {
			return m.Name
		}
	}
	return fmt.Sprintf("titulaire %d", id)
}

func groupHead(p *page, f groupFacts, w int) []string {
	kind := "sans groupement déclaré"
	switch f.group.Kind {
	case insertion.Several:
		kind = "groupement solidaire : chacun répond de toute la dette"
	case insertion.Joint:
		kind = "groupement conjoint : chacun répond de sa part"
	}
	lines := []string{" " + p.theme.paint(strong, fmt.Sprintf("%s dues, %s manquent", f.group.Due, f.settle.Missing)) + "  " + kind}
	name := max(12, min(34, w-62))
	lines = append(lines, " "+p.theme.paint(faint, pad("titulaire", name)+padLeft("part", 9)+padLeft("dues", 11)+padLeft("cédées", 10)+padLeft("prises", 10)+padLeft("faites", 10)+padLeft("manquent", 11)))
	for _, m := range f.settle.Members {
		lines = append(lines, " "+pad(m.Name, name)+padLeft(m.Share.String(), 9)+padLeft(m.Due.Number(), 11)+padLeft(m.Given.Number(), 10)+padLeft(m.Taken.Number(), 10)+padLeft(m.Done.Number(), 10)+padLeft(m.Missing.Number(), 11))
	}
	for _, pay := range f.settle.Payments {
		lines = append(lines, " "+p.theme.paint(accent, fmt.Sprintf("%s doit %s à %s", memberName(f.group, pay.From), pay.Amount, memberName(f.group, pay.To))))
	}
	return lines
}

// newTransfer is the form of a transfer.
func newTransfer(sh *shared, lot insertion.Lot, g insertion.Group, t insertion.Transfer) screen {
	files, by := sh.deps.Groups, sh.person
	var members []option
	for _, m := range g.Members {
		members = append(members, option{code: fmt.Sprint(m.Organisation), label: m.Name})
	}
	from, to := t.From, t.To
	if from == 0 && len(g.Members) > 1 {
		from, to = g.Members[0].Organisation, g.Members[1].Organisation
	}
	price := ""
	if t.Price != 0 {
		price = fmt.Sprintf("%d,%02d", t.Price/100, t.Price%100)
	}
	return newEntryForm(sh, fmt.Sprint("cession ", t.ID), questionnaire{
		needs: rightTo(insertion.ActWrite), title: "Cession d'heures", head: []string{lotName(lot.LotRow)},
		inputs: []*input{
			longChoice("de", "Cède", fmt.Sprint(from), members...),
			longChoice("a", "À", fmt.Sprint(to), members...),
			textField("heures", "Heures", hoursText(t.Hours), "120"),
			textField("prix", "Prix de l'heure", price, "20,04"),
			textField("date", "Date", blank(t.Dated), "31/03/2026"),
		},
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			r := &reader{get: get}
			n := t
			n.From, n.To = insertion.OrganisationID(r.number("de")), insertion.OrganisationID(r.number("a"))
			n.Hours, n.Price, n.Dated = r.hours("heures"), r.cents("prix"), r.date("date")
			return "Cession enregistrée.", func(ctx context.Context) error { _, err := files.SaveTransfer(ctx, by, n); return err }, r.err
		},
	})
}

// newParts is the form of the parts of a group.
func newParts(sh *shared, lot insertion.Lot, g insertion.Group) screen {
	files, by := sh.deps.Groups, sh.person
	var inputs []*input
	for i, m := range g.Members {
		inputs = append(inputs, textField(partField(i), m.Name, m.Share.String(), "50 %"))
	}
	return newEntryForm(sh, "", questionnaire{
		needs: rightTo(insertion.ActWrite), title: "Parts", head: []string{lotName(lot.LotRow), "La part de chacun dans les heures dues ; ensemble, elles font 100 %."}, inputs: inputs,
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			members := make([]insertion.Member, len(g.Members))
			for i, m := range g.Members {
				share, err := insertion.ParseShare(get(partField(i)))
				if err != nil {
					return "", nil, marked(partField(i), err)
				}
				m.Share = share
				members[i] = m
			}
			err := insertion.CheckShares(members)
			return "Parts enregistrées.", func(ctx context.Context) error { return files.SaveShares(ctx, by, lot.ID, g.Members, members) }, err
		},
	})
}

// partField is the name of a member's field: the first one carries the errors
// about their sum.
func partField(i int) string {
	if i == 0 {
		return "part"
	}
	return fmt.Sprintf("part%d", i)
}
