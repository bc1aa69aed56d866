import type { AccountRecord } from './account.ts';
import type { Grant } from './grant.ts';

/** Who calls, as the source of principals knows them. */
export interface Principal {
  readonly principal_id: string;
  /** `live` principals never see simulated numbers nor the test controller. */
  readonly mode: 'live' | 'sandbox';
  /** The billing parties this principal may use; absent: whatever the seller offers. */
  readonly billing?: readonly string[];
  /** What the credential of this call is limited to; absent: nothing. */
  readonly grant?: Grant;
}

/**
 * Which rows a call may touch. A library holds what is registered for an account: creatives, audiences, event sources, events.
 * `library` absent: all libraries of the principal. `wide`: the named library first, then any other of the principal.
 */
export interface Reach {
  readonly principal_id: string;
  readonly library?: string;
  readonly wide: boolean;
}

/** The authenticated caller of one call, its account resolved where the request names one. */
export interface Caller {
  readonly principal: Principal;
  readonly account?: AccountRecord;
  readonly reach: Reach;
}

/** A caller without credentials, on open tasks: it owns nothing and sees what everybody sees. */
export const ANYBODY: Caller = { principal: { principal_id: 'anonymous', mode: 'live' }, reach: { principal_id: 'anonymous', wide: false } };

/** Whether there is nobody to keep something for. */
export const isAnybody = ({ principal }: Caller): boolean => principal.principal_id === ANYBODY.principal.principal_id;
