package insertion

import "testing"

// TestWhoMayDoWhat is the whole table, written again: to change what a role may
// do is to change it in two places.
func TestWhoMayDoWhat(t *testing.T) {
	const yes, no = true, false
	table := map[Act][3]bool{ // facilitator, delegate, viewer
		ActRead:     {yes, yes, yes},
		ActPersons:  {yes, yes, no},
		ActNames:    {yes, no, no},
		ActComment:  {yes, yes, no},
		ActApprove:  {yes, yes, no},
		ActMandate:  {yes, yes, no},
		ActExport:   {yes, yes, no},
		ActJournal:  {yes, yes, no},
		ActWrite:    {yes, no, no},
		ActErase:    {yes, no, no},
		ActSettings: {yes, no, no},
		ActUsers:    {yes, no, no},
		ActBackup:   {yes, no, no},
	}
	for _, act := range Acts() {
		want, ok := table[act]
		if !ok {
			t.Errorf("%v is not in the table", act)
		}
		for i, role := range []Role{Facilitator, Delegate, Viewer} {
			if role.May(act) != want[i] {
				t.Errorf("%s, %v: %v", role, act, role.May(act))
			}
		}
		if Role("autre").May(act) {
			t.Errorf("a role that does not exist may %v", act)
		}
	}
	if len(Acts()) != len(table) || len(Roles()) != 3 {
		t.Error("the table and the lists differ")
	}
}
