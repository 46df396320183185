package main

import (
	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// splitJSON is the advice on allotment. Money is in euros, hours are of labour.
type splitJSON struct {
	ID        mandate.RecordID `json:"fiche"`
	Object    string           `json:"objet"`
	Amount    float64          `json:"montant"`
	Around    string           `json:"candidats_cherches"`
	Lots      []splitLotJSON   `json:"lots"`
	Table     []splitRowJSON   `json:"avant_apres"`
	Questions []string         `json:"questions"`
	Draft     string           `json:"projet_de_justification"`
	Assumed   []string         `json:"hypotheses"`
}

type splitRowJSON struct {
	What   string `json:"quoi"`
	Before string `json:"avant"`
	After  string `json:"apres"`
}

type splitLotJSON struct {
	Object     string          `json:"objet"`
	Trade      insertion.Trade `json:"filiere"`
	Amount     float64         `json:"montant"`
	Hours      float64         `json:"heures"`
	Takers     []takerJSON     `json:"capables"`
	Nobody     string          `json:"pourquoi_personne,omitempty"`
	Partner    int             `json:"en_groupement"`
	Unknown    int             `json:"capacite_inconnue"`
	Lever      mandate.Lever   `json:"au_plus"`
	Reservable bool            `json:"reservable"`
	Articles   []string        `json:"articles"`
	Why        string          `json:"pourquoi"`
}

type takerJSON struct {
	Name   string           `json:"nom"`
	Kind   insertion.Kind   `json:"type"`
	Status insertion.Status `json:"statut,omitempty"`
	Limit  float64          `json:"jusqua"`
	Why    string           `json:"pourquoi"`
}

func splitOf(a advice) splitJSON {
	out := splitJSON{
		ID: a.project.ID, Object: a.project.Title(), Amount: plainEuros(a.project.Amount("montant")), Around: a.around, Lots: []splitLotJSON{}, Table: []splitRowJSON{},
		Questions: list(a.split.Questions), Draft: a.split.Draft, Assumed: list(a.split.Assumed),
	}
	for _, l := range a.split.Lots {
		j := splitLotJSON{
			Object: l.Object, Trade: l.Trade, Amount: plainEuros(l.Amount), Hours: plainHours(l.Hours), Takers: []takerJSON{}, Nobody: l.Nobody, Partner: l.Partner,
			Unknown: l.Unknown, Lever: l.Reserve.Lever, Reservable: l.Reserve.Possible, Articles: list(l.Reserve.Articles), Why: l.Reserve.Why,
		}
		for _, t := range l.Takers {
			j.Takers = append(j.Takers, takerJSON{t.Name, t.Kind, t.Status, plainEuros(t.Limit), t.Why})
		}
		out.Lots = append(out.Lots, j)
	}
	for _, r := range a.split.Table {
		out.Table = append(out.Table, splitRowJSON(r))
	}
	return out
}

// leversJSON is the choice of a lever. A condition is true, false, or null when the
// buyer has to say.
type leversJSON struct {
	ID        mandate.RecordID `json:"fiche"`
	Object    string           `json:"objet"`
	Duty      *bool            `json:"obligation"`
	Threshold float64          `json:"seuil"`
	DutyWhy   string           `json:"obligation_pourquoi"`
	Hours     float64          `json:"heures_d_insertion"`
	Since     int              `json:"depuis"`
	Division  int              `json:"division_cpv"` // 0 when the contract has no CPV
	Levers    []leverJSON      `json:"leviers"`
	Notes     []string         `json:"notes"`
}

type leverJSON struct {
	Lever      mandate.Lever   `json:"levier"`
	Fits       bool            `json:"convient"`
	Advised    bool            `json:"retenu_d_abord"`
	Why        []string        `json:"pourquoi"`
	Conditions []conditionJSON `json:"conditions"`
	Now        string          `json:"aujourdhui"`
	Then       string          `json:"en_2011"`
	Used       int             `json:"lots_qui_l_emploient"` // of the territory, since « depuis »
	Said       int             `json:"lots_qui_le_disent"`
	TradeUsed  int             `json:"lots_de_la_division_qui_l_emploient"`
	TradeSaid  int             `json:"lots_de_la_division_qui_le_disent"`
}

type conditionJSON struct {
	Text string `json:"condition"`
	Met  *bool  `json:"remplie"`
}

func said(a mandate.Answer) *bool {
	if a == mandate.Unsaid {
		return nil
	}
	yes := a == mandate.Yes
	return &yes
}

func leversOf(a advice) leversJSON {
	c := a.levers
	out := leversJSON{
		ID: a.project.ID, Object: a.project.Title(), Duty: said(c.Duty.Applies), Threshold: plainEuros(c.Duty.Threshold), DutyWhy: c.Duty.Why,
		Hours: plainHours(c.Hours), Since: c.Past.Since, Division: c.Past.Division, Levers: []leverJSON{}, Notes: list(c.Notes),
	}
	for _, l := range c.Levers {
		j := leverJSON{l.Lever, l.Fits, l.Advised, list(l.Why), []conditionJSON{}, l.Now, l.Then, l.Territory.Used, l.Territory.Said, l.Trade.Used, l.Trade.Said}
		for _, cond := range l.Conditions {
			j.Conditions = append(j.Conditions, conditionJSON{cond.Text, said(cond.Met)})
		}
		out.Levers = append(out.Levers, j)
	}
	return out
}
