/** What every use case may use, and what it answers. */
import type { Features } from '../domain/features.ts';
import type { PlanMapping } from '../domain/governance/plan.ts';
import type { Caller } from '../domain/caller.ts';
import type { WebhookSigning } from '../domain/capabilities.ts';
import type { AccountScope } from '../domain/ports/account-scope.ts';
import type { Catalogue } from '../domain/ports/catalogue.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Cursors } from '../domain/ports/cursors.ts';
import type { EndpointProof } from '../domain/ports/endpoint-proof.ts';
import type { Feeds } from '../domain/ports/feeds.ts';
import type { Governance } from '../domain/ports/governance.ts';
import type { Ids } from '../domain/ports/ids.ts';
import type { Platform } from '../domain/ports/platform.ts';
import type { PropertyLists } from '../domain/ports/property-lists.ts';
import type { Change, Store } from '../domain/ports/store.ts';
import type { ReviewPolicy } from '../domain/review.ts';
import type { SigningPolicy } from '../domain/request-signing.ts';
import type { Vault } from '../domain/ports/vault.ts';
import type { Verifier } from '../domain/ports/verifier.ts';
import type { Refused } from '../protocol/errors.ts';
import type { TaskName } from '../protocol/tasks.ts';

/** The seller as its operator set it up. */
export interface Seller {
  /** The URL that buyers call, with the path. */
  readonly agent_url: string;
  /** Shown to buyers. */
  readonly name: string;
  /** The domain under which inventory without one of its own is sold. */
  readonly publisher_domain: string;
  /** Billing parties that are offered. */
  readonly supported_billing: readonly string[];
  readonly payment_terms: readonly string[];
  /** Whether a proposal is sold only to who signs its insertion order. */
  readonly signed_insertion_orders?: boolean;
}

/** How the governance agents that buyers registered are asked. */
export interface GovernancePolicy {
  readonly agents: Governance;
  /** Plans of accounts whose requests name none. */
  readonly plans: readonly PlanMapping[];
  /** What becomes of a purchase for which no plan is known, although the account has an agent. */
  readonly unplanned: 'refuse' | 'proceed';
}

export interface Desk {
  readonly seller: Seller;
  readonly features: Features;
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly scope: AccountScope;
  /** Absent: buys are booked, and nothing is carried out upstream. */
  readonly platform?: Platform;
  /** Absent: nobody can be asked whether what a creative claims of its provenance is true. */
  readonly verifier?: Verifier;
  /** Absent: agents are registered, and never asked. */
  readonly governance?: GovernancePolicy;
  readonly vault: Vault;
  readonly cursors: Cursors;
  /** Absent: lists of properties that others keep are not looked into. */
  readonly property_lists?: PropertyLists;
  /** Absent: catalogues come in calls only. */
  readonly feeds?: Feeds;
  /** Whether nobody waits for the answer: it may take its time. */
  readonly unhurried?: true;
  /** Absent: no endpoint is asked, and no subscriber becomes active. */
  readonly endpoints?: EndpointProof;
  readonly clock: Clock;
  readonly ids: Ids;
  /** When this seller last changed what it can do, ISO 8601: its start. */
  readonly since: string;
  /** The tasks that are served. */
  readonly served: ReadonlySet<TaskName>;
  /** What a person wants to see before it is answered; absent: nothing. */
  readonly review?: ReviewPolicy;
  /** How webhooks are signed; absent when receivers could not look it up. */
  readonly signing?: WebhookSigning;
  /** Which calls have to be signed; absent: signatures are not looked at. */
  readonly request_signing?: SigningPolicy;
  /** Scenarios of the test controller; absent outside a sandbox. */
  readonly test_scenarios?: readonly string[];
}

/**
 * What a use case decides. `changes` are applied in one transaction with the answer; a decision without changes is a read.
 * `once`: although the task is a read, what this call did must not be done again under its key, if it has one.
 */
export type Decision<Body> =
  | { readonly kind: 'answer'; readonly body: Body; readonly changes?: readonly Change[]; readonly subjects?: readonly string[]; readonly once?: true }
  | Refused;

export function answer<Body>(body: Body, changes: readonly Change[] = [], subjects: readonly string[] = []): Decision<Body> {
  return { kind: 'answer', body, changes, subjects };
}

/** The same for a read that did something which must not be done twice under one key. */
export function answerOnce<Body>(body: Body, changes: readonly Change[], subjects: readonly string[]): Decision<Body> {
  return { kind: 'answer', body, changes, subjects, once: true };
}

/** One task. Loads through the desk, decides purely, returns what to record; may be run again when a row changed meanwhile. */
export type UseCase<Request, Body> = (request: Request, caller: Caller, desk: Desk) => Promise<Decision<Body>>;
