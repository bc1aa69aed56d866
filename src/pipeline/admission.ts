/** How many calls are in work at a time, and how many one caller may make: what is over is refused before anything is looked at. */
import type { Clock } from '../domain/ports/clock.ts';
import { failed, type Answer } from '../protocol/envelope.ts';
import { refuse, type Refused } from '../protocol/errors.ts';
import type { Call } from './call.ts';
import { contextOf, type Pipeline } from './pipeline.ts';
import { TokenBuckets, type Rate } from './token-buckets.ts';

export interface AdmissionLimits {
  /** In work at a time, whoever calls. */
  readonly at_once: number;
  /** Of one principal: how fast, and how many in work at a time. */
  readonly principal: Rate & { readonly at_once: number };
}

export interface Admission {
  /** Calls that are in work. */
  inWork(): number;
  /** Whether the next call would be refused, whoever makes it. */
  isFull(): boolean;
  /** Takes a message that is no call into account, too. @returns 0 when it may be answered, else after how many seconds */
  message(principal_id: string): number;
  /** The pipeline behind these limits. It refuses `RATE_LIMITED` what one caller asks too much, and `SERVICE_UNAVAILABLE` what all of them do. */
  limited(pipeline: Pipeline): Pipeline;
}

export function admission(limits: AdmissionLimits, clock: Clock): Admission {
  const rate = new TokenBuckets(limits.principal);
  const inWorkOf = new Map<string, number>();
  let inWork = 0;
  const isFull = (): boolean => inWork >= limits.at_once;

  const barred = (principal_id: string | undefined): Refused | undefined => {
    if (isFull()) return refuse('SERVICE_UNAVAILABLE', 'the seller is busy with as many calls as it takes on; nothing was changed', { retry_after: 1 });
    if (principal_id === undefined) return undefined;
    const { at_once, per_second } = limits.principal;
    if ((inWorkOf.get(principal_id) ?? 0) >= at_once) return refuse('RATE_LIMITED', `too many calls at a time: this caller may have ${at_once}`, { retry_after: 1, details: { limit: at_once, remaining: 0, scope: 'global' } });
    const retry_after = rate.take(principal_id, clock.now());
    return retry_after === 0 ? undefined : refuse('RATE_LIMITED', 'too many calls of this caller in a short time', { retry_after, details: { limit: per_second, remaining: 0, window_seconds: 1, scope: 'global' } });
  };
  const counted = (principal_id: string | undefined, by: 1 | -1): void => {
    inWork += by;
    if (principal_id === undefined) return;
    const left = (inWorkOf.get(principal_id) ?? 0) + by;
    if (left === 0) inWorkOf.delete(principal_id);
    else inWorkOf.set(principal_id, left);
  };

  return {
    isFull,
    inWork: () => inWork,
    message: (principal_id) => rate.take(principal_id, clock.now()),
    limited: (pipeline) => ({
      ...pipeline,
      async dispatch(call: Call): Promise<Answer> {
        const principal_id = call.principal?.principal_id;
        const refusal = barred(principal_id);
        if (refusal) return failed(refusal, contextOf(call.request));
        counted(principal_id, 1);
        try {
          return await pipeline.dispatch(call);
        } finally {
          counted(principal_id, -1);
        }
      },
    }),
  };
}
