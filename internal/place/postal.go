package place

func (l *lookups) postalOf(i int) []string {
	if l.t.Posts[i] == 0 {
		return nil
	}
	list := make([]string, l.t.Posts[i])
	for j, code := range l.postalCodes(i) {
		list[j] = five(code)
	}
	return list
}

func (l *lookups) postalCodes(i int) []uint32 {
	return l.t.Postal[l.postAt[i]:][:l.t.Posts[i]]
}

func five(n uint32) string {
	return string([]byte{byte('0' + n/10_000), byte('0' + n/1000%10), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
}

// parse reads a number of one to nine digits, and nothing else.
func parse(s string) (uint32, bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	n := uint32(0)
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + uint32(s[i]-'0')
	}
	return n, true
}
