package intake

import (
	"bytes"
	"slices"
	"strings"
)

// Format is what a file holds and how, in French, as reports show it.
type Format string

// The formats told apart by the first bytes of a file.
const (
	FormatUnknown        Format = "inconnu"
	FormatEmpty          Format = "vide"
	FormatNoticesJSON19  Format = "avis, JSON réglementaire 2019"
	FormatNoticesJSON22  Format = "avis, JSON réglementaire 2022"
	FormatNoticesFlat    Format = "avis, JSON à plat"
	FormatNoticesXML     Format = "avis, XML réglementaire"
	FormatNoticesODS     Format = "avis, CSV data.economie"
	FormatNoticesTabular Format = "avis, CSV consolidé (decp.csv)"
	FormatNoticesSCDL    Format = "avis, CSV SCDL"
	FormatNoticesCSV     Format = "avis, CSV"
	FormatStructuresCSV  Format = "structures, CSV"
	FormatStructuresJSON Format = "structures, JSON"
	FormatPlaces         Format = "communes, CSV"
	FormatWorkbook       Format = "classeur XLSX"
	FormatZip            Format = "archive"
)

// Notices tells whether the file holds award notices.
func (f Format) Notices() bool { return strings.HasPrefix(string(f), "avis, ") }

// Structures tells whether the file holds structures, or is a workbook: only
// structures come as workbooks.
func (f Format) Structures() bool {
	return strings.HasPrefix(string(f), "structures, ") || f == FormatWorkbook
}

// Places tells whether the file holds coordinates of communes.
func (f Format) Places() bool { return f == FormatPlaces }

// Sniff tells a text by its beginning (Member.Head), never by its extension.
func Sniff(head []byte) Format {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	trimmed := bytes.TrimLeft(head, " \t\r\n\x00")
	switch {
	case len(trimmed) == 0:
		return FormatEmpty
	case bytes.HasPrefix(trimmed, []byte("PK\x03\x04")):
		return FormatZip
	case trimmed[0] == '<':
		return sniffXML(trimmed)
	case trimmed[0] == '{' || trimmed[0] == '[':
		return sniffJSON(trimmed)
	case bytes.IndexByte(trimmed, 0) >= 0 || bytes.HasPrefix(trimmed, []byte("%PDF")):
		return FormatUnknown
	}
	return sniffCSV(trimmed)
}

// sniffXML looks for an element that holds a notice.
func sniffXML(head []byte) Format {
	for rest := head; ; {
		i := bytes.IndexByte(rest, '<')
		if i < 0 {
			return FormatUnknown
		}
		rest = rest[i+1:]
		end := bytes.IndexAny(rest, " \t\r\n/>")
		if end <= 0 {
			continue
		}
		if f, _ := fieldOf(Fold(localName(string(rest[:end])))); f.holdsRecords() || f == fBuyer {
			return FormatNoticesXML
		}
	}
}

// localName drops the prefix of a namespace: « ns2:marche » is « marche ».
func localName(name string) string {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// sniffJSON looks at the keys of the beginning, in their order.
func sniffJSON(head []byte) Format {
	strong, records := 0, Format("")
	for key, after := range keysOf(head) {
		f, _ := fieldOf(Fold(key))
		switch {
		case Fold(key) == "marches" && records == "":
			records = FormatNoticesJSON19
			if len(after) > 0 && after[0] == '{' {
				records = FormatNoticesJSON22
			}
		case f.strong():
			strong++
		}
		if structureKey(Fold(key)) && strong < 2 && records == "" {
			return FormatStructuresJSON
		}
		if strong >= 2 {
			break
		}
	}
	switch {
	case records != "":
		return records
	case strong >= 2:
		return FormatNoticesFlat
	case emptyJSON(head):
		return FormatEmpty
	}
	return FormatUnknown
}

// structureKey tells a key that only directories of structures have.
func structureKey(folded string) bool {
	switch folded {
	case "model", "siret", "structureid", "reseauxporteurs", "kind", "siae", "siaes", "presta", "prestatype", "raisonsociale", "postes", "bloquecandidatures", "sector", "services", "structures":
		return true
	}
	return false
}

// emptyJSON tells a document without any value in it: {}, [], [[]].
func emptyJSON(head []byte) bool {
	return len(head) < 1000 && len(bytes.Trim(head, "{}[] \t\r\n")) == 0
}

// keysOf runs over what looks like the keys of a JSON text, with what follows
// their colon. It is a look, not a parsing: a text inside a value may be taken
// for a key.
func keysOf(head []byte) func(yield func(string, []byte) bool) {
	return func(yield func(string, []byte) bool) {
		for i := 0; i < len(head); {
			open := bytes.IndexByte(head[i:], '"')
			if open < 0 {
				return
			}
			i += open + 1
			end := bytes.IndexByte(head[i:], '"')
			if end < 0 {
				return
			}
			text := head[i : i+end]
			i += end + 1
			after := bytes.TrimLeft(head[i:], " \t\r\n")
			if len(after) > 0 && after[0] == ':' && len(text) < 80 {
				if !yield(string(text), bytes.TrimLeft(after[1:], " \t\r\n")) {
					return
				}
			}
		}
	}
}

// sniffCSV reads the names of the columns.
func sniffCSV(head []byte) Format {
	t, err := NewTable("", bytes.NewReader(head))
	if err != nil {
		return FormatUnknown
	}
	strong := 0
	for key := range t.columns {
		if f, _ := fieldOf(key); f.strong() {
			strong++
		}
	}
	anyOf := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return t.Column(n) >= 0 })
	}
	switch {
	case t.Has("codeinsee", "lat", "lon") && !anyOf("siret", "objet"), t.Has("codeinsee", "latitude", "longitude") && !anyOf("siret", "objet"):
		return FormatPlaces
	case strong >= 3 && t.Has("uid", "titulaireid"):
		return FormatNoticesTabular
	case strong >= 3 && t.Has("marcheid"):
		return FormatNoticesSCDL
	case strong >= 3 && t.comma == ';' && anyOf("titulaireid1"):
		return FormatNoticesODS
	case strong >= 3:
		return FormatNoticesCSV
	case anyOf("siret", "etsiret", "mesure", "siretetablissement", "numerosiret", "nsiret"):
		return FormatStructuresCSV
	case anyOf("raisonsociale", "denominationsociale", "etraisonsociale", "metiersproposes", "nomdelastructure", "structure", "nofinesset", "reseauxporteurs"):
		return FormatStructuresCSV
	}
	return FormatUnknown
}
