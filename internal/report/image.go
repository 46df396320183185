package report

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // the formats a head may have
	"image/png"
)

// The largest image a head may have. A logo of 5 cm printed at 600 dots an inch
// has 1,200 of them across.
const (
	MaxImageBytes = 1 << 20
	maxImageSide  = 4000
)

// CheckImage reads an image a head could carry, PNG or JPEG, whole. The error is
// one French sentence that says what to do.
func CheckImage(data []byte) error {
	_, _, err := flattened(data)
	return err
}

// flattened is the image on white, as a plain PNG: what a reader of PDF may not
// know (transparency, colours for the press, interlacing) is gone.
func flattened(data []byte) ([]byte, image.Point, error) {
	bad := func(format string, args ...any) ([]byte, image.Point, error) {
		return nil, image.Point{}, fmt.Errorf("image de l'en-tête : "+format, args...)
	}
	if len(data) > MaxImageBytes {
		return bad("elle pèse %d Ko, et %d au plus conviennent ; réduisez-la", len(data)>>10, MaxImageBytes>>10)
	}
	about, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return bad("ce fichier n'est ni un PNG ni un JPEG ; enregistrez le logo dans l'un de ces formats")
	}
	if about.Width < 1 || about.Height < 1 || about.Width > maxImageSide || about.Height > maxImageSide {
		return bad("%d × %d points ; de 1 à %d de côté conviennent", about.Width, about.Height, maxImageSide)
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return bad("ce %s est abîmé ou incomplet (%v) ; copiez-le à nouveau", format, err)
	}
	box := picture.Bounds()
	flat := image.NewRGBA(image.Rect(0, 0, box.Dx(), box.Dy()))
	draw.Draw(flat, flat.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), picture, box.Min, draw.Over)
	var b bytes.Buffer
	if err := png.Encode(&b, flat); err != nil {
		return bad("%v", err)
	}
	return b.Bytes(), flat.Bounds().Size(), nil
}
