package main

import (
	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// The shapes JSON answers take. Amounts are euros, hours are hours: numbers a
// spreadsheet understands.

type partyJSON struct {
	ID   string `json:"id"`
	Kind string `json:"type_identifiant"`
	Name string `json:"nom"`
}

func partyOf(p insertion.Party) partyJSON { return partyJSON{p.ID, string(p.Kind), p.Name} }

type placeJSON struct {
	Code       string  `json:"code"`
	Kind       string  `json:"type"`
	Name       string  `json:"nom"`
	INSEE      string  `json:"insee"`
	Department string  `json:"departement"`
	Lat        float64 `json:"lat"`
	Lon        float64 `json:"lon"`
	Basis      string  `json:"d_apres"`
}

func placeOf(p insertion.Place) placeJSON {
	return placeJSON{p.Code, p.Kind, p.Name, p.INSEE, p.Department, p.Lat, p.Lon, string(p.Basis)}
}

type hoursJSON struct {
	Due     float64 `json:"dues"`
	Planned float64 `json:"prevues"`
	Done    float64 `json:"faites"`
}

func hoursOf(s insertion.HoursSum) hoursJSON {
	return hoursJSON{plainHours(s.Due), plainHours(s.Planned), plainHours(s.Done)}
}

func plainHours(h insertion.Hours) float64 { return float64(h) / 100 }
func plainEuros(c insertion.Cents) float64 { return float64(c) / 100 }

// lotJSON is a lot as every command shows it.
type lotJSON struct {
	ID         insertion.LotID `json:"lot"`
	Reference  string          `json:"reference"`
	LotNumber  string          `json:"numero_lot"`
	Object     string          `json:"objet"`
	Buyer      partyJSON       `json:"acheteur"`
	Contractor partyJSON       `json:"titulaire"`
	Others     int             `json:"autres_titulaires"`
	CPV        string          `json:"cpv"`
	Place      placeJSON       `json:"lieu"`
	Date       insertion.Date  `json:"date"`
	Amount     float64         `json:"montant"`
	Doubtful   bool            `json:"montant_a_verifier"`
	Social     []string        `json:"considerations_sociales"`
	HasClause  bool            `json:"clause"`
	Stage      string          `json:"etape"`
	Hours      hoursJSON       `json:"heures"`
}

func lotOf(r insertion.LotRow) lotJSON {
	return lotJSON{
		ID: r.ID, Reference: r.Reference, LotNumber: r.LotNumber, Object: r.Object, Buyer: partyOf(r.Buyer),
		Contractor: partyOf(r.Lead), Others: r.Others, CPV: r.CPV, Place: placeOf(r.Place), Date: r.Date,
		Amount: plainEuros(r.Amount), Doubtful: r.Doubtful, Social: list(r.Social.Words()), HasClause: r.HasClause,
		Stage: string(r.Stage), Hours: hoursOf(r.Hours),
	}
}

// structureJSON is a structure as every command shows it.
type structureJSON struct {
	SIRET       string         `json:"siret"`
	Kind        insertion.Kind `json:"type"`
	Name        string         `json:"nom"`
	Brand       string         `json:"enseigne"`
	NAF         string         `json:"naf"`
	Address     string         `json:"adresse"`
	PostalCode  string         `json:"code_postal"`
	City        string         `json:"commune"`
	INSEE       string         `json:"insee"`
	Department  string         `json:"departement"`
	Lat         float64        `json:"lat"`
	Lon         float64        `json:"lon"`
	Phone       string         `json:"telephone"`
	Mail        string         `json:"courriel"`
	Web         string         `json:"site"`
	Description string         `json:"description"`
	Workers     int            `json:"places"`
	ROME        []string       `json:"rome"`
	Activities  []activityJSON `json:"activites"`
	Networks    []string       `json:"reseaux"`
	Free        []monthJSON    `json:"capacite"`
	Active      bool           `json:"active"`
	Status      string         `json:"statut"`           // declared, or implied by the type
	Turnover    float64        `json:"chiffre_affaires"` // of a year; 0 unknown
}

type activityJSON struct {
	Trade      insertion.Trade `json:"filiere"`
	Label      string          `json:"libelle"`
	Modalities []string        `json:"modalites"`
	Area       insertion.Area  `json:"zone"`
}

func modalityCodes(m insertion.Modality) []string {
	codes := []string{}
	for _, one := range m.Split() {
		codes = append(codes, one.Code())
	}
	return codes
}

type monthJSON struct {
	Month insertion.Month `json:"mois"`
	Hours float64         `json:"heures"`
}

func structureOf(s insertion.Structure) structureJSON {
	out := structureJSON{
		SIRET: s.SIRET, Kind: s.Kind, Name: s.Name, Brand: s.Brand, NAF: s.NAF, Address: s.Address, PostalCode: s.PostalCode,
		City: s.City, INSEE: s.INSEE, Department: s.Department, Lat: s.Lat, Lon: s.Lon, Phone: s.Phone, Mail: s.Mail, Web: s.Web,
		Description: s.Description, Workers: s.Workers, ROME: list(s.ROME), Activities: []activityJSON{},
		Networks: list(s.Networks), Free: []monthJSON{}, Active: s.Active, Status: string(s.LegalForm()), Turnover: plainEuros(s.Turnover),
	}
	for _, a := range s.Activities {
		out.Activities = append(out.Activities, activityJSON{a.Trade, trade.Label(a.Trade), modalityCodes(a.Modality), a.Area})
	}
	for _, m := range s.Capacity {
		out.Free = append(out.Free, monthJSON{m.Month, plainHours(m.Hours)})
	}
	return out
}

// tradeWords names the trades of a structure for people.
func tradeWords(s insertion.Structure) []string {
	var words []string
	for _, a := range s.Activities {
		words = append(words, trade.Label(a.Trade))
	}
	return words
}
