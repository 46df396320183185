package intake

import (
	"bytes"
	"io"
	"slices"
	"strings"
)

// structureField is what a column or a key of a directory says.
type structureField uint8

const (
	sSIRET structureField = iota + 1
	sKind
	sName
	sBrand
	sNAF
	sStreetNumber
	sAddress
	sPostal
	sCity
	sINSEE
	sDepartment
	sLat
	sLon
	sCoords
	sPrecision
	sPhone
	sMail
	sWeb
	sDescription
	sWorkers
	sROME
	sTrades
	sModality
	sArea
	sRadius
	sAreaCodes
	sNetworks
	sActive
	sFINESS
	sStatus
	sTurnover
	sMonth // a monthly capacity; the name of the column is the month
)

// structureColumn tells what a folded column name or key means; the columns of
// persons are not among them, and are never read.
func structureColumn(folded string) (structureField, bool) {
	for _, known := range []struct {
		field structureField
		names string
	}{
		{sSIRET, "siret etsiret siretetablissement numerosiret nsiret"},
		{sKind, "type mesure kind typedestructure reseauxporteurs typestructure"},
		{sName, "nom name raisonsociale denominationsociale denomination etraisonsociale nomdelastructure nomstructure structure"},
		{sBrand, "enseigne brand nomcommercial"},
		{sNAF, "naf codenaf2 codenaf codeape ape"},
		{sStreetNumber, "numrue"},
		{sAddress, "adresse address nomrue etadresse adresseligne1 addresseligne1"},
		{sPostal, "codepostal postcode cp etcodepostal"},
		{sCity, "commune city ville etcommunelibelle libellecommune"},
		{sINSEE, "codeinsee insee citycode etcommunecode codecommune"},
		{sDepartment, "departement codedepartement department etdepartementcode"},
		{sLat, "lat latitude"}, {sLon, "lon lng longitude"}, {sCoords, "coords"}, {sPrecision, "precisiongeo"},
		{sPhone, "telephone phone contactphone ettelephone1 tel"},
		{sMail, "courriel email contactemail mailsiae etemail mail adressemail"},
		{sWeb, "siteweb site website contactwebsite url siteinternet"},
		{sDescription, "description presentation"},
		{sWorkers, "capacite capaciteautoriseeagregee employeesinsertioncount c2etpcount effectif nombredetravailleursdanslastructureenetp personneseninsertion"},
		{sROME, "rome rome2 rome3 rome4 rome5 rome6 rome7 rome8 rome9 coderome"},
		{sTrades, "metiers metiersproposes secteurs filieres metier1 metier2 metier3 metier4 metier5 metier6 metier"},
		{sModality, "modalite modalites prestatype"},
		{sArea, "zone zonedintervention georange"},
		{sRadius, "rayonkm rayonenkm rayon georangecustomdistance"},
		{sAreaCodes, "codesdezone codesdelazone zoneeligibilite communesoudepartements"},
		{sNetworks, "reseaux networks reseau"},
		{sFINESS, "etnfiness finess numerofiness nofinesset"},
		{sStatus, "statut statutjuridique formejuridique"},
		{sTurnover, "ca chiffredaffaires chiffredaffaireseuros"},
		{sActive, "active actif isactive"},
	} {
		if slices.Contains(strings.Fields(known.names), folded) {
			return known.field, true
		}
	}
	if _, ok := monthColumn(folded); ok {
		return sMonth, true
	}
	return 0, false
}

// monthColumn reads a folded column such as « heures032026 » or « 032026 ».
func monthColumn(folded string) (month string, ok bool) {
	digits := strings.TrimPrefix(folded, "heures")
	if len(digits) != 6 || strings.Trim(digits, "0123456789") != "" || digits[:2] < "01" || digits[:2] > "12" || digits[2:4] != "20" {
		return "", false
	}
	return digits[2:] + "-" + digits[:2], true
}

// saying is one value, with the name of the column that said it.
type saying struct{ column, value string }

// sayings is what a record says, before it is a structure.
type sayings struct {
	line    int
	key     string // the id other files know it by
	broken  string // why it could not be read at all
	records map[structureField][]saying
}

func (s *sayings) add(f structureField, column, value string) {
	if s.records == nil {
		s.records = map[structureField][]saying{}
	}
	s.records[f] = append(s.records[f], saying{column, value})
}

// one is the first value of a field.
func (s *sayings) one(f structureField) string {
	if v := s.records[f]; len(v) > 0 {
		return v[0].value
	}
	return ""
}

// all are the values of a field, lists in one cell split.
func (s *sayings) all(f structureField) []string {
	var out []string
	for _, v := range s.records[f] {
		for _, part := range listed(v.value) {
			if !slices.Contains(out, part) {
				out = append(out, part)
			}
		}
	}
	return out
}

// listed are the parts of a cell that holds a list.
func listed(cell string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ',' || r == '|' || r == ';' || r == '\n' }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func sortedNames(names []string) []string {
	slices.Sort(names)
	return names
}

func newHead(head []byte) io.Reader { return bytes.NewReader(head) }
