-- +goose Up

-- What the mandate keeps beyond clauses: meetings, seats, networks, premises,
-- agreements, calls, actions… kind says which, parent the record it hangs on, and
-- doc its fields as JSON, as package mandate lists them.
CREATE TABLE mandate_record (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  kind    TEXT NOT NULL,
  parent  INTEGER REFERENCES mandate_record, -- NULL when it stands by itself
  dated   TEXT NOT NULL DEFAULT '',
  doc     TEXT NOT NULL,
  by      TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX mandate_record_kind ON mandate_record (kind, dated, id);
CREATE INDEX mandate_record_parent ON mandate_record (parent, kind, dated, id) WHERE parent IS NOT NULL;

-- The size of a firm as award notices give it: PME, ETI or GE.
ALTER TABLE organisation ADD COLUMN size TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN size_said TEXT NOT NULL DEFAULT ''; -- publication of the notice that gave it

-- What award notices are counted by, some thousands a row, so that counting a
-- million of them reads 30 MB rather than the file: the lots numbered first to
-- last, packed. A row goes as soon as one of its lots changes; what no row holds is
-- read in the lots themselves and packed at the next count.
CREATE TABLE lot_pack (
  first  INTEGER PRIMARY KEY,
  last   INTEGER NOT NULL,
  packed BLOB NOT NULL
) STRICT;
-- How many times something that awards are counted from has changed: packs of
-- lots, and what is known of those who win.
CREATE TABLE award_moved (
  what TEXT PRIMARY KEY,
  n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO award_moved VALUES ('lot', 0), ('winner', 0);
-- What was counted last, for each territory and each set of buyers seen: good as
-- long as nothing moved and no lot is newer.
CREATE TABLE award_count (
  seen    TEXT PRIMARY KEY,
  lots    INTEGER NOT NULL,
  winners INTEGER NOT NULL,
  newest  INTEGER NOT NULL,
  counted BLOB NOT NULL
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER lot_repacked AFTER UPDATE OF contract, lot_number, buyer, holders, cpv, dep, date, amount_now, doubtful, social, cold ON lot BEGIN
  DELETE FROM lot_pack WHERE first = (SELECT max(first) FROM lot_pack WHERE first <= old.id) AND last >= old.id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER lot_unpacked AFTER DELETE ON lot BEGIN
  DELETE FROM lot_pack WHERE first = (SELECT max(first) FROM lot_pack WHERE first <= old.id) AND last >= old.id;
END;
-- +goose StatementEnd
-- No trigger tells of new lots: the newest tells, and one on each insert would
-- make an import a tenth slower. No lot is ever put back under its number.
-- +goose StatementBegin
CREATE TRIGGER pack_gone AFTER DELETE ON lot_pack BEGIN
  UPDATE award_moved SET n = n + 1 WHERE what = 'lot';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER winner_named AFTER UPDATE OF ident, name, size ON organisation BEGIN
  UPDATE award_moved SET n = n + 1 WHERE what = 'winner';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER winner_listed AFTER INSERT ON structure BEGIN
  UPDATE award_moved SET n = n + 1 WHERE what = 'winner';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER winner_changed AFTER UPDATE OF siret, kind, doc ON structure BEGIN
  UPDATE award_moved SET n = n + 1 WHERE what = 'winner';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER winner_struck AFTER DELETE ON structure BEGIN
  UPDATE award_moved SET n = n + 1 WHERE what = 'winner';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER size_typed AFTER INSERT ON mandate_record WHEN new.kind = 'taille' BEGIN
  UPDATE award_moved SET n = n + 1 WHERE what = 'winner';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER size_changed AFTER UPDATE ON mandate_record WHEN 'taille' IN (old.kind, new.kind) BEGIN
  UPDATE award_moved SET n = n + 1 WHERE what = 'winner';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER size_struck AFTER DELETE ON mandate_record WHEN old.kind = 'taille' BEGIN
  UPDATE award_moved SET n = n + 1 WHERE what = 'winner';
END;
-- +goose StatementEnd

PRAGMA user_version = 6;
