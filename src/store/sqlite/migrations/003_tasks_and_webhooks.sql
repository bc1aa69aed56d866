-- Calls whose answer comes later, or was announced: what buyers poll.
CREATE TABLE tasks (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  principal_id TEXT NOT NULL,
  task_id TEXT NOT NULL,
  task_type TEXT NOT NULL,
  status TEXT NOT NULL,
  account_id TEXT,
  brand_domain TEXT,
  brand_id TEXT,
  operator TEXT,
  has_webhook INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (principal_id, task_id)
) STRICT;
CREATE INDEX tasks_by_status ON tasks (status, seq);

-- The outbox: each event once, with the bytes that are sent on every attempt.
CREATE TABLE webhooks (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook_id TEXT NOT NULL UNIQUE,
  principal_id TEXT NOT NULL,
  about TEXT NOT NULL,
  notification TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at TEXT NOT NULL,
  record TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX webhooks_by_subject ON webhooks (principal_id, about, seq);
CREATE INDEX webhooks_by_status ON webhooks (status, seq);

CREATE TABLE webhook_attempts (
  webhook INTEGER NOT NULL REFERENCES webhooks (seq) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (webhook, attempt)
) STRICT, WITHOUT ROWID;

-- Work that waits for its hour must cost nothing until then.
CREATE INDEX jobs_due ON jobs (run_at, seq) WHERE failed_reason IS NULL;
