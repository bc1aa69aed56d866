/** What all storyboards of a run share for the special contracts. */
import type { Clock } from '../execute/clock.ts';
import type { HttpLimits } from '../execute/http.ts';
import { type BrandKeys, fetchBrandKeys } from '../execute/probes/brand-keys.ts';
import type { Reach } from '../execute/reach.ts';
import type { RunEnvironment } from '../execute/run-environment.ts';
import { type ContractScope, contractScope, type ContractSettings } from './contract-scope.ts';
import { WebhookReceiver } from './webhooks/receiver.ts';

export interface RunContractsOptions {
  readonly settings: ContractSettings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly reach: Reach;
}

/** For documents and endpoints that the seller names. */
const LIMITS: HttpLimits = { timeoutMs: 10_000, maxBytes: 256 * 1024 };

export class RunContracts {
  readonly settings: ContractSettings;
  readonly scope: ContractScope;
  readonly receiver: WebhookReceiver | undefined;
  readonly #options: RunContractsOptions;
  readonly #keys = new Map<string, Promise<BrandKeys>>();

  constructor(options: RunContractsOptions) {
    const { settings, clock } = options;
    this.#options = options;
    this.settings = settings;
    this.scope = contractScope(settings);
    this.receiver = settings.webhooks === undefined ? undefined : new WebhookReceiver({ ...settings.webhooks, clock });
  }

  /** The keys that an agent publishes, looked up once. */
  keysOf(env: RunEnvironment): Promise<BrandKeys> {
    const keys = this.#keys.get(env.agent.url) ?? fetchBrandKeys(env);
    this.#keys.set(env.agent.url, keys);
    return keys;
  }

  /** Whom the judge may send to, and how long and how much it listens. */
  get outgoing(): { readonly limits: HttpLimits; readonly signal: AbortSignal; readonly reach: Reach } {
    return { limits: LIMITS, signal: this.#options.signal, reach: this.#options.reach };
  }

  async close(): Promise<void> {
    await this.receiver?.close();
  }
}
