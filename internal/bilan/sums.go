package bilan

// Addends are the rows whose figures make that of a total, in order; nil when
// something is hidden in the column, when the row is no total, or when the figures
// do not add up to it, as those of persons counted in several rows.
func (t Table) Addends(row, column int) []int {
	total := t.Rows[row]
	if !total.Total || total.Cell(column).State != Shown || t.Columns[column].Unit == Decimal {
		return nil
	}
	for _, r := range t.Rows {
		if r.Cell(column).State == Hidden {
			return nil
		}
	}
	for _, some := range [][]int{t.block(row), t.parts(row), t.parts(len(t.Rows))} {
		sum := int64(0)
		for _, i := range some {
			sum += t.Rows[i].Cell(column).Value
		}
		if len(some) > 0 && sum == total.Cell(column).Value {
			return some
		}
	}
	return nil
}

// block is the rows above a total, since the total before it, of the least level.
func (t Table) block(row int) []int {
	first, least := row, 1<<30
	for first > 0 && !t.Rows[first-1].Total {
		first--
		least = min(least, t.Rows[first].Level)
	}
	var out []int
	for i := first; i < row; i++ {
		if t.Rows[i].Level == least {
			out = append(out, i)
		}
	}
	return out
}

// parts is the rows before one that are no total and under none.
func (t Table) parts(before int) []int {
	var out []int
	for i, r := range t.Rows[:before] {
		if !r.Total && r.Level == 0 {
			out = append(out, i)
		}
	}
	return out
}
