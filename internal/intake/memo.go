package intake

// memo remembers what a function makes of the texts met most: a file has
// millions of notices and a few thousand procedures, codes and dates.
type memo[T any] struct {
	known map[string]T
	make  func(string) T
}

// maxMemo and maxMemoKey bound what a hostile file can make it keep.
const (
	maxMemo    = 1 << 14
	maxMemoKey = 80
)

func newMemo[T any](f func(string) T) *memo[T] { return &memo[T]{map[string]T{}, f} }

// of is the function's result for raw bytes.
func (m *memo[T]) of(raw []byte) T {
	if v, ok := m.known[string(raw)]; ok {
		return v
	}
	v := m.make(string(raw))
	if len(m.known) < maxMemo && len(raw) <= maxMemoKey {
		m.known[string(raw)] = v
	}
	return v
}
