package intake

import (
	"archive/zip"
	"bufio"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path"
	"strings"
)

// unzip reads the table of a zip; an XLSX workbook is recognised by its parts.
func (in *Input) unzip(r io.ReaderAt, size int64) error {
	in.size = size
	in.source = &counted{at: r, sum: sha256.New()}
	z, err := zip.NewReader(in.source, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		in.Close()
		return &FileError{File: in.Name, Offset: -1, Reason: "l'archive zip est coupée ou endommagée", Remedy: "téléchargez-la de nouveau", Err: errors.Join(ErrBroken, err)}
	}
	if len(z.File) > maxMembers {
		in.Close()
		return &FileError{File: in.Name, Offset: -1, Reason: "l'archive contient plus de 1 000 fichiers", Remedy: "n'y gardez que les avis ou les structures à importer", Err: ErrBomb}
	}
	for _, f := range z.File {
		if f.Name == "xl/workbook.xml" || f.Name == "[Content_Types].xml" {
			in.Spreadsheet = true
		}
	}
	in.zip = z
	return nil
}

// spoolZip keeps a zip that comes from a pipe in a temporary file: its table is
// at its end.
func (in *Input) spoolZip(r io.Reader) error {
	f, err := os.CreateTemp("", "passerelle-*.zip")
	if err != nil {
		return err
	}
	in.spool = f
	size, err := io.Copy(f, r)
	if err != nil {
		in.Close()
		return &FileError{File: in.Name, Offset: -1, Reason: "l'archive n'a pu être recopiée (" + err.Error() + ")", Remedy: "faites de la place sur le disque ou donnez le fichier par son nom", Err: err}
	}
	return in.unzip(f, size)
}

func (in *Input) nextMember() (*Member, error) {
	for in.at < len(in.zip.File) {
		f := in.zip.File[in.at]
		in.at++
		if !readable(f.Name) {
			continue
		}
		name := in.Name + " › " + shorten(Clean(path.Base(f.Name)), 200)
		r, err := f.Open()
		if err != nil {
			return nil, in.broken(name, err)
		}
		in.open = r
		start := in.Bytes()
		read := func() int64 { return in.Bytes() - start }
		return in.member(name, bufio.NewReaderSize(&guarded{r: r, in: in, name: name, read: read}, 256<<10), read)
	}
	return nil, io.EOF
}

// readable leaves out the folders of an archive, what systems add to them and
// the documents that come with the data.
func readable(name string) bool {
	base := path.Base(name)
	if strings.HasSuffix(name, "/") || strings.HasPrefix(base, ".") || strings.Contains(name, "__MACOSX/") {
		return false
	}
	switch strings.ToLower(path.Ext(base)) {
	case ".txt", ".md", ".pdf", ".html", ".htm", ".xsd", ".doc", ".docx", ".odt", ".png", ".jpg":
		return false
	}
	return true
}
