-- +goose Up

-- Hours by assignment and year, kept in the transaction of each line, so that a
-- bilan never reads five million of them.
CREATE TABLE year_hours (
  year       INTEGER NOT NULL,
  assignment INTEGER NOT NULL,
  hours      INTEGER NOT NULL,
  counted    INTEGER NOT NULL,
  PRIMARY KEY (year, assignment)
) STRICT, WITHOUT ROWID;
INSERT INTO year_hours SELECT CAST(substr(month, 1, 4) AS INTEGER), assignment, sum(hours), sum(counted) FROM hour_line GROUP BY 1, 2;

PRAGMA user_version = 5;
