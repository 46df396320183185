package intake

import (
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// parseParty cleans an identifier and its declared kind. doubt says in French
// what is wrong with it, "" when nothing is. A zero Party means no identifier.
func parseParty(id, kind string) (p insertion.Party, doubt string) {
	declared := partyKind(kind)
	compact := compactID(id)
	if strings.Trim(compact, "0") == "" {
		return insertion.Party{}, ""
	}
	if _, numeric := digits(compact); !numeric || (declared != insertion.SIRET && declared != insertion.Unverified) {
		if declared == insertion.SIRET && looksVAT(compact) {
			declared = insertion.VAT
		}
		if declared == insertion.SIRET || (declared == insertion.Unverified && !looksVAT(compact)) {
			return insertion.Party{ID: id}, "identifiant de type inconnu, gardé tel quel"
		}
		if declared == insertion.Unverified {
			declared = insertion.VAT
		}
		return insertion.Party{Kind: declared, ID: id}, ""
	}
	switch len(compact) {
	case 13:
		compact = "0" + compact
		fallthrough
	case 14:
		p = insertion.Party{Kind: insertion.SIRET, ID: compact}
		if !insertion.ValidSIRET(compact) {
			doubt = "la clé du SIRET est fausse"
		}
		return p, doubt
	case 9:
		return insertion.Party{ID: compact}, "SIREN de 9 chiffres au lieu d'un SIRET de 14"
	}
	return insertion.Party{ID: compact}, strconv.Itoa(len(compact)) + " chiffres au lieu des 14 d'un SIRET"
}

// compactID drops the spaces and points people put in a SIRET, and reads the
// number that a spreadsheet made of it.
func compactID(id string) string {
	if strings.Trim(id, "0123456789") == "" {
		return id
	}
	compact := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '.', '-', '_', '\'', ',':
			return -1
		}
		return r
	}, id)
	if _, ok := digits(compact); ok && !strings.ContainsAny(id, ".,") {
		return compact
	}
	if f, ok := parseNumber(id); ok && f >= 1e8 && f < 1e18 && f == float64(int64(f)) {
		return strconv.FormatInt(int64(f), 10)
	}
	return compact
}

func looksVAT(id string) bool {
	return len(id) >= 8 && len(id) <= 16 && id[0] >= 'A' && id[0] <= 'Z' && id[1] >= 'A' && id[1] <= 'Z' && strings.ContainsAny(id[2:], "0123456789") && !strings.HasPrefix(id, "FRWF")
}

// partyKind reads a declared kind of identifier, with its variants.
func partyKind(declared string) insertion.PartyKind {
	switch declared {
	case "SIRET":
		return insertion.SIRET
	case "":
		return insertion.Unverified
	}
	switch f := Fold(declared); {
	case f == "siret":
		return insertion.SIRET
	case strings.HasPrefix(f, "tva"):
		return insertion.VAT
	case f == "tahiti":
		return insertion.TAHITI
	case f == "ridet":
		return insertion.RIDET
	case strings.HasPrefix(f, "frw"):
		return insertion.FRWF
	case f == "irep":
		return insertion.IREP
	case f == "horsue":
		return insertion.OutsideEU
	}
	return insertion.Unverified
}

// parseCPV brings a CPV code to its eight digits: check digit dropped, the zero
// that a spreadsheet lost given back. "" when it is none of the vocabulary.
func parseCPV(s string) string {
	code, _, _ := strings.Cut(strings.TrimSpace(s), "-")
	if code = strings.TrimSpace(code); strings.ContainsAny(code, ". ") {
		code = strings.NewReplacer(".", "", " ", "").Replace(code)
	}
	if _, ok := digits(code); !ok {
		return ""
	}
	switch len(code) {
	case 7:
		code = "0" + code
	case 8:
	case 9:
		code = code[:8]
	default:
		return ""
	}
	if known, _ := division(code[:2]); !known || code == "12345678" || strings.Trim(code, code[:1]) == "" {
		return ""
	}
	return code
}

// division tells the divisions of the CPV: those of 2008, and (old) those of
// 2003 that it renumbered and that old files still bear.
func division(d string) (known, old bool) {
	switch d {
	case "03", "09", "14", "15", "16", "18", "19", "22", "24", "30", "31", "32", "33", "34", "35", "37", "38", "39",
		"41", "42", "43", "44", "45", "48", "50", "51", "55", "60", "63", "64", "65", "66", "70", "71", "72", "73",
		"75", "76", "77", "79", "80", "85", "90", "92", "98":
		return true, false
	case "01", "02", "05", "10", "11", "12", "13", "17", "20", "21", "23", "25", "26", "27", "28", "29", "36", "40",
		"52", "61", "62", "67", "74", "78", "91", "93", "95", "99":
		return true, true
	}
	return false, false
}

// parseSocial reads declared considerations, one or several in a text; known is
// false when the text says none of them.
func parseSocial(s string) (flags insertion.Social, known bool) {
	w := words(s)
	if strings.Contains(w, "clause") && !strings.Contains(w, "clause env") {
		flags |= insertion.SocialClause
	}
	if strings.Contains(w, "crit") && !strings.Contains(w, "critere env") {
		flags |= insertion.SocialCriterion
	}
	if strings.Contains(w, "reserv") || strings.Contains(w, "rserv") {
		flags |= insertion.SocialReserved
	}
	for _, none := range [...]string{"pas de consid", "sans consid", "aucune consid", "sans objet", "aucune"} {
		if strings.Contains(w, none) {
			flags |= insertion.NoSocial
		}
	}
	if w == "non" || w == "false" || w == "0" {
		flags |= insertion.NoSocial
	}
	if w == "oui" || w == "true" || w == "1" {
		flags |= insertion.SocialClause
	}
	return flags, flags != 0
}

// placeKind normalises the declared kind of a place code.
func placeKind(declared string) string {
	w := Fold(declared)
	for _, k := range [...]struct{ part, kind string }{
		{"postal", "code postal"}, {"arrond", "arrondissement"}, {"commune", "commune"}, {"insee", "commune"},
		{"partement", "département"}, {"gion", "région"}, {"pays", "pays"}, {"canton", "canton"},
	} {
		if strings.Contains(w, k.part) {
			return k.kind
		}
	}
	return ""
}

// nature brings the variants of a nature to the words of the schema.
func nature(s string) string {
	switch Fold(s) {
	case "marche", "march", "marchepublic":
		return "Marché"
	case "accordcadre":
		return "Accord-cadre"
	case "marchesubsequent", "marchsubsquent":
		return "Marché subséquent"
	case "marchedepartenariat", "marchdepartenariat":
		return "Marché de partenariat"
	}
	return s
}

// procedure brings the procedures of the schemas before 1.5 to today's words.
func procedure(s string) string {
	switch f := Fold(s); {
	case f == "procedureadaptee", f == "procdureadapte", f == "mapa":
		return "Procédure adaptée"
	case f == "procedureconcurrentielleavecnegociation", f == "procedurenegocieeavecmiseenconcurrenceprealable":
		return "Procédure avec négociation"
	case strings.HasPrefix(f, "marchenegociesanspublicite"), strings.HasPrefix(f, "marchepublicnegociesanspublicite"):
		return "Marché passé sans publicité ni mise en concurrence préalable"
	}
	return s
}

// group keeps the two forms a group of firms can take.
func group(s string) string {
	switch f := Fold(s); {
	case strings.Contains(f, "solidaire") && !strings.Contains(f, "conjoint"):
		return "Solidaire"
	case strings.Contains(f, "conjoint"):
		return "Conjoint"
	}
	return ""
}

// lotNumber reads the number of the lot in an object: « Lot n° 03 : … » is "3",
// "lot 2B" is "2b". "" when it names several lots or none.
func lotNumber(object string) string {
	for at := 0; at+3 < len(object); at++ {
		if object[at]|0x20 != 'l' || object[at+1]|0x20 != 'o' || object[at+2]|0x20 != 't' {
			continue
		}
		if at > 0 && wordByte(object[at-1]) {
			continue
		}
		if n := afterLot(object[at+3:]); n != "" {
			return n
		}
	}
	return ""
}

func wordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

// afterLot reads the number that follows the word « lot ».
func afterLot(s string) string {
	s = strings.TrimLeft(s, " :-_#(.")
	for _, sign := range [...]string{"numéro", "numero", "Numéro", "NUMERO", "NUMÉRO", "num", "n°", "N°", "nº", "Nº", "n\ufffd", "N\ufffd", "no", "No", "NO", "n", "N"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			if rest = strings.TrimLeft(rest, " .:"); rest != "" && rest[0] >= '0' && rest[0] <= '9' {
				s = rest
			}
			break
		}
	}
	end := 0
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	if end > 4 {
		return ""
	}
	if end == 0 { // « Lot B : … »
		if len(s) > 2 && s[0] >= 'A' && s[0] <= 'Z' {
			if after := strings.TrimLeft(s[1:], " "); after != "" && strings.IndexByte(":-)", after[0]) >= 0 {
				return strings.ToLower(s[:1])
			}
		}
		return ""
	}
	number := strings.TrimLeft(s[:end], "0")
	if number == "" {
		number = "0"
	}
	if end+1 < len(s) && s[end] == '.' && s[end+1] >= '0' && s[end+1] <= '9' {
		tail := end + 1
		for tail < len(s) && s[tail] >= '0' && s[tail] <= '9' {
			tail++
		}
		return number + s[end:tail]
	}
	if end < len(s) && (s[end]|0x20) >= 'a' && (s[end]|0x20) <= 'z' && (end+1 == len(s) || !wordByte(s[end+1])) {
		number += strings.ToLower(s[end : end+1])
	}
	return number
}
