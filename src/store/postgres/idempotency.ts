/** Keys that calls are made under: claimed by one server at a time, then answered. A claim ends with the server that took it, or expires. */
import type { ClaimOutcome, IdempotencyAnswer, IdempotencyClaim } from '../../domain/ports/store.ts';
import { KEYS_REMEMBERED_DAYS } from '../../domain/retention.ts';
import { Stale } from '../stale.ts';
import type { Queries } from './connections.ts';
import { claimOfDead } from './presence.ts';
import { sql } from './sql.ts';

interface Row {
  readonly fingerprint: string;
  readonly answer_expires_at: string;
  readonly body: Record<string, unknown> | null;
}

const REMEMBERED_MS = KEYS_REMEMBERED_DAYS * 86_400_000;
/** Clocks of two machines may differ by this much. */
const SKEW_MS = 60_000;

/** Takes a key that nobody holds: unknown, claimed too long ago, or answered so long ago that it is forgotten. */
export async function claim(db: Queries, holder: string, asked: IdempotencyClaim): Promise<ClaimOutcome> {
  for (;;) {
    if (await taken(db, holder, asked)) return { kind: 'claimed' };
    const row = await db.get<Row>(sql`SELECT fingerprint, answer_expires_at, body FROM idempotency WHERE scope = ${asked.scope} AND key = ${asked.key}`);
    // Given back between the two statements: it is free now.
    if (row === undefined) continue;
    // Nothing was done under the claim of a server that has died.
    if (row.body === null && await claimOfDead(db, holder, asked.scope, asked.key)) continue;
    if (row.body !== null && Date.parse(row.answer_expires_at) + SKEW_MS < Date.parse(asked.at)) return { kind: 'expired' };
    if (row.fingerprint !== asked.fingerprint) return { kind: 'conflict' };
    return row.body === null ? { kind: 'in_flight' } : { kind: 'replay', body: row.body };
  }
}

async function taken(db: Queries, holder: string, { scope, key, task, fingerprint, at, claimExpiresAt, answerExpiresAt }: IdempotencyClaim): Promise<boolean> {
  const forgotten = new Date(Date.parse(at) - REMEMBERED_MS);
  const rows = await db.run(
    sql`INSERT INTO idempotency AS held (scope, key, task, fingerprint, holder, claimed_at, claim_expires_at, answer_expires_at)
        VALUES (${scope}, ${key}, ${task}, ${fingerprint}, ${holder}, ${at}, ${claimExpiresAt}, ${answerExpiresAt})
        ON CONFLICT (scope, key) DO UPDATE SET (task, fingerprint, holder, claimed_at, claim_expires_at, answer_expires_at, body)
          = (excluded.task, excluded.fingerprint, excluded.holder, excluded.claimed_at, excluded.claim_expires_at, excluded.answer_expires_at, NULL)
        WHERE CASE WHEN held.body IS NULL THEN held.claim_expires_at <= excluded.claimed_at ELSE held.answer_expires_at <= ${forgotten} END`);
  return rows > 0;
}

/** Keeps the answer under the server's claim, and the claim from everybody else until the commit. @throws Stale when the claim is gone */
export async function answer(tx: Queries, holder: string, { scope, key, body }: IdempotencyAnswer): Promise<void> {
  const kept = await tx.run(sql`UPDATE idempotency SET body = ${JSON.stringify(body)} WHERE scope = ${scope} AND key = ${key} AND holder = ${holder} AND body IS NULL`);
  if (kept === 0) throw new Stale();
}

/** Gives up a claim that was not answered. */
export async function release(db: Queries, holder: string, scope: string, key: string): Promise<void> {
  await db.run(sql`DELETE FROM idempotency WHERE scope = ${scope} AND key = ${key} AND holder = ${holder} AND body IS NULL`);
}

/** Gives up all claims of a server that stops. */
export async function releaseClaims(db: Queries, holder: string): Promise<void> {
  await db.run(sql`DELETE FROM idempotency WHERE holder = ${holder} AND body IS NULL`);
}
