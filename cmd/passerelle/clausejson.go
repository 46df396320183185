package main

import (
	"fmt"
	"strings"

	"passerelle/internal/insertion"
)

// clauseJSON is a clause in plain numbers: euros, hours, percent.
type clauseJSON struct {
	Lot         insertion.LotID `json:"lot"`
	Basis       insertion.Basis `json:"calcul"`
	Amount      float64         `json:"montant"`
	LabourShare float64         `json:"part"`
	Rate        float64         `json:"taux"`
	HourlyCost  float64         `json:"cout"`
	Step        float64         `json:"tranche"`
	Threshold   float64         `json:"seuil"`
	Invoiced    float64         `json:"facture"`
	Fixed       float64         `json:"volume"`
	RoundTo     float64         `json:"arrondi"`
	Modalities  []string        `json:"modalites"`
	Publics     []string        `json:"publics"`
	Start       insertion.Date  `json:"debut"`
	End         insertion.Date  `json:"fin"`
	Contact     string          `json:"facilitateur"`
	Penalty     penaltyJSON     `json:"penalite"`
	Note        string          `json:"note"`
	Due         dueJSON         `json:"du"`

	Perimeter    string             `json:"perimetre"`
	OtherPublics []string           `json:"publics_propres"`
	Calendar     insertion.Calendar `json:"declarations"`
	ByAmount     bool               `json:"avancement_facture"`
	PersonMonths int                `json:"mois_par_personne"`
	CDIMonths    int                `json:"mois_cdi"`
	Rules        insertion.Rules    `json:"comptage"`
	Missing      []string           `json:"mentions_ccag_manquantes"`
}

type penaltyJSON struct {
	PerHour     float64 `json:"par_heure"`
	PerDay      float64 `json:"par_jour"`
	WorkingDays bool    `json:"jours_ouvres"`
	AfterNotice bool    `json:"apres_mise_en_demeure"`
	Cap         float64 `json:"plafond"`
	Allowance   float64 `json:"franchise"`
	AllMeans    bool    `json:"exoneration_si_moyens_prouves"`
	Text        string  `json:"texte"`
}

type dueJSON struct {
	Hours   float64  `json:"heures"`
	Raw     float64  `json:"avant_arrondi"`
	Days    float64  `json:"jours"`
	FTE     float64  `json:"etp"`
	PerHour float64  `json:"euros_par_heure"`
	Trace   []string `json:"etapes"`
}

func percent(b insertion.BasisPoints) float64 { return float64(b) / 100 }

func clauseOf(c insertion.Clause) *clauseJSON {
	due, _ := c.Compute() // a clause that does not compute shows zeros
	pen := c.Penalty
	missing := []string{}
	for _, m := range c.Completeness() {
		if !m.OK {
			missing = append(missing, m.Item)
		}
	}
	return &clauseJSON{
		Perimeter: c.Perimeter, OtherPublics: list(c.OtherPublics), Calendar: c.Calendar, ByAmount: c.ByAmount,
		PersonMonths: c.Rules.Months(), CDIMonths: c.Rules.CDIMonths, Rules: c.Rules, Missing: missing,
		Lot: c.Lot, Basis: c.Basis, Amount: plainEuros(c.Amount), LabourShare: percent(c.LabourShare), Rate: percent(c.Rate),
		HourlyCost: plainEuros(c.HourlyCost), Step: plainEuros(c.Step), Threshold: plainEuros(c.Threshold),
		Invoiced: plainEuros(c.Invoiced), Fixed: plainHours(c.Fixed), RoundTo: plainHours(c.RoundTo),
		Modalities: modalityCodes(c.Modalities), Publics: list(c.Publics), Start: c.Start, End: c.End, Contact: c.Contact, Note: c.Note,
		Penalty: penaltyJSON{plainEuros(pen.PerHour), plainEuros(pen.PerDay), pen.WorkingDays, pen.AfterNotice, percent(pen.Cap),
			plainHours(pen.Allowance), pen.AllMeans, pen.Text},
		Due: dueJSON{plainHours(due.Hours), plainHours(due.Raw), plainHours(due.Days), plainHours(due.FTE), plainEuros(due.PerHour), list(due.Trace)},
	}
}

func (p *program) tellClause(c insertion.Clause) {
	due, err := c.Compute()
	if err != nil {
		p.say("Clause du lot %d : incomplète, %v", c.Lot, err)
		return
	}
	p.say("Clause du lot %d : %s dues (%s)", c.Lot, due.Hours, c.Basis.Label())
	for _, line := range due.Trace {
		p.say("    %s", line)
	}
	var modalities []string
	for _, m := range c.Modalities.Split() {
		modalities = append(modalities, m.Label())
	}
	if len(modalities) == 0 {
		modalities = []string{"toutes"}
	}
	publics := strings.Join(c.Publics, ", ")
	if publics == "" {
		publics = "tous"
	}
	facts := [][2]string{
		{"soit", due.Days.Number() + " jours, " + due.FTE.Number() + " ETP, " + due.PerHour.String() + " par heure"},
		{"modalités", strings.Join(modalities, ", ")}, {"publics", publics},
		{"du", c.Start.French()}, {"au", c.End.French()}, {"facilitateur", c.Contact}, {"périmètre", c.Perimeter},
		{"comptage", fmt.Sprintf("%d mois par personne (paramètre)", c.Rules.Months())}, {"déclarations", c.Calendar.Rhythm.Label()},
	}
	if c.Penalty.PerHour > 0 {
		facts = append(facts, [2]string{"pénalité", c.Penalty.PerHour.String() + " par heure non réalisée"})
	}
	if c.Penalty.PerDay > 0 {
		facts = append(facts, [2]string{"pénalité", c.Penalty.PerDay.String() + " par jour de retard"})
	}
	p.facts(append(facts, [2]string{"article", c.Penalty.Text}, [2]string{"note", c.Note}))
}
