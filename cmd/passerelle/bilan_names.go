package main

import (
	"sync"

	"passerelle/internal/place"
	"passerelle/internal/trade"
)

// bilanNames says the codes of a bilan in French. A trade is read from the CPV
// alone, and from the words of the object where there is none: a bilan asks
// thousands of times, mostly the same thing.
type bilanNames struct {
	places *place.Gazetteer
	trades sync.Map // by CPV and object
}

func newBilanNames() *bilanNames { return &bilanNames{places: place.National()} }

// Trade is part of bilan.Names.
func (n *bilanNames) Trade(cpv, object string) string {
	key := cpv + "\x00" + object
	if known, ok := n.trades.Load(key); ok {
		return known.(string)
	}
	label := "filière inconnue"
	if best := trade.OfNotice(cpv, object).Best(); best != "" {
		label = trade.Label(best)
	}
	n.trades.Store(key, label)
	return label
}

// Commune is part of bilan.Names.
func (n *bilanNames) Commune(insee string) (name, group string) {
	c, ok := n.places.Commune(insee)
	if !ok {
		return "", ""
	}
	if c.EPT != "" {
		return c.Name, c.EPT
	}
	if a, ok := n.places.Intercommunality(c.EPCI); ok {
		return c.Name, a.Name
	}
	return c.Name, n.Department(c.Department)
}

// Department is part of bilan.Names.
func (n *bilanNames) Department(code string) string {
	if d, ok := n.places.Department(code); ok {
		return d.Name + " (" + code + ")"
	}
	return "département " + code
}
