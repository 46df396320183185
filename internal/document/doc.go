// Package document makes the documents that leave the desk: what each kind says, in
// words that can be edited, and the facts its fields stand for. It gives a
// report.Paper, which report writes as PDF or text. It knows no database and no
// screen, and names a person only in the kinds that are nominal. cmd calls it.
package document
