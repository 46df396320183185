// Package trade owns the filières: our own short list of trades, and what ties
// each of them to CPV codes, NAF classes, ROME jobs and the words of titles and
// names. It turns an award notice or a structure into weighted evidence that a
// person can read. It never decides who does the work, and keeps no state.
// Package match, the intake, the screens and the commands may import it.
package trade

import (
	"sync"

	"passerelle/internal/insertion"
)

// Trade is one filière and its ties. A tie is written "prefix=points", points
// from 1 to 100; the longest prefix of a code wins. Words are stems without
// accents, matched at the beginning of a word, or on the whole word when they
// end with "$"; several stems in a row ("espace vert") must follow each other,
// articles ignored.
type Trade struct {
	Code  insertion.Trade
	Label string
	CPV   string
	NAF   string
	ROME  string
	Words string // separated by commas
	Names string // words that say the trade in the name of a structure only
}

// The codes of the trades. They are stored in files: never rename one.
const (
	GrosOeuvre       insertion.Trade = "gros-oeuvre"
	VRD              insertion.Trade = "vrd"
	Demolition       insertion.Trade = "demolition"
	Couverture       insertion.Trade = "couverture"
	Menuiserie       insertion.Trade = "menuiserie"
	Platrerie        insertion.Trade = "platrerie"
	Electricite      insertion.Trade = "electricite"
	Plomberie        insertion.Trade = "plomberie"
	Peinture         insertion.Trade = "peinture"
	Renovation       insertion.Trade = "renovation"
	Nettoyage        insertion.Trade = "nettoyage"
	PropreteUrbaine  insertion.Trade = "proprete-urbaine"
	EspacesVerts     insertion.Trade = "espaces-verts"
	EspacesNaturels  insertion.Trade = "espaces-naturels"
	Dechets          insertion.Trade = "dechets"
	Demenagement     insertion.Trade = "demenagement"
	Restauration     insertion.Trade = "restauration"
	Blanchisserie    insertion.Trade = "blanchisserie"
	Securite         insertion.Trade = "securite"
	Administratif    insertion.Trade = "administratif"
	Impression       insertion.Trade = "impression"
	Numerique        insertion.Trade = "numerique"
	Conditionnement  insertion.Trade = "conditionnement"
	ServicesPersonne insertion.Trade = "services-personne"
	Culture          insertion.Trade = "culture"
	Formation        insertion.Trade = "formation-insertion"
	Fabrication      insertion.Trade = "fabrication"
	Alimentation     insertion.Trade = "alimentation"
	Transport        insertion.Trade = "transport"
	Mecanique        insertion.Trade = "mecanique"
	Personnel        insertion.Trade = "personnel"
)

// All lists the trades in the order screens offer them. The slice belongs to
// the caller.
func All() []Trade {
	return append(append(building(), services()...), goods()...)
}

// Label is the French name of a trade; an unknown code comes back as it is.
func Label(code insertion.Trade) string {
	if i, ok := compiled().position[code]; ok {
		return compiled().trades[i].Label
	}
	return string(code)
}

// Known tells whether code is one of All.
func Known(code insertion.Trade) bool {
	_, ok := compiled().position[code]
	return ok
}

// Index is the position of a trade in All, so that sets of trades fit the bits
// of a word; -1 for an unknown code. There are never more than 64 trades.
func Index(code insertion.Trade) int {
	if i, ok := compiled().position[code]; ok {
		return i
	}
	return -1
}

// compiled is the tables parsed once: immutable, shared by all.
var compiled = sync.OnceValue(compile)
