package intake

// field is what a key or a column means, whatever its spelling. Keys are
// compared by Fold, so the case, the accents and the punctuation do not count.
type field uint8

const (
	fOther field = iota
	fSkip        // known and of no use here: not even kept while reading
	// Where the records are.
	fList    // « marches », « results »: holds records or other lists
	fNotices // « marche »
	fConcessions
	fFields // a record wrapped in « fields »
	// A notice.
	fID
	fUID
	fType
	fBuyer
	fBuyerID
	fBuyerName
	fNature
	fObject
	fCPV
	fProcedure
	fCCAG
	fTechniques
	fExecution
	fPriceForm
	fPriceType
	fFramework
	fPlace
	fPlaceCode
	fPlaceKind
	fPlaceName
	fMonths
	fNotified
	fSigned
	fStarted
	fPublished
	fAmount
	fGlobal
	fContractors
	fContractorID
	fContractorKind
	fContractorName
	fContractorSize
	fSocial
	fGroup
	fSubcontracts
	fSubcontractor
	fSubID
	fSubKind
	fSource
	// Inside an object.
	fCode
	fCodeKind
	fKind
	fName
	// A modification.
	fMods
	fModID
	fModAmount
	fModMonths
	fModNotified
	fModPublished
	fModObject
	fModContractors
	fModContractorID
	fModContractorKind
	fModContractorName
	fCurrent
)

// fieldOf finds what a folded key means and, for a numbered column
// (« titulaire_id_2 »), its number; 0 when it has none.
func fieldOf(folded string) (field, uint8) {
	if f := exactField(folded); f != fOther {
		return f, 0
	}
	number, digits := 0, false
	bare := make([]byte, 0, 48)
	for i := range len(folded) {
		if c := folded[i]; c >= '0' && c <= '9' {
			number, digits = min(number*10+int(c-'0'), 255), true
		} else {
			bare = append(bare, c)
		}
	}
	if !digits {
		return fOther, 0
	}
	switch f := exactField(string(bare)); f {
	case fContractorID, fContractorKind, fContractorName, fContractorSize, fContractors:
		return f, uint8(number)
	}
	return fOther, 0
}

func exactField(folded string) field {
	switch folded {
	case "considerationsenvironnementales", "considerationenvironnementale", "donneesexecution", "modificationsactessoustraitance", "modificationactesoustraitance",
		"origineue", "originefrance", "marcheinnovant", "attributionavance", "tauxavance", "offresrecues", "soustraitancedeclaree":
		return fSkip
	case "marches", "results", "resultats", "records", "data", "donnees", "rows", "values", "export":
		return fList
	case "marche":
		return fNotices
	case "contratconcession", "contratsconcession", "contratsconcessions", "concessions", "concession":
		return fConcessions
	case "fields":
		return fFields
	case "id", "marcheid", "idmarche", "identifiant", "identifiantmarche", "numeromarche", "nummarche", "numerodumarche", "idmarchepublic", "referencemarche", "reference":
		return fID
	case "uid", "uuid":
		return fUID
	case "type":
		return fType
	case "acheteur", "acheteurs", "autoriteconcedante", "pouvoiradjudicateur":
		return fBuyer
	case "acheteurid", "acheteursid", "idacheteur", "acheteursiret", "siretacheteur", "autoriteconcedanteid", "idautoriteconcedante", "siretdelacheteur", "siretcollectivite", "collid", "collsiret":
		return fBuyerID
	case "acheteurnom", "acheteursnom", "nomacheteur", "autoriteconcedantenom", "nomcollectivite", "collnom", "nomdelacheteur", "nomautoriteconcedante":
		return fBuyerName
	case "nature", "naturemarche", "marchenature", "naturedumarche":
		return fNature
	case "objet", "marcheobjet", "objetmarche", "objetdumarche", "intitule", "libelle", "description", "libellemarche":
		return fObject
	case "codecpv", "cpvcode", "cpv", "cpvprincipal", "codecpvprincipal":
		return fCPV
	case "procedure", "procedurepassation", "typeprocedure", "proceduremarche":
		return fProcedure
	case "ccag":
		return fCCAG
	case "techniques", "technique":
		return fTechniques
	case "modalitesexecution", "modaliteexecution":
		return fExecution
	case "formeprix", "prixforme", "formedeprix", "formeduprix":
		return fPriceForm
	case "typesprix", "typeprix":
		return fPriceType
	case "idaccordcadre", "accordcadreid":
		return fFramework
	case "lieuexecution", "lieuexec", "lieudexecution", "lieuxexecution":
		return fPlace
	case "lieuexecutioncode", "lieuexeccode", "codelieuexecution", "lieudexecutioncode", "codelieu", "lieucode":
		return fPlaceCode
	case "lieuexecutiontypecode", "lieuexectype", "lieuexectypecode", "typecodelieuexecution", "lieudexecutiontypecode", "typecodelieu", "lieutype":
		return fPlaceKind
	case "lieuexecutionnom", "lieuexecnom", "nomlieuexecution", "lieudexecutionnom", "lieunom":
		return fPlaceName
	case "dureemois", "duree", "dureeenmois", "dureemarche", "dureedumarche", "dureemoismarche", "dureedumarcheenmois":
		return fMonths
	case "datenotification", "notificationdate", "datedenotification", "datenotif":
		return fNotified
	case "datesignature", "datedesignature", "signaturedate":
		return fSigned
	case "datedebutexecution":
		return fStarted
	case "datepublicationdonnees", "publicationdate", "datepublication", "datedepublication", "datepublicationdesdonnees":
		return fPublished
	case "montant", "montantht", "montantmarche", "marchemontant", "montantdumarche", "montantattribue":
		return fAmount
	case "valeurglobale":
		return fGlobal
	case "titulaires", "titulaire", "concessionnaires", "concessionnaire", "attributaire", "attributaires", "nomtitulaire", "nomdutitulaire":
		return fContractors
	case "titulaireid", "titulairesid", "idtitulaire", "titulairesiret", "titulairessiret", "sirettitulaire", "siretdutitulaire", "concessionnaireid", "attributaireid", "siretattributaire":
		return fContractorID
	case "titulairetypeidentifiant", "titulairestypeidentifiant", "titulairesidtype", "titulaireidtype", "typeidentifianttitulaire", "concessionnairetypeidentifiant":
		return fContractorKind
	case "titulairenom", "titulairesnom", "titulairedenominationsociale", "titulairesdenominationsociale", "titulairesdenomination", "titulairedenomination", "denominationsocialetitulaire", "concessionnairedenominationsociale", "raisonsocialetitulaire":
		return fContractorName
	case "titulairecategorie", "titulairescategorie", "categorietitulaire", "titulairecategorieentreprise":
		return fContractorSize
	case "considerationssociales", "considerationsociale", "clausesociale", "clausessociales":
		return fSocial
	case "typegroupementoperateurs", "typegroupement", "groupement":
		return fGroup
	case "actessoustraitance", "actesoustraitance":
		return fSubcontracts
	case "soustraitant", "soustraitants":
		return fSubcontractor
	case "idsoustraitant", "soustraitantid":
		return fSubID
	case "typeidentifiantsoustraitant", "soustraitanttypeidentifiant":
		return fSubKind
	case "source", "sourcedataset":
		return fSource
	case "code":
		return fCode
	case "typecode":
		return fCodeKind
	case "typeidentifiant", "typeid":
		return fKind
	case "nom", "denominationsociale", "denomination", "raisonsociale":
		return fName
	case "siret":
		return fID
	case "modifications", "modification":
		return fMods
	case "idmodification", "modificationid":
		return fModID
	case "montantmodification", "modificationmontant", "modifmarchemontant", "modifmontant", "valeurglobalemodification":
		return fModAmount
	case "dureemoismodification", "modificationdureemois", "modifdureemois":
		return fModMonths
	case "datenotificationmodification", "datesignaturemodification", "datenotificationmodificationmodification", "modificationdatenotification", "modifsignaturedate", "modifnotificationdate", "modificationdatesignature":
		return fModNotified
	case "datepublicationdonneesmodification", "datepublicationdonneesmodificationmodification", "modificationdatepublicationdonnees", "modifpublicationdate":
		return fModPublished
	case "objetmodification", "modificationobjet", "modifobjet":
		return fModObject
	case "titulairesmodification", "modificationtitulaires":
		return fModContractors
	case "idtitulairemodification", "modiftitulairesid":
		return fModContractorID
	case "typeidentifianttitulairemodification", "modiftitulairesidtype":
		return fModContractorKind
	case "modiftitulairesdenomination", "denominationsocialetitulairemodification":
		return fModContractorName
	case "donneesactuelles":
		return fCurrent
	}
	return fOther
}

// strong tells whether a field belongs to award notices and to little else.
func (f field) strong() bool {
	switch f {
	case fObject, fCPV, fBuyer, fBuyerID, fContractors, fContractorID, fNotified, fAmount, fGlobal, fPlace, fPlaceCode, fProcedure, fMonths, fSocial:
		return true
	}
	return false
}

// holdsRecords tells whether a key leads to the records.
func (f field) holdsRecords() bool { return f == fList || f == fNotices || f == fConcessions }
