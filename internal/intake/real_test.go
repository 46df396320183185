package intake

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// dataFolder is the folder of real files, when there is one.
func dataFolder(t testing.TB) string {
	t.Helper()
	folder := os.Getenv("PASSERELLE_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data")
	}
	if _, err := os.Stat(filepath.Join(folder, "decp")); err != nil {
		t.Skipf("no folder of real files (PASSERELLE_DATA): %v", err)
	}
	return folder
}

// readAll reads every record of a file and the error that ended it.
func readAll(t testing.TB, name string, data []byte, opt Options) (records []Record, format string, err error) {
	t.Helper()
	r, err := Notices(context.Background(), name, bytes.NewReader(data), opt)
	if err != nil {
		return nil, "", err
	}
	for rec, e := range r.Each() {
		if e != nil {
			return records, r.Format(), e
		}
		records = append(records, rec)
	}
	return records, r.Format(), nil
}

func TestEveryRecordOfTheRealFilesIsRead(t *testing.T) {
	folder := dataFolder(t)
	for _, c := range []struct {
		file             string
		records, refused int
		format           Format
		err              error
	}{
		{"2019-json/aife_2019-04-04.json", 4530, 0, FormatNoticesJSON19, nil},
	} {
		data, err := os.ReadFile(filepath.Join(folder, "decp", c.file))
		if err != nil {
			t.Error(err)
			continue
		}
		records, format, err := readAll(t, c.file, data, Options{})
		refused := 0
		for i, r := range records {
			if r.Refusal != nil {
				refused++
			}
			if r.Number != i+1 {
				t.Fatalf("%s: record %d is numbered %d", c.file, i+1, r.Number)
			}
		}
		if len(records) != c.records || refused != c.refused || !errors.Is(err, c.err) || (c.err == nil) != (err == nil) || format != string(c.format) {
			t.Errorf("%s: %d records, %d refused, %q, %v; want %d, %d, %q, %v", c.file, len(records), refused, format, err, c.records, c.refused, c.format, c.err)
		}
	}
}
