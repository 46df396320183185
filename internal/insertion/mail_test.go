package insertion

import "testing"

func TestAnAddressHasANameAndADomain(t *testing.T) {
	for text, want := range map[string]bool{
		"accueil@quai.fr": true, "a.b+c@sous.quai-92.fr": true, "contact@québec.ca": true,
		"": false, "accueil": false, "accueil@quai": false, "accueil@.fr": false, "@quai.fr": false, "accueil@quai.fr.": false,
		"accueil quai@quai.fr": false, "Accueil <accueil@quai.fr>": false, "a@quai.fr, b@quai.fr": false, "accueil@quai.fr\n": false,
	} {
		if got := ValidMail(text); got != want {
			t.Errorf("%q is an address: %v", text, got)
		}
	}
}
