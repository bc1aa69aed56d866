-- Facts are rows; indexes over facts are marked so, and are rebuilt from them.

CREATE TABLE accounts (
  seq INTEGER PRIMARY KEY,
  principal_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  brand_domain TEXT NOT NULL,
  brand_id TEXT NOT NULL,
  operator TEXT NOT NULL,
  sandbox INTEGER NOT NULL,
  status TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (principal_id, account_id)
) STRICT;
CREATE INDEX accounts_by_brand ON accounts (principal_id, brand_domain, operator);

CREATE TABLE media_buys (
  seq INTEGER PRIMARY KEY,
  principal_id TEXT NOT NULL,
  library TEXT NOT NULL,
  media_buy_id TEXT NOT NULL,
  status TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (principal_id, media_buy_id)
) STRICT;
CREATE INDEX media_buys_by_library ON media_buys (library, seq);

-- Index over media_buys: which buy holds a package.
CREATE TABLE packages (
  principal_id TEXT NOT NULL,
  package_id TEXT NOT NULL,
  buy INTEGER NOT NULL REFERENCES media_buys (seq),
  PRIMARY KEY (principal_id, package_id, buy)
) STRICT, WITHOUT ROWID;
CREATE INDEX packages_by_buy ON packages (buy);

-- Index over media_buys that have not ended: where a creative is assigned, whether it is in the library yet or not.
CREATE TABLE creative_assignments (
  principal_id TEXT NOT NULL,
  creative_id TEXT NOT NULL,
  buy INTEGER NOT NULL REFERENCES media_buys (seq),
  package_id TEXT NOT NULL,
  assigned_date TEXT NOT NULL,
  PRIMARY KEY (principal_id, creative_id, buy, package_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX creative_assignments_by_buy ON creative_assignments (buy);
CREATE INDEX creative_assignments_by_package ON creative_assignments (principal_id, package_id);

-- Index over media_buys: the event sources that packages aim or aimed at.
CREATE TABLE goals (
  library TEXT NOT NULL,
  event_source_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  buy INTEGER NOT NULL REFERENCES media_buys (seq),
  entry TEXT NOT NULL
) STRICT;
CREATE INDEX goals_by_source ON goals (library, event_source_id, event_type);
CREATE INDEX goals_by_buy ON goals (buy);

CREATE TABLE creatives (
  seq INTEGER PRIMARY KEY,
  principal_id TEXT NOT NULL,
  library TEXT NOT NULL,
  creative_id TEXT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  created_date TEXT NOT NULL,
  updated_date TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (library, creative_id)
) STRICT;
CREATE INDEX creatives_by_principal ON creatives (principal_id, creative_id);

CREATE TABLE audiences (
  seq INTEGER PRIMARY KEY,
  principal_id TEXT NOT NULL,
  library TEXT NOT NULL,
  audience_id TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (library, audience_id)
) STRICT;
CREATE INDEX audiences_by_principal ON audiences (principal_id, audience_id);

CREATE TABLE audience_members (
  audience INTEGER NOT NULL REFERENCES audiences (seq) ON DELETE CASCADE,
  external_id TEXT NOT NULL,
  member TEXT NOT NULL,
  PRIMARY KEY (audience, external_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_sources (
  seq INTEGER PRIMARY KEY,
  principal_id TEXT NOT NULL,
  library TEXT NOT NULL,
  event_source_id TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (library, event_source_id)
) STRICT;
CREATE INDEX event_sources_by_principal ON event_sources (principal_id, event_source_id);

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  library TEXT NOT NULL,
  event_source_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  event_id TEXT NOT NULL,
  event_time TEXT NOT NULL, -- UTC with milliseconds
  received_at TEXT NOT NULL,
  event TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_once ON events (library, event_source_id, event_type, event_id);
CREATE INDEX events_by_time ON events (library, event_source_id, event_type, event_time);

-- An event counts once for a buy: the row that says for which package and creative, and for how much.
CREATE TABLE attributions (
  buy INTEGER NOT NULL REFERENCES media_buys (seq),
  event_type TEXT NOT NULL,
  event_id TEXT NOT NULL,
  package_id TEXT NOT NULL,
  creative_id TEXT NOT NULL,
  day TEXT NOT NULL,
  value_micros INTEGER NOT NULL,
  PRIMARY KEY (buy, event_type, event_id)
) STRICT, WITHOUT ROWID;

-- Platform counters are facts; the attributed_ columns are an index over attributions.
CREATE TABLE delivery (
  buy INTEGER NOT NULL REFERENCES media_buys (seq),
  package_id TEXT NOT NULL,
  creative_id TEXT NOT NULL,
  day TEXT NOT NULL,
  impressions INTEGER NOT NULL DEFAULT 0,
  clicks INTEGER NOT NULL DEFAULT 0,
  views INTEGER NOT NULL DEFAULT 0,
  completed_views INTEGER NOT NULL DEFAULT 0,
  spend_micros INTEGER NOT NULL DEFAULT 0,
  conversions INTEGER NOT NULL DEFAULT 0,
  conversion_value_micros INTEGER NOT NULL DEFAULT 0,
  attributed_conversions INTEGER NOT NULL DEFAULT 0,
  attributed_value_micros INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (buy, package_id, creative_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery_gauges (
  buy INTEGER PRIMARY KEY REFERENCES media_buys (seq),
  gauges TEXT NOT NULL
) STRICT;

CREATE TABLE idempotency (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  task TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  claimed_at TEXT NOT NULL,
  claim_expires_at TEXT NOT NULL,
  answer_expires_at TEXT NOT NULL,
  body TEXT,
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  job_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  principal_id TEXT NOT NULL,
  lane TEXT NOT NULL,
  run_at TEXT NOT NULL,
  leased_until TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  failed_reason TEXT,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX jobs_open ON jobs (lane, seq) WHERE failed_reason IS NULL;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  principal_id TEXT NOT NULL,
  account_id TEXT,
  task TEXT NOT NULL,
  subjects TEXT NOT NULL
) STRICT;
