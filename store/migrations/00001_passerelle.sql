-- +goose Up
PRAGMA application_id = 1346458450; -- "PASR"
PRAGMA user_version = 1;

-- Numbers are never given twice (AUTOINCREMENT) where undo may take a row away:
-- what still names it must not come to name another.

-- Buyers and contractors. A name typed here is never replaced by an import.
CREATE TABLE organisation (
  id    INTEGER PRIMARY KEY,
  kind  TEXT NOT NULL,
  ident TEXT NOT NULL,
  name  TEXT NOT NULL DEFAULT '',
  said  TEXT NOT NULL DEFAULT '', -- publication of the notice that gave the name
  typed INTEGER NOT NULL DEFAULT 0,
  UNIQUE (ident, kind)
) STRICT;

-- One award notice is one lot. contract is a hash of the buyer and of what the
-- lots of one contract share. holders lists the current contractors, lead first.
-- cold holds, as JSON, what only the page of the lot shows. clause is 1 once a
-- clause sheet is written (kept by triggers). The only index is the natural key:
-- lists are read through lot_by_date and lot_by_amount, because eight indexes in
-- random order made an import five times slower.
CREATE TABLE lot (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  key        BLOB NOT NULL UNIQUE, -- 16 bytes: the day of notification, a hash of the natural key
  hash       INTEGER NOT NULL,
  contract   INTEGER NOT NULL,
  reference  TEXT NOT NULL,
  lot_number TEXT NOT NULL,
  object     TEXT NOT NULL,
  buyer      INTEGER NOT NULL,
  lead       INTEGER NOT NULL, -- 0 when the notice names no contractor
  holders    TEXT NOT NULL, -- JSON array of organisations
  cpv        TEXT NOT NULL,
  place      TEXT NOT NULL,
  insee      TEXT NOT NULL,
  dep        TEXT NOT NULL,
  lat        REAL NOT NULL,
  lon        REAL NOT NULL,
  basis      TEXT NOT NULL,
  date       TEXT NOT NULL,
  notified   TEXT NOT NULL,
  published  TEXT NOT NULL,
  amount     INTEGER NOT NULL,
  amount_now INTEGER NOT NULL,
  doubtful   INTEGER NOT NULL,
  months     INTEGER NOT NULL,
  social     INTEGER NOT NULL,
  cold       TEXT NOT NULL,
  typed      TEXT NOT NULL DEFAULT '{}',
  import     INTEGER NOT NULL DEFAULT 0,
  clause     INTEGER NOT NULL DEFAULT 0,
  version    INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Text and filters of lots: words of the title, references and parties, and one
-- private-use word for each thing a list filters on. The rowid is day << 40 | lot,
-- so that every match streams newest first without sorting, whatever it filters.
CREATE VIRTUAL TABLE lot_by_date USING fts5 (
  words, content='', contentless_delete=1, detail=none, tokenize="unicode61 remove_diacritics 2"
);
-- The filters alone, for the lists sorted by amount: rowid is euros << 27 | lot.
CREATE VIRTUAL TABLE lot_by_amount USING fts5 (
  words, content='', columnsize=0, detail=none, tokenize="unicode61 remove_diacritics 2"
);
-- One import transaction fits in memory before it is written out, and what it
-- wrote is merged with the rest seldom: measured, half the cost of an import.
INSERT INTO lot_by_date (lot_by_date, rank) VALUES ('hashsize', 16777216);
INSERT INTO lot_by_amount (lot_by_amount, rank) VALUES ('hashsize', 16777216);
INSERT INTO lot_by_date (lot_by_date, rank) VALUES ('automerge', 16);
INSERT INTO lot_by_amount (lot_by_amount, rank) VALUES ('automerge', 16);

-- How many lots there are by département and declared considerations, so that
-- opening a million notices counts nothing.
CREATE TABLE lot_count (
  dep    TEXT NOT NULL,
  social INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  PRIMARY KEY (dep, social)
) STRICT, WITHOUT ROWID;

-- Organisations an import named, whose lots await indexing again.
CREATE TABLE renamed (organisation INTEGER PRIMARY KEY) STRICT;

-- What another file said of a lot already known, when it differs.
CREATE TABLE lot_source (
  lot    INTEGER NOT NULL REFERENCES lot,
  hash   INTEGER NOT NULL,
  import INTEGER NOT NULL,
  said   TEXT NOT NULL,
  PRIMARY KEY (lot, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE clause (
  lot     INTEGER PRIMARY KEY REFERENCES lot,
  doc     TEXT NOT NULL,
  due     INTEGER NOT NULL CHECK (due >= 0),
  start   TEXT NOT NULL,
  finish  TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER clause_written AFTER INSERT ON clause BEGIN
  UPDATE lot SET clause = 1 WHERE id = new.lot;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER clause_removed AFTER DELETE ON clause BEGIN
  UPDATE lot SET clause = 0 WHERE id = old.lot;
END;
-- +goose StatementEnd

-- A structure is keyed by (SIRET, type). doc is the whole of it as JSON; typed
-- names the fields a person typed, which imports leave alone.
CREATE TABLE structure (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  siret   TEXT NOT NULL,
  kind    TEXT NOT NULL,
  sorted  TEXT NOT NULL,
  search  TEXT NOT NULL,
  dep     TEXT NOT NULL,
  active  INTEGER NOT NULL,
  doc     TEXT NOT NULL,
  typed   TEXT NOT NULL DEFAULT '[]',
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (siret, kind)
) STRICT;
CREATE INDEX structure_sorted ON structure (sorted, id);
CREATE INDEX structure_dep ON structure (dep, sorted, id);

CREATE TABLE introduction (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  lot       INTEGER NOT NULL REFERENCES lot,
  structure INTEGER NOT NULL REFERENCES structure,
  state     TEXT NOT NULL,
  reason    TEXT NOT NULL DEFAULT '',
  rank      INTEGER NOT NULL DEFAULT 0,
  score     REAL NOT NULL DEFAULT 0,
  rule      TEXT NOT NULL DEFAULT '',
  by        TEXT NOT NULL,
  proposed  TEXT NOT NULL,
  changed   TEXT NOT NULL,
  version   INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX introduction_lot ON introduction (lot, id);
CREATE INDEX introduction_structure ON introduction (structure, id);
CREATE INDEX introduction_waiting ON introduction (changed) WHERE state IN ('proposée', 'contactée');
-- One introduction open at a time for a lot and a structure.
CREATE UNIQUE INDEX introduction_open ON introduction (lot, structure) WHERE state <> 'déclinée';

CREATE TABLE placement (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  lot          INTEGER NOT NULL REFERENCES lot,
  introduction INTEGER NOT NULL DEFAULT 0,
  structure    INTEGER NOT NULL DEFAULT 0,
  employer     TEXT NOT NULL,
  modality     INTEGER NOT NULL,
  signed       TEXT NOT NULL,
  note         TEXT NOT NULL DEFAULT '',
  version      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX placement_lot ON placement (lot, id);
CREATE INDEX placement_structure ON placement (structure, id);

CREATE TABLE placement_month (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  placement INTEGER NOT NULL REFERENCES placement,
  lot       INTEGER NOT NULL,
  month     TEXT NOT NULL,
  planned   INTEGER NOT NULL CHECK (planned >= 0),
  done      INTEGER NOT NULL CHECK (done >= 0),
  entered   INTEGER NOT NULL DEFAULT 0,
  by        TEXT NOT NULL DEFAULT '',
  UNIQUE (placement, month)
) STRICT;
CREATE INDEX placement_month_month ON placement_month (month, placement);
CREATE INDEX placement_month_missing ON placement_month (month) WHERE entered = 0 AND planned > 0;

-- Hours by lot, kept in the transaction of each line, so that lists never sum.
CREATE TABLE lot_hours (
  lot     INTEGER PRIMARY KEY,
  planned INTEGER NOT NULL,
  done    INTEGER NOT NULL
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER month_entered AFTER INSERT ON placement_month BEGIN
  INSERT INTO lot_hours VALUES (new.lot, new.planned, new.done)
    ON CONFLICT (lot) DO UPDATE SET planned = planned + new.planned, done = done + new.done;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER month_changed AFTER UPDATE ON placement_month BEGIN
  UPDATE lot_hours SET planned = planned + new.planned - old.planned, done = done + new.done - old.done WHERE lot = new.lot;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER month_removed AFTER DELETE ON placement_month BEGIN
  UPDATE lot_hours SET planned = planned - old.planned, done = done - old.done WHERE lot = old.lot;
END;
-- +goose StatementEnd

CREATE TABLE contact (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  lot          INTEGER NOT NULL DEFAULT 0,
  organisation INTEGER NOT NULL DEFAULT 0,
  structure    INTEGER NOT NULL DEFAULT 0,
  kind         TEXT NOT NULL,
  held         TEXT NOT NULL,
  text         TEXT NOT NULL,
  by           TEXT NOT NULL
) STRICT;
CREATE INDEX contact_lot ON contact (lot, held, id) WHERE lot <> 0;
CREATE INDEX contact_organisation ON contact (organisation, held, id) WHERE organisation <> 0;
CREATE INDEX contact_structure ON contact (structure, held, id) WHERE structure <> 0;

CREATE TABLE import (
  id        INTEGER PRIMARY KEY,
  file      TEXT NOT NULL,
  format    TEXT NOT NULL,
  hash      TEXT NOT NULL DEFAULT '',
  at        TEXT NOT NULL,
  by        TEXT NOT NULL,
  read      INTEGER NOT NULL DEFAULT 0,
  created   INTEGER NOT NULL DEFAULT 0,
  updated   INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  refused   INTEGER NOT NULL DEFAULT 0,
  warnings  INTEGER NOT NULL DEFAULT 0,
  complete  INTEGER NOT NULL DEFAULT 0,
  problem   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE refusal (
  import INTEGER NOT NULL REFERENCES import,
  seq    INTEGER NOT NULL,
  record INTEGER NOT NULL,
  line   INTEGER NOT NULL,
  field  TEXT NOT NULL,
  value  TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (import, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE exact_place (
  insee TEXT PRIMARY KEY,
  lat   REAL NOT NULL,
  lon   REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- The journal: who changed what, from what, to what, when. Undo reads it.
CREATE TABLE change (
  id       INTEGER PRIMARY KEY,
  at       TEXT NOT NULL,
  by       TEXT NOT NULL,
  what     TEXT NOT NULL,
  lot      INTEGER NOT NULL DEFAULT 0,
  undoes   INTEGER NOT NULL DEFAULT 0,
  undoable INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX change_by ON change (by, id);
CREATE INDEX change_lot ON change (lot, id) WHERE lot <> 0;
CREATE UNIQUE INDEX change_undoes ON change (undoes) WHERE undoes <> 0;
CREATE TABLE change_row (
  change INTEGER NOT NULL REFERENCES change,
  seq    INTEGER NOT NULL,
  tbl    TEXT NOT NULL,
  row    INTEGER NOT NULL,
  before TEXT,
  after  TEXT,
  PRIMARY KEY (change, seq)
) STRICT, WITHOUT ROWID;
-- Append-only: nobody rewrites the journal.
-- +goose StatementBegin
CREATE TRIGGER change_kept BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER change_stays BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER change_row_kept BEFORE UPDATE ON change_row BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER change_row_stays BEFORE DELETE ON change_row BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd

PRAGMA application_id = 1346458450;
PRAGMA user_version = 1;
