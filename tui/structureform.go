package tui

import (
	"context"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
	"passerelle/internal/trade"
)

// structureForm creates or corrects a structure. What is typed here no import
// replaces. Sixteen fields, most kept as they are: Ctrl+S.
type structureForm struct {
	page
	old  insertion.Structure
	form *form
}

func newStructureForm(sh *shared, st insertion.Structure) screen {
	s := &structureForm{page: sh.page(), old: st}
	var kinds, trades, modalities []option
	for _, k := range insertion.Kinds() {
		kinds = append(kinds, option{code: string(k), label: string(k)})
	}
	for _, t := range trade.All() {
		trades = append(trades, option{code: string(t.Code), label: t.Label})
	}
	for _, m := range []insertion.Modality{insertion.Secondment, insertion.Subcontracting, insertion.Reserved} {
		modalities = append(modalities, option{code: m.Code(), label: m.Label()})
	}
	statuses := []option{{code: "", label: "non dit"}}
	for _, one := range insertion.Statuses() {
		statuses = append(statuses, option{code: string(one), label: string(one)})
	}
	turnover := ""
	if st.Turnover > 0 {
		turnover = insertion.Thousands(int64(st.Turnover) / 100)
	}
	area, codes, chosen, modes := firstArea(st)
	km := "20"
	if area.Km > 0 {
		km = strconv.Itoa(area.Km)
	}
	genre := string(area.Kind)
	is := func(k insertion.AreaKind) func() bool {
		return func() bool { return s.form != nil && s.form.get("zone") == string(k) }
	}
	active := "oui"
	if !st.Active {
		active = "non"
	}
	s.form = newForm(sh.theme,
		textField("nom", "Nom", st.Name, "raison sociale"),
		textField("enseigne", "Enseigne", st.Brand, "si différente"),
		choiceField("type", "Type", string(st.Kind), kinds...),
		textField("siret", "SIRET", st.SIRET, "14 chiffres, sur ses factures"),
		textField("adresse", "Adresse", st.Address, "numéro et rue"),
		textField("commune", "Commune", strings.TrimSpace(st.PostalCode+" "+st.City), "92000 Nanterre"),
		textField("telephone", "Téléphone", st.Phone, "standard"),
		textField("courriel", "Courriel", st.Mail, "adresse de la structure, non d'une personne"),
		setField("metiers", "Métiers", chosen, trades...),
		setField("modalites", "Modalités", modes, modalities...),
		choiceField("zone", "Zone", genre, option{code: "", label: "non déclarée"}, option{code: string(insertion.Radius), label: "rayon"},
			option{code: string(insertion.Communes), label: "communes"}, option{code: string(insertion.Departments), label: "départements"},
			option{code: string(insertion.Country), label: "France"}),
		textField("rayon", "Rayon en km", km, "de 1 à 1000").when(is(insertion.Radius)),
		textField("codes", "Codes", codes, "92050, 92025… ou noms de communes").when(is(insertion.Communes)),
		textField("departements", "Départements", codes, "92, 75").when(is(insertion.Departments)),
		textField("capacite", "Heures par mois", capacityText(st.Capacity, insertion.DateOf(sh.now()).Month()), "heures libres : 150, ou 150 ; 08/2026=0 ; vide si inconnu"),
		textField("reseaux", "Réseaux", strings.Join(st.Networks, ", "), "Coorace, FEI…"),
		choiceField("statut", "Statut", string(st.Status), statuses...),
		textField("chiffre-affaires", "Chiffre d'aff.", turnover, "d'une année, en euros hors taxes ; vide si inconnu"),
		choiceField("active", "Active", active, option{code: "oui", label: "oui"}, option{code: "non", label: "non"}),
	)
	return s
}

// firstArea is the area of the first activity, which the form gives to all, and
// the trades and modalities they make together.
func firstArea(st insertion.Structure) (area insertion.Area, codes string, trades, modes []string) {
	var all insertion.Modality
	for i, a := range st.Activities {
		if i == 0 {
			area = a.Area
		}
		trades = append(trades, string(a.Trade))
		all |= a.Modality
	}
	for _, m := range all.Split() {
		modes = append(modes, m.Code())
	}
	return area, strings.Join(area.Codes, ", "), trades, modes
}

func (s *structureForm) Title() string {
	if s.old.ID == 0 {
		return "Nouvelle structure"
	}
	return "Corriger"
}

func (s *structureForm) Typing() bool      { return true }
func (s *structureForm) fields() *form     { return s.form }
func (s *structureForm) Actions() []action { return formActions(s.send) }

func (s *structureForm) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case saved:
		return tea.Batch(add(msg.id), popSaved())
	case failed:
		return s.form.refused(msg.err)
	default:
		cmd, sent := s.form.Update(msg)
		if sent {
			return s.send()
		}
		return cmd
	}
}

func (s *structureForm) send() tea.Cmd {
	s.form.clear()
	st, err := s.read()
	if err != nil {
		s.form.refuse(err)
		return nil
	}
	files, by := s.deps.Structures, s.person
	return saveNew(&s.page, "Structure enregistrée : "+st.DisplayName(), func(ctx context.Context) (int64, error) {
		id, err := files.SaveStructure(ctx, by, st)
		return int64(id), err
	})
}

// read turns what is typed into a structure; the error is a *FieldError.
func (s *structureForm) read() (insertion.Structure, error) {
	st := s.old
	f := s.form
	st.Name, st.Brand = strings.TrimSpace(f.get("nom")), strings.TrimSpace(f.get("enseigne"))
	st.Kind, st.SIRET = insertion.Kind(f.get("type")), strings.ReplaceAll(f.get("siret"), " ", "")
	st.Address, st.Phone, st.Mail = strings.TrimSpace(f.get("adresse")), strings.TrimSpace(f.get("telephone")), strings.TrimSpace(f.get("courriel"))
	st.Active = f.get("active") == "oui"
	st.Status = insertion.Status(f.get("statut"))
	if err := s.turnover(&st); err != nil {
		return st, err
	}
	if err := s.locate(&st); err != nil {
		return st, err
	}
	area, err := s.area(st.Department)
	if err != nil {
		return st, err
	}
	if err := s.activities(&st, area); err != nil {
		return st, err
	}
	if err := s.readCapacity(&st); err != nil {
		return st, err
	}
	st.Networks = words(f.get("reseaux"))
	return st, st.Validate()
}

// turnover reads the turnover typed; the cents of one left as it was are kept.
func (s *structureForm) turnover(st *insertion.Structure) error {
	typed := strings.TrimSpace(s.form.get("chiffre-affaires"))
	switch typed {
	case "":
		st.Turnover = 0
		return nil
	case insertion.Thousands(int64(s.old.Turnover) / 100):
		return nil
	}
	c, err := insertion.ParseCents(typed)
	if err != nil {
		return &insertion.FieldError{Field: "chiffre-affaires", Reason: err.Error()}
	}
	st.Turnover = c
	return nil
}

// locate finds the commune typed; an address already located stays so.
func (s *structureForm) locate(st *insertion.Structure) error {
	typed := strings.TrimSpace(s.form.get("commune"))
	if typed == strings.TrimSpace(s.old.PostalCode+" "+s.old.City) && s.old.Lat != 0 {
		return nil
	}
	if typed == "" {
		return &insertion.FieldError{Field: "commune", Reason: "la commune manque : sans elle aucune distance ne se calcule"}
	}
	p := place.National().Resolve(insertion.Place{Name: typed, Kind: "commune"}, "")
	c, ok := place.National().Commune(p.INSEE)
	if !ok {
		return &insertion.FieldError{Field: "commune", Reason: "commune inconnue : écrivez par exemple « 92000 Nanterre »"}
	}
	st.City, st.INSEE, st.Department, st.Lat, st.Lon, st.Precise = c.Name, c.INSEE, c.Department, c.Lat, c.Lon, false
	st.PostalCode = ""
	for _, code := range c.Postal {
		if st.PostalCode == "" || strings.Contains(typed, code) {
			st.PostalCode = code
		}
	}
	return nil
}

func (s *structureForm) area(department string) (insertion.Area, error) {
	a := insertion.Area{Kind: insertion.AreaKind(s.form.get("zone"))}
	switch a.Kind {
	case insertion.Radius:
		km, err := strconv.Atoi(strings.TrimSpace(s.form.get("rayon")))
		if err != nil || km < 1 || km > 1000 {
			return a, &insertion.FieldError{Field: "rayon", Reason: "de 1 à 1000 km"}
		}
		a.Km = km
	case insertion.Departments:
		a.Codes = words(strings.ToUpper(s.form.get("departements")))
		for _, code := range a.Codes {
			if _, ok := place.National().Department(code); !ok {
				return a, &insertion.FieldError{Field: "departements", Reason: "département inconnu : " + code}
			}
		}
	case insertion.Communes:
		for _, name := range words(s.form.get("codes")) {
			if c, ok := place.National().Commune(name); ok {
				a.Codes = append(a.Codes, c.INSEE)
			} else if found := place.National().Named(name, department); len(found) > 0 {
				a.Codes = append(a.Codes, found[0].INSEE)
			} else {
				return a, &insertion.FieldError{Field: "codes", Reason: "commune inconnue : " + name}
			}
		}
	}
	if (a.Kind == insertion.Departments || a.Kind == insertion.Communes) && len(a.Codes) == 0 {
		return a, &insertion.FieldError{Field: "zone", Reason: "dites lesquels, ou choisissez une autre zone"}
	}
	return a, nil
}

// activities gives every trade chosen the area and the modalities of the form;
// an activity that was already declared keeps its own when nothing changed.
func (s *structureForm) activities(st *insertion.Structure, area insertion.Area) error {
	chosen := s.form.input("metiers").values()
	changed := func(name string) bool { in := s.form.input(name); return in.value() != in.first }
	if !slices.ContainsFunc([]string{"metiers", "modalites", "zone", "rayon", "codes", "departements"}, changed) {
		return nil
	}
	var modality insertion.Modality
	for _, code := range s.form.input("modalites").values() {
		m, _ := insertion.ParseModality(code)
		modality |= m
	}
	if offered := st.Kind.Offers(); modality&^offered != 0 && offered != 0 {
		return &insertion.FieldError{Field: "modalites", Reason: "une structure de type " + string(st.Kind) + " propose : " + modalityWords(offered)}
	}
	st.Activities = nil
	for _, code := range chosen {
		st.Activities = append(st.Activities, insertion.Activity{Trade: insertion.Trade(code), Modality: modality, Area: area})
	}
	return nil
}

// words splits a list typed with commas or semicolons.
func words(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' }) {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

func (s *structureForm) View() string { return s.form.view(s.w, s.h) }

func (s *structureForm) Pointer() (int, int, bool) { return s.form.pointer(s.w, s.h) }
