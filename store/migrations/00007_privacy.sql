-- +goose Up

-- The register of exports: what left the file, by whom, when. Append-only. voids
-- is the export that, registered, could not be written: nothing left.
CREATE TABLE export (
  id      INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,
  by      TEXT NOT NULL,
  kind    TEXT NOT NULL,
  what    TEXT NOT NULL,
  format  TEXT NOT NULL,
  persons INTEGER NOT NULL DEFAULT 0,
  hash    TEXT NOT NULL,
  lot     INTEGER NOT NULL DEFAULT 0,
  buyer   INTEGER NOT NULL DEFAULT 0,
  voids   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX export_voids ON export (voids) WHERE voids <> 0;
-- +goose StatementBegin
CREATE TRIGGER export_kept BEFORE UPDATE ON export WHEN NOT EXISTS (SELECT 1 FROM erasing) BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER export_stays BEFORE DELETE ON export BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
-- +goose StatementEnd

-- The journal of the door loses what has passed its term, in the one act that
-- erases it.
DROP TRIGGER visit_stays;
-- +goose StatementBegin
CREATE TRIGGER visit_stays BEFORE DELETE ON visit WHEN NOT EXISTS (SELECT 1 FROM erasing) BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
CREATE INDEX visit_at ON visit (at);

-- One row since somebody was erased and the file not yet written anew.
CREATE TABLE unwritten (since TEXT PRIMARY KEY) STRICT;

-- Append-only also means that no row takes the place of another: INSERT OR REPLACE
-- deletes without waking the triggers above.
-- +goose StatementBegin
CREATE TRIGGER export_once BEFORE INSERT ON export WHEN EXISTS (SELECT 1 FROM export WHERE id = new.id) BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER visit_once BEFORE INSERT ON visit WHEN EXISTS (SELECT 1 FROM visit WHERE id = new.id) BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER change_once BEFORE INSERT ON change WHEN EXISTS (SELECT 1 FROM change WHERE id = new.id) BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER change_row_once BEFORE INSERT ON change_row WHEN EXISTS (SELECT 1 FROM change_row WHERE change = new.change AND seq = new.seq) BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd

PRAGMA user_version = 7;
