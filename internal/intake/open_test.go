package intake

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func gzipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zipped makes an archive of names and texts in turn.
func zipped(t testing.TB, namesAndTexts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(namesAndTexts); i += 2 {
		w, err := z.Create(namesAndTexts[i])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, namesAndTexts[i+1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// members reads every text of a file as "name=text".
func members(t *testing.T, in *Input) string {
	t.Helper()
	var all []string
	for {
		m, err := in.Next()
		if errors.Is(err, io.EOF) {
			return strings.Join(all, " ")
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(m.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(text, m.Head) {
			t.Errorf("the head of %s is not its beginning", m.Name)
		}
		all = append(all, m.Name+"="+string(text))
	}
}

func TestCompressedFilesOpenLikeTheOthers(t *testing.T) {
	archive := zipped(t, "a.json", "un", "dossier/", "", "__MACOSX/a.json", "x", "LISEZMOI.txt", "x", "dossier/b.csv", "deux")
	onDisk := filepath.Join(t.TempDir(), "avis.zip")
	if err := os.WriteFile(onDisk, archive, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(onDisk)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	plain := []byte("texte")
	for _, c := range []struct {
		name  string
		r     io.Reader
		bytes []byte
		want  string
	}{
		{"texte nu", bytes.NewBufferString("texte"), plain, "texte nu=texte"},
		{"-", bytes.NewBufferString("texte"), plain, "entrée standard=texte"},
		{"x.gz", bytes.NewBuffer(gzipped(t, "texte")), gzipped(t, "texte"), "x.gz=texte"},
		{"bom", bytes.NewBufferString("\xef\xbb\xbftexte"), []byte("\xef\xbb\xbftexte"), "bom=texte"},
		{"utf16", bytes.NewBufferString("\xff\xfeh\x00\xe9\x00"), []byte("\xff\xfeh\x00\xe9\x00"), "utf16=hé"},
		{"pipe.zip", bytes.NewBuffer(archive), archive, "pipe.zip › a.json=un pipe.zip › b.csv=deux"},
		{"disque.zip", file, archive, "disque.zip › a.json=un disque.zip › b.csv=deux"},
		{"../../nom\x1b[2J", bytes.NewBufferString("t"), []byte("t"), "nom[2J=t"},
	} {
		in, err := Open(c.name, c.r)
		if err != nil {
			t.Fatal(err)
		}
		if got := members(t, in); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		sum := sha256.Sum256(c.bytes)
		if got, err := in.Hash(); err != nil || got != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: the hash is not that of the file: %v", c.name, err)
		}
		if in.Bytes() == 0 {
			t.Errorf("%s: nothing seems read", c.name)
		}
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestABombIsRefusedBeforeItFillsTheMemory(t *testing.T) {
	zeros := gzipped(t, strings.Repeat("0", 128<<20))
	for name, data := range map[string][]byte{"bombe.gz": zeros, "bombe.zip": zipped(t, "zeros", strings.Repeat("0", 128<<20))} {
		in, err := Open(name, bytes.NewBuffer(data))
		if err != nil {
			t.Fatal(err)
		}
		m, err := in.Next()
		if err == nil {
			_, err = io.Copy(io.Discard, m.Reader)
		}
		var sentence *FileError
		if !errors.Is(err, ErrBomb) || !errors.As(err, &sentence) || !strings.HasPrefix(sentence.File, name) {
			t.Errorf("%s: %v", name, err)
		}
		in.Close()
	}
}

func TestADamagedArchiveIsSaidSo(t *testing.T) {
	whole := gzipped(t, strings.Repeat("texte ", 1000))
	in, err := Open("coupé.gz", bytes.NewBuffer(whole[:len(whole)-12]))
	if err != nil {
		t.Fatal(err)
	}
	m, err := in.Next()
	if err == nil {
		_, err = io.ReadAll(m.Reader)
	}
	if !errors.Is(err, ErrTruncated) {
		t.Errorf("a cut gzip: %v", err)
	}
	archive := zipped(t, "a.json", "un")
	if _, err := Open("coupé.zip", bytes.NewBuffer(archive[:len(archive)-10])); !errors.Is(err, ErrBroken) {
		t.Errorf("a cut zip: %v", err)
	}
}

func TestAWorkbookIsNotUnzipped(t *testing.T) {
	data := zipped(t, "[Content_Types].xml", "x", "xl/workbook.xml", "y")
	in, err := Open("structures.xlsx", bytes.NewReader(data))
	if err != nil || !in.Spreadsheet {
		t.Fatalf("workbook not recognised: %v", err)
	}
	if r, size := in.Workbook(); size != int64(len(data)) || r == nil {
		t.Errorf("%d bytes, want %d", size, len(data))
	}
}
