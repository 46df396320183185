package match

import "math"

const earthKm = 6371.0088

// onSphere is a point of the unit sphere: the straight line between two of them
// orders like the distance, without trigonometry in the loop.
func onSphere(lat, lon float64) (x, y, z float64) {
	phi, lambda := lat*math.Pi/180, lon*math.Pi/180
	return math.Cos(phi) * math.Cos(lambda), math.Cos(phi) * math.Sin(lambda), math.Sin(phi)
}

// chordKm turns a squared chord of the unit sphere into kilometres.
func chordKm(squared float64) float64 {
	if squared < 0.01 { // below 637 km the series is exact to the metre, and faster
		return earthKm * math.Sqrt(squared) * (1 + squared/24*(1+squared*9/80))
	}
	return 2 * earthKm * math.Asin(min(1, math.Sqrt(squared)/2))
}

// squaredChord is the squared chord of a distance.
func squaredChord(km float64) float64 {
	c := 2 * math.Sin(min(km/(2*earthKm), math.Pi/2))
	return c * c
}

// located tells whether a structure has coordinates.
func (d *Directory) located(i int) bool { return d.x[i] != 0 || d.y[i] != 0 || d.z[i] != 0 }

// chord is the squared chord to the nearest point of the work, -1 when unknown.
func (d *Directory) chord(q *question, i int) float64 {
	if len(q.x) == 0 || !d.located(i) {
		return -1
	}
	best := 8.0
	for p := range q.x {
		dx, dy, dz := q.x[p]-float64(d.x[i]), q.y[p]-float64(d.y[i]), q.z[p]-float64(d.z[i])
		best = min(best, dx*dx+dy*dy+dz*dz)
	}
	return best
}

// edge is the distance to the nearest place the work may be: 0 inside an area
// that is all we know.
func (d *Directory) edge(q *question, i int, km float64) float64 {
	if !q.spot.vague || q.spot.titled || km < 0 {
		return max(0, km)
	}
	if q.inside[d.department[i]] {
		return 0
	}
	return max(0, km-q.spot.radius)
}

// What a distance nobody knows is worth.
const (
	unknownInside  = 0.7 // somewhere in the right département
	unknownOutside = 0.3
)

// distanceValue falls from 1 on the spot to a half at the usual zone of the
// type, stretched for trades whose product travels. Inside the only area known
// it falls slowly; another département is farther than its kilometres say,
// since conventions and networks stop at the border.
func (d *Directory) distanceValue(q *question, i int, k *kindAnswer, km float64) float64 {
	inside := q.inside[d.department[i]]
	if km < 0 {
		if inside {
			return unknownInside
		}
		return unknownOutside
	}
	felt := max(0, km-d.rule.near)
	if q.spot.vague && inside && !q.spot.titled {
		felt = km * d.rule.inside
		if q.spot.around() {
			felt = km * d.rule.buyers
		}
	}
	if !inside {
		felt += q.outside
	}
	return 1 / (1 + felt/k.halfway)
}

// spreads measures how wide each département is for those who work in it: 3 km
// for Paris, 35 for the Nord.
func (d *Directory) spreads() map[string]float64 {
	type middle struct{ x, y, z, n float64 }
	middles := make([]middle, len(d.codes))
	for i, code := range d.department {
		if d.located(i) {
			m := &middles[code]
			m.x, m.y, m.z, m.n = m.x+float64(d.x[i]), m.y+float64(d.y[i]), m.z+float64(d.z[i]), m.n+1
		}
	}
	spread := map[string]float64{}
	for i, code := range d.department {
		if m := middles[code]; m.n > 0 && d.located(i) {
			dx, dy, dz := m.x/m.n-float64(d.x[i]), m.y/m.n-float64(d.y[i]), m.z/m.n-float64(d.z[i])
			spread[d.codes[code]] += chordKm(dx*dx+dy*dy+dz*dz) / m.n
		}
	}
	return spread
}
