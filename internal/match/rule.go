package match

// rule is the numbers of the ranking. They were set on real awards and checked
// on awards kept aside; BenchmarkAblation turns each sign off and reports what it
// brings. Changing any of them changes Rule.
type rule struct {
	faint     float64 // a trade below this share of the best evidence is not asked
	trust     float64 // power on the evidence of a notice when one unit is shared out
	best      float64 // share of the best trade against the mean of all asked
	curved    bool    // cube root of the trade value: doubt costs less than a clear mismatch
	plausible float64 // least fit to the trades of a lot, 0 to 1
	disliked  float64 // kept by a type when the notice speaks of others
	whole     float64 // power on how often a type holds whole contracts
	twice     float64 // what a second agreement on one SIRET adds to it
	lexical   float64 // what the words shared by an object and a name can add

	inside  float64 // inside the only known area, a kilometre counts for this much
	buyers  float64 // the same around the buyer's own place
	outside float64 // another département is this many times its width farther
	near    float64 // km that count for nothing
	stretch float64 // multiplies the usual zones
	mobile  float64 // power on the mobility of trades
	titled  bool    // read the communes a title names

	size float64 // what the number of people adds to an undeclared capacity
}

func defaultRule() rule {
	return rule{
		faint: 0.25, trust: 3, best: 0.1, curved: true, plausible: 0.02, disliked: 0.08, whole: 1, twice: 0.1, lexical: 0.1,
		inside: 0.12, buyers: 0.4, outside: 0.9, near: 2, stretch: 0.57, mobile: 0.3, titled: true,
		size: 0.2,
	}
}
