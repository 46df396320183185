package report

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// settled makes the archive of a workbook, mending on the way two things excelize
// leaves: the list of the kinds of images it knows comes in the order of a map,
// another each time, and every formula is marked as giving text, which readers
// that do not compute believe.
func settled(w io.Writer) excelize.ZipWriter { return settledZip{zip.NewWriter(w)} }

type settledZip struct{ *zip.Writer }

func (z settledZip) Create(name string) (io.Writer, error) {
	w, err := z.Writer.Create(name)
	switch {
	case err != nil:
		return nil, err
	case name == "[Content_Types].xml":
		return mended{w, sortedTypes}, nil
	case strings.HasPrefix(name, "xl/worksheets/sheet"):
		return mended{w, numericFormulas}, nil
	}
	return w, nil
}

// mended is a part of the archive, written whole in one call as excelize does.
type mended struct {
	w    io.Writer
	mend func([]byte) []byte
}

func (m mended) Write(p []byte) (int, error) {
	if _, err := m.w.Write(m.mend(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

func numericFormulas(sheet []byte) []byte {
	return bytes.ReplaceAll(sheet, []byte(` t="str"><f>`), []byte(`><f>`))
}

func sortedTypes(types []byte) []byte {
	kind := regexp.MustCompile(`<Default [^>]*></Default>`)
	all := kind.FindAll(types, -1)
	slices.SortFunc(all, bytes.Compare)
	return kind.ReplaceAllFunc(types, func([]byte) []byte {
		first := all[0]
		all = all[1:]
		return first
	})
}
