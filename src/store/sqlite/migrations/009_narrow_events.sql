-- Events are by far the most rows: what every one of a source and type repeats stands once, and times are numbers (milliseconds).
CREATE TABLE event_streams (
  stream INTEGER PRIMARY KEY,
  library TEXT NOT NULL,
  event_source_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  UNIQUE (library, event_source_id, event_type)
) STRICT;
INSERT INTO event_streams (library, event_source_id, event_type) SELECT DISTINCT library, event_source_id, event_type FROM events;

CREATE TABLE narrow_events (
  seq INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL,
  event_id TEXT NOT NULL,
  event_time INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  event TEXT NOT NULL
) STRICT;
INSERT INTO narrow_events (seq, stream, event_id, event_time, received_at, event)
  SELECT seq, stream, event_id, round(1000 * unixepoch(event_time, 'subsec')), round(1000 * unixepoch(received_at, 'subsec')), event
  FROM events JOIN event_streams USING (library, event_source_id, event_type) ORDER BY seq;
DROP TABLE events;
ALTER TABLE narrow_events RENAME TO events;
CREATE UNIQUE INDEX events_once ON events (stream, event_id);
CREATE INDEX events_by_time ON events (stream, event_time);
