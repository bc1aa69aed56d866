import type { ClaimOutcome, IdempotencyAnswer, IdempotencyClaim } from '../../domain/ports/store.ts';
import { Stale, type Statements } from './rows.ts';

interface Row {
  readonly task: string;
  readonly fingerprint: string;
  readonly claim_expires_at: string;
  readonly answer_expires_at: string;
  readonly body: string | null;
}

/** How long a key is remembered after its replay window, so that its return is told apart from a new key. */
const REMEMBERED_MS = 7 * 86_400_000;
/** Clocks of two machines may differ by this much. */
const SKEW_MS = 60_000;

export class Idempotency {
  readonly #sql: Statements;

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  claim(claim: IdempotencyClaim): ClaimOutcome {
    const known = this.#sql.get<Row>('SELECT * FROM idempotency WHERE scope = ? AND key = ?', claim.scope, claim.key);
    const now = Date.parse(claim.at);
    const forgotten = known !== undefined && (known.body === null
      ? Date.parse(known.claim_expires_at) <= now
      : Date.parse(known.answer_expires_at) + REMEMBERED_MS <= now);
    if (known === undefined || forgotten) {
      this.#sql.run('INSERT OR REPLACE INTO idempotency (scope, key, task, fingerprint, claimed_at, claim_expires_at, answer_expires_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, NULL)',
        claim.scope, claim.key, claim.task, claim.fingerprint, claim.at, claim.claimExpiresAt, claim.answerExpiresAt);
      return { kind: 'claimed' };
    }
    if (known.body !== null && Date.parse(known.answer_expires_at) + SKEW_MS < now) return { kind: 'expired' };
    if (known.fingerprint !== claim.fingerprint) return { kind: 'conflict' };
    return known.body === null ? { kind: 'in_flight' } : { kind: 'replay', body: JSON.parse(known.body) as Record<string, unknown> };
  }

  /** @throws Stale when the claim is gone: it expired, and somebody else may have taken it */
  answer({ scope, key, body }: IdempotencyAnswer): void {
    if (this.#sql.run('UPDATE idempotency SET body = ? WHERE scope = ? AND key = ? AND body IS NULL', JSON.stringify(body), scope, key) === 0) throw new Stale();
  }

  release(scope: string, key: string): void {
    this.#sql.run('DELETE FROM idempotency WHERE scope = ? AND key = ? AND body IS NULL', scope, key);
  }

  /** Claims of a process that ended before it could answer; nothing was done under them. */
  releaseAll(): void {
    this.#sql.run('DELETE FROM idempotency WHERE body IS NULL');
  }
}
