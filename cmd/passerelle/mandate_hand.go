package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/internal/report"
	"passerelle/store"
	"passerelle/tui"
)

// agendaName is what a calendar calls ours.
const agendaName = "Mandat de l'économie sociale et solidaire"

// handed is what the register of exports says of something of the mandate.
func handed(what, format string) insertion.Export {
	return insertion.Export{Kind: insertion.ExportMandate, What: what, Format: format}
}

// electedPage gathers what the page of the elected members says.
func electedPage(ctx context.Context, s *store.Store, today insertion.Date) (report.Elected, error) {
	s = s.ForOthers()
	e := report.Elected{On: today}
	own, err := s.Letterhead(ctx, 0)
	if err != nil {
		return e, err
	}
	e.Head = report.Head{Name: own.Name, Image: own.Image}
	for _, line := range append(append([]string{own.Service}, strings.Split(own.Address, "\n")...), own.Contact) {
		if line != "" {
			e.Head.Lines = append(e.Head.Lines, line)
		}
	}
	if e.Standings, err = s.Standings(ctx); err != nil {
		return e, err
	}
	if e.Within, err = s.MandateScope(ctx); err != nil {
		return e, err
	}
	if next, ok, err := s.NextMeeting(ctx, mandate.CouncilName, today); err != nil {
		return e, err
	} else if ok {
		e.Council = next.Words()
	}
	return e, nil
}

// WriteMandatePage writes the page of the elected members in a file of this machine.
func (d *desk) WriteMandatePage(ctx context.Context, path string) (tui.Written, error) {
	e, err := electedPage(ctx, d.Store, d.today())
	if err != nil {
		return tui.Written{}, err
	}
	full, err := d.take(ctx, handed("page des élus", "pdf"), path, func(w io.Writer) error { return report.WriteElectedPDF(w, e) })
	return tui.Written{Path: full, Lost: report.Undrawn(e.Paper())}, err
}

// WriteMandateAgenda writes the calendar in a file of this machine.
func (d *desk) WriteMandateAgenda(ctx context.Context, path string) (tui.Written, error) {
	agenda, mark, err := d.ForOthers().MandateAgenda(ctx)
	if err != nil {
		return tui.Written{}, err
	}
	full, err := d.take(ctx, handed("agenda du mandat", "ics"), path, func(w io.Writer) error { return report.WriteAgenda(w, agendaName, mark, agenda) })
	return tui.Written{Path: full}, err
}

// MandatePageText is the page of the elected members, to be read on the screen.
func (d *desk) MandatePageText(ctx context.Context) (string, error) {
	e, err := electedPage(ctx, d.Store, d.today())
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = report.WriteText(&b, e.Paper())
	return b.String(), err
}

// noMandateFiles writes no file of the server for those who come over SSH; they read
// on the screen, and a command gives them the bytes.
type noMandateFiles struct{ *desk }

func (noMandateFiles) WriteMandatePage(context.Context, string) (tui.Written, error) {
	return tui.Written{}, errors.New("aucun fichier ne s'écrit sur le serveur : « ssh hôte mandat page --format pdf > mandat.pdf »")
}

func (noMandateFiles) WriteMandateAgenda(context.Context, string) (tui.Written, error) {
	return tui.Written{}, errors.New("aucun fichier ne s'écrit sur le serveur : « ssh hôte mandat agenda --format ics > mandat.ics »")
}

// Advise is the adviser for the screens.
func (d *desk) Advise(ctx context.Context, project mandate.RecordID) (tui.Advice, error) {
	a, err := adviceOf(ctx, d.Store, project, d.today())
	if err != nil {
		return tui.Advice{}, err
	}
	had, err := d.MandateRecords(ctx, mandate.Part, project)
	return tui.Advice{Project: a.project, Had: had, Split: a.split, Levers: a.levers, Around: a.around}, err
}
