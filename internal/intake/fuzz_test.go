package intake

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"passerelle/internal/insertion"
)

// seeds are small files of every form, whole and spoilt.
func seeds() []string {
	whole := []string{
		`{"marches":{"marche":[` + marche("1") + `,` + marche("2") + `],"contrat-concession":[]}}`,
		`{"marches":[` + marche("1") + `]}`,
		`[{"id":"1","objet":"Lot n° 2 : \u001b[2J&#27;","acheteur_id":"` + mairie + `","titulaire_id_1":"` + vertPre + `","montantmodification":"5","considerationssociales":"['A', \"B\"]"}]`,
		marche("1") + "\n" + marche("2"),
		"[{\"objet\":\"a\",\"montant\":1},\"a\xe9\x1b[2J\"]",
		"<marches>" + xmlRecord + "</marches>",
		"id;acheteur_id;objet;montant;titulaire_id_1\n1;2;\"a\nb\";3;CDL\n",
		"uid,titulaire_id,objet,montant,modification_id,dateNotification\nA,1,x,5,0,0218-01-02\nA,2,x,5,1,45352\n",
		"MARCHE_ID,ACHETEURS_ID,MARCHE_OBJET,MONTANT,TITULAIRES_ID,MODIF_OBJET\n1,2,x,1e400,3,\x9b31m\n",
	}
	spoilt := slices.Clone(whole)
	for _, s := range whole {
		spoilt = append(spoilt, s[:len(s)/2], strings.ReplaceAll(s, `"`, `'`), strings.Replace(s, ":", "", 3), "\xff\xfe"+s, strings.ReplaceAll(s, "e", "\xe9"))
	}
	return spoilt
}

// FuzzNotices: whatever the bytes, the reading ends, numbers every record, says
// each refusal, and lets no control character through.
func FuzzNotices(f *testing.F) {
	for _, s := range seeds() {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		r, err := Notices(ctx, "essai", strings.NewReader(string(data)), Options{})
		if err != nil {
			checkSentence(t, err)
			return
		}
		n := 0
		for rec, err := range r.Each() {
			if err != nil {
				checkSentence(t, err)
				continue
			}
			if n++; rec.Number != n {
				t.Fatalf("record %d is numbered %d", n, rec.Number)
			}
			checkRecord(t, rec)
		}
		if n > len(data)+1 {
			t.Fatalf("%d records in %d bytes", n, len(data))
		}
	})
}

func checkSentence(t *testing.T, err error) {
	t.Helper()
	var sentence *FileError
	if !errors.As(err, &sentence) || strings.Contains(sentence.Reason, "a échoué") {
		t.Fatalf("not a sentence: %v", err)
	}
	printableOnly(t, "error", err.Error())
}

func checkRecord(t *testing.T, rec Record) {
	t.Helper()
	if r := rec.Refusal; r != nil {
		printableOnly(t, "refused value", r.Value)
		if r.Reason == "" || r.Record != rec.Number || len(r.Value) > 300 {
			t.Fatalf("refusal %+v", r)
		}
		return
	}
	for _, w := range rec.Warnings {
		printableOnly(t, "warning", w.Field+w.Value+w.Reason)
	}
	n := rec.Notice
	texts := []string{n.Reference, n.FrameworkRef, n.Buyer.ID, n.Buyer.Name, n.Object, n.LotNumber, n.Nature, n.Procedure, n.CCAG, n.PriceForm, n.CPV, n.Place.Code, n.Place.Name, n.Source}
	texts = append(append(texts, n.Techniques...), n.Execution...)
	parties := append(slices.Clone(n.Contractors), n.Subcontractors...)
	for _, m := range n.Modifications {
		texts = append(texts, m.Object, string(m.Date))
		parties = append(parties, m.Contractors...)
	}
	for _, p := range parties {
		texts = append(texts, p.ID, p.Name)
		if p.ID == "" && p.Name == "" {
			t.Fatal("a party without identifier nor name")
		}
		if p.Kind == insertion.SIRET && len(p.ID) != 14 {
			t.Fatalf("SIRET %q", p.ID)
		}
	}
	for _, s := range texts {
		printableOnly(t, "text", s)
		if len(s) > maxText {
			t.Fatalf("a text of %d bytes", len(s))
		}
	}
	for _, d := range []insertion.Date{n.Notified, n.Published} {
		if d != "" && d.Time().IsZero() {
			t.Fatalf("date %q", d)
		}
	}
	if n.Amount < 0 || n.Months < 0 || n.CPV != "" && len(n.CPV) != 8 {
		t.Fatalf("amount %d, months %d, CPV %q", n.Amount, n.Months, n.CPV)
	}
}

// FuzzJSONValue: a value is read within its bytes, never beyond, and reading it
// in pieces gives the same tree.
func FuzzJSONValue(f *testing.F) {
	for _, s := range seeds() {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var whole tree
		p := jsonParser{keys: keys{}}
		n, err := p.parse(data, true, &whole)
		if n < 0 || n > len(data) {
			t.Fatalf("%d bytes read of %d", n, len(data))
		}
		for i := range whole.nodes {
			if node := whole.nodes[i]; node.to > uint32(len(data)) || int(node.next) >= len(whole.nodes) || int(node.first) >= len(whole.nodes) {
				t.Fatalf("node %d is %+v of %d bytes", i, node, len(data))
			}
		}
		if err != nil {
			return
		}
		var part tree
		if m, err := p.parse(data, false, &part); err == nil && (m != n || !slices.Equal(part.nodes, whole.nodes)) {
			t.Fatalf("read in pieces: %d bytes and %d values; whole: %d and %d", m, len(part.nodes), n, len(whole.nodes))
		}
		unescape(nil, data)
	})
}

// FuzzValues: every small parser takes any text.
func FuzzValues(f *testing.F) {
	for _, s := range []string{"2024-02-30", "1.820.542,00 €", "12 mois", "Lot n° 3b", "111 222 333 00009", "45000000-7", "Clause sociale", "1e999", "--1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if year, month, day, ok := parseDate(s); ok && (month < 1 || month > 12 || day < 1 || day > 31 || year < 0) {
			t.Fatalf("date %q: %d-%d-%d", s, year, month, day)
		}
		if c, ok := parseCents(s); ok && (c > insertion.Euros(maxEuros) || c < -insertion.Euros(maxEuros)) {
			t.Fatalf("amount %q: %d", s, c)
		}
		if months, ok := parseMonths(s); ok && months < 0 {
			t.Fatalf("months %q: %d", s, months)
		}
		parseCPV(s)
		parseSocial(s)
		parseParty(s, s)
		if id, _, ok := siretIn(s); ok && len(id) != 14 {
			t.Fatalf("SIRET %q in %q", id, s)
		}
		if l := lotNumber(s); len(l) > 40 && len(l) > len(s) {
			t.Fatalf("lot %q of %q", l, s)
		}
		placeKind(s)
		nature(s)
		procedure(s)
		group(s)
	})
}
