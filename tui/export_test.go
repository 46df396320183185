package tui

import tea "charm.land/bubbletea/v2"

// Touched is what the root receives when another session changed the file.
func Touched() tea.Msg { return touched{} }
