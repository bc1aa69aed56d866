/** Step 7 of a mutating call: claim the key, or answer what was answered before (seller specification §1.8). */
import type { IdempotencyClaim } from '../domain/ports/store.ts';
import { canonicalHash } from '../protocol/canonical-json.ts';
import { replayed, type Answer } from '../protocol/envelope.ts';
import { refuse, type Refused } from '../protocol/errors.ts';
import { IN_FLIGHT_MAX_SECONDS, REPLAY_TTL_SECONDS } from '../protocol/limits.ts';
import type { Desk } from '../usecases/desk.ts';

/** How long a second call waits for the first before it is told to come back. */
const PATIENCE_MS = 5_000;
const POLL_MS = 25;

/** Members that may differ between a call and its replay. */
const UNHASHED = new Set(['idempotency_key', 'context', 'governance_context']);

/** SHA-256 over the canonical request and its task, less what may differ on a replay. */
export function fingerprint(task: string, request: Readonly<Record<string, unknown>>): string {
  const hashed = Object.fromEntries(Object.entries(request).filter(([member]) => !UNHASHED.has(member)));
  return canonicalHash({ task, request: { ...hashed, ...withoutWebhookCredentials(hashed['push_notification_config']) } });
}

function withoutWebhookCredentials(config: unknown): object {
  const { authentication, ...rest } = (config ?? {}) as { authentication?: Record<string, unknown> };
  if (authentication === undefined || authentication === null || typeof authentication !== 'object') return {};
  const { credentials: _credentials, ...schemes } = authentication;
  return { push_notification_config: { ...rest, authentication: schemes } };
}

export type Claimed = { readonly kind: 'claimed' } | { readonly kind: 'replay'; readonly answer: Answer } | Refused;

/** Claims the key, waiting a little for a first call with the same payload that still runs. */
export async function claimKey(scope: string, task: string, request: Readonly<Record<string, unknown>>, desk: Desk): Promise<Claimed> {
  const key = request['idempotency_key'] as string;
  const hash = fingerprint(task, request);
  const started = desk.clock.now().getTime();
  for (;;) {
    const outcome = await desk.store.claim(claimAt(desk.clock.now(), scope, key, task, hash));
    switch (outcome.kind) {
      case 'claimed': return outcome;
      case 'replay': return { kind: 'replay', answer: replayed(outcome.body, request['context']) };
      case 'conflict': return refuse('IDEMPOTENCY_CONFLICT', 'this idempotency key was used with another payload');
      case 'expired': return refuse('IDEMPOTENCY_EXPIRED', 'this idempotency key is past its replay window', { field: 'idempotency_key' });
      case 'in_flight':
        if (desk.clock.now().getTime() - started >= PATIENCE_MS)
          return refuse('IDEMPOTENCY_IN_FLIGHT', 'the first call with this key still runs', { retry_after: 1 });
        await desk.clock.sleep(POLL_MS);
    }
  }
}

function claimAt(now: Date, scope: string, key: string, task: string, hash: string): IdempotencyClaim {
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();
  return { scope, key, task, fingerprint: hash, at: now.toISOString(), claimExpiresAt: after(IN_FLIGHT_MAX_SECONDS), answerExpiresAt: after(REPLAY_TTL_SECONDS) };
}
