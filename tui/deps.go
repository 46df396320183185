package tui

// Deps is what the screens need from outside, each as the small interface its
// screen declares. One value may satisfy them all.
type Deps struct {
	Version versionReader
	Journal journal
}
