-- Keys by their hash; what is told about one is in its record, but for its last use, which is written often.
CREATE TABLE api_keys (
  key_id TEXT PRIMARY KEY,
  key_sha256 TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL,
  last_used_at TEXT,
  record TEXT NOT NULL
) STRICT;
