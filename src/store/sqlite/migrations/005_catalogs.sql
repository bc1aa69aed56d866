CREATE TABLE catalogs (
  seq INTEGER PRIMARY KEY,
  principal_id TEXT NOT NULL,
  library TEXT NOT NULL,
  catalog_id TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (library, catalog_id)
) STRICT;
CREATE INDEX catalogs_by_principal ON catalogs (principal_id, catalog_id);

-- An item that its buyer left out stays, unlisted, while what the seller decided of it would be forgotten with it.
CREATE TABLE catalog_items (
  catalog INTEGER NOT NULL REFERENCES catalogs (seq) ON DELETE CASCADE,
  item_id TEXT NOT NULL,
  content_id TEXT,
  status TEXT NOT NULL,
  listed INTEGER NOT NULL,
  position INTEGER NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (catalog, item_id)
) STRICT;
CREATE INDEX catalog_items_by_content ON catalog_items (content_id, catalog);
CREATE INDEX catalog_items_by_status ON catalog_items (catalog, status);
