package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// dueKeeper keeps what moves the hours due of a lot.
type dueKeeper interface {
	LotDues(ctx context.Context, lot insertion.LotID) (insertion.Dues, error)
	Deeds(ctx context.Context, lot insertion.LotID) ([]insertion.Deed, error)
	SaveDeed(ctx context.Context, by string, d insertion.Deed) (insertion.DeedID, error)
	RemoveDeed(ctx context.Context, by string, id insertion.DeedID) error
}

type dueFacts struct {
	dues  insertion.Dues
	deeds []insertion.Deed
}

// newDues shows the three figures of a lot with their calculation, and the deeds
// they come from. The facilitator has an invoice in hand: d from the lot, n, the
// amount, Ctrl+S.
func newDues(sh *shared, lot insertion.Lot) screen {
	files, by := sh.deps.Dues, sh.person
	s := &roll[dueFacts, insertion.Deed]{
		title: fmt.Sprintf("Heures dues du lot %d", lot.ID),
		read: func(ctx context.Context) (f dueFacts, err error) {
			if f.dues, err = files.LotDues(ctx, lot.ID); err != nil {
				return f, err
			}
			f.deeds, err = files.Deeds(ctx, lot.ID)
			return f, err
		},
		rows:    func(f dueFacts) []insertion.Deed { return f.deeds },
		id:      func(d insertion.Deed) int64 { return int64(d.ID) },
		nothing: "Aucun acte saisi : n pour une facture, un bon de commande, une tranche, une reconduction ou un avenant.",
		detail:  func(_ dueFacts, d insertion.Deed, _ int) []string { return []string{deedWords(d)} },
	}
	s.head = func(f dueFacts, w int) []string { return dueHead(&s.page, f.dues, w) }
	s.draw = func(d insertion.Deed, w int, _ bool) string {
		affirmed := ""
		if d.Kind == insertion.Tranche || d.Kind == insertion.Renewal {
			if affirmed = "non affermie"; d.Affirmed != "" {
				affirmed = "affermie"
			}
		}
		return spread(d.Dated.French()+"  "+pad(string(d.Kind), 17)+affirmed+" "+d.Label, " "+d.Amount.String(), w)
	}
	s.acts = func(_ dueFacts, d insertion.Deed, some bool) []action {
		none := ""
		if !some {
			none = "aucun acte n'est choisi"
		}
		return []action{
			{key: "n", label: "nouvel acte", help: "Saisir une facture, un bon de commande, une tranche, une reconduction ou un avenant.", needs: rightTo(insertion.ActWrite), do: func() tea.Cmd {
				return push(newDeed(sh, lot, insertion.Deed{Lot: lot.ID, Kind: insertion.Invoice, Dated: insertion.DateOf(sh.now())}))
			}},
			{key: "enter", label: "corriger", help: "Corriger l'acte choisi.", needs: rightTo(insertion.ActWrite), why: none, do: func() tea.Cmd { return push(newDeed(sh, lot, d)) }},
			{key: "x", label: "retirer", help: "Retirer l'acte choisi, après confirmation.", needs: rightTo(insertion.ActWrite), why: none, do: func() tea.Cmd {
				return confirm("Retirer "+deedWords(d)+" ?", func() tea.Cmd {
					return save(&s.page, "Acte retiré (u pour annuler).", func(ctx context.Context) error { return files.RemoveDeed(ctx, by, d.ID) })
				})
			}},
		}
	}
	return s.opened(sh)
}

// dueHead puts the three figures side by side, each with its trace below.
func dueHead(p *page, d insertion.Dues, w int) []string {
	lines := []string{" " + p.theme.paint(strong, fmt.Sprintf("au marché %s   à ce jour %s   au terme %s", d.Contractual, d.ToDate, d.Forecast))}
	for _, part := range []struct {
		label string
		trace []string
	}{{"au marché", d.Trace.Contractual}, {"à ce jour", d.Trace.ToDate}, {"au terme", d.Trace.Forecast}} {
		for i, t := range part.trace {
			label := part.label
			if i > 0 {
				label = ""
			}
			lines = append(lines, p.fact(label, t, w)...)
		}
	}
	return lines
}

func deedWords(d insertion.Deed) string {
	parts := []string{fmt.Sprintf("%s du %s", d.Kind, d.Dated.French()), d.Label, d.Amount.String()}
	if d.Hours != 0 {
		parts = append(parts, d.Hours.String())
	}
	if d.Start != "" {
		parts = append(parts, "du "+d.Start.French()+" au "+d.End.French())
	} else if d.End != "" {
		parts = append(parts, "nouvelle fin le "+d.End.French())
	}
	if d.Affirmed != "" {
		parts = append(parts, "affermie le "+d.Affirmed.French())
	}
	return joined(", ", parts...) + " (" + d.By + ")"
}

// newDeed is the form of a deed; its fields follow the kind.
func newDeed(sh *shared, lot insertion.Lot, d insertion.Deed) screen {
	files, by := sh.deps.Dues, sh.person
	members := []option{{code: "0", label: "mandataire"}}
	for _, o := range lot.Contractors {
		members = append(members, option{code: fmt.Sprint(o.ID), label: o.Party.Label()})
	}
	kind := choiceField("acte", "Acte", string(d.Kind), labelled(insertion.DeedKinds()...)...)
	is := func(kinds ...insertion.DeedKind) func() bool {
		return func() bool {
			for _, k := range kinds {
				if kind.value() == string(k) {
					return true
				}
			}
			return false
		}
	}
	amount := ""
	if d.Amount != 0 {
		amount = strings.TrimSuffix(d.Amount.String(), " €")
	}
	return newEntryForm(sh, fmt.Sprint("acte ", d.ID), questionnaire{
		needs: rightTo(insertion.ActWrite), title: "Acte", head: []string{lotName(lot.LotRow)},
		inputs: []*input{
			kind,
			textField("montant", "Montant HT", amount, "12 500 ; -2 000 pour un avoir ou une baisse"),
			textField("date", "Date", blank(d.Dated), "31/03/2026"),
			textField("libelle", "Libellé", d.Label, "n° de facture, de bon, de tranche"),
			textField("debut", "Début", blank(d.Start), "premier jour").when(is(insertion.Order, insertion.Tranche, insertion.Renewal)),
			textField("fin", "Fin", blank(d.End), "dernier jour, ou nouvelle fin de la clause").when(is(insertion.Order, insertion.Tranche, insertion.Renewal, insertion.Amendment)),
			textField("heures", "Heures", hoursText(d.Hours), "si le marché les dit ; sinon la formule").when(is(insertion.Tranche, insertion.Renewal, insertion.Amendment)),
			textField("affermie", "Affermie le", blank(d.Affirmed), "vide tant qu'elle est optionnelle").when(is(insertion.Tranche, insertion.Renewal)),
			choiceField("titulaire", "Facturé par", fmt.Sprint(d.Member), members...).when(func() bool { return len(lot.Contractors) > 1 && kind.value() == string(insertion.Invoice) }),
		},
		send: func(get func(string) string) (string, func(context.Context) error, error) {
			r := &reader{get: get}
			n := d
			n.Kind, n.Label = insertion.DeedKind(get("acte")), strings.TrimSpace(get("libelle"))
			n.Amount, n.Dated, n.Start, n.End, n.Hours, n.Affirmed = r.cents("montant"), r.date("date"), r.date("debut"), r.date("fin"), r.hours("heures"), r.date("affermie")
			n.Member = insertion.OrganisationID(r.number("titulaire"))
			return "Acte enregistré.", func(ctx context.Context) error { _, err := files.SaveDeed(ctx, by, n); return err }, r.err
		},
	})
}
