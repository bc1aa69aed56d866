/** The outcome of one step, before any redaction. Reports derive the published shapes from it. */
import type { Notice } from './events.ts';
import type { HttpHead, SentRequest, TransportFailure } from './exchange.ts';
import type { Location } from './location.ts';
import type { Check } from './storyboard.ts';

export interface StepAddress {
  readonly storyboard_id: string;
  readonly phase_id: string;
  readonly step_id: string;
}

/** Phase and step of a result that stands for a whole storyboard. */
export const WHOLE_STORYBOARD = '__storyboard__';

export interface StepReport {
  readonly address: StepAddress;
  /** The task as it was called, after references into the kit were resolved. */
  readonly task: string;
  readonly title: string;
  readonly outcome: StepOutcome;
  readonly validations: readonly Validation[];
  readonly duration_ms: number;
  readonly extraction: Extraction;
  readonly request?: SentRequest;
  readonly response?: StepResponse;
  /** What a person should know of the step although no verdict depends on it. */
  readonly notices?: readonly Notice[];
  /** Ran only because a selected step needs it. */
  readonly prerequisite: boolean;
  readonly location: Location;
}

export interface StepResponse {
  /** The tool result as it came, undefined when none did. */
  readonly payload: unknown;
  readonly http?: HttpHead;
}

export interface Extraction {
  readonly path: 'structured_content' | 'text_fallback' | 'error' | 'none';
  readonly note?: string;
}

export type StepOutcome =
  | { readonly kind: 'passed' }
  /** `counted: false`: in an optional phase, shown and not held against the seller. */
  | { readonly kind: 'failed'; readonly counted: boolean; readonly transport?: TransportFailure }
  | { readonly kind: 'skipped'; readonly skip: Skip };

export interface Skip {
  readonly reason: SkipReason;
  /** Narrower cause, part of the detail in reports. */
  readonly cause?: SkipCause;
  readonly detail: string;
}

/** The contract's reasons. */
export const SKIP_REASONS = [
  'not_applicable', 'no_phases', 'prerequisite_failed', 'missing_tool', 'missing_test_controller', 'unsatisfied_contract',
  'peer_branch_taken', 'peer_substituted', 'requirement_unmet',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export const SKIP_CAUSES = [
  'capability_unsupported', 'phase_condition', 'unresolved_scenario_reference', 'fixture_seed_unsupported', 'force_scenario_unsupported',
  'oauth_not_advertised', 'probe_unsupported', 'terminal_page', 'operator_managed_accounts', 'signature_required',
  'missing_test_kit_contract', 'rate_limit_not_triggered',
  'transport_ungradable', 'mcp_mode_flattens_url_edges', 'capability_profile_mismatch', 'rate_abuse_opt_out',
  'live_side_effect_opt_in_required', 'controller_seeding_failed', 'cascade', 'capture_failed', 'no_probe_task', 'kit_token_missing',
  'unresolved_context', 'fixture_unavailable',
] as const;
export type SkipCause = (typeof SKIP_CAUSES)[number];

/** One graded check. */
export interface Validation {
  readonly check: string;
  readonly id?: string;
  readonly description: string;
  readonly remediation?: string;
  readonly severity: 'required' | 'advisory';
  /** Present when the check declared an expiry. */
  readonly severity_promoted_from_advisory?: boolean;
  readonly finding: Finding;
  /** Place of the authored check; of its step when the judge added the check itself. */
  readonly location: Location;
}

export type Finding =
  | {
    readonly kind: 'passed'; readonly observations?: readonly string[]; readonly schema?: SchemaIdentity;
    /** Parts of the check that could not be graded; each is told as a result of its own. */
    readonly ungraded?: readonly UngradedPart[];
  }
  | FailedFinding
  | { readonly kind: 'not_applicable'; readonly note: string }
  /** A kind of check that the judge does not know: neither passed nor failed. */
  | { readonly kind: 'unknown'; readonly note: string };

export interface UngradedPart {
  /** The member of the check. */
  readonly check: string;
  readonly note: string;
}

/** The schema that a check graded against. */
export interface SchemaIdentity {
  readonly schema_id: string;
  /** Null when it is published nowhere. */
  readonly schema_url: string | null;
}

/** Who most likely has to change something for a failure to go away. `reason` completes a line of its own. */
export interface Fault {
  readonly party: 'seller' | 'storyboard' | 'runner' | 'environment';
  readonly reason: string;
}

export interface FailedFinding {
  readonly kind: 'failed';
  /** What the finding is about: a path, a task. Author's text. */
  readonly subject: string;
  /** Completes the sentence that the subject begins; holds no value from the wire. */
  readonly problem: string;
  readonly json_pointer: string | null;
  /** Undefined: the kind of check has none to show. */
  readonly expected?: unknown;
  readonly actual?: unknown;
  readonly schema?: SchemaIdentity;
  readonly observations?: readonly string[];
  /** Set where the check knows better than its report can guess. */
  readonly fault?: Fault;
  /** Replaces the step's own request and response in the report: the check looked at another exchange. */
  readonly exchange?: { readonly request: unknown; readonly response: unknown };
}

/** A check of the judge's own making, in the place of the step. */
export function synthesized(check: string, description: string, finding: Finding, location: Location): Validation {
  return { check, description, severity: 'required', finding, location };
}

export function authoredCheck(check: Check): Pick<Validation, 'check' | 'id' | 'description' | 'remediation' | 'location'> {
  return {
    check: check.check, description: check.description, location: check.location,
    ...(check.id !== undefined && { id: check.id }), ...(check.remediation !== undefined && { remediation: check.remediation }),
  };
}

export function formatAddress(address: StepAddress): string {
  return address.step_id === WHOLE_STORYBOARD ? address.storyboard_id : `${address.storyboard_id}#${address.phase_id}/${address.step_id}`;
}
