package tui

// Key is a key of the screen on top, as the printed sheet of keys shows it.
type Key struct{ Key, Label, Help, Why string }

// Keys lists what is possible now: the table that dispatch, the key line, the
// help and the palette read.
func (a *App) Keys() []Key {
	acts := a.actions()
	if a.overlay != nil {
		acts = nil
	} else if !a.top().Typing() {
		acts = append(acts, a.globals()...)
	}
	keys := make([]Key, len(acts))
	for i, act := range acts {
		keys[i] = Key{act.key, act.label, act.help, act.why}
	}
	return keys
}
