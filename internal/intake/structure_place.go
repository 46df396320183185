package intake

import (
	"strconv"
	"strings"

	"passerelle/internal/insertion"
)

// locate finds the commune of the address, and keeps the coordinates of the
// file when they are those of an address.
func (b structureBuilder) locate(st *insertion.Structure, said sayings) {
	lat, lon := coordinates(said)
	st.Lat, st.Lon = lat, lon
	st.Precise = lat != 0 && Fold(said.one(sPrecision)) != "commune"
	if b.opt.Locate == nil {
		st.Department = strings.TrimPrefix(zeros(said.one(sDepartment), 2), "0")
		return
	}
	at, ok := b.opt.Locate(st.INSEE, st.PostalCode, st.City)
	if !ok {
		return
	}
	st.INSEE, st.Department = at.INSEE, at.Department
	if st.City == "" {
		st.City = at.City
	}
	if lat == 0 && lon == 0 {
		st.Lat, st.Lon, st.Precise = at.Lat, at.Lon, false
	}
}

// coordinates reads degrees, or « POINT(lon lat) »; 0, 0 is absent.
func coordinates(said sayings) (lat, lon float64) {
	if p := said.one(sCoords); p != "" {
		if i, j := strings.IndexByte(p, '('), strings.IndexByte(p, ')'); i >= 0 && j > i {
			if parts := strings.Fields(p[i+1 : j]); len(parts) == 2 {
				lon, _ = strconv.ParseFloat(parts[0], 64)
				lat, _ = strconv.ParseFloat(parts[1], 64)
			}
		}
	} else {
		lat, _ = strconv.ParseFloat(strings.Replace(said.one(sLat), ",", ".", 1), 64)
		lon, _ = strconv.ParseFloat(strings.Replace(said.one(sLon), ",", ".", 1), 64)
	}
	if lat < -90 || lat > 90 || lon < -180 || lon > 180 || lat != lat || lon != lon {
		return 0, 0
	}
	return lat, lon
}
