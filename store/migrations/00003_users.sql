-- +goose Up

-- Who enters over SSH: a person is her keys.
CREATE TABLE user (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  name    TEXT NOT NULL UNIQUE,
  role    TEXT NOT NULL CHECK (role IN ('facilitateur', 'délégation', 'lecteur')),
  buyers  TEXT NOT NULL DEFAULT '[]', -- JSON array of organisations; empty = all
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE user_key (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  user        INTEGER NOT NULL REFERENCES user,
  fingerprint TEXT NOT NULL UNIQUE,
  line        TEXT NOT NULL,
  label       TEXT NOT NULL DEFAULT '',
  added       TEXT NOT NULL
) STRICT;
CREATE INDEX user_key_user ON user_key (user, id);

-- The journal of the door: logins, refusals, commands, exports. Append-only.
CREATE TABLE visit (
  id          INTEGER PRIMARY KEY,
  at          TEXT NOT NULL,
  kind        TEXT NOT NULL,
  user        INTEGER NOT NULL DEFAULT 0, -- 0 for a stranger; never given twice
  by          TEXT NOT NULL,              -- her name then
  fingerprint TEXT NOT NULL DEFAULT '',
  address     TEXT NOT NULL DEFAULT '',
  text        TEXT NOT NULL DEFAULT '',
  status      INTEGER NOT NULL DEFAULT 0,
  line        TEXT NOT NULL DEFAULT '' -- of a refused key, so that it can be accepted
) STRICT;
CREATE INDEX visit_kind ON visit (kind, id);
-- +goose StatementBegin
CREATE TRIGGER visit_kept BEFORE UPDATE ON visit WHEN NOT EXISTS (SELECT 1 FROM erasing) BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER visit_stays BEFORE DELETE ON visit BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd

-- What somebody was typing when her session was cut, offered at her next login;
-- user 0 is the owner of the file on her own machine.
CREATE TABLE draft (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  user INTEGER NOT NULL,
  form TEXT NOT NULL,
  doc  TEXT NOT NULL,
  at   TEXT NOT NULL
) STRICT;
CREATE INDEX draft_user ON draft (user, at);

PRAGMA user_version = 3;
