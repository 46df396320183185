package intake

import (
	"cmp"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// Record is one record of a file: a notice, or the reason why it is none.
type Record struct {
	Number   int // in the file, from 1
	Line     int // its first line, 0 when unknown
	Notice   insertion.Notice
	Refusal  *insertion.Refusal
	Warnings []insertion.Refusal // what was mended, dropped or looks wrong; the notice stands
}

// builder makes notices of trees. One serves a whole file.
type builder struct {
	opt    Options
	parser jsonParser // of the JSON and Python lists found in cells
	texts  *memo[string]
	nature *memo[string]
	proc   *memo[string]
	kinds  *memo[string]
	groups *memo[string]
	cpvs   *memo[string]
	social *memo[socialWord]
	dates  *memo[dateWord]
	known  map[placeKey]insertion.Place

	tree    *tree
	rec     *Record
	at      [fCurrent + 1]int32 // the first value of each field, 0 when none
	flat    []flatParty         // of the contractors given in numbered columns
	socials []int32
	mods    []int32
	scratch []byte
}

type socialWord struct {
	flags insertion.Social
	odd   string // a text that says nothing known
}

type dateWord struct {
	year, month, day int
	ok               bool
	date             insertion.Date // when the year is plausible
}

type placeKey struct{ code, kind, name, buyer string }

// flatParty is a contractor in columns: the nodes of its parts.
type flatParty struct {
	number               uint8
	id, kind, name, size int32
}

func newBuilder(opt Options, k keys) *builder {
	then := func(f func(string) string) *memo[string] {
		return newMemo(func(s string) string { return f(Value(s)) })
	}
	return &builder{
		opt: opt, parser: jsonParser{keys: k}, known: map[placeKey]insertion.Place{},
		texts: newMemo(Value), nature: then(nature), proc: then(procedure), kinds: then(placeKind), groups: then(group),
		cpvs: newMemo(func(s string) string { return parseCPV(Value(s)) }),
		social: newMemo(func(s string) socialWord {
			s = Value(s)
			flags, ok := parseSocial(s)
			if ok {
				s = ""
			}
			return socialWord{flags, s}
		}),
		dates: newMemo(func(s string) (w dateWord) {
			w.year, w.month, w.day, w.ok = parseDate(Value(s))
			if w.ok && w.year >= firstYear && w.year <= lastYear {
				w.date = isoDate(w.year, w.month, w.day)
			}
			return w
		}),
	}
}

// build makes the notice of a tree, or its refusal, in rec.
func (b *builder) build(t *tree, at position, rec *Record) {
	b.tree, b.rec = t, rec
	root := b.spread(t)
	n := &rec.Notice
	n.Concession = at.concession || b.concession()
	n.Reference = b.text(cmp.Or(b.at[fID], b.at[fUID]))
	b.buyer(n)
	n.Object = b.text(b.at[fObject])
	if b.refuse(n, root) {
		return
	}
	n.LotNumber = lotNumber(n.Object)
	n.FrameworkRef = b.text(b.at[fFramework])
	n.Nature = b.nature.of(b.raw(b.at[fNature]))
	n.Procedure = b.proc.of(b.raw(b.at[fProcedure]))
	n.CCAG = b.short(b.at[fCCAG])
	n.Techniques = b.words(b.at[fTechniques])
	n.Execution = b.words(b.at[fExecution])
	n.PriceForm = cmp.Or(b.short(b.at[fPriceForm]), strings.Join(b.words(b.at[fPriceType]), ", "))
	n.Group = b.groups.of(b.raw(b.at[fGroup]))
	n.Source = b.short(b.at[fSource])
	b.cpv(n)
	b.when(n)
	b.amount(n)
	n.Months = b.months(b.at[fMonths], "dureeMois", n.Concession)
	n.Contractors = b.contractors()
	n.Subcontractors = b.subcontractors()
	n.Social = b.considerations()
	n.Modifications = b.modifications(n)
	b.place(n)
	b.lost(n)
}

// spread notes where each field of the record is, the first that says something
// winning, and returns the object the record is in.
func (b *builder) spread(t *tree) (root int32) {
	b.at = [fCurrent + 1]int32{}
	b.flat, b.socials, b.mods = b.flat[:0], b.socials[:0], b.mods[:0]
	root = t.root()
	for c := t.nodes[root].first; c != 0; c = t.nodes[c].next {
		n := &t.nodes[c]
		if n.shape == shapeNull || (n.shape == shapeText && n.from == n.to) {
			continue
		}
		switch n.field {
		case fContractorID, fContractorKind, fContractorName, fContractorSize:
			b.flatten(n, c)
		case fSocial:
			b.socials = append(b.socials, c)
		case fMods:
			b.mods = append(b.mods, c)
		}
		if b.at[n.field] == 0 {
			b.at[n.field] = c
		}
	}
	return root
}

func (b *builder) flatten(n *node, c int32) {
	i := slices.IndexFunc(b.flat, func(f flatParty) bool { return f.number == n.number })
	if i < 0 {
		i = len(b.flat)
		b.flat = append(b.flat, flatParty{number: n.number})
	}
	switch n.field {
	case fContractorID:
		b.flat[i].id = c
	case fContractorKind:
		b.flat[i].kind = c
	case fContractorSize:
		b.flat[i].size = c
	default:
		b.flat[i].name = c
	}
}

// warn adds a warning; the value is cleaned and cut.
func (b *builder) warn(field, value, reason string) {
	b.rec.Warnings = append(b.rec.Warnings, b.note(field, value, reason))
}

func (b *builder) note(field, value, reason string) insertion.Refusal {
	return insertion.Refusal{Record: b.rec.Number, Line: b.rec.Line, Field: field, Value: shorten(Clean(value), 120), Reason: reason}
}

// expand parses the JSON or Python text of a cell in place.
func (b *builder) expand(i int32) {
	n := &b.tree.nodes[i]
	if n.shape != shapeText || n.first != 0 || n.to-n.from < 2 {
		return
	}
	raw := b.tree.raw(i)
	if raw[0] != '[' && raw[0] != '{' {
		return
	}
	if n.escaped {
		b.tree.put(i, unescape(nil, raw))
		n.escaped = false
	}
	if err := b.parser.within(b.tree, i); err != nil {
		b.tree.nodes[i].first = 0
		return
	}
	b.tree.nodes[i].shape = shapeList
}

// concession tells a concession by what it declares.
func (b *builder) concession() bool {
	for _, i := range [...]int32{b.at[fType], b.at[fNature]} {
		if i != 0 && strings.Contains(b.short(i), "oncession") {
			return true
		}
	}
	return b.at[fGlobal] != 0 && b.at[fAmount] == 0
}

// refuse tells that a record cannot be a notice. Much is kept: a contract can be
// followed from a buyer, a reference or an object, provided that the record says
// one more thing of a contract.
func (b *builder) refuse(n *insertion.Notice, root int32) bool {
	facts := b.tree.strong(root)
	if b.at[fID] != 0 {
		facts++
	}
	if facts >= 2 && (n.Reference != "" || n.Object != "" || n.Buyer.ID+n.Buyer.Name != "") {
		if n.Buyer.ID == "" && n.Buyer.Name == "" {
			b.warn("acheteur", "", "acheteur absent")
		}
		if n.Object == "" {
			b.warn("objet", "", "objet absent")
		}
		return false
	}
	r := b.note("acheteur", n.Reference, "ce n'est pas un avis : ni acheteur, ni identifiant, ni objet")
	switch {
	case b.tree.nodes[root].first == 0:
		r.Field, r.Reason = "", "l'enregistrement est vide"
	case facts < 2:
		r.Field, r.Reason = "objet", "ce n'est pas un avis : presque rien d'un marché n'y est dit"
	}
	b.rec.Refusal, b.rec.Notice, b.rec.Warnings = &r, insertion.Notice{}, nil
	return true
}

// lost warns about letters that the file destroyed.
func (b *builder) lost(n *insertion.Notice) {
	if strings.ContainsRune(n.Object, '\ufffd') {
		b.warn("objet", n.Object, "des lettres accentuées sont perdues dans le fichier")
	}
}
