package tui

import (
	tea "charm.land/bubbletea/v2"

	"passerelle/internal/insertion"
)

// The doors of the lot page towards screens that are still to be written.

func newCandidates(p *shared, lot insertion.Lot) screen { return nil }

func newPlacement(p *shared, lot insertion.Lot, from insertion.Introduction) screen { return nil }

func moveIntroduction(p *page, lot insertion.Lot, i insertion.Introduction) tea.Cmd { return nil }
