package main

import (
	"bytes"
	"context"
	"errors"
	"io"

	"passerelle/internal/insertion"
	"passerelle/internal/mandate"
	"passerelle/internal/report"
	"passerelle/store"
)

// agendaName is what a calendar calls ours.
const agendaName = "Mandat de l'économie sociale et solidaire"

// handed is what the register of exports says of something of the mandate.
func handed(what, format string) insertion.Export {
	return insertion.Export{Kind: insertion.ExportMandate, What: what, Format: format}
}

// electedPage gathers what the page of the elected members says.
func electedPage(ctx context.Context, s *store.Store, today insertion.Date) (report.Elected, error) {
	e := report.Elected{On: today}
	var err error
	if e.Standings, err = s.Standings(ctx); err != nil {
		return e, err
	}
	var records []mandate.Record
	for _, kind := range []mandate.Kind{mandate.Meeting, mandate.Point} {
		some, err := s.MandateRecords(ctx, kind, 0)
		if err != nil {
			return e, err
		}
		records = append(records, some...)
	}
	if next, ok := mandate.NextCouncil(records, today); ok {
		e.Council = next.Words()
	}
	return e, nil
}

// WriteMandatePage writes the page of the elected members in a file of this machine.
func (d *desk) WriteMandatePage(ctx context.Context, path string) error {
	e, err := electedPage(ctx, d.Store, d.today())
	if err != nil {
		return err
	}
	return d.take(ctx, handed("page des élus", "pdf"), path, func(w io.Writer) error { return report.WriteElectedPDF(w, e) })
}

// WriteMandateAgenda writes the calendar in a file of this machine.
func (d *desk) WriteMandateAgenda(ctx context.Context, path string) error {
	agenda, mark, err := d.MandateAgenda(ctx)
	if err != nil {
		return err
	}
	return d.take(ctx, handed("agenda du mandat", "ics"), path, func(w io.Writer) error { return report.WriteAgenda(w, agendaName, mark, agenda) })
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

func (noMandateFiles) WriteMandatePage(context.Context, string) error {
	return errors.New("aucun fichier ne s'écrit sur le serveur : « ssh hôte mandat page --format pdf > mandat.pdf »")
}

func (noMandateFiles) WriteMandateAgenda(context.Context, string) error {
	return errors.New("aucun fichier ne s'écrit sur le serveur : « ssh hôte mandat agenda --format ics > mandat.ics »")
}
