-- +goose Up

-- A participant is a pseudonym (P- and the number) and what the clause needs.
-- Numbers are never given twice. Below 0 stand the persons erased: only what
-- statistics ask for, under a number nobody knows. merged is set on a record that
-- proved to be another's: it holds nothing any more and points at that one.
CREATE TABLE participant (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  born    INTEGER NOT NULL DEFAULT 0,
  sex     TEXT NOT NULL DEFAULT '',
  insee   TEXT NOT NULL DEFAULT '',
  qpv     TEXT NOT NULL DEFAULT '',
  level   INTEGER NOT NULL DEFAULT 0,
  entered TEXT NOT NULL,
  left_on TEXT NOT NULL DEFAULT '',
  outcome TEXT NOT NULL DEFAULT '',
  later   TEXT NOT NULL DEFAULT '',
  asked   TEXT NOT NULL DEFAULT '',
  erased  TEXT NOT NULL DEFAULT '',
  merged  INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX participant_merged ON participant (merged) WHERE merged <> 0;
CREATE INDEX participant_left ON participant (left_on) WHERE left_on <> '' AND asked = '' AND erased = '';

-- Names, only when the facilitator turned the setting on; in no journal.
CREATE TABLE person_name (
  participant INTEGER PRIMARY KEY REFERENCES participant,
  name        TEXT NOT NULL
) STRICT;

CREATE TABLE eligibility (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  participant INTEGER NOT NULL REFERENCES participant,
  category    TEXT NOT NULL,
  proof       TEXT NOT NULL,
  dated       TEXT NOT NULL,
  seen        TEXT NOT NULL,
  by          TEXT NOT NULL,
  until       TEXT NOT NULL DEFAULT '',
  reason      TEXT NOT NULL DEFAULT '',
  version     INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX eligibility_participant ON eligibility (participant, id);
CREATE INDEX eligibility_until ON eligibility (until, participant) WHERE until <> '';

ALTER TABLE placement ADD COLUMN member INTEGER NOT NULL DEFAULT 0;
ALTER TABLE placement ADD COLUMN start TEXT NOT NULL DEFAULT '';
UPDATE placement SET start = ifnull((SELECT min(m.month) || '-01' FROM placement_month m WHERE m.placement = placement.id), '');
CREATE INDEX placement_start ON placement (start) WHERE start <> '';

-- A participant at work on a placement. participant is 0 for hours declared as
-- a total, without persons: one such row a placement at most.
CREATE TABLE assignment (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  participant INTEGER NOT NULL,
  placement   INTEGER NOT NULL REFERENCES placement,
  lot         INTEGER NOT NULL,
  employment  TEXT NOT NULL,
  start       TEXT NOT NULL DEFAULT '',
  finish      TEXT NOT NULL DEFAULT '',
  weekly      INTEGER NOT NULL DEFAULT 0,
  tutor       INTEGER NOT NULL DEFAULT 0,
  version     INTEGER NOT NULL DEFAULT 1,
  -- Worked out with the hours: when the person's window ends, how much of an AI
  -- ceiling is used (basis points), since when an ETTI mission runs, and why no
  -- eligibility holds. Aujourd'hui reads them by index.
  window      TEXT NOT NULL DEFAULT '',
  ceiling     INTEGER NOT NULL DEFAULT 0,
  mission     TEXT NOT NULL DEFAULT '',
  lacks       TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX assignment_window ON assignment (window) WHERE window <> '';
CREATE INDEX assignment_ceiling ON assignment (ceiling) WHERE ceiling > 0;
CREATE INDEX assignment_mission ON assignment (mission) WHERE mission <> '';
CREATE INDEX assignment_lacks ON assignment (start) WHERE lacks <> '';
CREATE INDEX assignment_participant ON assignment (participant, id);
CREATE INDEX assignment_placement ON assignment (placement, id);
CREATE INDEX assignment_lot ON assignment (lot, id);
CREATE INDEX assignment_finish ON assignment (finish, start);
CREATE UNIQUE INDEX assignment_total ON assignment (placement) WHERE participant = 0;

-- One line is an assignment's hours of a month: an hour has one row to be in.
-- participant, placement and lot repeat those of the assignment, so that every
-- sum reads one index. counted and why are the ledger's.
CREATE TABLE hour_line (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  assignment  INTEGER NOT NULL REFERENCES assignment,
  month       TEXT NOT NULL CHECK (length(month) = 7),
  participant INTEGER NOT NULL,
  placement   INTEGER NOT NULL,
  lot         INTEGER NOT NULL,
  hours       INTEGER NOT NULL CHECK (hours >= 0),
  counted     INTEGER NOT NULL DEFAULT 0 CHECK (counted BETWEEN 0 AND hours),
  why         TEXT NOT NULL DEFAULT '',
  granted     TEXT NOT NULL DEFAULT '',
  source      TEXT NOT NULL DEFAULT '',
  by          TEXT NOT NULL,
  UNIQUE (assignment, month)
) STRICT;
CREATE INDEX hour_line_participant ON hour_line (participant, month, hours, counted);
CREATE INDEX hour_line_placement ON hour_line (placement, month);
CREATE INDEX hour_line_lot ON hour_line (lot, month);

-- All a person worked in a month, when her hours are shared between contracts.
CREATE TABLE worked_month (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  participant INTEGER NOT NULL REFERENCES participant,
  month       TEXT NOT NULL,
  hours       INTEGER NOT NULL CHECK (hours >= 0),
  agreement   TEXT NOT NULL DEFAULT '',
  UNIQUE (participant, month)
) STRICT;

-- Totals by month of the whole file, so that a year is twelve rows.
CREATE TABLE month_hours (
  month   TEXT PRIMARY KEY,
  hours   INTEGER NOT NULL,
  counted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was entered by placement before becomes a total without persons.
DROP TRIGGER month_entered;
DROP TRIGGER month_changed;
DROP TRIGGER month_removed;
DROP INDEX placement_month_missing;
ALTER TABLE placement_month ADD COLUMN worked INTEGER NOT NULL DEFAULT 0;
INSERT INTO assignment (participant, placement, lot, employment)
  SELECT 0, p.id, p.lot, 'autre' FROM placement p
  WHERE EXISTS (SELECT 1 FROM placement_month m WHERE m.placement = p.id AND m.entered = 1) ORDER BY p.id;
INSERT INTO hour_line (assignment, month, participant, placement, lot, hours, counted, source, by)
  SELECT a.id, m.month, 0, m.placement, m.lot, m.done, m.done, 'saisie', m.by
  FROM placement_month m JOIN assignment a ON a.placement = m.placement AND a.participant = 0 WHERE m.entered = 1 ORDER BY m.id;
INSERT INTO month_hours SELECT month, sum(hours), sum(counted) FROM hour_line GROUP BY month;
UPDATE placement_month SET worked = done, entered = (entered <> 0);
CREATE INDEX placement_month_missing ON placement_month (month) WHERE entered = 0 AND planned > 0;

-- From here placement_month.done, worked and entered (the number of lines)
-- follow the lines; lot_hours follows placement_month.
-- +goose StatementBegin
CREATE TRIGGER month_entered AFTER INSERT ON placement_month BEGIN
  INSERT INTO lot_hours VALUES (new.lot, new.planned, new.done)
    ON CONFLICT (lot) DO UPDATE SET planned = planned + new.planned, done = done + new.done;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER month_changed AFTER UPDATE ON placement_month WHEN new.planned <> old.planned OR new.done <> old.done BEGIN
  UPDATE lot_hours SET planned = planned + new.planned - old.planned, done = done + new.done - old.done WHERE lot = new.lot;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER month_removed AFTER DELETE ON placement_month BEGIN
  UPDATE lot_hours SET planned = planned - old.planned, done = done - old.done WHERE lot = old.lot;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER line_entered AFTER INSERT ON hour_line BEGIN
  INSERT INTO placement_month (placement, lot, month, planned, done, worked, entered, by)
    VALUES (new.placement, new.lot, new.month, 0, new.counted, new.hours, 1, new.by)
    ON CONFLICT (placement, month) DO UPDATE SET
      done = done + new.counted, worked = worked + new.hours, entered = entered + 1, by = new.by;
  INSERT INTO month_hours VALUES (new.month, new.hours, new.counted)
    ON CONFLICT (month) DO UPDATE SET hours = hours + new.hours, counted = counted + new.counted;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER line_changed AFTER UPDATE OF hours, counted ON hour_line WHEN new.hours <> old.hours OR new.counted <> old.counted BEGIN
  UPDATE placement_month SET done = done + new.counted - old.counted, worked = worked + new.hours - old.hours, by = new.by
    WHERE placement = new.placement AND month = new.month;
  UPDATE month_hours SET hours = hours + new.hours - old.hours, counted = counted + new.counted - old.counted WHERE month = new.month;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER line_removed AFTER DELETE ON hour_line BEGIN
  UPDATE placement_month SET done = done - old.counted, worked = worked - old.hours, entered = entered - 1
    WHERE placement = old.placement AND month = old.month;
  UPDATE month_hours SET hours = hours - old.hours, counted = counted - old.counted WHERE month = old.month;
END;
-- +goose StatementEnd

-- What the file itself refuses, whoever writes: more hours than the person
-- worked that month, when that is known.
-- +goose StatementBegin
CREATE TRIGGER line_within_worked AFTER INSERT ON hour_line WHEN new.participant <> 0 BEGIN
  SELECT RAISE(ABORT, 'hours beyond those worked') WHERE EXISTS (SELECT 1 FROM worked_month w
    WHERE w.participant = new.participant AND w.month = new.month
    AND w.hours < (SELECT sum(hours) FROM hour_line WHERE participant = new.participant AND month = new.month));
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER line_still_within_worked AFTER UPDATE OF hours, participant ON hour_line WHEN new.participant <> 0 BEGIN
  SELECT RAISE(ABORT, 'hours beyond those worked') WHERE EXISTS (SELECT 1 FROM worked_month w
    WHERE w.participant = new.participant AND w.month = new.month
    AND w.hours < (SELECT sum(hours) FROM hour_line WHERE participant = new.participant AND month = new.month));
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER worked_holds_lines AFTER INSERT ON worked_month BEGIN
  SELECT RAISE(ABORT, 'hours beyond those worked')
    WHERE new.hours < (SELECT ifnull(sum(hours), 0) FROM hour_line WHERE participant = new.participant AND month = new.month);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER worked_still_holds_lines AFTER UPDATE ON worked_month BEGIN
  SELECT RAISE(ABORT, 'hours beyond those worked')
    WHERE new.hours < (SELECT ifnull(sum(hours), 0) FROM hour_line WHERE participant = new.participant AND month = new.month);
END;
-- +goose StatementEnd

-- What moves the hours due: invoices, orders, tranches, renewals, amendments.
CREATE TABLE deed (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  lot      INTEGER NOT NULL REFERENCES lot,
  kind     TEXT NOT NULL,
  label    TEXT NOT NULL DEFAULT '',
  dated    TEXT NOT NULL,
  amount   INTEGER NOT NULL DEFAULT 0,
  start    TEXT NOT NULL DEFAULT '',
  finish   TEXT NOT NULL DEFAULT '',
  hours    INTEGER NOT NULL DEFAULT 0,
  affirmed TEXT NOT NULL DEFAULT '',
  member   INTEGER NOT NULL DEFAULT 0,
  by       TEXT NOT NULL,
  version  INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX deed_lot ON deed (lot, dated, id);
-- due is the figure to date; these are the two others, the base of due over that
-- of the forecast (for a pace by amount), and the end after amendments.
ALTER TABLE clause ADD COLUMN forecast INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clause ADD COLUMN invoiced INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clause ADD COLUMN expected INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clause ADD COLUMN ends TEXT NOT NULL DEFAULT '';
UPDATE clause SET forecast = due, ends = finish;

-- Groups of contractors.
CREATE TABLE group_member (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  lot          INTEGER NOT NULL REFERENCES lot,
  organisation INTEGER NOT NULL,
  share        INTEGER NOT NULL CHECK (share BETWEEN 0 AND 10000),
  UNIQUE (lot, organisation)
) STRICT;
CREATE TABLE transfer (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  lot     INTEGER NOT NULL REFERENCES lot,
  giver   INTEGER NOT NULL,
  taker   INTEGER NOT NULL CHECK (taker <> giver),
  hours   INTEGER NOT NULL CHECK (hours > 0),
  price   INTEGER NOT NULL CHECK (price >= 0),
  dated   TEXT NOT NULL,
  by      TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX transfer_lot ON transfer (lot, id);

-- Declarations that came.
CREATE TABLE receipt (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  lot      INTEGER NOT NULL REFERENCES lot,
  first    TEXT NOT NULL,
  last     TEXT NOT NULL,
  received TEXT NOT NULL,
  document TEXT NOT NULL,
  hash     TEXT NOT NULL DEFAULT '',
  by       TEXT NOT NULL
) STRICT;
CREATE INDEX receipt_lot ON receipt (lot, last, id);
CREATE INDEX receipt_hash ON receipt (hash) WHERE hash <> '';

-- The way to a penalty.
CREATE TABLE penalty_step (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  lot     INTEGER NOT NULL REFERENCES lot,
  kind    TEXT NOT NULL,
  dated   TEXT NOT NULL,
  text    TEXT NOT NULL DEFAULT '',
  amount  INTEGER NOT NULL DEFAULT 0,
  by      TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX penalty_step_lot ON penalty_step (lot, dated, id);

CREATE TABLE exemption (
  lot      INTEGER PRIMARY KEY REFERENCES lot,
  motive   TEXT NOT NULL,
  text     TEXT NOT NULL DEFAULT '',
  evidence TEXT NOT NULL DEFAULT '',
  dated    TEXT NOT NULL,
  by       TEXT NOT NULL,
  version  INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE postponed (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  todo   TEXT NOT NULL UNIQUE,
  until  TEXT NOT NULL,
  reason TEXT NOT NULL,
  by     TEXT NOT NULL
) STRICT;

-- Words of the exchanges, for the search of everything; rowid is the contact.
CREATE VIRTUAL TABLE contact_words USING fts5 (text, content='', contentless_delete=1, detail=none, tokenize="unicode61 remove_diacritics 2");
INSERT INTO contact_words (rowid, text) SELECT id, text FROM contact;
-- +goose StatementBegin
CREATE TRIGGER contact_said AFTER INSERT ON contact BEGIN INSERT INTO contact_words (rowid, text) VALUES (new.id, new.text); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER contact_reworded AFTER UPDATE OF text ON contact BEGIN
  DELETE FROM contact_words WHERE rowid = old.id;
  INSERT INTO contact_words (rowid, text) VALUES (new.id, new.text);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER contact_unsaid AFTER DELETE ON contact BEGIN DELETE FROM contact_words WHERE rowid = old.id; END;
-- +goose StatementEnd

-- Every change about a person, so that her file finds it and erasure reaches it.
ALTER TABLE change ADD COLUMN participant INTEGER NOT NULL DEFAULT 0;
CREATE INDEX change_participant ON change (participant, id) WHERE participant <> 0;
-- A change about several persons or several lots, such as a month of the grid, is
-- in the file of each.
CREATE TABLE about_person (
  participant INTEGER NOT NULL,
  change      INTEGER NOT NULL REFERENCES change,
  PRIMARY KEY (participant, change)
) STRICT, WITHOUT ROWID;
CREATE TABLE about_lot (
  lot    INTEGER NOT NULL,
  change INTEGER NOT NULL REFERENCES change,
  PRIMARY KEY (lot, change)
) STRICT, WITHOUT ROWID;

-- The journal stays append-only, but for the one thing the law puts above it:
-- while a person is being erased, in that transaction, her traces are rewritten.
CREATE TABLE erasing (participant INTEGER PRIMARY KEY) STRICT;
DROP TRIGGER change_kept;
DROP TRIGGER change_row_kept;
-- +goose StatementBegin
CREATE TRIGGER change_kept BEFORE UPDATE ON change WHEN NOT EXISTS (SELECT 1 FROM erasing) BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER change_row_kept BEFORE UPDATE ON change_row WHEN NOT EXISTS (SELECT 1 FROM erasing) BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd

PRAGMA user_version = 2;
