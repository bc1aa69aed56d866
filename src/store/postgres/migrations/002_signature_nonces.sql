-- Nonces of signatures that were good: the same signature is not taken again, by any server.
CREATE TABLE signature_nonces (
  signer_id text COLLATE "C" NOT NULL,
  keyid text COLLATE "C" NOT NULL,
  nonce text COLLATE "C" NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (signer_id, keyid, nonce)
);
CREATE INDEX signature_nonces_expired ON signature_nonces (expires_at);
