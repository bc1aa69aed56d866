import type { RunContracts } from '../contracts/run-contracts.ts';
import type { SellerProfile } from '../seller.ts';
import type { Storyboard } from '../storyboard.ts';
import type { Bundle } from '../load/bundle.ts';
import type { KitCredential } from '../plan/kit-credential.ts';
import type { Policy } from '../policy.ts';
import type { Agent } from './agent.ts';
import type { Clock } from './clock.ts';
import type { HttpLimits } from './http.ts';
import type { Reach } from './reach.ts';
import type { NamedAgent } from './routing.ts';

/** What every storyboard of a run shares. */
export interface RunEnvironment {
  readonly bundle: Bundle;
  readonly profile: SellerProfile;
  readonly agent: Agent;
  /** Agents that the operator named, by their keys; empty when there is only the seller. */
  readonly agents: ReadonlyMap<string, NamedAgent>;
  readonly policy: Policy;
  readonly reach: Reach;
  readonly limits: HttpLimits;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly seed: string;
  /** One moment for the whole run. */
  readonly startedAtMs: number;
  readonly credentialFor: (storyboard: Storyboard) => KitCredential;
  /** Credentials that no reply may repeat. */
  readonly secrets: readonly string[];
  readonly polling: PollingTimes;
  readonly contracts: RunContracts;
  /** Scenarios of the seller's test controller, asked for once in a run. */
  readonly scenarios: ScenarioMemory;
}

export interface PollingTimes {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** Remembers the controller's scenarios once they are known. */
export interface ScenarioMemory {
  known?: ReadonlySet<string> | 'unknown';
}
