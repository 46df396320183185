package mandate

import "passerelle/internal/insertion"

// Waiting tells that a record asks for something by a day that has come: a decision
// or a proposal to follow, a task, a next step, a meeting nobody said was held. who
// is to do it, "" when nobody is named; what is a French sentence.
func Waiting(r, parent Record, today insertion.Date) (who, what string, ok bool) {
	if r.Dated == "" || r.Dated > today {
		return "", "", false
	}
	state := r.Text("etat")
	switch r.Kind {
	case Point:
		if r.Text("nature") == "ordre du jour" || state != "" && state != "à suivre" {
			return "", "", false
		}
		what = r.Text("nature") + " à suivre : " + oneLine(r.Text("texte"))
		if parent.ID != 0 {
			what += " (" + parent.Text("instance") + " du " + parent.Date("date").French() + ")"
		}
		return r.Text("suivi"), what, true
	case Task:
		return r.Text("qui"), "à faire : " + oneLine(r.Text("texte")), state == "" || state == "à faire"
	case Promise:
		return r.Text("suivi"), r.Title() + " : " + r.Text("etape"), r.Said("etape")
	case Meeting:
		return "", "séance passée, à dire tenue ou reportée : " + r.Text("instance") + ", " + r.Text("objet"), r.Dated < today && (state == "" || state == "prévue")
	}
	return "", "", false
}
