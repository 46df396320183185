package seed

import (
	"fmt"
	"strconv"
)

// The blocks of invented identifiers, so that no two nouns share one.
const (
	buyerBlock     = 1000
	firmBlock      = 2000
	structureBlock = 3000

	cooperativeBlock = 4000
)

// siret makes the n-th invented SIRET: a SIREN in 000, which no establishment
// bears, with valid keys so that the checks of the program accept it.
func siret(n int) string {
	siren := withKey(fmt.Sprintf("0009%04d", n))
	return withKey(siren + "0001")
}

// withKey appends the Luhn key of a number.
func withKey(digits string) string {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return digits + strconv.Itoa((10-sum%10)%10)
}
