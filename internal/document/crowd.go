package document

import (
	"cmp"
	"slices"
)

// fewest is how many persons a number may stand for: under it somebody could be
// recognised (n < 5, DOMAIN §6.2).
const fewest = 5

// heads is a number of persons who have something in common.
type heads struct {
	name string
	n    int
}

// crowd counts persons by what they have in common. Those fewer than five go
// together under others; when these are still too few the smallest group joins
// them: so no number, and no difference of two, is about fewer than five. Fewer
// than five persons in all are not counted by group.
func crowd[T comparable](list []T, name func(T) string, others string) []heads {
	if len(list) < fewest {
		return nil
	}
	var groups []heads
	for _, one := range list {
		n := name(one)
		i := slices.IndexFunc(groups, func(h heads) bool { return h.name == n })
		if i < 0 {
			i, groups = len(groups), append(groups, heads{name: n})
		}
		groups[i].n++
	}
	slices.SortFunc(groups, func(a, b heads) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.name, b.name)) })
	rest := heads{name: others}
	for len(groups) > 0 && (groups[len(groups)-1].n < fewest || rest.n > 0 && rest.n < fewest) {
		rest.n += groups[len(groups)-1].n
		groups = groups[:len(groups)-1]
	}
	if rest.n > 0 {
		if len(groups) == 0 {
			rest.name = "toutes ensemble"
		}
		groups = append(groups, rest)
	}
	return groups
}
