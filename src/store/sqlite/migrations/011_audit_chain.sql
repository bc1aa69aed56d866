-- Each entry's hash covers the one before it: an entry that is changed, taken out or put in between shows.
ALTER TABLE audit ADD COLUMN hash BLOB;
