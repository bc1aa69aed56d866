import type { SignatureNonce } from '../../domain/ports/signers.ts';
import type { Statements } from './rows.ts';

/** So many that have expired go with each one that comes. */
const SWEPT = 8;

export class SignatureNonces {
  readonly #sql: Statements;

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  /** Whether it is new. */
  claim({ signer_id, keyid, nonce, at, expires_at }: SignatureNonce): boolean {
    this.#sql.run(
      `DELETE FROM signature_nonces WHERE (signer_id, keyid, nonce) IN (SELECT signer_id, keyid, nonce FROM signature_nonces WHERE expires_at < ? ORDER BY expires_at LIMIT ${SWEPT})`, at);
    return this.#sql.run('INSERT INTO signature_nonces (signer_id, keyid, nonce, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', signer_id, keyid, nonce, expires_at) > 0;
  }
}
