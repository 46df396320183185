package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"passerelle/internal/insertion"
)

// jsonDialect names a JSON directory by the keys of its beginning.
func jsonDialect(head []byte) string {
	switch {
	case bytes.Contains(head, []byte(`"model"`)):
		return "Marché de l'inclusion"
	case bytes.Contains(head, []byte(`"addresse_ligne_1"`)), bytes.Contains(head, []byte(`"bloque_candidatures"`)):
		return "Les emplois de l'inclusion"
	case bytes.Contains(head, []byte(`"zone_eligibilite"`)):
		return "data.inclusion (services)"
	case bytes.Contains(head, []byte(`"reseaux_porteurs"`)):
		return "data.inclusion (structures)"
	}
	return "JSON"
}

// maxItem bounds one object of a JSON directory.
const maxItem = 4 << 20

// readStructureJSON reads the objects of a list, or of the list under « items »,
// « results », « structures » or « services », one at a time.
func readStructureJSON(m *Member, b structureBuilder, send func(StructureRecord) bool) error {
	bound := &bounded{r: m.Reader}
	d := json.NewDecoder(bound)
	d.UseNumber()
	stop := func(err error) error {
		e := &FileError{File: m.Name, Offset: d.InputOffset(), Err: ErrBroken, Reason: "le JSON est invalide à cet endroit", Remedy: "les structures déjà lues sont gardées ; téléchargez-le de nouveau"}
		var broken *FileError
		switch {
		case errors.As(err, &broken):
			return err
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			e.Err, e.Reason = ErrTruncated, "le fichier s'arrête avant sa fin"
		case errors.Is(err, errItem):
			e.Err, e.Reason, e.Remedy = ErrBroken, "un enregistrement dépasse 4 Mo", "ce n'est pas un annuaire de structures : vérifiez sa provenance"
		}
		return e
	}
	if err := enterList(d); err != nil {
		return stop(err)
	}
	for d.More() {
		bound.left = maxItem
		var item map[string]any
		if err := d.Decode(&item); err != nil {
			var odd *json.UnmarshalTypeError
			if !errors.As(err, &odd) {
				return stop(err)
			}
			if !send(StructureRecord{Refusal: &insertion.Refusal{Reason: "ce n'est pas un objet : une structure est attendue"}}) {
				return nil
			}
			continue
		}
		for _, r := range b.item(item) {
			if !send(r) {
				return nil
			}
		}
	}
	if _, err := d.Token(); err != nil {
		return stop(err)
	}
	return nil
}

var errItem = errors.New("enregistrement démesuré")

// bounded stops a decoder that would hold one endless object in memory.
type bounded struct {
	r    io.Reader
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= n; b.left < -2*maxItem {
		return 0, errItem
	}
	return n, err
}

// enterList reads up to the beginning of the list of objects.
func enterList(d *json.Decoder) error {
	t, err := d.Token()
	if err != nil || t == json.Delim('[') {
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		switch name, _ := key.(string); name {
		case "items", "results", "structures", "services", "siaes", "data":
			t, err := d.Token()
			if err != nil || t == json.Delim('[') {
				return err
			}
			return errors.New("liste attendue")
		}
		var skipped json.RawMessage
		if err := d.Decode(&skipped); err != nil {
			return err
		}
	}
	return io.ErrUnexpectedEOF
}

// item turns one object into records.
func (b structureBuilder) item(item map[string]any) []StructureRecord {
	if model, ok := item["model"].(string); ok {
		return b.fixture(model, item)
	}
	if _, service := item["zone_eligibilite"]; service {
		return []StructureRecord{b.service(item)}
	}
	said := sayingsOf(item)
	said.key = textOf(item["id"])
	if list, ok := item["postes"].([]any); ok { // les emplois : the jobs offered
		for _, p := range list {
			if job, ok := p.(map[string]any); ok {
				said.add(sROME, "rome", textOf(job["rome"]))
			}
		}
	}
	return b.build(said)
}

// sayingsOf reads the members of an object that are known, lists included.
func sayingsOf(fields map[string]any) sayings {
	var said sayings
	for name, v := range fields {
		f, ok := structureColumn(Fold(name))
		if !ok {
			continue
		}
		if list, is := v.([]any); is {
			for _, one := range list {
				if s := Value(Clean(textOf(one))); s != "" {
					said.add(f, Fold(name), s)
				}
			}
			continue
		}
		if s := Value(Clean(textOf(v))); s != "" {
			said.add(f, Fold(name), s)
		}
	}
	return said
}

func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "oui"
		}
		return "non"
	}
	return ""
}

// fixture reads a record of le marché de l'inclusion: {model, pk, fields}.
func (b structureBuilder) fixture(model string, item map[string]any) []StructureRecord {
	pk := textOf(item["pk"])
	fields, ok := item["fields"].(map[string]any)
	if !ok {
		return []StructureRecord{{Refusal: &insertion.Refusal{Field: "fields", Value: model, Reason: "l'enregistrement n'a pas de champs"}}}
	}
	name := Clean(textOf(fields["name"]))
	j := b.opt.Join
	reference := []StructureRecord{{Reference: true}}
	switch model {
	case "sectors.sectorgroup":
		j.groupNames[pk] = name
		return reference
	case "sectors.sector":
		j.sectors[pk], j.groups[pk] = name, textOf(fields["group"])
		return reference
	case "networks.network":
		j.networks[pk] = name
		if brand := Clean(textOf(fields["brand"])); brand != "" {
			j.networks[pk] = brand
		}
		return reference
	case "siaes.siaeactivity":
		return []StructureRecord{b.activity(fields)}
	case "siaes.siae":
		said := sayingsOf(fields)
		said.key = "siae:" + pk
		delete(said.records, sModality) // declared by activity
		delete(said.records, sArea)
		return b.build(said)
	}
	return []StructureRecord{{Refusal: &insertion.Refusal{Field: "model", Value: shorten(Clean(model), 80), Reason: "ce n'est ni une structure ni ce qui la décrit"}}}
}

// activity keeps what a structure of le marché does, until the structure comes.
func (b structureBuilder) activity(fields map[string]any) StructureRecord {
	said := sayingsOf(fields)
	p := joined{structure: "siae:" + textOf(fields["siae"]), sector: textOf(fields["sector"])}
	if p.structure == "siae:" || p.sector == "" {
		return StructureRecord{Refusal: &insertion.Refusal{Field: "siae", Reason: "l'activité ne dit pas sa structure ou son secteur"}}
	}
	modality, bad := modalityOf(said.all(sModality), insertion.Kind(""))
	if bad != nil {
		return StructureRecord{Refusal: bad}
	}
	p.modality = modality
	if area, bad := b.area(said); bad == nil {
		p.area = area
	}
	b.opt.Join.pending = append(b.opt.Join.pending, p)
	return StructureRecord{Reference: true}
}

// service keeps the area where a structure of data.inclusion works.
func (b structureBuilder) service(item map[string]any) StructureRecord {
	key := textOf(item["structure_id"])
	if key == "" {
		return StructureRecord{Refusal: &insertion.Refusal{Field: "structure_id", Reason: "le service ne dit pas de quelle structure il est"}}
	}
	list, _ := item["zone_eligibilite"].([]any)
	var communes, departments []string
	for _, v := range list {
		code := strings.TrimSpace(textOf(v))
		switch {
		case Fold(code) == "france":
			b.opt.Join.zones[key] = insertion.Area{Kind: insertion.Country}
			return StructureRecord{Reference: true}
		case len(code) == 5:
			communes = append(communes, code)
		case len(code) == 2 || len(code) == 3:
			departments = append(departments, code)
		}
	}
	switch {
	case len(departments) > 0:
		b.opt.Join.zones[key] = insertion.Area{Kind: insertion.Departments, Codes: departments}
	case len(communes) > 0:
		b.opt.Join.zones[key] = insertion.Area{Kind: insertion.Communes, Codes: communes}
	}
	return StructureRecord{Reference: true}
}
