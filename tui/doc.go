// Package tui owns what people see and type: screens, keys, French words and
// the theme. It knows neither SQL, nor files, nor the network: each screen
// declares the few methods it needs, and whoever opens the program gives them.
//
// Only cmd and the SSH server may import it.
//
// Reading order: screen.go (what a screen is), app.go (the root that holds
// them), ask.go (work that takes time), list.go and form.go (the two shapes
// most screens have), then any screen.
package tui
