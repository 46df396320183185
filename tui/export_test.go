package tui

import tea "charm.land/bubbletea/v2"

// Touched is what the root receives when another session changed the file.
func Touched() tea.Msg { return touched{} }

// Changed is what the watch of the file says when another session changed it.
func Changed() tea.Msg { return beat{version: -1} }
