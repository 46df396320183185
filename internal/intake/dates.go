package intake

import (
	"strings"
	"time"

	"passerelle/internal/insertion"
)

// The years a contract of the files read here can bear.
const (
	firstYear = 1990
	lastYear  = 2099
)

// parseDate reads a date as files write it: ISO with or without a clock or a
// zone, a month of one digit, French order, no separator, in letters, a day
// number of a spreadsheet. ok is false when no calendar day can be read; the
// year may be absurd (« 0218 »): see century.
func parseDate(s string) (year, month, day int, ok bool) {
	if len(s) >= 10 && s[4] == '-' && s[7] == '-' {
		year, ok1 := digits(s[:4])
		month, ok2 := digits(s[5:7])
		day, ok3 := digits(s[8:10])
		if ok1 && ok2 && ok3 {
			return year, month, day, calendar(year, month, day)
		}
	}
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, "T"); i > 7 && s[i-1] >= '0' && s[i-1] <= '9' {
		s = s[:i]
	}
	var n [4]int
	var size [4]int
	count, named := 0, 0
	for i := 0; i < len(s) && count < len(n); {
		c := s[i]
		start := i
		switch {
		case c >= '0' && c <= '9':
			for i < len(s) && s[i] >= '0' && s[i] <= '9' && i-start < 9 {
				n[count] = n[count]*10 + int(s[i]-'0')
				i++
			}
			size[count] = i - start
			count++
		case c == ':' && count > 0: // a clock: what is before it was its hours
			count--
			i = len(s)
		case letter(c):
			for i < len(s) && letter(s[i]) {
				i++
			}
			if m := monthNamed(s[start:i]); m > 0 && named == 0 {
				named = m
			}
		default:
			i++
		}
	}
	switch {
	case named > 0 && count >= 2 && size[0] == 4:
		year, month, day = n[0], named, n[1]
	case named > 0 && count >= 2:
		year, month, day = n[1], named, n[0]
	case count >= 1 && size[0] == 8:
		year, month, day = n[0]/10000, n[0]/100%100, n[0]%100
	case count == 1 && size[0] == 5 && n[0] > 32_000 && n[0] < 65_000: // days since 30/12/1899
		t := time.Date(1899, 12, 30+n[0], 0, 0, 0, 0, time.UTC)
		return t.Year(), int(t.Month()), t.Day(), true
	case count >= 3 && size[0] >= 3:
		year, month, day = n[0], n[1], n[2]
	case count >= 3 && size[2] == 4:
		year, month, day = n[2], n[1], n[0]
	case count >= 3 && size[2] == 2 && size[0] <= 2:
		year, month, day = 2000+n[2], n[1], n[0]
	default:
		return 0, 0, 0, false
	}
	return year, month, day, calendar(year, month, day)
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 }

func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func calendar(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return false
	}
	return day <= 28 || time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
}

// monthNamed reads a month in French or in English, by its beginning.
func monthNamed(word string) int {
	w := Fold(word)
	if len(w) < 3 {
		return 0
	}
	for i, m := range [...][3]string{
		{"jan"}, {"fev", "feb"}, {"mar"}, {"avr", "apr"}, {"mai", "may"}, {"juin", "jun"},
		{"juil", "jul"}, {"aou", "aug"}, {"sep"}, {"oct"}, {"nov"}, {"dec"},
	} {
		for _, start := range m {
			if start != "" && strings.HasPrefix(w, start) {
				return i + 1
			}
		}
	}
	return 0
}

// isoDate writes a calendar day; "" when the year cannot be written.
func isoDate(year, month, day int) insertion.Date {
	if year < 0 || year > 9999 {
		return ""
	}
	b := [10]byte{'0' + byte(year/1000), '0' + byte(year/100%10), '0' + byte(year/10%10), '0' + byte(year%10), '-',
		'0' + byte(month/10), '0' + byte(month%10), '-', '0' + byte(day/10), '0' + byte(day%10)}
	return insertion.Date(b[:])
}

// century mends a year such as 0218, 0022, 5021 or 220 by its two last digits,
// when another date of the notice agrees within fifteen years before and two
// after. "" when it cannot be mended.
func century(year, month, day int, near insertion.Date) insertion.Date {
	if year >= firstYear && year <= lastYear {
		return isoDate(year, month, day)
	}
	if len(near) < 4 {
		return ""
	}
	around, _ := digits(string(near[:4]))
	mended := 2000 + year%100
	if mended > around+2 || mended < around-15 || !calendar(mended, month, day) {
		return ""
	}
	return isoDate(mended, month, day)
}
