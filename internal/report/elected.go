package report

import (
	"fmt"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
)

// Elected is the page handed to elected members: the proposals of the letter, where
// each stands and what comes next. On paper it is exactly one page, whatever the
// length of the texts.
type Elected struct {
	Head      Head
	On        insertion.Date
	Standings []mandate.Standing
	Within    string // the buyers whose lots alone are counted, « Ville de Rocreuse »; "" is the whole file
	Council   string // when the council meets next, « 28/11/2026 à 14 h 30, hôtel du département »; "" when nobody knows
}

const (
	electedTitle = "Les propositions de la lettre : où elles en sont"
	electedAbout = "Économie sociale et solidaire : cible, chiffre, tendance et prochaine étape de chaque proposition de la lettre de 2011."
	electedFoot  = "Un chiffre calculé vient des faits du fichier à cette date ; un chiffre saisi a sa preuve au dossier. Une cible sans source reste à fixer par les élus."
)

// council is the answer to the letter's own question.
func (e Elected) council() string {
	if e.Council == "" {
		return "Prochaine séance du conseil : aucune date n'est fixée."
	}
	return "Prochaine séance du conseil : " + strings.TrimSuffix(e.Council, ".") + "."
}

// within says what the figures leave out, when they do.
func (e Elected) within() string {
	if e.Within == "" {
		return ""
	}
	return "Chiffres calculés sur les seuls lots de : " + e.Within + "."
}

// tally counts the proposals by verdict: « 3 atteints », « 4 en chemin ».
func (e Elected) tally() []string {
	var out []string
	for _, v := range mandate.Verdicts() {
		n := 0
		for _, s := range e.Standings {
			if s.Verdict() == v {
				n++
			}
		}
		if n > 0 {
			out = append(out, fmt.Sprintf("%d %s", n, v.Of(n)))
		}
	}
	return out
}

// Paper is the same page as a document without columns, to be read as text.
func (e Elected) Paper() Paper {
	p := Paper{Head: e.Head, Title: electedTitle, About: strings.TrimSpace(electedAbout + " " + e.within()), On: e.On, Foot: electedFoot}
	p.Blocks = append(p.Blocks, Say(strings.Join(e.tally(), " · ")+"."), Say(e.council()))
	for i, s := range e.Standings {
		p.Blocks = append(p.Blocks, Heading{2, fmt.Sprintf("%d. %s : %s", i+1, s.Title, s.Verdict())}, Say(s.Quoted()))
		items := [][]Run{{{Text: "Chiffre : " + e.figure(s)}}, {{Text: "Cible : " + s.TargetWords()}}}
		if s.State != mandate.Unproved {
			items = append(items, []Run{{Text: "Tendance : " + s.Trend}})
		}
		step := s.Step()
		if step == "" {
			step = "aucune n'est écrite"
		}
		p.Blocks = append(p.Blocks, Bullets{Items: append(items, []Run{{Text: "Prochaine étape : " + step}})})
	}
	return p
}

// figure is the latest figure in words.
func (e Elected) figure(s mandate.Standing) string {
	f := s.Now()
	if f.Origin == mandate.Unknown {
		return "aucun encore (" + s.Measure + ")"
	}
	return fmt.Sprintf("%s en %s, %s (%s)", s.Unit.Show(f.Value), s.YearWords(), f.Origin, s.Measure)
}
