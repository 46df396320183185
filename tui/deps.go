package tui

// Deps is what the screens need from outside, each as the small interface its
// screen declares. One value may satisfy them all.
type Deps struct {
	Version versionReader
	Journal journal
	Company company // only where several people share the program
	Access  accesser

	Lots      lotLister
	Lot       lotReader
	Contracts contractReader
	Clauses   clauseWriter
	LotEdits  lotWriter
	Contacts  contactWriter
	Imports   importReader
	Import    importer

	Day           dayReader
	Finder        finder
	Proposals     proposer
	Introductions mover
	Placements    placementWriter
	Hours         hoursKeeper
	Structures    structureKeeper
	Changes       journalReader
	Settings      settingsKeeper

	Persons      personKeeper
	Grid         lineKeeper
	Dues         dueKeeper
	Groups       groupKeeper
	Declarations declarationKeeper
	Penalties    penaltyKeeper
	Forecasts    forecaster
	Law          lawKeeper
	Postpone     postponer
	Find         seeker
	Files        filer
	Drafts       drafter
	Bilans       bilanReader
	Door         doorKeeper
	Exports      exportReader
	Retention    retentionKeeper
	Mandate      mandateKeeper
	Adviser      adviser

	Documents   documentMaker
	Wordings    wordingKeeper
	Letterheads letterheadKeeper

	// Only where the program may read and write files.
	Statements    statementReader
	BilanFiles    bilanWriter
	MandateFiles  mandateWriter
	DocumentFiles documentSaver
	Images        imageReader
}
