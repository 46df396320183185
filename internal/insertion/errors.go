package insertion

import "errors"

// What can go wrong, said once, so that every caller recognises it with
// errors.Is and every screen can tell the person what to do.
var (
	ErrNotFound  = errors.New("introuvable")
	ErrStale     = errors.New("modifié entre-temps par quelqu'un d'autre")
	ErrReadOnly  = errors.New("la base est en lecture seule")
	ErrDiskFull  = errors.New("le disque est plein")
	ErrNewer     = errors.New("la base vient d'une version plus récente de Passerelle")
	ErrNotOurs   = errors.New("ce fichier n'est pas une base Passerelle")
	ErrBusy      = errors.New("la base est occupée")
	ErrCorrupt   = errors.New("la base est endommagée")
	ErrNothing   = errors.New("il n'y a rien à annuler")
	ErrDuplicate = errors.New("existe déjà")
	// ErrLastFacilitator refuses what would let no facilitator enter any more.
	ErrLastFacilitator = errors.New("plus aucun facilitateur n'entrerait par SSH")
)
