/** Everything that happens in a run, as one stream. Live output, reports and the exit code are folds over it. */
import type { Transport, TransportFailure } from './exchange.ts';
import type { TransportDifference } from './judge/transport-difference.ts';
import type { StoryboardVerdict } from './judge/verdict.ts';
import type { Plan } from './plan/plan.ts';
import type { PolicyName } from './policy.ts';
import type { SellerProfile } from './seller.ts';
import type { StepReport } from './step-report.ts';

export type RunEvent =
  | { readonly kind: 'run_started'; readonly at_ms: number; readonly run: RunIdentity }
  | { readonly kind: 'seller_discovered'; readonly profile: SellerProfile }
  /** `authentication`: the seller answered, and refused the credential. */
  | { readonly kind: 'discovery_failed'; readonly failure: TransportFailure; readonly authentication: boolean }
  /** The seller's claims cannot be graded with this bundle. */
  | { readonly kind: 'run_refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'storyboard_started'; readonly storyboard_id: string }
  /** A second report for the same step replaces the first: it was regraded. */
  | { readonly kind: 'step_finished'; readonly report: StepReport }
  | {
    readonly kind: 'storyboard_finished';
    readonly storyboard_id: string;
    readonly verdict: StoryboardVerdict;
    readonly duration_ms: number;
    readonly invariants: readonly InvariantCount[];
  }
  /** Steps that were answered differently over MCP and over A2A. */
  | {
    readonly kind: 'transports_differ';
    readonly storyboard_id: string;
    readonly differences: readonly (TransportDifference & { readonly step: string })[];
  }
  | { readonly kind: 'run_finished'; readonly at_ms: number; readonly ended: RunEnd };

/** How a run ended. Only `completed` reached everything that was planned. */
export type RunEnd =
  | { readonly kind: 'completed' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'deadline'; readonly after_ms: number }
  /** The seller stopped listening in the middle. */
  | { readonly kind: 'seller_lost'; readonly message: string };

export interface RunIdentity {
  readonly seller_url: string;
  /** What was asked for, in the words of the command line: enough to ask for it again. */
  readonly asked: AskedFor;
  readonly bundle: { readonly source: string; readonly version: string; readonly digest: string; readonly schemas: string | null };
  readonly request_policy: PolicyName;
  readonly transport: Transport | 'both';
  /** Agents beside the seller, when the operator named any. */
  readonly agents?: readonly { readonly key: string; readonly url: string }[];
  readonly seed: string;
}

export interface AskedFor {
  readonly bundle: string;
  readonly paths: readonly string[];
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly tracks: readonly string[];
  readonly specialisms: readonly string[];
}

export interface Notice {
  readonly severity: 'info' | 'deprecation' | 'future_required';
  readonly code: string;
  readonly message: string;
  readonly effective_version?: string;
  readonly capability_path?: string;
}

export interface InvariantCount {
  readonly id: string;
  readonly observation_count: number;
}
