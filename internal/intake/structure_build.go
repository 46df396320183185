package intake

import (
	"slices"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/trade"
)

// structureBuilder makes structures of what records say.
type structureBuilder struct{ opt StructureOptions }

// build makes one record for each type named.
func (b structureBuilder) build(said sayings) []StructureRecord {
	refuse := func(field, value, reason string) []StructureRecord {
		return []StructureRecord{{Line: said.line, Refusal: &insertion.Refusal{Line: said.line, Field: field, Value: shorten(value, 80), Reason: reason}}}
	}
	if said.broken != "" {
		return refuse("", "", said.broken)
	}
	raw := said.one(sSIRET)
	siret := compactID(raw)
	if n := len(siret); n == 12 || n == 13 {
		siret = strings.Repeat("0", 14-n) + siret // a spreadsheet ate the zeros
	}
	name := said.one(sName)
	switch {
	case siret == "" && name == "" && said.one(sFINESS) == "":
		return refuse("siret", raw, "ni SIRET ni nom : ce n'est pas une structure")
	case !finessKey(&siret, raw, said.one(sFINESS)) && (len(siret) != 14 || strings.Trim(siret, "0123456789") != ""):
		return refuse("siret", raw, "il faut 14 chiffres")
	case name == "":
		return refuse("nom", "", "le nom manque")
	}
	kinds, unknown := kindsOf(said.all(sKind))
	if len(kinds) == 0 {
		if unknown == "" {
			return refuse("type", "", "le type manque (ACI, AI, EI, ETTI, ESAT…)")
		}
		return refuse("type", unknown, "ce type n'est pas celui d'une structure d'insertion")
	}
	st := insertion.Structure{
		SIRET: siret, Name: name, Brand: said.one(sBrand), NAF: strings.ReplaceAll(said.one(sNAF), ".", ""),
		Address:    strings.Join(strings.Fields(said.one(sStreetNumber)+" "+said.one(sAddress)), " "),
		PostalCode: zeros(said.one(sPostal), 5), City: said.one(sCity), INSEE: zeros(said.one(sINSEE), 5),
		Phone: phone(said.one(sPhone)), Web: said.one(sWeb), Description: shorten(said.one(sDescription), 2000),
		ROME: romes(said.all(sROME)), Networks: said.all(sNetworks), Active: !no(said.one(sActive)),
	}
	if st.Brand == st.Name {
		st.Brand = ""
	}
	st.Workers = workers(said.one(sWorkers))
	st.Status, st.Turnover = statusOf(said.one(sStatus)), turnover(said.one(sTurnover))
	b.locate(&st, said)
	st.Mail = organisationMail(said.one(sMail), st)
	if bad := b.activities(&st, said, kinds[0]); bad != nil {
		bad.Line = said.line
		return []StructureRecord{{Line: said.line, Refusal: bad}}
	}
	if bad := capacities(&st, said); bad != nil {
		bad.Line = said.line
		return []StructureRecord{{Line: said.line, Refusal: bad}}
	}
	var out []StructureRecord
	for _, k := range kinds {
		st.Kind = k
		out = append(out, StructureRecord{Line: said.line, Structure: st})
	}
	return out
}

// activities reads the trades declared, with the modality and the area given to
// them all, and those other files joined to the structure.
func (b structureBuilder) activities(st *insertion.Structure, said sayings, kind insertion.Kind) *insertion.Refusal {
	area, bad := b.area(said)
	if bad != nil {
		return bad
	}
	modality, bad := modalityOf(said.all(sModality), kind)
	if bad != nil {
		return bad
	}
	for _, code := range tradesOf(said.records[sTrades]) {
		if !slices.ContainsFunc(st.Activities, func(a insertion.Activity) bool { return a.Trade == code }) {
			st.Activities = append(st.Activities, insertion.Activity{Trade: code, Modality: modality, Area: area})
		}
	}
	b.opt.Join.into(st, said.key)
	return nil
}

// labelParts is how many parts a label makes once split where lists are, at most.
const labelParts = 4

// tradesOf reads the trades of cells that may hold lists. Labels hold commas, as
// lists do (« Second œuvre, rénovation »): the longest run of parts that makes a
// label is one. A trade of another list is left out: the ranking reads names, NAF
// and ROME.
func tradesOf(cells []saying) []insertion.Trade {
	var out []insertion.Trade
	for _, cell := range cells {
		for parts := listed(cell.value); len(parts) > 0; {
			taken := 1
			for n := min(len(parts), labelParts); n > 0; n-- {
				if code, ok := tradeOf(strings.Join(parts[:n], ", ")); ok {
					out, taken = append(out, code), n
					break
				}
			}
			parts = parts[taken:]
		}
	}
	return out
}

// tradeOf reads a trade by its code or its label.
func tradeOf(v string) (insertion.Trade, bool) {
	code := insertion.Trade(strings.ToLower(strings.TrimSpace(v)))
	if trade.Known(code) {
		return code, true
	}
	for _, t := range trade.All() {
		if Fold(t.Label) == Fold(v) {
			return t.Code, true
		}
	}
	return "", false
}

func modalityOf(values []string, kind insertion.Kind) (m insertion.Modality, bad *insertion.Refusal) {
	for _, v := range values {
		switch Fold(v) {
		case "disp", "miseadisposition", "miseadispositioninterim":
			m |= insertion.Secondment
		case "prest", "build", "soustraitance", "soustraitanceoucotraitance", "prestationdeservice", "prestation":
			m |= insertion.Subcontracting
		case "reserve", "marchereserve":
			m |= insertion.Reserved
		default:
			return 0, &insertion.Refusal{Field: "modalité", Value: shorten(v, 80), Reason: "modalité inconnue (mise-a-disposition, sous-traitance, reserve)"}
		}
	}
	if kind != "" {
		m &= kind.Offers()
	}
	return m, nil
}

// area reads where the activities are done.
func (b structureBuilder) area(said sayings) (insertion.Area, *insertion.Refusal) {
	refuse := func(value, reason string) (insertion.Area, *insertion.Refusal) {
		return insertion.Area{}, &insertion.Refusal{Field: "zone", Value: shorten(value, 80), Reason: reason}
	}
	codes := said.all(sAreaCodes)
	switch v := said.one(sArea); Fold(v) {
	case "":
		return insertion.Area{}, nil
	case "france", "pays", "country", "franceentiere":
		return insertion.Area{Kind: insertion.Country}, nil
	case "rayon", "custom":
		km, ok := parseNumber(said.one(sRadius))
		if !ok || km < 1 || km > 1000 {
			return refuse(said.one(sRadius), "le rayon va de 1 à 1000 km")
		}
		return insertion.Area{Kind: insertion.Radius, Km: int(km)}, nil
	case "departement", "departements", "department":
		if len(codes) == 0 && said.one(sPostal) != "" {
			codes = []string{zeros(said.one(sPostal), 5)[:2]}
		}
		return insertion.Area{Kind: insertion.Departments, Codes: codes}, nil
	case "region", "regions":
		return insertion.Area{Kind: insertion.Regions, Codes: codes}, nil
	case "commune", "communes":
		if len(codes) == 0 {
			return refuse(v, "dites lesquelles dans « Codes de zone »")
		}
		return insertion.Area{Kind: insertion.Communes, Codes: codes}, nil
	default:
		return refuse(v, "zone inconnue (rayon, communes, départements, régions, France)")
	}
}

// capacities reads the monthly columns.
func capacities(st *insertion.Structure, said sayings) *insertion.Refusal {
	for _, s := range said.records[sMonth] {
		month, _ := monthColumn(s.column)
		h, err := insertion.ParseHours(s.value)
		if err != nil || h > insertion.WholeHours(100_000) {
			return &insertion.Refusal{Field: "heures " + insertion.Month(month).French(), Value: shorten(s.value, 80), Reason: "ce n'est pas un nombre d'heures libres"}
		}
		st.Capacity = append(st.Capacity, insertion.MonthHours{Month: insertion.Month(month), Hours: h})
	}
	slices.SortFunc(st.Capacity, func(a, b insertion.MonthHours) int { return strings.Compare(string(a.Month), string(b.Month)) })
	return nil
}
