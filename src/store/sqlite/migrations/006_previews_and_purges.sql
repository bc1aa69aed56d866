-- What previews show, under ids that nobody can guess. `creative_id` is empty for a creative that is in no library.
CREATE TABLE previews (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  preview_id TEXT NOT NULL UNIQUE,
  principal_id TEXT NOT NULL,
  library TEXT NOT NULL,
  creative_id TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX previews_by_principal ON previews (principal_id, seq);
CREATE INDEX previews_by_expiry ON previews (expires_at);
CREATE INDEX previews_by_creative ON previews (library, creative_id) WHERE creative_id <> '';

-- When a creative was destroyed; the row that stays is all that is left of it, and gives way to a new creative of its id.
ALTER TABLE creatives ADD COLUMN purged_at TEXT;
