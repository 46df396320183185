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

PRAGMA user_version = 6;
