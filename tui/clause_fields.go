package tui

import (
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// startingClause is the clause of the lot, or what is known before one is
// written: amount, dates from the notification and the duration, usual share.
func startingClause(lot insertion.Lot) insertion.Clause {
	if lot.Clause != nil {
		return *lot.Clause
	}
	c := insertion.Clause{
		Lot: lot.ID, Basis: insertion.ByLabourShare, Rate: insertion.DefaultRate, HourlyCost: insertion.DefaultHourlyCost,
		FTEHours: insertion.DefaultFTEHours, RoundTo: insertion.WholeHours(1),
	}
	if !lot.Doubtful {
		c.Amount, c.Invoiced = lot.Amount, lot.Amount
	}
	if share, ok := insertion.UsualShare(likelyTrade(lot)); ok {
		c.LabourShare = share.Share
	}
	c.Start = lot.Date
	if lot.MonthsNow > 0 {
		c.End = c.Start.AddMonths(lot.MonthsNow).AddDays(-1)
	}
	return c
}

func likelyTrade(lot insertion.Lot) insertion.Trade {
	return trade.OfNotice(lot.CPV, lot.Object).Best()
}

// clauseInputs are the fields of a clause; basis tells which form is chosen.
func clauseInputs(lot insertion.Lot, c insertion.Clause, basis func(insertion.Basis) bool) []*input {
	byShare := func() bool { return basis(insertion.ByLabourShare) }
	byStep := func() bool { return basis(insertion.ByInvoiced) }
	fixed := func() bool { return basis(insertion.ByFixedVolume) }
	p := c.Penalty
	fields := []*input{
		choiceField("base", "Heures dues par", string(c.Basis),
			option{code: string(insertion.ByLabourShare), label: "part de main-d'œuvre"},
			option{code: string(insertion.ByInvoiced), label: "tranche facturée"},
			option{code: string(insertion.ByFixedVolume), label: "volume fixe"}),
		textField("montant", "Montant HT", typedCents(c.Amount), "1 820 542").when(byShare),
		longChoice("filiere", "Filière", string(likelyTrade(lot)), shareOptions()...).when(byShare),
		textField("part", "Part de main-d'œuvre", typedShare(c.LabourShare), "50 %").when(byShare),
		textField("taux", "Taux d'insertion", typedShare(c.Rate), "5 %").when(byShare),
		textField("cout", "Coût horaire chargé", typedCents(c.HourlyCost), "30 €").when(byShare),
		textField("tranche", "1 h par tranche de", typedCents(c.Step), "2 000 €").when(byStep),
		textField("seuil", "Au-delà de", typedCents(c.Threshold), "0 € : dès le premier euro").when(byStep),
		textField("facture", "Facturé ou attendu", typedCents(c.Invoiced), "3 000 000 €").when(byStep),
		textField("volume", "Volume", typedHours(c.Fixed), "420 h").when(fixed),
		textField("debut", "Début", typedDate(c.Start), "31/03/2026"),
		textField("fin", "Fin", typedDate(c.End), "30/03/2028"),
		setField("modalites", "Modalités", modalityCodes(c.Modalities), modalityOptions()...),
		setField("publics", "Publics", c.Publics, publicOptions()...),
		textField("facilitateur", "Facilitateur", c.Contact, "nom, téléphone, courriel"),
	}
	fields = append(fields, countingInputs(c)...)
	return append(fields,
		textField("penalite", "Pénalité par heure", typedCents(p.PerHour), "60 € par heure non faite"),
		textField("parjour", "Pénalité par jour", typedCents(p.PerDay), "100 € par jour de retard d'un document"),
		choiceField("jours", "Jours", onOff(p.WorkingDays, "ouvres", "calendaires"),
			option{code: "calendaires", label: "calendaires"}, option{code: "ouvres", label: "ouvrés"}),
		choiceField("demeure", "Mise en demeure", onOff(p.AfterNotice, "oui", "non"),
			option{code: "non", label: "sans"}, option{code: "oui", label: "après mise en demeure"}),
		textField("franchise", "Franchise", typedHours(p.Allowance), "heures non pénalisées"),
		textField("plafond", "Plafond", typedShare(p.Cap), "part du montant, vide : sans"),
		choiceField("moyens", "Exonération", onOff(p.AllMeans, "oui", "non"),
			option{code: "non", label: "non"}, option{code: "oui", label: "si tous les moyens sont prouvés"}),
		textField("article", "Article du marché", p.Text, "CCAP art. 8.2.2"),
		textField("arrondi", "Arrondi par défaut à", typedHours(c.RoundTo), "1 h"),
		textField("heures_etp", "Heures d'un ETP", typedHours(c.FTEHours), "1 600 h"),
		textField("note", "Note", c.Note, ""),
	)
}

func shareOptions() []option {
	options := []option{{code: "", label: "autre filière", more: "pas de part usuelle connue : à lire dans le marché"}}
	for _, t := range trade.All() {
		if share, ok := insertion.UsualShare(t.Code); ok {
			options = append(options, option{code: string(t.Code), label: t.Label + " – " + share.Share.String()})
		}
	}
	return options
}

func modalityOptions() []option {
	var options []option
	for _, m := range insertion.AllModalities() {
		options = append(options, option{code: m.Code(), label: m.Label(), more: "Espace coche ; rien de coché : toutes sont acceptées."})
	}
	return options
}

func publicOptions() []option {
	var options []option
	for _, p := range insertion.Publics() {
		options = append(options, option{code: p.Code, label: p.Code, more: p.Label + ". Rien de coché : tous sont acceptés."})
	}
	return options
}

func modalityCodes(m insertion.Modality) []string {
	var codes []string
	for _, one := range m.Split() {
		codes = append(codes, one.Code())
	}
	return codes
}

func onOff(on bool, yes, no string) string {
	if on {
		return yes
	}
	return no
}

// What a field holds when it opens: nothing rather than zero.

func typedCents(c insertion.Cents) string {
	if c == 0 {
		return ""
	}
	return strings.TrimSuffix(strings.TrimSuffix(c.String(), " €"), ",00")
}

func typedShare(b insertion.BasisPoints) string {
	if b == 0 {
		return ""
	}
	return b.String()
}

func typedHours(h insertion.Hours) string {
	if h == 0 {
		return ""
	}
	return h.Number()
}

func typedDate(d insertion.Date) string {
	if d == "" {
		return ""
	}
	return d.French()
}
