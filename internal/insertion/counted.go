package insertion

// Counted writes a number with its noun, as French agrees it: « 0 lot », « 1 lot »,
// « 1 820 lots ».
func Counted(n int, one, many string) string {
	if n > -2 && n < 2 {
		many = one
	}
	return Thousands(int64(n)) + " " + many
}
