-- Facts are rows; indexes over facts are marked so, and are rebuilt from them. Ids, names and days are compared byte by byte ("C"), so that
-- their order does not depend on the database's language. Records are kept as they were written (json, not jsonb).

CREATE TABLE accounts (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  principal_id text COLLATE "C" NOT NULL,
  account_id text COLLATE "C" NOT NULL,
  brand_domain text COLLATE "C" NOT NULL,
  brand_id text COLLATE "C" NOT NULL,
  operator text COLLATE "C" NOT NULL,
  sandbox boolean NOT NULL,
  status text COLLATE "C" NOT NULL,
  governed boolean NOT NULL,
  row_version bigint NOT NULL,
  record json NOT NULL,
  UNIQUE (principal_id, account_id)
);
CREATE INDEX accounts_by_brand ON accounts (principal_id, brand_domain, operator);

CREATE TABLE media_buys (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  principal_id text COLLATE "C" NOT NULL,
  library text COLLATE "C" NOT NULL,
  media_buy_id text COLLATE "C" NOT NULL,
  account_id text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  currency text COLLATE "C" NOT NULL,
  start_time timestamptz NOT NULL,
  end_time timestamptz NOT NULL,
  due_at timestamptz, -- when the clock moves it next: null when it does not
  row_version bigint NOT NULL,
  record json NOT NULL,
  UNIQUE (principal_id, media_buy_id)
);
CREATE INDEX media_buys_by_library ON media_buys (library, seq);
CREATE INDEX media_buys_by_account ON media_buys (principal_id, account_id);
CREATE INDEX media_buys_due ON media_buys (principal_id, due_at) WHERE due_at IS NOT NULL;

-- Index over media_buys: which buy holds a package.
CREATE TABLE packages (
  principal_id text COLLATE "C" NOT NULL,
  package_id text COLLATE "C" NOT NULL,
  buy bigint NOT NULL REFERENCES media_buys (seq),
  product_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (principal_id, package_id, buy)
);
CREATE INDEX packages_by_buy ON packages (buy);

-- Index over media_buys that have not ended: where a creative is assigned, whether it is in the library yet or not.
CREATE TABLE creative_assignments (
  principal_id text COLLATE "C" NOT NULL,
  creative_id text COLLATE "C" NOT NULL,
  buy bigint NOT NULL REFERENCES media_buys (seq),
  package_id text COLLATE "C" NOT NULL,
  assigned_date text COLLATE "C" NOT NULL,
  PRIMARY KEY (principal_id, creative_id, buy, package_id)
);
CREATE INDEX creative_assignments_by_buy ON creative_assignments (buy);
CREATE INDEX creative_assignments_by_package ON creative_assignments (principal_id, package_id);

-- Index over media_buys: the event sources that packages aim or aimed at.
CREATE TABLE goals (
  buy bigint NOT NULL REFERENCES media_buys (seq),
  position integer NOT NULL,
  library text COLLATE "C" NOT NULL,
  event_source_id text COLLATE "C" NOT NULL,
  event_type text COLLATE "C" NOT NULL,
  entry json NOT NULL,
  PRIMARY KEY (buy, position)
);
CREATE INDEX goals_by_source ON goals (library, event_source_id, event_type);

-- Plans that buyers refine, finalise and buy. `origin` stands for the search that a draft was made for while nobody has changed it,
-- so that the same search finds it again; it is empty from then on.
CREATE TABLE proposals (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  principal_id text COLLATE "C" NOT NULL,
  library text COLLATE "C" NOT NULL,
  proposal_id text COLLATE "C" NOT NULL,
  origin text COLLATE "C" NOT NULL,
  forget_at timestamptz NOT NULL,
  row_version bigint NOT NULL,
  record json NOT NULL,
  UNIQUE (principal_id, proposal_id)
);
CREATE INDEX proposals_by_origin ON proposals (principal_id, library, origin) WHERE origin <> '';
CREATE INDEX proposals_to_forget ON proposals (forget_at);

-- What was imported for sale, in order of rank: products, formats, signals, each a complete AdCP document.
CREATE TABLE inventory (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  document json NOT NULL
);

-- `purged_at`: when a creative was destroyed; the row that stays is all that is left of it, and gives way to a new creative of its id.
CREATE TABLE creatives (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  principal_id text COLLATE "C" NOT NULL,
  library text COLLATE "C" NOT NULL,
  creative_id text COLLATE "C" NOT NULL,
  account_id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  created_date timestamptz NOT NULL,
  updated_date timestamptz NOT NULL,
  concept_id text COLLATE "C",
  tags text[] COLLATE "C" NOT NULL,
  format_agent text COLLATE "C" NOT NULL,
  format_id text COLLATE "C" NOT NULL,
  format_width double precision,
  format_height double precision,
  format_duration_ms double precision,
  variables integer NOT NULL,
  purged_at timestamptz,
  purge text COLLATE "C",
  row_version bigint NOT NULL,
  record json NOT NULL,
  UNIQUE (library, creative_id)
);
CREATE INDEX creatives_by_principal ON creatives (principal_id, creative_id);

-- What previews show, under ids that nobody can guess. `creative_id` is empty for a creative that is in no library.
CREATE TABLE previews (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  preview_id text COLLATE "C" NOT NULL UNIQUE,
  principal_id text COLLATE "C" NOT NULL,
  library text COLLATE "C" NOT NULL,
  creative_id text COLLATE "C" NOT NULL,
  expires_at timestamptz NOT NULL,
  record json NOT NULL
);
CREATE INDEX previews_by_principal ON previews (principal_id, seq);
CREATE INDEX previews_by_expiry ON previews (expires_at);
CREATE INDEX previews_by_creative ON previews (library, creative_id) WHERE creative_id <> '';

CREATE TABLE audiences (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  principal_id text COLLATE "C" NOT NULL,
  library text COLLATE "C" NOT NULL,
  audience_id text COLLATE "C" NOT NULL,
  row_version bigint NOT NULL,
  record json NOT NULL,
  UNIQUE (library, audience_id)
);
CREATE INDEX audiences_by_principal ON audiences (principal_id, audience_id);

CREATE TABLE audience_members (
  audience bigint NOT NULL REFERENCES audiences (seq) ON DELETE CASCADE,
  external_id text COLLATE "C" NOT NULL,
  member json NOT NULL,
  PRIMARY KEY (audience, external_id)
);

CREATE TABLE catalogs (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  principal_id text COLLATE "C" NOT NULL,
  library text COLLATE "C" NOT NULL,
  catalog_id text COLLATE "C" NOT NULL,
  row_version bigint NOT NULL,
  record json NOT NULL,
  UNIQUE (library, catalog_id)
);
CREATE INDEX catalogs_by_principal ON catalogs (principal_id, catalog_id);

-- An item that its buyer left out stays, unlisted, while what the seller decided of it would be forgotten with it.
CREATE TABLE catalog_items (
  catalog bigint NOT NULL REFERENCES catalogs (seq) ON DELETE CASCADE,
  item_id text COLLATE "C" NOT NULL,
  content_id text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  listed boolean NOT NULL,
  position integer NOT NULL,
  record json NOT NULL,
  PRIMARY KEY (catalog, item_id)
);
CREATE INDEX catalog_items_by_content ON catalog_items (content_id, catalog);
CREATE INDEX catalog_items_by_status ON catalog_items (catalog, status);

CREATE TABLE event_sources (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  principal_id text COLLATE "C" NOT NULL,
  library text COLLATE "C" NOT NULL,
  event_source_id text COLLATE "C" NOT NULL,
  row_version bigint NOT NULL,
  record json NOT NULL,
  UNIQUE (library, event_source_id)
);
CREATE INDEX event_sources_by_principal ON event_sources (principal_id, event_source_id);

-- Events are by far the most rows: what every one of a source and type repeats stands once, and times are milliseconds since 1970.
CREATE TABLE event_streams (
  stream bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  library text COLLATE "C" NOT NULL,
  event_source_id text COLLATE "C" NOT NULL,
  event_type text COLLATE "C" NOT NULL,
  UNIQUE (library, event_source_id, event_type)
);

CREATE TABLE events (
  stream bigint NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  event_time bigint NOT NULL,
  received_at bigint NOT NULL,
  event json NOT NULL,
  PRIMARY KEY (stream, event_id)
);
CREATE INDEX events_by_time ON events (stream, event_time, event_id);

-- An event counts once for a buy: the row that says for which package and creative, and for how much. Hours are empty where none are kept.
CREATE TABLE attributions (
  buy bigint NOT NULL REFERENCES media_buys (seq),
  event_type text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  package_id text COLLATE "C" NOT NULL,
  creative_id text COLLATE "C" NOT NULL,
  day text COLLATE "C" NOT NULL,
  hour text COLLATE "C" NOT NULL,
  value_micros bigint NOT NULL,
  PRIMARY KEY (buy, event_type, event_id)
);

-- Platform counters are facts; the attributed_ columns are an index over attributions.
CREATE TABLE delivery (
  buy bigint NOT NULL REFERENCES media_buys (seq),
  package_id text COLLATE "C" NOT NULL,
  creative_id text COLLATE "C" NOT NULL,
  day text COLLATE "C" NOT NULL,
  impressions bigint NOT NULL DEFAULT 0,
  clicks bigint NOT NULL DEFAULT 0,
  views bigint NOT NULL DEFAULT 0,
  completed_views bigint NOT NULL DEFAULT 0,
  spend_micros bigint NOT NULL DEFAULT 0,
  conversions bigint NOT NULL DEFAULT 0,
  conversion_value_micros bigint NOT NULL DEFAULT 0,
  attributed_conversions bigint NOT NULL DEFAULT 0,
  attributed_value_micros bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (buy, package_id, creative_id, day)
);

-- The same by the hour (`YYYY-MM-DDTHH`, UTC), for buys that are reported so.
CREATE TABLE delivery_hours (
  buy bigint NOT NULL REFERENCES media_buys (seq),
  hour text COLLATE "C" NOT NULL,
  package_id text COLLATE "C" NOT NULL,
  creative_id text COLLATE "C" NOT NULL,
  impressions bigint NOT NULL DEFAULT 0,
  clicks bigint NOT NULL DEFAULT 0,
  views bigint NOT NULL DEFAULT 0,
  completed_views bigint NOT NULL DEFAULT 0,
  spend_micros bigint NOT NULL DEFAULT 0,
  conversions bigint NOT NULL DEFAULT 0,
  conversion_value_micros bigint NOT NULL DEFAULT 0,
  attributed_conversions bigint NOT NULL DEFAULT 0,
  attributed_value_micros bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (buy, hour, package_id, creative_id)
);

-- What a platform counts beyond these counters, by metric, creative and day; and how delivery falls into places, devices ...
CREATE TABLE delivery_metrics (
  buy bigint NOT NULL REFERENCES media_buys (seq),
  package_id text COLLATE "C" NOT NULL,
  creative_id text COLLATE "C" NOT NULL,
  day text COLLATE "C" NOT NULL,
  metric text COLLATE "C" NOT NULL,
  amount bigint NOT NULL,
  PRIMARY KEY (buy, package_id, creative_id, day, metric)
);

CREATE TABLE delivery_parts (
  buy bigint NOT NULL REFERENCES media_buys (seq),
  dimension text COLLATE "C" NOT NULL,
  package_id text COLLATE "C" NOT NULL,
  part text COLLATE "C" NOT NULL,
  day text COLLATE "C" NOT NULL,
  impressions bigint NOT NULL DEFAULT 0,
  clicks bigint NOT NULL DEFAULT 0,
  views bigint NOT NULL DEFAULT 0,
  completed_views bigint NOT NULL DEFAULT 0,
  spend_micros bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (buy, dimension, package_id, part, day)
);

CREATE TABLE delivery_gauges (
  buy bigint PRIMARY KEY REFERENCES media_buys (seq),
  gauges json NOT NULL
);

-- What buyers think of a buy, and what they say is owed for it.
CREATE TABLE performance_feedback (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  principal_id text COLLATE "C" NOT NULL,
  media_buy_id text COLLATE "C" NOT NULL,
  record json NOT NULL
);
CREATE INDEX performance_feedback_by_buy ON performance_feedback (principal_id, media_buy_id, seq);

CREATE TABLE usage_records (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  principal_id text COLLATE "C" NOT NULL,
  account_id text COLLATE "C" NOT NULL,
  record json NOT NULL
);
CREATE INDEX usage_records_by_account ON usage_records (principal_id, account_id, seq);

-- Keys of calls. Without a body: claimed by the server that `holder` names, until the claim expires; with one: answered.
CREATE TABLE idempotency (
  scope text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  task text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  holder uuid NOT NULL,
  claimed_at timestamptz NOT NULL,
  claim_expires_at timestamptz NOT NULL,
  answer_expires_at timestamptz NOT NULL,
  body json,
  PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_by_expiry ON idempotency (answer_expires_at);
CREATE INDEX idempotency_claimed ON idempotency (holder) WHERE body IS NULL;

-- Calls whose answer comes later, or was announced: what buyers poll.
CREATE TABLE tasks (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  principal_id text COLLATE "C" NOT NULL,
  task_id text COLLATE "C" NOT NULL,
  task_type text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  account_id text COLLATE "C",
  brand_domain text COLLATE "C",
  brand_id text COLLATE "C",
  operator text COLLATE "C",
  has_webhook boolean NOT NULL,
  waiting boolean NOT NULL, -- for a person's decision
  context text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  row_version bigint NOT NULL,
  record json NOT NULL,
  UNIQUE (principal_id, task_id)
);
CREATE INDEX tasks_by_status ON tasks (status, seq);
CREATE INDEX tasks_by_update ON tasks (updated_at);

-- The outbox: each event once, with the bytes that are sent on every attempt.
CREATE TABLE webhooks (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  webhook_id text COLLATE "C" NOT NULL UNIQUE,
  principal_id text COLLATE "C" NOT NULL,
  about text COLLATE "C" NOT NULL,
  notification text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  record json NOT NULL,
  body text NOT NULL
);
CREATE INDEX webhooks_by_subject ON webhooks (principal_id, about, seq);
CREATE INDEX webhooks_by_status ON webhooks (status, seq);
CREATE INDEX webhooks_by_time ON webhooks (created_at);

CREATE TABLE webhook_attempts (
  webhook bigint NOT NULL REFERENCES webhooks (seq) ON DELETE CASCADE,
  attempt integer NOT NULL,
  record json NOT NULL,
  PRIMARY KEY (webhook, attempt)
);

-- Work to do. `holder`: the server that leased it last, until `leased_until`. Of a lane, one job at most is leased: whatever two servers see
-- of each other's commits, neither can begin a job of a lane in which another runs.
CREATE TABLE jobs (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_id text COLLATE "C" NOT NULL UNIQUE,
  kind text COLLATE "C" NOT NULL,
  principal_id text COLLATE "C" NOT NULL,
  lane text COLLATE "C" NOT NULL,
  run_at timestamptz NOT NULL,
  holder uuid,
  leased_until timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  failed_reason text,
  payload json NOT NULL
);
CREATE UNIQUE INDEX jobs_leased ON jobs (lane) WHERE leased_until IS NOT NULL;
CREATE INDEX jobs_held ON jobs (holder) WHERE leased_until IS NOT NULL;
CREATE INDEX jobs_open ON jobs (lane, seq) WHERE failed_reason IS NULL;
CREATE INDEX jobs_due ON jobs (run_at, seq) WHERE failed_reason IS NULL;
CREATE INDEX jobs_failed ON jobs (run_at) WHERE failed_reason IS NOT NULL;

-- What was done, by whom, to what. Each entry's hash covers the one before it. `at` and `subjects` are what the hash covers, to the byte.
CREATE TABLE audit (
  seq bigint PRIMARY KEY,
  at text COLLATE "C" NOT NULL,
  principal_id text COLLATE "C" NOT NULL,
  account_id text COLLATE "C",
  task text COLLATE "C" NOT NULL,
  subjects text COLLATE "C" NOT NULL,
  hash bytea
);

-- The end of the chain: whoever adds to it holds this row until what it did is committed.
CREATE TABLE audit_head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  seq bigint NOT NULL,
  hash bytea
);
INSERT INTO audit_head (seq) VALUES (0);

-- Keys by their hash; what is told about one is in its record, but for its last use, which is written often.
CREATE TABLE api_keys (
  key_id text COLLATE "C" PRIMARY KEY,
  key_sha256 text COLLATE "C" NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz,
  record json NOT NULL
);
