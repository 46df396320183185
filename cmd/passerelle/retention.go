package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"passerelle/internal/insertion"
	"passerelle/store"
)

// retentionFlags are the terms as options.
type retentionFlags struct {
	typed  insertion.Retention
	funded string
}

// terms lists the whole numbers of the settings with their options, once for
// reading, writing and printing.
func terms(r *insertion.Retention) []struct {
	name, usage, label, unit string
	value                    *int
} {
	return []struct {
		name, usage, label, unit string
		value                    *int
	}{
		{"personne-mois", "`MOIS` après le dernier contact, les dernières heures ou la sortie d'une personne", "personne", "mois après le dernier signe", &r.PersonMonths},
		{"fse-mois", "`MOIS` pour qui a travaillé sur un lot cofinancé FSE+", "personne, lot FSE+", "mois après le dernier signe", &r.FundedMonths},
		{"echange-mois", "`MOIS` après lesquels un pseudonyme sort d'un échange", "pseudonyme d'un échange", "mois", &r.NoteMonths},
		{"refus-mois", "`MOIS` des lignes refusées par un import", "refus d'import", "mois", &r.RefusalMonths},
		{"porte-mois", "`MOIS` du journal de la porte", "journal de la porte", "mois", &r.DoorMonths},
		{"brouillon-mois", "`MOIS` d'un brouillon", "brouillon", "mois", &r.DraftMonths},
		{"compte-mois", "`MOIS` d'un compte que personne n'emploie", "compte inutilisé", "mois", &r.UserMonths},
		{"alerte-jours", "`JOURS` d'alerte avant le terme", "alerte", "jours avant le terme", &r.WarnDays},
		{"grace-jours", "`JOURS` de grâce après le terme", "grâce", "jours après le terme", &r.GraceDays},
	}
}

func (f *retentionFlags) add(flags *pflag.FlagSet) {
	for _, t := range terms(&f.typed) {
		flags.IntVar(t.value, t.name, 0, t.usage)
	}
	flags.StringVar(&f.funded, "lots-fse", "", "les `LOTS` cofinancés FSE+ (« 3, 12 » ; « \"\" » pour aucun)")
}

// given tells whether any term was.
func (f *retentionFlags) given(flags *pflag.FlagSet) bool {
	some := flags.Changed("lots-fse")
	for _, t := range terms(&f.typed) {
		some = some || flags.Changed(t.name)
	}
	return some
}

// lay puts what was given over what the file holds.
func (f *retentionFlags) lay(r *insertion.Retention, flags *pflag.FlagSet) error {
	typed, held := terms(&f.typed), terms(r)
	for i, t := range typed {
		if flags.Changed(t.name) {
			*held[i].value = *t.value
		}
	}
	if flags.Changed("lots-fse") {
		r.Funded = nil
		for _, w := range words(f.funded) {
			n, err := strconv.ParseInt(w, 10, 64)
			if err != nil || n < 1 {
				return misusef("--lots-fse : « %s » n'est pas un numéro de lot", w)
			}
			r.Funded = append(r.Funded, insertion.LotID(n))
		}
	}
	return nil
}

// retentionCmd is « conservation »: what has passed its term, and the one act that
// erases it.
func (p *program) retentionCmd() *cobra.Command {
	var f retentionFlags
	var erase, yes, record, settings bool
	cmd := &cobra.Command{
		Use: "conservation", Aliases: []string{"retention"}, Short: "Ce qui a passé son terme, ce qui le retient, et l'effacer en un seul acte",
		Long: "Dit qui serait effacé, pourquoi et depuis quand, ce qui disparaîtrait, ce qui resterait pour les statistiques, et ce qui est retenu\n" +
			"(marché qui court, pénalité engagée, FSE+). Rien ne s'efface sans --effacer --oui ; interrompu, l'acte reprend où il en était.\n" +
			"Chaque délai est un " + insertion.Usage + " : --delais les montre, une option le change. --registre écrit ce qui est tenu, pourquoi,\n" +
			"qui le voit et combien de temps, pour le registre des traitements de votre délégué à la protection des données.",
		Example: "passerelle conservation\npasserelle conservation --personne-mois 36\npasserelle conservation --effacer --oui\npasserelle conservation --registre > registre.txt",
		Args:    takes(0, 0),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&erase, "effacer", false, "effacer ce qui a passé son terme, après --oui")
	flags.BoolVar(&yes, "oui", false, "avec --effacer, effacer vraiment")
	flags.BoolVar(&record, "registre", false, "le registre de ce qui est tenu sur des personnes")
	flags.BoolVar(&settings, "delais", false, "les délais")
	f.add(flags)
	cmd.MarkFlagsMutuallyExclusive("effacer", "registre", "delais")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ctx := cmd.Context()
		if yes && !erase {
			return misusef("--oui ne s'emploie qu'avec --effacer")
		}
		return p.with(ctx, func(s *store.Store) error {
			if f.given(flags) {
				r, err := s.Retention(ctx)
				if err != nil {
					return err
				}
				was := r
				if err := f.lay(&r, flags); err != nil {
					return err
				}
				if err := s.SetRetention(ctx, p.who(), was, r); err != nil {
					return termError(err)
				}
			}
			switch {
			case record:
				return p.tellProcessings(ctx, s)
			case settings || f.given(flags) && !erase:
				return p.tellTerms(ctx, s)
			case erase && yes:
				return p.eraseExpired(ctx, s)
			}
			return p.tellExpired(ctx, s, erase)
		})
	}
	return cmd
}

// termError names the option of a term out of range.
func termError(err error) error {
	var field *insertion.FieldError
	if !errors.As(err, &field) {
		return err
	}
	option := map[string]string{"lots_fse": "lots-fse", "alerte": "alerte-jours", "grace": "grace-jours"}[field.Field]
	if option == "" {
		option = field.Field + "-mois"
	}
	return &insertion.FieldError{Field: option, Reason: field.Reason}
}

func (p *program) tellTerms(ctx context.Context, s *store.Store) error {
	r, err := s.Retention(ctx)
	if err != nil {
		return err
	}
	r.Funded = list(r.Funded)
	return p.answer(r, func() {
		t := table{head: []string{"délai", "valeur", "option"}}
		for _, one := range terms(&r) {
			t.add(one.label, fmt.Sprintf("%d %s", *one.value, one.unit), "--"+one.name)
		}
		lots := make([]string, len(r.Funded))
		for i, l := range r.Funded {
			lots[i] = fmt.Sprint(int64(l))
		}
		funded := "aucun"
		if len(lots) > 0 {
			funded = strings.Join(lots, ", ")
		}
		t.add("lots FSE+", funded, "--lots-fse")
		p.print(&t, "")
		p.say("Chaque délai : %s.", insertion.Usage)
	})
}

type expiredJSON struct {
	insertion.RetentionReport
	Hours float64 `json:"heures_gardees"` // of those to erase
}

func (p *program) tellExpired(ctx context.Context, s *store.Store, asked bool) error {
	r, err := s.Expired(ctx)
	if err != nil {
		return err
	}
	out := expiredJSON{RetentionReport: r}
	out.Persons, out.Traces = list(r.Persons), list(r.Traces)
	t := table{head: []string{"personne", "état", "dernier signe", "", "terme", "à partir du", "disparaît", "reste", "retenue par"}}
	for _, e := range r.Persons {
		if e.State == insertion.ExpiryDue {
			out.Hours += plainHours(e.Hours)
		}
		t.add(e.Code, string(e.State), e.Last.French(), e.Sign, e.Term.French(), e.From.French(), goesWith(e), many(e.Lines, "ligne")+", "+e.Hours.String(), strings.Join(e.Held, " ; "))
	}
	return p.answer(out, func() {
		p.say("Au %s : %d à effacer, %d en grâce, %d bientôt, %s.", r.On.French(), r.In(insertion.ExpiryDue), r.In(insertion.ExpiryGrace), r.In(insertion.ExpirySoon), insertion.Counted(r.In(insertion.ExpiryHeld), "retenue", "retenues"))
		p.print(&t, "Personne n'a passé son terme ni n'y arrive.")
		for _, tr := range r.Traces {
			p.say("%s", traceWords(tr))
		}
		if r.Rewrite {
			p.say("Un effacement précédent n'a pas pu réécrire le fichier : --effacer --oui le fera.")
		}
		switch {
		case r.Nothing():
			p.say("Rien à effacer.")
		case asked:
			p.say("Rien n'est effacé : ajoutez --oui. Ce sera pour toujours.")
		default:
			p.say("Rien ne s'efface sans vous : « passerelle conservation --effacer --oui ».")
		}
	})
}

// many writes a number and a noun that takes an s.
func many(n int, noun string) string {
	return insertion.Counted(n, noun, noun+"s")
}

// goesWith says what disappears with a person.
func goesWith(e insertion.Expiry) string {
	text := "pseudonyme"
	if e.Name {
		text += ", nom"
	}
	return text + ", " + many(e.Proofs, "preuve") + ", " + many(e.Notes, "échange")
}

func traceWords(t insertion.Trace) string {
	text := fmt.Sprintf("%s : %s d'avant le %s (le plus ancien du %s). Disparaît : %s. Reste : %s.", t.Kind, insertion.Thousands(int64(t.Count)), t.Before.French(), t.Oldest.French(), t.Kind.Goes(), t.Kind.Stays())
	if len(t.Names) > 0 {
		text += " " + strings.Join(t.Names, ", ") + "."
	}
	return text
}

func (p *program) eraseExpired(ctx context.Context, s *store.Store) error {
	r, err := s.Expired(ctx)
	if err != nil {
		return err
	}
	done, err := s.EraseExpired(ctx, p.who(), r, nil)
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("interrompu, %d sur %d : la même commande reprend", done.Persons, len(r.Due()))
	}
	if err != nil {
		return err
	}
	done.Traces, done.Doubts = list(done.Traces), list(done.Doubts)
	return p.answer(done, func() {
		p.say("Effacées : %s. Ont disparu : %s. Gardées pour les statistiques : %s d'heures. Réécrites : %s du journal, %s.",
			many(done.Persons, "personne"), many(done.Proofs, "preuve"), many(done.Lines, "ligne"), many(done.Changes, "ligne"), many(done.Notes, "note"))
		for _, t := range done.Traces {
			p.say("%s : %s effacés d'avant le %s.", t.Kind, insertion.Thousands(int64(t.Count)), t.Before.French())
		}
		if done.Passed > 0 {
			p.say("%s : on a eu de ses nouvelles ou des leurs depuis.", insertion.Counted(done.Passed, "personne épargnée", "personnes épargnées"))
		}
		p.tellDoubts(done.Doubts)
		if done.Residue != "" {
			p.say("Reste à faire : %s.", done.Residue)
		}
		p.say("Les copies faites avant gardent ce qui vient d'être effacé : détruisez-les, ou laissez-les passer leur tour.")
	})
}

func (p *program) tellProcessings(ctx context.Context, s *store.Store) error {
	entries, err := s.Processings(ctx)
	if err != nil {
		return err
	}
	return p.answer(map[string]any{"le": p.today(), "base_legale": insertion.LawfulBasis(), "traitements": entries}, func() {
		p.say("Ce qui est tenu sur des personnes, au %s.\nBase : %s.\n", p.today().French(), insertion.LawfulBasis())
		for _, e := range entries {
			held := insertion.Thousands(int64(e.Held))
			if !e.Present {
				held = "ce fichier n'en tient aucun"
			}
			p.say("%s", e.What)
			p.facts([][2]string{{"données", e.Holds}, {"personnes", e.Whose}, {"finalité", e.Why}, {"qui voit", e.Seers()}, {"durée", e.Kept}, {"source", e.Source}, {"tenus", held}})
			p.say("")
		}
	})
}
