package tui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// changeLines says, value by value, what a change did.
func changeLines(c insertion.Change) []string {
	var lines []string
	for _, r := range c.Rows {
		before, after := unfolded(r.Before), unfolded(r.After)
		switch {
		case r.Before == nil:
			lines = append(lines, rowName(r)+" : créé"+listed(after))
		case r.After == nil:
			lines = append(lines, rowName(r)+" : retiré"+listed(before))
		default:
			which := rowName(r)
			if m, ok := after["month"].(string); ok {
				which += " " + insertion.Month(m).French()
			}
			for _, d := range differences(before, after) {
				lines = append(lines, which+", "+d)
			}
		}
	}
	if len(lines) == 0 {
		return []string{"aucune valeur n'a changé"}
	}
	return lines
}

// unfolded reads a row, the documents it holds opened, so that each of their
// values is compared by itself.
func unfolded(row []byte) map[string]any {
	flat := map[string]any{}
	var open func(prefix string, doc []byte)
	open = func(prefix string, doc []byte) {
		var values map[string]any
		d := json.NewDecoder(bytes.NewReader(doc))
		d.UseNumber()
		if d.Decode(&values) != nil {
			return
		}
		for k, v := range values {
			text, _ := v.(string)
			inner, nested := v.(map[string]any)
			switch {
			case k == "doc" || k == "typed" && strings.HasPrefix(text, "{"):
				open("", []byte(text))
			case nested:
				again, _ := json.Marshal(inner)
				open(k+".", again)
			default:
				flat[prefix+k] = v
			}
		}
	}
	open("", row)
	return flat
}

// listed writes the values of a row that was created or removed.
func listed(row map[string]any) string {
	var parts []string
	for _, f := range journalFields() {
		if v := f.write(row[f.name]); v != "" {
			parts = append(parts, f.label+" "+v)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " ; " + strings.Join(parts, ", ")
}

// differences writes « taux : 5 % → 7 % » for each value that changed.
func differences(before, after map[string]any) []string {
	var out []string
	for _, f := range journalFields() {
		a, b := f.write(before[f.name]), f.write(after[f.name])
		if a != b {
			out = append(out, f.label+" : "+orNothing(a)+" → "+orNothing(b))
		}
	}
	return out
}

func orNothing(s string) string {
	if s == "" {
		return "(vide)"
	}
	return s
}

// rowName is the French name of what a row of the file is, with its number when
// people use it.
func rowName(r insertion.ChangeRow) string {
	names := map[string]string{
		"organisation": "organisme", "introduction": "proposition", "placement_month": "mois de placement",
		"contact": "échange", "setting": "réglage", "letterhead": "en-tête", "wording": "texte de document", "clause": "clause du lot", "lot": "lot", "place": "lieu",
	}
	name, ok := names[r.Table]
	if !ok {
		name = r.Table
	}
	if r.Table == "lot" || r.Table == "clause" {
		name += " " + strconv.FormatInt(r.Row, 10)
	}
	return name
}

// journalField is a value the journal shows: its name in the file, in French,
// and what it is. What is not listed is only bookkeeping.
type journalField struct {
	name, label string
	is          valueKind
}

type valueKind uint8

const (
	asText valueKind = iota
	asHours
	asMoney
	asShare
	asFlag
	asDate
	asModality
	asScore
)

func journalFields() []journalField {
	return []journalField{
		{"name", "nom", asText}, {"Name", "nom", asText}, {"Brand", "enseigne", asText}, {"Kind", "type", asText}, {"SIRET", "SIRET", asText},
		{"object", "objet", asText}, {"objet", "objet", asText}, {"cpv", "CPV", asText}, {"lieu", "lieu", asText}, {"duree", "durée en mois", asText}, {"social", "social", asText},
		{"base", "calcul", asText}, {"due", "heures dues", asHours}, {"montant", "montant", asMoney}, {"part", "part de main-d'œuvre", asShare},
		{"taux", "taux", asShare}, {"cout", "coût horaire", asMoney}, {"tranche", "tranche", asMoney}, {"seuil", "seuil", asMoney},
		{"facture", "facturé", asMoney}, {"volume", "volume", asHours}, {"arrondi", "arrondi", asHours}, {"modalites", "modalités", asModality},
		{"publics", "publics", asText}, {"debut", "début", asDate}, {"fin", "fin", asDate}, {"facilitateur", "facilitateur", asText},
		{"penalite.par_heure", "pénalité par heure", asMoney}, {"penalite.par_jour", "pénalité par jour", asMoney},
		{"penalite.jours_ouvres", "jours ouvrés", asFlag}, {"penalite.apres_mise_en_demeure", "après mise en demeure", asFlag},
		{"penalite.plafond", "plafond", asShare}, {"penalite.franchise", "franchise", asHours},
		{"penalite.exoneration_si_moyens_prouves", "exonération si moyens prouvés", asFlag}, {"penalite.texte", "article", asText},
		{"state", "état", asText}, {"reason", "raison", asText}, {"rank", "rang", asText}, {"score", "score", asScore},
		{"employer", "employeur", asText}, {"modality", "modalité", asModality}, {"signed", "signé le", asDate},
		{"month", "mois", asDate}, {"planned", "prévues", asHours}, {"done", "faites", asHours}, {"entered", "saisi", asFlag},
		{"kind", "genre", asText}, {"held", "le", asDate}, {"text", "texte", asText}, {"note", "note", asText},
		{"Address", "adresse", asText}, {"PostalCode", "code postal", asText}, {"City", "commune", asText}, {"NAF", "NAF", asText},
		{"Phone", "téléphone", asText}, {"Mail", "courriel", asText}, {"Web", "site", asText}, {"Description", "présentation", asText},
		{"Activities", "métiers", asText}, {"Networks", "réseaux", asText}, {"Capacity", "capacité", asText}, {"Active", "active", asFlag},
		{"value", "valeur", asText}, {"file", "fichier", asText},
	}
}

// write says a value in French; "" for what is empty or zero.
func (f journalField) write(v any) string {
	text := ""
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		text = map[bool]string{true: "1", false: "0"}[v]
	case []any:
		return f.list(v)
	default:
		text = fmt.Sprint(v)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if text == "" || err == nil && n == 0 && f.is != asFlag {
		return ""
	}
	switch {
	case f.is == asFlag:
		return map[bool]string{true: "oui", false: "non"}[n != 0 || text == "true"]
	case f.is == asDate && len(text) == 7:
		return insertion.Month(text).French()
	case f.is == asDate:
		return insertion.Date(text).French()
	case f.is == asScore:
		if x, err := strconv.ParseFloat(text, 64); err == nil {
			return fmt.Sprintf("%.0f", x)
		}
	case err != nil:
		return text
	case f.is == asHours:
		return insertion.Hours(n).String()
	case f.is == asMoney:
		return insertion.Cents(n).String()
	case f.is == asShare:
		return insertion.BasisPoints(n).String()
	case f.is == asModality:
		return modalityWords(insertion.Modality(n))
	}
	return text
}

// list writes the items of a list, each by what names it.
func (f journalField) list(items []any) string {
	var words []string
	for _, item := range items {
		switch item := item.(type) {
		case map[string]any:
			switch {
			case item["filiere"] != nil:
				words = append(words, tradeLabel(insertion.Trade(fmt.Sprint(item["filiere"]))))
			case item["mois"] != nil:
				hours := journalField{is: asHours}.write(item["heures"])
				words = append(words, insertion.Month(fmt.Sprint(item["mois"])).French()+" "+hours)
			}
		default:
			words = append(words, fmt.Sprint(item))
		}
	}
	return strings.Join(slices.Compact(words), ", ")
}
