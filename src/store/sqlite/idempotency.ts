import type { ClaimOutcome, IdempotencyAnswer, IdempotencyClaim } from '../../domain/ports/store.ts';
import { KEYS_REMEMBERED_DAYS } from '../../domain/retention.ts';
import { Stale } from '../stale.ts';
import type { Statements } from './rows.ts';

interface Row {
  readonly fingerprint: string;
  readonly answer_expires_at: string;
  readonly body: string;
}

const REMEMBERED_MS = KEYS_REMEMBERED_DAYS * 86_400_000;
/** Clocks of two machines may differ by this much. */
const SKEW_MS = 60_000;

/**
 * Claims are kept in memory: they mean nothing once the process has ended, because nothing was done under them. Answers are rows.
 */
export class Idempotency {
  readonly #sql: Statements;
  readonly #claims = new Map<string, IdempotencyClaim>();

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  claim(claim: IdempotencyClaim): ClaimOutcome {
    const now = Date.parse(claim.at);
    const answered = this.#answered(claim, now);
    if (answered) {
      if (Date.parse(answered.answer_expires_at) + SKEW_MS < now) return { kind: 'expired' };
      return answered.fingerprint === claim.fingerprint ? { kind: 'replay', body: JSON.parse(answered.body) as Record<string, unknown> } : { kind: 'conflict' };
    }
    const id = idOf(claim.scope, claim.key);
    const pending = this.#claims.get(id);
    if (pending && Date.parse(pending.claimExpiresAt) > now) return { kind: pending.fingerprint === claim.fingerprint ? 'in_flight' : 'conflict' };
    this.#claims.set(id, claim);
    return { kind: 'claimed' };
  }

  /** The claim under which an answer may be kept: none when it expired, and nobody else has taken the key. */
  claimed(scope: string, key: string): IdempotencyClaim | undefined {
    return this.#claims.get(idOf(scope, key));
  }

  /** @throws Stale when somebody else has answered meanwhile */
  answer(claim: IdempotencyClaim, { scope, key, body }: IdempotencyAnswer): void {
    const added = this.#sql.run(
      `INSERT INTO idempotency (scope, key, task, fingerprint, claimed_at, claim_expires_at, answer_expires_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET (task, fingerprint, claimed_at, claim_expires_at, answer_expires_at, body)
         = (excluded.task, excluded.fingerprint, excluded.claimed_at, excluded.claim_expires_at, excluded.answer_expires_at, excluded.body)
       WHERE body IS NULL OR answer_expires_at < excluded.claimed_at`,
      scope, key, claim.task, claim.fingerprint, claim.at, claim.claimExpiresAt, claim.answerExpiresAt, JSON.stringify(body));
    if (added === 0) throw new Stale();
  }

  /** Gives a claim up, whether its answer is on disk by now or never will be. */
  release(scope: string, key: string): void {
    this.#claims.delete(idOf(scope, key));
  }

  #answered({ scope, key }: IdempotencyClaim, now: number): Row | undefined {
    const row = this.#sql.get<Row>('SELECT fingerprint, answer_expires_at, body FROM idempotency WHERE scope = ? AND key = ? AND body IS NOT NULL', scope, key);
    return row && Date.parse(row.answer_expires_at) + REMEMBERED_MS > now ? row : undefined;
  }
}

const idOf = (scope: string, key: string): string => `${scope}\n${key}`;
