package report

import (
	"fmt"
	"strings"

	"passerelle/internal/insertion"
)

// LetterFacts is what a letter about a clause says.
type LetterFacts struct {
	Lot       insertion.Lot
	Dues      insertion.Dues
	Done      insertion.Hours
	Estimate  insertion.PenaltyEstimate
	Late      []insertion.Declaration // late or missing, the oldest last
	On        insertion.Date
	From      string // who writes
	Steps     []insertion.Step
	Deadline  insertion.Date // to answer
	Shortfall insertion.Hours
}

// lineWidth is how many cells a line of a letter takes.
const lineWidth = 72

// Letter prepares the text of a step, to be read over and sent by a person. It
// never decides a penalty: the buyer does (CCAP 21_BAM_048 art. 8.2; CCAG 2021:
// the contractor is heard first).
func Letter(kind insertion.StepKind, f LetterFacts) string {
	l := &letter{f: f}
	l.head(kind)
	switch kind {
	case insertion.StepReminder:
		l.reminder()
	case insertion.StepMeeting:
		l.meeting()
	case insertion.StepNotice:
		l.notice()
	case insertion.StepDecision:
		l.decision()
	}
	l.end(kind)
	return strings.Join(l.lines, "\n") + "\n"
}

type letter struct {
	f     LetterFacts
	lines []string
}

// say adds a paragraph, wrapped.
func (l *letter) say(format string, args ...any) {
	line := ""
	for _, word := range strings.Fields(bound(fmt.Sprintf(format, args...))) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > lineWidth {
			l.lines = append(l.lines, unbound(line))
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	l.lines = append(l.lines, unbound(line), "")
}

// bound keeps a number with its unit and quotes with what they hold; unbound
// gives the spaces back.
func bound(s string) string {
	r := []rune(s)
	for i := 1; i+1 < len(r); i++ {
		digits := r[i-1] >= '0' && r[i-1] <= '9' && (r[i+1] >= '0' && r[i+1] <= '9' || r[i+1] == 'h' || r[i+1] == '€' || r[i+1] == '%')
		if r[i] == ' ' && (digits || r[i-1] == '«' || strings.ContainsRune("»:;!?", r[i+1])) {
			r[i] = '\u00a0'
		}
	}
	return string(r)
}

func unbound(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

// line adds a line as it is.
func (l *letter) line(s string) { l.lines = append(l.lines, s) }

func (l *letter) head(kind insertion.StepKind) {
	lot := l.f.Lot
	if kind == insertion.StepNotice || kind == insertion.StepDecision {
		l.line(lot.Buyer.Label())
	} else {
		l.line(l.f.From)
	}
	l.line("")
	to := "À l'attention de " + lot.Lead.Label()
	if kind == insertion.StepDecision {
		to = "À l'attention de " + lot.Buyer.Label()
	}
	l.line(to)
	l.line("")
	l.line("Le " + l.f.On.French())
	l.line("")
	l.say("Objet : %s, clause sociale d'insertion du marché %s, « %s »", map[insertion.StepKind]string{
		insertion.StepReminder: "relance", insertion.StepMeeting: "réunion", insertion.StepNotice: "projet de mise en demeure", insertion.StepDecision: "éléments pour votre décision",
	}[kind], lot.Reference, lot.Object)
	l.say("Madame, Monsieur,")
}

// where says the figures every letter rests on.
func (l *letter) where() {
	f := l.f
	l.say("Au %s, votre marché prévoit %s d'insertion ; %s sont comptées, il en manque %s.", f.On.French(), f.Dues.ToDate, f.Done, f.Estimate.Missing)
	for _, d := range f.Late {
		l.say("La déclaration de la période %s, attendue le %s, ne nous est pas parvenue (%d jours de retard).", period(d), d.DueOn.French(), d.Late)
	}
}

func period(d insertion.Declaration) string {
	if d.From == d.To {
		return d.From.French()
	}
	return d.From.French() + " à " + d.To.French()
}

func (l *letter) reminder() {
	l.where()
	l.say("Nous vous proposons de faire le point ensemble : les structures d'insertion du territoire peuvent intervenir par mise à disposition de personnel, par sous-traitance ou par embauche directe. Vous restez libre de votre choix.")
	if l.f.Deadline != "" {
		l.say("Merci de nous répondre avant le %s, et de nous dire les difficultés que vous rencontrez.", l.f.Deadline.French())
	}
}

func (l *letter) meeting() {
	l.where()
	l.say("Nous vous invitons à une réunion avec l'acheteur pour examiner les moyens de tenir l'engagement : calendrier, postes, structures mobilisables. Merci de nous proposer une date avant le %s.", l.f.Deadline.French())
}

func (l *letter) notice() {
	l.where()
	for _, s := range l.f.Steps {
		if s.Kind == insertion.StepReminder || s.Kind == insertion.StepMeeting {
			l.say("Une %s vous a été adressée ou proposée le %s, sans que le retard soit comblé.", s.Kind, s.Dated.French())
		}
	}
	l.say("Nous vous mettons en demeure de produire les justificatifs manquants et de présenter, avant le %s, les moyens par lesquels vous réaliserez les heures dues, ou vos observations.", l.f.Deadline.French())
	if text := l.f.Lot.Clause; text != nil && text.Penalty.Text != "" {
		l.say("Le marché prévoit : « %s »", text.Penalty.Text)
	}
	l.say("À défaut, les pénalités prévues au marché pourront vous être appliquées.")
	l.say("[Projet préparé pour l'acheteur, qui seul peut le signer et l'envoyer, par lettre recommandée avec avis de réception.]")
}

func (l *letter) decision() {
	l.where()
	l.say("Le calcul prévu par le marché donne, au %s, %s :", l.f.On.French(), l.f.Estimate.Total)
	for _, t := range l.f.Estimate.Trace {
		l.say("- %s", t)
	}
	l.say("Étapes : %s.", steps(l.f.Steps))
	l.say("%s Il peut appliquer ce montant, un autre, ou y renoncer, selon les efforts que le titulaire a montrés.", l.f.Estimate.Decider)
}

func steps(list []insertion.Step) string {
	if len(list) == 0 {
		return "aucune n'est enregistrée"
	}
	var out []string
	for _, s := range list {
		out = append(out, fmt.Sprintf("%s du %s", s.Kind, s.Dated.French()))
	}
	return strings.Join(out, ", ")
}

func (l *letter) end(kind insertion.StepKind) {
	l.say("Veuillez agréer, Madame, Monsieur, l'expression de nos salutations distinguées.")
	if kind == insertion.StepNotice {
		l.line("Pour l'acheteur : [nom, qualité, signature]")
		return
	}
	l.line(l.f.From)
}
