package document

import (
	"cmp"

	"passerelle/internal/insertion"
	"passerelle/internal/report"
)

// running tells whether the clause has not reached its term, or has none.
func (f facts) running() bool { return f.Dues.End == "" || f.Dues.End >= f.On }

// missing is what is left to do of all that is due.
func (f facts) missing() insertion.Hours { return max(0, f.Dues.ToDate-f.Lot.Hours.Done) }

// expected is what the pace of the clause asks for by the day of the document: hours
// due at the term, shared evenly over its window, as lists and pages count them. It
// says nothing (false) after the term, when no window is known, and when what is due
// already follows the invoices.
func (f facts) expected() (insertion.Awaited, bool) {
	if f.Lot.Clause == nil || !f.running() || f.Lot.Clause.Basis == insertion.ByInvoiced {
		return insertion.Awaited{}, false
	}
	c := *f.Lot.Clause
	c.Start, c.End = cmp.Or(c.Start, f.Lot.Notice.Notified), cmp.Or(f.Dues.End, c.End)
	if c.Start == "" || c.End == "" {
		return insertion.Awaited{}, false
	}
	return c.Awaits(f.Dues.ToDate, f.On), true
}

// behind is what is missing on the day of the document: on the pace of the clause
// before its term, on all that is due afterwards.
func (f facts) behind() insertion.Hours {
	if due, ok := f.expected(); ok {
		return max(0, due.Hours-f.Lot.Hours.Done)
	}
	return f.missing()
}

// dueLabel names what is due: at the term, since it is not all due before.
func (f facts) dueLabel() string {
	switch {
	case f.Lot.Clause != nil && f.Lot.Clause.Basis == insertion.ByInvoiced:
		return "Dues à ce jour, sur le montant facturé"
	case f.Dues.End == "":
		return "Dues"
	}
	return "Dues au terme (" + f.Dues.End.French() + ")"
}

// left says what is still to do, "" when nothing is.
func (f facts) left() string {
	switch {
	case f.missing() == 0:
		return ""
	case !f.running():
		return f.missing().String() + " manquent, la clause étant échue depuis le " + report.Day(f.Dues.End)
	case f.Dues.End == "":
		return f.missing().String() + " restent à réaliser"
	}
	return f.missing().String() + " restent à réaliser d'ici le " + report.Day(f.Dues.End)
}

// situation is where the lot stands, in one sentence for a letter.
func (f facts) situation() string {
	due, paced := f.expected()
	done := f.Lot.Hours.Done.String() + " sont comptées"
	if !paced {
		said := "votre marché prévoit " + f.Dues.ToDate.String() + " d'insertion"
		if f.Dues.End != "" {
			said += ", à réaliser avant le " + report.Day(f.Dues.End)
		}
		if f.missing() == 0 {
			return said + " ; " + done + " : aucune ne manque"
		}
		return said + " ; " + done + ", il en manque " + f.missing().String()
	}
	said := "votre marché prévoit " + f.Dues.ToDate.String() + " d'insertion au terme de la clause, le " + report.Day(f.Dues.End) + " ; " +
		awaitedWords(due) + " et " + done + " à ce jour"
	switch {
	case f.missing() == 0:
		return said + " : l'engagement est déjà tenu"
	case f.behind() == 0:
		return said + " : le rythme est tenu, et " + f.missing().String() + " restent à réaliser d'ici là"
	}
	return said + " : il en manque " + f.behind().String() + ", et " + f.missing().String() + " restent à réaliser d'ici là"
}

// awaitedWords says by when hours were awaited: the month underway is not over.
func awaitedWords(a insertion.Awaited) string {
	said, when := a.Hours.String()+" en étaient attendues", " au "+report.Day(a.By)
	if a.Hours == 0 {
		said = "aucune n'en était attendue"
	}
	if a.By == "" {
		when = " sur ce qui est facturé"
	}
	return said + when
}

// vouched says whose the counted hours are: a paper that is signed says what was
// verified and nothing more. It is "" when no hour counts.
func (f facts) vouched() string {
	const unseen = "leur éligibilité n'a pas été vérifiée"
	done := f.Lot.Hours.Done
	seen := done - f.Undetailed - f.Granted
	anyone := f.Lot.Clause != nil && f.Lot.Clause.Rules.AnyPublic
	switch {
	case done == 0:
		return ""
	case f.Undetailed == 0 && f.Granted == 0 && !anyone:
		return "Les heures comptées sont celles de personnes dont l'éligibilité a été vérifiée, chaque heure n'étant comptée qu'une fois."
	case anyone:
		return "La clause compte les heures de tout public : l'éligibilité des personnes n'a pas été vérifiée."
	case f.Undetailed == done:
		return "Les " + done.String() + " comptées ont toutes été déclarées en totaux, sans détail par personne : l'éligibilité des personnes n'a pas été vérifiée."
	case f.Granted == done:
		return "Les " + done.String() + " comptées le sont par décision du facilitateur : l'éligibilité des personnes n'a pas été vérifiée avant leur travail."
	}
	said := "Aucune des " + done.String() + " comptées n'est celle d'une personne dont l'éligibilité a été vérifiée avant son travail"
	if seen > 0 {
		said = "Sur les " + done.String() + " comptées, " + seen.String() + " sont celles de personnes dont l'éligibilité a été vérifiée, chaque heure n'étant comptée qu'une fois"
	}
	if f.Undetailed > 0 {
		said += " ; " + f.Undetailed.String() + " ont été déclarées en totaux, sans détail par personne : " + unseen
	}
	if f.Granted > 0 {
		said += " ; " + f.Granted.String() + " sont comptées par décision du facilitateur, avant que l'éligibilité ait été vérifiée"
	}
	return said + "."
}
