package insertion

import "time"

// Counting a year of hours compares and moves some hundred thousand days, so they
// are read as numbers rather than parsed: ten times faster.

// dayNumber counts the days from 1970-01-01; false when the text is no day.
func (d Date) dayNumber() (int, bool) {
	y, m, day, ok := d.civil()
	if !ok {
		return 0, false
	}
	return daysBefore(y, m) + day - 1, true
}

// civil reads the parts of the day; false unless it is one of the calendar.
func (d Date) civil() (year, month, day int, ok bool) {
	if len(d) != 10 || d[4] != '-' || d[7] != '-' {
		return 0, 0, 0, false
	}
	for i := range 10 {
		if c := d[i]; i != 4 && i != 7 && (c < '0' || c > '9') {
			return 0, 0, 0, false
		}
	}
	two := func(i int) int { return int(d[i]-'0')*10 + int(d[i+1]-'0') }
	year, month, day = two(0)*100+two(2), two(5), two(8)
	return year, month, day, month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// daysBefore counts the days from 1970-01-01 to the first of a month, negative
// before. Years are counted from March, so that leap days come last.
func daysBefore(year, month int) int {
	if month <= 2 {
		year--
		month += 12
	}
	era := floorDiv(year, 400)
	ofEra := year - era*400
	ofYear := (153*(month-3) + 2) / 5
	return era*146_097 + ofEra*365 + ofEra/4 - ofEra/100 + ofYear - 719_468
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// dateOf writes a day of the calendar; only years 0 to 9999 have a text.
func dateOf(year, month, day int) Date {
	if year < 0 || year > 9999 {
		return DateOf(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC))
	}
	return Date([]byte{
		byte('0' + year/1000), byte('0' + year/100%10), byte('0' + year/10%10), byte('0' + year%10), '-',
		byte('0' + month/10), byte('0' + month%10), '-', byte('0' + day/10), byte('0' + day%10),
	})
}
