// Package seed owns the demonstration: a fictitious, believable Hauts-de-Seine
// of some sixty contracts, written as files in the formats any user would drop
// in and loaded through the same door. It is the same every time for a given
// day, and every date is relative to that day.
//
// Every firm, buyer and structure in it is invented. Their SIREN begin with 000,
// which INSEE gives to nobody. Communes are real places, nothing more.
//
// Only cmd and tests may import it; it never writes to the database by a way of
// its own.
package seed
