package tui

import (
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// countingInputs are the fields of a clause that say how hours count and when
// they are declared. Every default without a source says so.
func countingInputs(c insertion.Clause) []*input {
	r := c.Rules
	rhythm := choiceField("rythme", "Déclarations", string(c.Calendar.Rhythm),
		option{code: "", label: "non demandées"}, option{code: string(insertion.Monthly), label: "chaque mois"},
		option{code: string(insertion.Quarterly), label: "chaque trimestre"}, option{code: string(insertion.OwnDates), label: "à ces dates"})
	var dates []string
	for _, d := range c.Calendar.Dates {
		dates = append(dates, d.French())
	}
	asked := func() bool { return rhythm.value() != "" }
	return []*input{
		textField("perimetre", "Périmètre de l'action", c.Perimeter, "lots et prestations visés (CCAG)"),
		textField("autres_publics", "Publics propres", strings.Join(c.OtherPublics, " ; "), "ceux que le marché ajoute, séparés par ;"),
		rhythm,
		textField("dates", "Fins de période", strings.Join(dates, ", "), "30/06/2026, 31/12/2026").when(func() bool { return rhythm.value() == string(insertion.OwnDates) }),
		textField("jour", "Attendues avant le", typedCount(c.Calendar.DueDay), "15 du mois suivant (CCAP 21_BAM_048)").when(asked),
		choiceField("avancement", "Avancement", onOff(c.ByAmount, "facture", "calendrier"),
			option{code: "calendrier", label: "par le calendrier"}, option{code: "facture", label: "par le montant facturé"}),
		textField("fenetre_personne", "Mois par personne", typedCount(r.PersonMonths), "24 (usage, non sourcé)"),
		choiceField("depuis", "Comptés depuis", onOff(r.AnyClause, "toute", "marche"),
			option{code: "marche", label: "l'embauche sur ce marché"}, option{code: "toute", label: "la première sous toute clause"}),
		textField("fenetre_cdi", "Mois d'un CDI", typedCount(r.CDIMonths), "48 au CCAP 21_BAM_048 ; vide : comme les autres"),
		choiceField("detail", "Totaux sans personnes", onOff(r.NoUndetailed, "non", "oui"),
			option{code: "oui", label: "comptés, signalés"}, option{code: "non", label: "non comptés"}),
		choiceField("utilisateur", "Entreprise utilisatrice", onOff(r.PublicUser, "public", "entreprise"),
			option{code: "entreprise", label: "plafond des AI"}, option{code: "public", label: "collectivité, association, particulier : sans plafond"}),
		textField("plafond_ai", "Plafond d'une AI", typedHours(r.AIHours), "480 h (L5132-9) ; plus par dérogation").when(func() bool { return !r.PublicUser }),
		choiceField("tuteur", "Tuteur", onOff(r.NeedTutor, "oui", "non"),
			option{code: "non", label: "non exigé"}, option{code: "oui", label: "à nommer : signaler son absence"}),
	}
}

// typedCount is a number as a field shows it: empty for the default.
func typedCount(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// readCounting reads those fields over a clause.
func readCounting(r *fieldReader, c *insertion.Clause) {
	get := func(name string) string { return strings.TrimSpace(r.form.get(name)) }
	c.Perimeter = get("perimetre")
	for _, p := range strings.Split(get("autres_publics"), ";") {
		if p = strings.TrimSpace(p); p != "" {
			c.OtherPublics = append(c.OtherPublics, p)
		}
	}
	c.ByAmount = get("avancement") == "facture"
	c.Calendar = insertion.Calendar{Rhythm: insertion.Rhythm(get("rythme")), DueDay: readField(r, "jour", strconv.Atoi)}
	if c.Calendar.Rhythm == insertion.OwnDates {
		c.Calendar.Dates = readField(r, "dates", parseDates)
	}
	c.Rules = insertion.Rules{
		PersonMonths: readField(r, "fenetre_personne", strconv.Atoi), AnyClause: get("depuis") == "toute", CDIMonths: readField(r, "fenetre_cdi", strconv.Atoi),
		NoUndetailed: get("detail") == "non", PublicUser: get("utilisateur") == "public", AIHours: readField(r, "plafond_ai", insertion.ParseHours), NeedTutor: get("tuteur") == "oui",
	}
}

func parseDates(text string) ([]insertion.Date, error) {
	var out []insertion.Date
	for _, part := range words(text) {
		d, err := insertion.ParseDate(part)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// countingWords says in a line how a clause counts and is declared.
func countingWords(c insertion.Clause) string {
	parts := []string{strconv.Itoa(c.Rules.Months()) + " mois par personne"}
	if c.Rules.CDIMonths > 0 {
		parts = append(parts, strconv.Itoa(c.Rules.CDIMonths)+" mois en CDI")
	}
	if c.Rules.NoUndetailed {
		parts = append(parts, "totaux sans personnes non comptés")
	}
	if c.Calendar.Rhythm != insertion.NoRhythm {
		parts = append(parts, "déclarations : "+string(c.Calendar.Rhythm))
	}
	return strings.Join(parts, ", ")
}
