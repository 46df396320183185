-- +goose Up

-- What stands at the head of the documents of a buyer; organisation 0 is our own
-- service. picture names the image, '' for none.
CREATE TABLE letterhead (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation INTEGER NOT NULL UNIQUE,
  doc          TEXT NOT NULL,
  picture      TEXT NOT NULL DEFAULT '',
  version      INTEGER NOT NULL DEFAULT 1
) STRICT;

-- The images of letterheads by the SHA-256 of their bytes, so that the journal holds
-- a name and not a megabyte. They are never taken away: undo may ask for them.
CREATE TABLE picture (
  hash TEXT PRIMARY KEY,
  data BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The file's own wording of a kind of document, in place of the program's.
CREATE TABLE wording (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  kind    TEXT NOT NULL UNIQUE,
  text    TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

PRAGMA user_version = 4;
