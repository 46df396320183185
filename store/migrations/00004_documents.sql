-- +goose Up

-- What stands at the head of the documents of a buyer; organisation 0 is our own
-- service. image is a PNG or JPEG in base64.
CREATE TABLE letterhead (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation INTEGER NOT NULL UNIQUE,
  doc          TEXT NOT NULL,
  image        TEXT NOT NULL DEFAULT '',
  version      INTEGER NOT NULL DEFAULT 1
) STRICT;

-- The file's own wording of a kind of document, in place of the program's.
CREATE TABLE wording (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  kind    TEXT NOT NULL UNIQUE,
  text    TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

PRAGMA user_version = 4;
