import type { SignatureNonce } from '../../domain/ports/signers.ts';
import type { Queries } from './connections.ts';
import { sql } from './sql.ts';

/** So many that have expired go with each one that comes. */
const SWEPT = 8;

/** Whether it is new. What another server sweeps at the moment is left to it. */
export async function claimNonce(db: Queries, { signer_id, keyid, nonce, at, expires_at }: SignatureNonce): Promise<boolean> {
  await db.run(sql`DELETE FROM signature_nonces WHERE ctid = ANY (ARRAY(SELECT ctid FROM signature_nonces WHERE expires_at < ${at} ORDER BY expires_at LIMIT ${SWEPT} FOR UPDATE SKIP LOCKED))`);
  return (await db.run(sql`INSERT INTO signature_nonces (signer_id, keyid, nonce, expires_at) VALUES (${signer_id}, ${keyid}, ${nonce}, ${expires_at}) ON CONFLICT DO NOTHING`)) > 0;
}
