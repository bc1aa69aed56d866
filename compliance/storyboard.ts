/**
 * A storyboard as loaded: names as in the file, defaults filled in, every rule of the loader held.
 * Texts (ids, titles, descriptions, paths) are the author's and count as foreign when printed.
 */
import type { JsonObject } from './json/object.ts';
import type { SkipExpression } from './load/skip-expression.ts';
import type { Location } from './location.ts';
import type { SpecialStep } from './special-step.ts';

export interface Storyboard {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  /** Bucket of the roll-up, `untracked` when the file names none. */
  readonly track: string;
  /** The protocol that a specialism's storyboard says it belongs to. */
  readonly protocol?: string;
  readonly introduced_in?: string;
  /** Key of the agent that speaks for the storyboard, in a run with several. */
  readonly default_agent?: string;
  /** Any one of them is enough. */
  readonly required_tools: readonly string[];
  /** One tool of every family is needed. */
  readonly required_any_of_tools: readonly ToolFamily[];
  readonly requires: readonly string[];
  readonly requires_capability?: CapabilityGate;
  readonly requires_scenarios: readonly ScenarioReference[];
  readonly test_kit?: KitReference;
  readonly controller_seeding: boolean;
  readonly fixtures: Readonly<Record<string, readonly JsonObject[]>>;
  readonly context: JsonObject;
  readonly invariants: InvariantChoice;
  readonly phases: readonly Phase[];
  readonly location: Location;
}

export interface KitReference {
  /** Below the bundle's root. */
  readonly path: string;
  readonly location: Location;
}

export interface ToolFamily {
  readonly tools: readonly string[];
  readonly rationale?: string;
}

export interface ScenarioReference {
  readonly id: string;
  readonly location: Location;
}

/** Holds against the seller's raw capability payload. */
export type CapabilityGate = { readonly path: string } & (
  | { readonly matcher: 'equals'; readonly value: unknown }
  | { readonly matcher: 'contains'; readonly value: unknown }
  | { readonly matcher: 'present'; readonly value: boolean }
);

export interface InvariantChoice {
  readonly disable: readonly string[];
  readonly enable: readonly string[];
}

export interface Phase {
  readonly id: string;
  readonly title: string;
  /** Failures of its steps are shown and not counted. */
  readonly optional: boolean;
  readonly skip_if?: SkipExpression;
  readonly requires_capability?: CapabilityGate;
  /** Undefined: all earlier phases. */
  readonly depends_on?: readonly string[];
  /** The flag that one of several alternative phases has to contribute. */
  readonly branch_set?: string;
  readonly steps: readonly Step[];
  readonly location: Location;
}

export interface Step {
  readonly id: string;
  readonly title: string;
  /** A tool, a pseudo-task, or `$test_kit.<path>`. */
  readonly task: string;
  readonly task_default?: string;
  readonly sample_request?: JsonObject;
  readonly response_schema_ref?: string;
  readonly validations: readonly Check[];
  readonly stateful: boolean;
  readonly expect_error: boolean;
  /** Its request breaks the schema on purpose (`sample_request_skip_schema`), so that a seller may take or refuse it. */
  readonly may_be_refused: boolean;
  /** Key of the agent that it is sent to, in a run with several. */
  readonly agent?: string;
  readonly requires_tool?: string;
  readonly requires_contract?: string;
  readonly auth?: StepAuth;
  readonly omit_idempotency_key: boolean;
  readonly contributes_to?: string;
  readonly contributes_if?: string;
  readonly provides_state_for: readonly string[];
  readonly context_outputs: readonly Capture[];
  readonly context_inputs: readonly ContextInput[];
  readonly disabled_invariants: readonly string[];
  /** What it asks of the judge beyond sending one request. */
  readonly special?: SpecialStep;
  readonly location: Location;
}

/** How a step authenticates when it does not use the run's own credentials. */
export type StepAuth =
  | { readonly kind: 'none' }
  /** A path below the kit: `auth.api_key`. */
  | { readonly kind: 'kit_api_key'; readonly path: string }
  | { readonly kind: 'kit_basic'; readonly path: string }
  | { readonly kind: 'invalid_api_key' }
  | { readonly kind: 'invalid_basic' }
  | { readonly kind: 'invalid_jwt' };

export type Capture =
  | { readonly kind: 'path'; readonly key: string; readonly path: string; readonly location: Location }
  | { readonly kind: 'generate'; readonly key: string; readonly location: Location };

export interface ContextInput {
  readonly key: string;
  readonly inject_at: string;
}

export interface Check {
  readonly id?: string;
  /** The kind. One that the judge does not know is graded not applicable, never refused. */
  readonly check: string;
  readonly description: string;
  readonly severity: Severity;
  readonly remediation?: string;
  /** The entry as authored; each kind of check reads its own members. */
  readonly authored: JsonObject;
  /** Where the most telling member stands: `path` when there is one, `check` otherwise. */
  readonly location: Location;
}

export type Severity =
  | { readonly kind: 'required' }
  /** Reported and not counted, until the judge's capability version reaches the expiry. */
  | { readonly kind: 'advisory'; readonly expires_after_version?: string };
