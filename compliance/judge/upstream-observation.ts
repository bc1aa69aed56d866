import type { JsonObject } from '../json/object.ts';

/** What asking the seller's test controller for its upstream calls gave, for one check. */
export type UpstreamObservation =
  /** The controller does not offer `query_upstream_traffic`. */
  | { readonly kind: 'not_advertised' }
  /** `since` names a step that was not sent. */
  | { readonly kind: 'unknown_since'; readonly since: string }
  | { readonly kind: 'refused'; readonly error: string; readonly request: unknown; readonly response: unknown }
  | {
    readonly kind: 'recorded'; readonly calls: readonly JsonObject[]; readonly request: unknown; readonly response: unknown;
    /** SHA-256 (hex) of each identifier value that was asked about, at most 64. */
    readonly digests: ReadonlyMap<string, string>;
  };

/** What the controller is to be asked, once for all checks of a step that look at the same window of time. */
export interface UpstreamQuestion {
  /** The step from which on calls count; undefined: the step under judgement. */
  readonly since: string | undefined;
  /** Identifier values of the request that the checks look for, as text. */
  readonly identifiers: readonly string[];
}
