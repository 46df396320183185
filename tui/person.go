package tui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
	"passerelle/internal/place"
)

// newPersonPage is the file of one person: what shows she is eligible, where she
// works, what counts and what does not with the rule in words. The facilitator
// answers « do her hours count? » without a key more.
func newPersonPage(sh *shared, id insertion.ParticipantID) screen {
	files := sh.deps.Persons
	s := &roll[insertion.ParticipantFile, insertion.HourLine]{
		title:   id.Code(),
		whose:   insertion.Subject{Kind: insertion.OnParticipant, ID: int64(id)},
		read:    func(ctx context.Context) (insertion.ParticipantFile, error) { return files.Participant(ctx, id) },
		id:      func(l insertion.HourLine) int64 { return l.ID },
		nothing: "Aucune heure saisie encore.",
	}
	s.rows = func(f insertion.ParticipantFile) []insertion.HourLine {
		lines := slices.Clone(f.Lines)
		slices.SortStableFunc(lines, func(a, b insertion.HourLine) int { return cmp.Compare(b.Month, a.Month) })
		return lines
	}
	s.head = func(f insertion.ParticipantFile, w int) []string {
		return personHead(&s.page, f, insertion.DateOf(sh.now()), w)
	}
	s.draw = func(l insertion.HourLine, w int, on bool) string {
		site := s.data.Sites[assignmentOf(s.data, l.Assignment).Placement]
		text := l.Month.French() + padLeft(l.Hours.Number(), 9) + " h" + padLeft(l.Counted.Number(), 9) + " comptées  "
		mark := "  "
		if l.Counted < l.Hours {
			if mark = "! "; !on {
				mark = s.theme.paint(warn, mark)
			}
		}
		rest := fmt.Sprintf("lot %d, %s", site.Lot, site.Employer)
		if len(l.Why) > 0 {
			rest = l.Why[0].Text + " · " + rest
		}
		return mark + text + cut(rest, w-42)
	}
	s.detail = func(f insertion.ParticipantFile, l insertion.HourLine, _ int) []string { return lineDetail(f, l) }
	s.acts = func(f insertion.ParticipantFile, l insertion.HourLine, some bool) []action {
		return personActions(s, f, l, some)
	}
	return s.opened(sh)
}

func assignmentOf(f insertion.ParticipantFile, id insertion.AssignmentID) insertion.Assignment {
	for _, a := range f.Assignments {
		if a.ID == id {
			return a
		}
	}
	return insertion.Assignment{}
}

// lineDetail says which rule kept how many hours of a line from counting.
func lineDetail(f insertion.ParticipantFile, l insertion.HourLine) []string {
	a := assignmentOf(f, l.Assignment)
	out := []string{fmt.Sprintf("%s, %s (%s) : %s saisies (%s, %s), %s comptées", l.Month.French(), f.Sites[a.Placement].Employer, a.Employment, l.Hours, l.Source, l.By, l.Counted)}
	for _, u := range l.Why {
		if u.Hours > 0 {
			out = append(out, fmt.Sprintf("! %s non comptées : %s", u.Hours, u.Text))
		} else {
			out = append(out, "· "+u.Text)
		}
	}
	return out
}

func personHead(p *page, f insertion.ParticipantFile, today insertion.Date, w int) []string {
	row := f.Row(today)
	var facts []string
	if f.Name != "" {
		facts = append(facts, f.Name)
	}
	if f.Born > 0 {
		facts = append(facts, fmt.Sprintf("née en %d", f.Born))
	}
	if f.INSEE != "" {
		facts = append(facts, place.National().Label(insertion.Place{INSEE: f.INSEE, Code: f.INSEE}))
	}
	if f.QPV != "" {
		facts = append(facts, "QPV "+f.QPV)
	}
	if f.Left != "" {
		facts = append(facts, "sortie le "+f.Left.French()+" : "+string(f.Exit))
	}
	lines := []string{" " + p.theme.paint(strong, f.Code()) + "  " + cut(strings.Join(facts, " · "), w-12)}
	lines = append(lines, " "+fmt.Sprintf("%s comptées sur %s saisies", row.Counted, row.Hours))
	if row.Ineligible != "" {
		lines = append(lines, " "+p.theme.paint(bad, cut("! "+row.Ineligible+" : rien ne compte encore", w-1)))
	}
	for i, e := range f.Eligibilities {
		lines = append(lines, p.fact(first(i, "éligibilité"), eligibilityWords(e, today), w)...)
	}
	for i, a := range slices.Backward(f.Assignments) {
		lines = append(lines, p.fact(first(len(f.Assignments)-1-i, "affectations"), assignmentWords(a, f.Sites[a.Placement]), w)...)
	}
	for i, win := range f.Windows(f.Sites) {
		text := fmt.Sprintf("lot %d : ses heures comptent jusqu'au %s", win.Lot, win.To.French())
		if win.To != "" && win.To < today {
			text = fmt.Sprintf("lot %d : close depuis le %s", win.Lot, win.To.French())
		}
		lines = append(lines, p.fact(first(i, "fenêtre"), text, w)...)
	}
	for i, c := range f.Ceilings(f.Sites) {
		share := c.Share(today)
		lines = append(lines, p.fact(first(i, "plafond"), gauge(int64(share), 10_000, 10)+" "+share.Round()+"  "+c.Words(), w)...)
	}
	for i, m := range f.Worked {
		lines = append(lines, p.fact(first(i, "mutualisation"), fmt.Sprintf("%s travaillées en tout en %s (%s)", m.Hours, m.Month.French(), m.Agreement), w)...)
	}
	return lines
}

// first is a label for the first line of several.
func first(i int, label string) string {
	if i == 0 {
		return label
	}
	return ""
}

func eligibilityWords(e insertion.Eligibility, today insertion.Date) string {
	text := e.Category + ", " + e.ProofLabel()
	if e.Dated != "" {
		text += " du " + e.Dated.French()
	}
	if e.Seen == "" {
		text += ", pas encore vu"
	} else {
		text += ", vu le " + e.Seen.French() + " par " + e.By
	}
	if until := e.FreshUntil(); until != "" {
		if until < today {
			text += ", ne vaut plus pour une embauche depuis le " + until.French()
		} else {
			text += ", vaut pour une embauche jusqu'au " + until.French()
		}
	}
	if e.Reason != "" {
		text += " : " + e.Reason
	}
	return text
}

func assignmentWords(a insertion.Assignment, site insertion.Site) string {
	text := fmt.Sprintf("lot %d, %s, %s depuis le %s", a.Lot, site.Employer, a.Employment, a.Start.French())
	if a.End != "" {
		text = fmt.Sprintf("lot %d, %s, %s du %s au %s", a.Lot, site.Employer, a.Employment, a.Start.French(), a.End.French())
	}
	if a.Weekly > 0 {
		text += ", " + a.Weekly.String() + " par semaine"
	}
	return text
}

func personActions(s *roll[insertion.ParticipantFile, insertion.HourLine], f insertion.ParticipantFile, l insertion.HourLine, some bool) []action {
	sh := s.shared
	unread, none, alone := "", "", ""
	if !s.loaded {
		unread = "la fiche n'est pas encore lue"
	}
	if !some {
		none = "aucune heure n'est choisie"
	}
	if len(f.Assignments) == 0 {
		alone = "elle n'a aucune affectation"
	}
	return []action{
		{key: "p", label: "preuve", help: "Noter un justificatif vu : sa catégorie, son genre, sa date. Jamais de copie.", needs: rightTo(insertion.ActWrite), why: unread, do: func() tea.Cmd {
			return push(newEligibilityForm(sh, insertion.Eligibility{Participant: f.ID, Category: "RSA", Proof: "rsa", Seen: insertion.DateOf(sh.now())}))
		}},
		{key: "a", label: "affecter", help: "L'affecter à un placement, avec son contrat de travail.", needs: rightTo(insertion.ActWrite), why: unread, do: func() tea.Cmd { return choosePlacementFor(s) }},
		{key: "e", label: "corriger", help: "Corriger la fiche, dire la sortie et la situation à six mois.", needs: rightTo(insertion.ActWrite), why: unread, do: func() tea.Cmd { return push(newPersonForm(sh, f.Participant)) }},
		{key: "c", label: "compter", help: "Compter ces heures avant que l'éligibilité soit vue, en disant pourquoi.", needs: rightTo(insertion.ActWrite), why: none, do: func() tea.Cmd { return grant(s, l) }},
		{key: "m", label: "modifier", help: "Modifier ou retirer une preuve ou une affectation.", needs: rightTo(insertion.ActWrite), why: unread, do: func() tea.Cmd { return chooseHeld(s, f) }},
		{key: "h", label: "heures", help: "Ouvrir la grille des heures de son dernier lot.", why: alone, do: func() tea.Cmd { return push(newMonthGridOf(sh, f.Assignments[len(f.Assignments)-1].Lot)) }},
		{key: "t", label: "documents", help: "Fiche d'éligibilité, attestation de présence : lire, écrire en PDF ou en texte.", quiet: true, needs: rightToTake(insertion.ExportNominal), why: unread, do: func() tea.Cmd { return push(newDocuments(sh, papersOfPerson(f.ID))) }},
		{key: "v", label: "dossier", help: "Tout ce qui s'est passé, du plus récent au plus ancien.", quiet: true, do: func() tea.Cmd {
			return push(newDossier(sh, insertion.Subject{Kind: insertion.OnParticipant, ID: int64(f.ID)}, f.Code()))
		}},
		{key: "d", label: "doublon", help: "Réunir cette fiche et une autre de la même personne.", needs: rightTo(insertion.ActWrite), quiet: true, why: unread, do: func() tea.Cmd { return askMerge(s, f.ID) }},
		{key: "N", label: "nom", help: "Écrire son nom, si ce fichier tient les noms (Réglages). Le retirer ou le changer récrit les textes que l'ancien seul masquait, après vous l'avoir dit.", needs: rightToAll(insertion.ActNames), quiet: true, why: unread, do: func() tea.Cmd {
			return askText("Nom (gardé dans ce fichier seulement)", f.Name, "vide pour l'effacer", func(name string) tea.Cmd { return setName(s, f.ID, name) })
		}},
		{key: "E", label: "effacer", help: "Effacer la personne en gardant les statistiques ; rien ne peut la faire revenir.", needs: rightToAll(insertion.ActErase), quiet: true, why: unread, do: func() tea.Cmd { return askErase(s, f.ID) }},
	}
}

// grant counts a line on the facilitator's decision.
func grant(s *roll[insertion.ParticipantFile, insertion.HourLine], l insertion.HourLine) tea.Cmd {
	files, by := s.deps.Grid, s.person
	return askText("Compter avant la preuve vue : pourquoi ?", l.Granted, "décision motivée ; vide pour y renoncer", func(reason string) tea.Cmd {
		return save(&s.page, "Décision enregistrée.", func(ctx context.Context) error {
			return files.SetLines(ctx, by, []insertion.LineEdit{{Assignment: l.Assignment, Month: l.Month, Old: l, Hours: l.Hours, Source: l.Source, Granted: strings.TrimSpace(reason)}})
		})
	})
}

// askMerge asks for the other record of the same person.
func askMerge(s *roll[insertion.ParticipantFile, insertion.HourLine], keep insertion.ParticipantID) tea.Cmd {
	files, by := s.deps.Persons, s.person
	return askText("Réunir avec quelle autre fiche, qui disparaîtra ?", "", "P-0042", func(text string) tea.Cmd {
		gone, err := ParseCode(text)
		if err != nil {
			return fail(err)
		}
		return confirm(fmt.Sprintf("Réunir %s dans %s : ses preuves, affectations et heures passent à %s ?", gone.Code(), keep.Code(), keep.Code()), func() tea.Cmd {
			return save(&s.page, "Fiches réunies (u pour annuler).", func(ctx context.Context) error {
				r, err := files.Merge(ctx, by, keep, gone)
				if err == nil && len(r.Conflicts) > 0 {
					err = &insertion.FieldError{Field: "doublon", Reason: strings.Join(r.Conflicts, " ; ")}
				}
				return err
			})
		})
	})
}

// ParseCode reads a pseudonym as typed: « P-0042 », « p42 », « 42 ».
func ParseCode(text string) (insertion.ParticipantID, error) {
	digits := strings.TrimPrefix(strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "P"), "-")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n <= 0 {
		return 0, &insertion.FieldError{Field: "personne", Reason: "un pseudonyme, comme P-0042"}
	}
	return insertion.ParticipantID(n), nil
}
