-- Plans that buyers refine, finalise and buy. `origin` stands for the search that a draft was made for while nobody has changed it,
-- so that the same search finds it again; it is empty from then on.
CREATE TABLE proposals (
  seq INTEGER PRIMARY KEY,
  principal_id TEXT NOT NULL,
  library TEXT NOT NULL,
  proposal_id TEXT NOT NULL,
  origin TEXT NOT NULL,
  forget_at TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (principal_id, proposal_id)
) STRICT;
CREATE INDEX proposals_by_origin ON proposals (principal_id, library, origin) WHERE origin <> '';
CREATE INDEX proposals_to_forget ON proposals (forget_at);

-- What was imported for sale, in order of rank: products, formats, signals, each a complete AdCP document.
CREATE TABLE inventory (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
