-- +goose Up

-- One row since the rules by which hours are due or count changed and the file was
-- not yet counted again: see settle. A migration adds one when the rules change.
-- Here: hours outside the months of an assignment no longer count, and a forecast
-- counts by days the months a clause covers in part.
CREATE TABLE uncounted (since TEXT PRIMARY KEY) STRICT;
INSERT INTO uncounted SELECT 'schema 8' WHERE EXISTS (SELECT 1 FROM clause) OR EXISTS (SELECT 1 FROM hour_line);

PRAGMA user_version = 8;
