package store

import (
	"cmp"
	"context"
	"fmt"

	"passerelle/internal/insertion"
)

// DocumentFacts reads all that a document of a kind may say about its subject, at
// one moment. The error is an *insertion.Forbidden when the role may not take that
// kind out, an *insertion.FieldError when the subject does not say enough, or
// insertion.ErrNotFound.
func (s *Store) DocumentFacts(ctx context.Context, kind insertion.DocumentKind, about insertion.DocumentSubject) (insertion.DocumentFacts, error) {
	if err := s.MayExport(ctx, kind.Export()); err != nil {
		return insertion.DocumentFacts{}, err
	}
	if !kind.Known() {
		return insertion.DocumentFacts{}, unknownKind(kind)
	}
	today := insertion.DateOf(s.now())
	if about.Deadline != "" && about.Deadline <= today {
		return insertion.DocumentFacts{}, &insertion.FieldError{Field: "avant", Reason: fmt.Sprintf("on ne peut répondre avant le %s à un document du %s : donnez un jour à venir", about.Deadline.French(), today.French())}
	}
	f := insertion.DocumentFacts{Kind: kind, On: today, Deadline: cmp.Or(about.Deadline, today.AddDays(insertion.AnswerDays))}
	err := s.still(ctx, func(v *Store) (err error) {
		if f.Own, err = v.ForOthers().Letterhead(ctx, 0); err != nil {
			return err
		}
		if kind.Nominal() {
			if err := v.aboutPerson(ctx, &f, about); err != nil || f.Assignment.Lot == 0 {
				return err
			}
			about.Lot = f.Assignment.Lot
		}
		if err := v.aboutLot(ctx, &f, about.Lot); err != nil || kind != insertion.DocAgreement {
			return err
		}
		f.Structure, err = partner(f, about.Structure)
		return err
	})
	if err != nil {
		return insertion.DocumentFacts{}, err
	}
	return f, nil
}

func unknownKind(kind insertion.DocumentKind) error {
	return &insertion.FieldError{Field: "genre", Reason: "« " + string(kind) + " » n'est pas un genre de document"}
}

// aboutLot reads the facts of a lot.
func (s *Store) aboutLot(ctx context.Context, f *insertion.DocumentFacts, id insertion.LotID) (err error) {
	if f.Lot, err = s.Lot(ctx, id); err != nil {
		return err
	}
	if f.Buyer, err = s.ForOthers().Letterhead(ctx, f.Lot.BuyerID); err != nil {
		return err
	}
	f.Buyer.Name = cmp.Or(f.Buyer.Name, f.Lot.Buyer.Label())
	if f.Kind.Nominal() {
		return nil // of the lot, only what it is called
	}
	if f.Lot.Clause != nil {
		if f.Dues, err = s.LotDues(ctx, id); err != nil {
			return err
		}
		in, err := s.PenaltyInput(ctx, id, f.On)
		if err != nil {
			return err
		}
		f.Estimate, f.Declarations = in.Estimate(), in.Declarations
	}
	if f.Steps, err = s.Steps(ctx, id); err != nil {
		return err
	}
	for i := range f.Steps {
		f.Steps[i].Text = ""
	}
	if err := s.work(ctx, f); err != nil {
		return err
	}
	if err := s.proposed(ctx, f); err != nil {
		return err
	}
	if f.People, err = s.peopleCount(ctx, f.Lot); err != nil {
		return err
	}
	f.Undetailed, f.Granted, err = s.unseen(ctx, id)
	return err
}

// aboutPerson reads the facts of a document about one person; her name is there
// only when the file keeps names and the role may read them.
func (s *Store) aboutPerson(ctx context.Context, f *insertion.DocumentFacts, about insertion.DocumentSubject) error {
	file, err := s.Participant(ctx, about.Person)
	if err != nil {
		return err
	}
	f.Person = file
	if f.Kind != insertion.DocPresence {
		return nil
	}
	for _, a := range file.Assignments {
		if about.Placement == 0 || a.Placement == about.Placement {
			if f.Assignment.ID == 0 || a.Start >= f.Assignment.Start {
				f.Assignment = a
			}
		}
	}
	if f.Assignment.ID == 0 {
		reason := file.Code() + " ne travaille sur aucun placement"
		if about.Placement != 0 {
			reason = fmt.Sprintf("%s ne travaille pas sur le placement %d", file.Code(), about.Placement)
		}
		return &insertion.FieldError{Field: "placement", Reason: reason}
	}
	f.From, f.To = about.From, about.To
	for _, l := range file.Lines {
		if l.Assignment == f.Assignment.ID {
			if about.From == "" && (f.From == "" || l.Month < f.From) {
				f.From = l.Month
			}
			if about.To == "" && l.Month > f.To {
				f.To = l.Month
			}
		}
	}
	if f.From != "" && f.To != "" && f.To < f.From {
		return &insertion.FieldError{Field: "au", Reason: "la fin de la période précède son début"}
	}
	return nil
}
