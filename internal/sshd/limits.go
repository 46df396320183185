package sshd

import (
	"fmt"
	"time"
)

// Limits bounds what clients may use. Zero fields take the default.
type Limits struct {
	Sessions   int           // open at once, 2000
	PerKey     int           // open at once with one key, 20
	Handshakes int           // begun in a minute from one address, 120
	Opening    int           // handshakes under way at once, all addresses, 200
	Handshake  time.Duration // to authenticate, 20 s
	Idle       time.Duration // without a key pressed, 30 min
	Total      time.Duration // of a session, 12 h
	Stalled    time.Duration // a client that does not read, 30 s
	Silent     time.Duration // between two signs of life asked of a client that sends nothing, 30 s; see signs
	Empty      time.Duration // a connection without a session, 5 min
	Refusals   int           // of keys written in a minute for one address, 20
	Paste      int           // bytes kept of a paste, 64 KiB
	Typed      int           // bytes typed without a pause, 64 KiB
	Upload     int64         // bytes sent to a command, 256 MiB
	Command    time.Duration // of one command, 10 min
	Width      int           // cells, 300
	Height     int           // cells, 100
}

// WithDefaults fills the zero fields.
func (l Limits) WithDefaults() Limits {
	number := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	last := func(v *time.Duration, d time.Duration) {
		if *v == 0 {
			*v = d
		}
	}
	number(&l.Sessions, 2000)
	number(&l.PerKey, 20)
	number(&l.Handshakes, 120)
	number(&l.Opening, 200)
	number(&l.Refusals, 20)
	number(&l.Paste, 64<<10)
	number(&l.Typed, 64<<10)
	number(&l.Width, 300)
	number(&l.Height, 100)
	last(&l.Handshake, 20*time.Second)
	last(&l.Idle, 30*time.Minute)
	last(&l.Total, 12*time.Hour)
	last(&l.Stalled, 30*time.Second)
	last(&l.Silent, 30*time.Second)
	last(&l.Empty, 5*time.Minute)
	last(&l.Command, 10*time.Minute)
	if l.Upload == 0 {
		l.Upload = 256 << 20
	}
	return l
}

// What people read when they meet a limit, or the door.
func full(l Limits) string {
	return fmt.Sprintf("Le serveur est plein (%d sessions). Réessayez dans quelques minutes.", l.Sessions)
}

func fullKey(l Limits) string {
	return fmt.Sprintf("Votre clé a déjà %d sessions ouvertes : fermez-en une.", l.PerKey)
}

func idled(l Limits) string {
	return fmt.Sprintf("Session fermée après %s sans une touche.", spoken(l.Idle))
}

func expired(l Limits) string {
	return fmt.Sprintf("Session fermée après %s : reconnectez-vous.", spoken(l.Total))
}

func tooLong(l Limits) string {
	return fmt.Sprintf("Commande interrompue après %s.", spoken(l.Command))
}

const (
	removedKey = "Votre clé vient d'être retirée : session fermée."
	newRights  = "Vos droits viennent d'être changés : reconnectez-vous."
	stopping   = "Le serveur s'arrête ; tout formulaire en cours vous attend en brouillon."
	noScreens  = "Les écrans demandent un terminal (ssh -t) ; les commandes, non : « ssh hôte aide » les liste."
	noService  = "Ce service n'existe pas ici : ni sftp, ni transfert de ports, ni agent."
	noDoor     = "Le serveur ne peut pas lire qui peut entrer : réessayez."
	tooFast    = "Trop de connexions depuis votre adresse, attendez une minute avant de recommencer."
	tooMuch    = "Session fermée : trop de touches d'un coup. Un texte se colle dans un champ ; un fichier s'envoie par « ssh hôte importer - »."
	broken     = "Session arrêtée sur un défaut du programme ; ce qui était enregistré l'est."
)

const tooManyKeys = "Votre client a proposé trop de clés inconnues : désignez la bonne, « ssh -o IdentitiesOnly=yes -i CLÉ … »."

func unknownKey(fingerprint string) string {
	return fmt.Sprintf("Votre clé %s n'est pas connue de ce serveur. Donnez cette empreinte à la personne qui l'administre.", fingerprint)
}

const noKey = "Ce serveur n'accepte que des clés publiques : créez-en une avec ssh-keygen -t ed25519, puis donnez la partie publique à la personne qui l'administre."

func spoken(d time.Duration) string {
	switch {
	case d >= time.Hour && d%time.Hour == 0:
		return fmt.Sprintf("%d h", d/time.Hour)
	case d >= time.Minute:
		return fmt.Sprintf("%d min", d.Round(time.Minute)/time.Minute)
	}
	return fmt.Sprintf("%d s", d.Round(time.Second)/time.Second)
}
