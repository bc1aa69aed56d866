-- What buyers think of a buy, and what they say is owed for it.
CREATE TABLE performance_feedback (
  seq INTEGER PRIMARY KEY,
  principal_id TEXT NOT NULL,
  media_buy_id TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX performance_feedback_by_buy ON performance_feedback (principal_id, media_buy_id, seq);

CREATE TABLE usage_records (
  seq INTEGER PRIMARY KEY,
  principal_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX usage_records_by_account ON usage_records (principal_id, account_id, seq);

-- Whose spend a buy is, and when the clock moves it next: null when it does not.
ALTER TABLE media_buys ADD COLUMN account_id TEXT NOT NULL DEFAULT '';
ALTER TABLE media_buys ADD COLUMN due_at TEXT;
UPDATE media_buys SET account_id = coalesce(json_extract(record, '$.account_id'), ''),
  due_at = CASE status
    WHEN 'pending_start' THEN json_extract(record, '$.start_time')
    WHEN 'active' THEN json_extract(record, '$.end_time')
    WHEN 'paused' THEN json_extract(record, '$.end_time') END;
UPDATE media_buys SET due_at = strftime('%Y-%m-%dT%H:%M:%fZ', due_at) WHERE due_at IS NOT NULL;
CREATE INDEX media_buys_by_account ON media_buys (principal_id, account_id);
CREATE INDEX media_buys_due ON media_buys (principal_id, due_at) WHERE due_at IS NOT NULL;

-- For buys that are reported by the hour (`YYYY-MM-DDTHH`, UTC): platform counters are facts; the attributed_ columns are an index over
-- attributions, which know the hour only there.
ALTER TABLE attributions ADD COLUMN hour TEXT NOT NULL DEFAULT '';
CREATE TABLE delivery_hours (
  buy INTEGER NOT NULL REFERENCES media_buys (seq),
  hour TEXT NOT NULL,
  package_id TEXT NOT NULL,
  creative_id TEXT NOT NULL,
  impressions INTEGER NOT NULL DEFAULT 0,
  clicks INTEGER NOT NULL DEFAULT 0,
  views INTEGER NOT NULL DEFAULT 0,
  completed_views INTEGER NOT NULL DEFAULT 0,
  spend_micros INTEGER NOT NULL DEFAULT 0,
  conversions INTEGER NOT NULL DEFAULT 0,
  conversion_value_micros INTEGER NOT NULL DEFAULT 0,
  attributed_conversions INTEGER NOT NULL DEFAULT 0,
  attributed_value_micros INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (buy, hour, package_id, creative_id)
) STRICT, WITHOUT ROWID;

-- What a platform counts beyond the counters of delivery, by metric, creative and day; and how delivery falls into places, devices ...
CREATE TABLE delivery_metrics (
  buy INTEGER NOT NULL REFERENCES media_buys (seq),
  package_id TEXT NOT NULL,
  creative_id TEXT NOT NULL,
  day TEXT NOT NULL,
  metric TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (buy, package_id, creative_id, day, metric)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery_parts (
  buy INTEGER NOT NULL REFERENCES media_buys (seq),
  dimension TEXT NOT NULL,
  package_id TEXT NOT NULL,
  part TEXT NOT NULL,
  day TEXT NOT NULL,
  impressions INTEGER NOT NULL DEFAULT 0,
  clicks INTEGER NOT NULL DEFAULT 0,
  views INTEGER NOT NULL DEFAULT 0,
  completed_views INTEGER NOT NULL DEFAULT 0,
  spend_micros INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (buy, dimension, package_id, part, day)
) STRICT, WITHOUT ROWID;
