package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"passerelle/internal/insertion"
)

// doubtful is where people type sentences: the number of the page that shows it, how
// it is called, and the text, as columns of a question.
type doubtful struct {
	table   string
	shown   insertion.SubjectKind // "" when no page is about it alone
	ask     string
	command string // that shows it, with %d for the number
}

// doubtfuls are all of freeTexts but the registers, which nobody rewrites by hand.
func doubtfuls() []doubtful {
	day := func(column string) string { return "ifnull(strftime('%d/%m/%Y', " + column + "), " + column + ")" }
	const lot, structure, person = insertion.OnLot, insertion.OnStructure, insertion.OnParticipant
	return []doubtful{
		{"contact", lot, "lot, kind || ' du ' || " + day("held") + " || ' au sujet du lot ' || lot, text FROM contact WHERE lot <> 0 ORDER BY held DESC, id DESC", "echange %d"},
		{"contact", structure, "structure, kind || ' du ' || " + day("held") + " || ' avec une structure', text FROM contact WHERE lot = 0 AND structure <> 0 ORDER BY held DESC, id DESC", "dossier structure %d"},
		{"contact", insertion.OnOrganisation, "organisation, kind || ' du ' || " + day("held") + " || ' avec une entreprise', text FROM contact WHERE lot = 0 AND structure = 0 ORDER BY held DESC, id DESC", "dossier entreprise %d"},
		{"clause", lot, "lot, 'clause du lot ' || lot, doc FROM clause", "clause %d"},
		{"deed", lot, "lot, 'acte du ' || " + day("dated") + " || ', lot ' || lot, label FROM deed", "actes %d"},
		{"receipt", lot, "lot, 'déclaration reçue le ' || " + day("received") + " || ', lot ' || lot, document FROM receipt", "declarations %d"},
		{"penalty_step", lot, "lot, kind || ' du ' || " + day("dated") + " || ', lot ' || lot, text FROM penalty_step", "penalites %d"},
		{"exemption", lot, "lot, 'exemption du lot ' || lot, text || ' ; ' || evidence FROM exemption", "dossier lot %d"},
		{"placement", lot, "lot, 'placement ' || id || ' du lot ' || lot, note FROM placement", "placement %d"},
		{"introduction", lot, "lot, 'structure proposée, lot ' || lot, reason FROM introduction", "propositions %d"},
		{"hour_line", lot, "lot, 'heures de ' || month || ', lot ' || lot, granted || ' ; ' || source FROM hour_line WHERE granted <> '' OR source NOT IN ('', 'saisie')", "heures grille --lot %d"},
		{"eligibility", person, "participant, printf('preuve de P-%04d', participant), reason FROM eligibility WHERE participant > 0", "personne montrer P-%04d"},
		{"worked_month", person, "participant, printf('accord de P-%04d, ', participant) || month, agreement FROM worked_month", "personne montrer P-%04d"},
		{"structure", structure, "id, 'fiche de ' || json_extract(doc, '$.Name'), ifnull(json_extract(doc, '$.Description'), '') || ' ; ' || ifnull(json_extract(doc, '$.Mail'), '') FROM structure", "dossier structure %d"},
		{"mandate_record", "", "id, 'mandat, fiche ' || id, doc FROM mandate_record", "mandat detail %d"},
		{"postponed", "", "0, 'ligne d''Aujourd''hui reportée au ' || " + day("until") + ", reason FROM postponed", "aujourdhui"},
		{"letterhead", "", "0, 'en-tête des documents', doc FROM letterhead", "entete"},
		{"wording", "", "0, 'texte du document « ' || kind || ' »', text FROM wording", "modele"},
		{"import", "", "0, 'import ' || id, file || ' ; ' || problem FROM import", "imports"},
		{"refusal", "", "import, 'refus de l''import ' || import || ', ligne ' || line, value FROM refusal", "imports %d"},
	}
}

// doubts lists the texts that still hold a part of her name: a surname alone may be
// hers or a firm's, which only somebody who reads can tell.
func (e *eraser) doubts() error {
	parts := map[string]bool{}
	for _, name := range e.traces.names {
		for _, w := range name {
			if len(w) >= 3 {
				parts[w] = true
			}
		}
	}
	if len(parts) == 0 {
		return nil
	}
	for _, d := range doubtfuls() {
		_, err := query(e.ctx, e.tx, func(scan func(...any) error) (struct{}, error) {
			doubt := insertion.Doubt{Command: d.command}
			var text string
			var id int64
			err := scan(&id, &doubt.Where, &text)
			if strings.Contains(d.command, "%") {
				doubt.Command = fmt.Sprintf(d.command, id)
			}
			if d.shown != "" {
				doubt.Subject = insertion.Subject{Kind: d.shown, ID: id}
			}
			if doubt.Text = around(text, parts); doubt.Text != "" {
				e.report.Doubts = append(e.report.Doubts, doubt)
			}
			return struct{}{}, err
		}, "SELECT "+d.ask)
		if err != nil {
			return err
		}
	}
	return nil
}

// around is what stands about the first of some words in a text, on one line; in a
// text of a JSON document when it is one. "" when it holds none.
func around(text string, parts map[string]bool) (found string) {
	const reach = 5 // words on each side
	inStrings(text, func(text string) string {
		all := strings.Fields(text)
		at := slices.IndexFunc(all, func(some string) bool {
			return slices.ContainsFunc(wordsIn(some), func(w word) bool { return parts[w.folded] })
		})
		if at < 0 || found != "" {
			return text
		}
		from, to := max(0, at-reach), min(len(all), at+reach+1)
		found = strings.Join(all[from:to], " ")
		if from > 0 {
			found = "… " + found
		}
		if to < len(all) {
			found += " …"
		}
		return text
	})
	return found
}

// partsToo takes the words of her names out of every text too, when that was asked,
// but those another name hides, and those the file names otherwise, as a firm: see
// designations. What is left is in doubts.
func (e *eraser) partsToo() error {
	if !e.parts || len(e.names) == 0 {
		return nil
	}
	hers, err := designations(e.ctx, e.tx, e.names)
	if err != nil {
		return err
	}
	others, err := query(e.ctx, e.tx, scanText, "SELECT name FROM person_name")
	if err != nil {
		return err
	}
	kept, err := designations(e.ctx, e.tx, others)
	if err != nil {
		return err
	}
	words := slices.DeleteFunc(uncovered(hers, kept), func(name []string) bool { return len(name) > 1 })
	if len(words) == 0 {
		return nil
	}
	whole := e.traces
	e.alone, e.traces = true, traces{names: words, mark: redacted}
	err = errors.Join(e.rows(nil, e.moved), e.whats(e.moved), e.texts())
	e.report.Changes = len(e.moved)
	e.alone, e.traces = false, whole
	return err
}
