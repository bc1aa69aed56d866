-- Nonces of signatures that were good: the same signature is not taken again, by this process nor by the next.
CREATE TABLE signature_nonces (
  signer_id TEXT NOT NULL,
  keyid TEXT NOT NULL,
  nonce TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (signer_id, keyid, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX signature_nonces_expired ON signature_nonces (expires_at);
