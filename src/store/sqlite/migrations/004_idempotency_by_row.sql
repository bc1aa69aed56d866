-- Answers are long: in a table ordered by their keys they would make every look at a key read through them.
CREATE TABLE kept_answers (
  seq INTEGER PRIMARY KEY,
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  task TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  claimed_at TEXT NOT NULL,
  claim_expires_at TEXT NOT NULL,
  answer_expires_at TEXT NOT NULL,
  body TEXT,
  UNIQUE (scope, key)
) STRICT;
INSERT INTO kept_answers (scope, key, task, fingerprint, claimed_at, claim_expires_at, answer_expires_at, body)
  SELECT scope, key, task, fingerprint, claimed_at, claim_expires_at, answer_expires_at, body FROM idempotency;
DROP TABLE idempotency;
ALTER TABLE kept_answers RENAME TO idempotency;
