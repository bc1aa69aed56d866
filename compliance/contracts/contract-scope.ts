/** Which contracts of test kits a run can keep: what the judge does by itself, and what the operator gave or declared. */

/** What the operator gave. */
export interface ContractSettings {
  /** Undefined: no receiver. */
  readonly webhooks?: { readonly port: number; readonly publicUrl?: string };
  /** Where the seller takes webhooks itself, for replaying published ones. */
  readonly replayEndpoint?: string;
  /** The seller may be driven into its limits, with all that this does to it. */
  readonly tripRateLimits: boolean;
  /** How request-signing vectors travel: as calls of tools, or as they are written. */
  readonly signingTransport: 'mcp' | 'raw';
  /** Contracts whose side of the world the operator has set up. */
  readonly declared: readonly string[];
}

export interface ContractScope {
  /** Ids of the contracts that are kept. */
  readonly contracts: ReadonlySet<string>;
  readonly tripRateLimits: boolean;
  readonly replayEndpoint: boolean;
}

export const WEBHOOK_CONTRACT = 'webhook_receiver_runner';
export const PARALLEL_CONTRACT = 'parallel_dispatch_runner';
export const RATE_LIMIT_CONTRACT = 'rate_limit_trip_runner';
export const SUBSTITUTION_CONTRACT = 'substitution_observer_runner';
export const SIGNING_CONTRACT = 'signed_requests_runner';
const BY_ITSELF = [PARALLEL_CONTRACT, RATE_LIMIT_CONTRACT, SUBSTITUTION_CONTRACT, SIGNING_CONTRACT];

/** The judge without anything that an operator has to give. */
export const NO_SETTINGS: ContractSettings = { tripRateLimits: false, signingTransport: 'mcp', declared: [] };

export function contractScope(settings: ContractSettings): ContractScope {
  const receiver = settings.webhooks === undefined ? [] : [WEBHOOK_CONTRACT];
  return {
    contracts: new Set([...BY_ITSELF, ...receiver, ...settings.declared]), tripRateLimits: settings.tripRateLimits,
    replayEndpoint: settings.replayEndpoint !== undefined,
  };
}
