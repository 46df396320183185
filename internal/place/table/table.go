// Package table is the written form of the gazetteer: the columns that the
// generator writes once and that every start of the program reads.
//
// It owns the binary format and nothing else: no lookup, no estimate, no
// file. Only place and place/generate import it.
//
// Why columns: values of one kind side by side (sorted codes as steps, names in
// one string, populations as varints) deflate to a third of the same rows, and decode
// in one pass into a handful of slices instead of 35,000 small objects.
package table

// Area is a région, a département or an intercommunalité.
type Area struct {
	Code, Name string
	Region     int // index in Regions, for a département
}

// Table is the whole country. The columns of the communes have one value per
// commune, in the order of the INSEE codes; the 45 arrondissements of Paris,
// Lyon and Marseille are among them.
type Table struct {
	Regions     []Area
	Departments []Area
	Groups      []Area // EPCI, then EPT; the code is the SIREN

	Codes      string   // five characters each
	Names      Strings  //
	Department []uint8  // index in Departments
	Population []uint32 //
	Group      []uint16 // index in Groups + 1, 0 for none: the EPCI
	Siren      []uint32 // 0 when the commune has none of its own
	Lat, Lon   []int32  // 1/10,000 of a degree: 11 m
	Rough      []bool   // the coordinates are estimated from other communes
	Posts      []uint8  // how many postal codes
	Postal     []uint32 // all of them, commune after commune

	Territories []Link // commune → EPT in Groups
	Districts   []Link // arrondissement municipal → its commune

	OldCodes string   // five characters each, sorted; a code may come twice
	OldNames Strings  // "" when only the code is known
	OldTo    []uint16 // the commune of today
}

// Link ties the commune at From to something at To.
type Link struct{ From, To uint16 }

// Strings is a list of strings kept as one.
type Strings struct {
	Text string
	Ends []uint32 // where each stops
}

// Len is the number of strings.
func (s Strings) Len() int { return len(s.Ends) }

// At is the string at index i.
func (s Strings) At(i int) string {
	start := uint32(0)
	if i > 0 {
		start = s.Ends[i-1]
	}
	return s.Text[start:s.Ends[i]]
}

// Len is the number of communes, arrondissements included.
func (t *Table) Len() int { return len(t.Codes) / 5 }

// Code is the INSEE code of the commune at index i.
func (t *Table) Code(i int) string { return t.Codes[5*i : 5*i+5] }

// Predicted is the SIREN most communes have, key left out: 21, the
// département, a zero or the third digit of an overseas département, the number of the
// commune. Only 14 % of them differ (numbers given by rank, communes created
// since), so that the table keeps the difference.
func Predicted(code string) uint32 {
	dept, filler := uint32(20), uint32(0) // Corsica had one number for 2A and 2B
	if code[1] <= '9' {
		dept = number(code[:2])
	}
	if dept == 97 {
		filler = number(code[2:3])
	}
	return (21_00_0000 + dept*1_0000) + filler*1000 + number(code[2:])
}

// WithKey adds to eight digits the key that makes them a SIREN.
func WithKey(eight uint32) uint32 {
	sum, double := uint32(0), true
	for n := eight; n > 0; n /= 10 {
		d := n % 10
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum, double = sum+d, !double
	}
	return eight*10 + (10-sum%10)%10
}

func number(digits string) uint32 {
	n := uint32(0)
	for i := range len(digits) {
		n = n*10 + uint32(digits[i]-'0')
	}
	return n
}
