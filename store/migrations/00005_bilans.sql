-- +goose Up

-- What a bilan reads of a year, kept in the transaction of each line, so that it
-- never reads five million of them: the hours of each person by assignment, and
-- those of each placement. lines and months are how many rows a sum is of; one of
-- none is taken away.
CREATE TABLE year_hours (
  year        INTEGER NOT NULL,
  participant INTEGER NOT NULL, -- 0: declared as a total
  assignment  INTEGER NOT NULL,
  hours       INTEGER NOT NULL,
  counted     INTEGER NOT NULL,
  lines       INTEGER NOT NULL,
  PRIMARY KEY (year, participant, assignment)
) STRICT, WITHOUT ROWID;
CREATE TABLE year_places (
  year      INTEGER NOT NULL,
  placement INTEGER NOT NULL,
  planned   INTEGER NOT NULL,
  worked    INTEGER NOT NULL,
  done      INTEGER NOT NULL,
  months    INTEGER NOT NULL,
  PRIMARY KEY (year, placement)
) STRICT, WITHOUT ROWID;
INSERT INTO year_hours SELECT CAST(substr(month, 1, 4) AS INTEGER), participant, assignment, sum(hours), sum(counted), count(*)
  FROM hour_line GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
INSERT INTO year_places SELECT CAST(substr(month, 1, 4) AS INTEGER), placement, sum(planned), sum(worked), sum(done), count(*)
  FROM placement_month GROUP BY 1, 2 ORDER BY 1, 2;

-- +goose StatementBegin
CREATE TRIGGER year_line_entered AFTER INSERT ON hour_line BEGIN
  INSERT INTO year_hours VALUES (CAST(substr(new.month, 1, 4) AS INTEGER), new.participant, new.assignment, new.hours, new.counted, 1)
    ON CONFLICT DO UPDATE SET hours = hours + excluded.hours, counted = counted + excluded.counted, lines = lines + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER year_line_changed AFTER UPDATE OF hours, counted ON hour_line
WHEN new.participant = old.participant AND (new.hours <> old.hours OR new.counted <> old.counted) BEGIN
  UPDATE year_hours SET hours = hours + new.hours - old.hours, counted = counted + new.counted - old.counted
    WHERE year = CAST(substr(new.month, 1, 4) AS INTEGER) AND participant = new.participant AND assignment = new.assignment;
END;
-- +goose StatementEnd
-- A merge, its undoing or an erasure gives a line to somebody else.
-- +goose StatementBegin
CREATE TRIGGER year_line_given AFTER UPDATE OF participant ON hour_line WHEN new.participant <> old.participant BEGIN
  INSERT INTO year_hours VALUES (CAST(substr(new.month, 1, 4) AS INTEGER), new.participant, new.assignment, new.hours, new.counted, 1)
    ON CONFLICT DO UPDATE SET hours = hours + excluded.hours, counted = counted + excluded.counted, lines = lines + 1;
  UPDATE year_hours SET hours = hours - old.hours, counted = counted - old.counted, lines = lines - 1
    WHERE year = CAST(substr(old.month, 1, 4) AS INTEGER) AND participant = old.participant AND assignment = old.assignment;
  DELETE FROM year_hours
    WHERE year = CAST(substr(old.month, 1, 4) AS INTEGER) AND participant = old.participant AND assignment = old.assignment AND lines = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER year_line_removed AFTER DELETE ON hour_line BEGIN
  UPDATE year_hours SET hours = hours - old.hours, counted = counted - old.counted, lines = lines - 1
    WHERE year = CAST(substr(old.month, 1, 4) AS INTEGER) AND participant = old.participant AND assignment = old.assignment;
  DELETE FROM year_hours
    WHERE year = CAST(substr(old.month, 1, 4) AS INTEGER) AND participant = old.participant AND assignment = old.assignment AND lines = 0;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER year_month_entered AFTER INSERT ON placement_month BEGIN
  INSERT INTO year_places VALUES (CAST(substr(new.month, 1, 4) AS INTEGER), new.placement, new.planned, new.worked, new.done, 1)
    ON CONFLICT DO UPDATE SET planned = planned + excluded.planned, worked = worked + excluded.worked, done = done + excluded.done, months = months + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER year_month_changed AFTER UPDATE ON placement_month
WHEN new.planned <> old.planned OR new.worked <> old.worked OR new.done <> old.done BEGIN
  UPDATE year_places SET planned = planned + new.planned - old.planned, worked = worked + new.worked - old.worked, done = done + new.done - old.done
    WHERE year = CAST(substr(new.month, 1, 4) AS INTEGER) AND placement = new.placement;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER year_month_removed AFTER DELETE ON placement_month BEGIN
  UPDATE year_places SET planned = planned - old.planned, worked = worked - old.worked, done = done - old.done, months = months - 1
    WHERE year = CAST(substr(old.month, 1, 4) AS INTEGER) AND placement = old.placement;
  DELETE FROM year_places WHERE year = CAST(substr(old.month, 1, 4) AS INTEGER) AND placement = old.placement AND months = 0;
END;
-- +goose StatementEnd

PRAGMA user_version = 5;
