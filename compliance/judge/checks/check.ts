/** What a kind of check is: a pure function from an exchange and its surroundings to a finding. */
import type { SchemaCatalogue } from '../../../src/protocol/schema-catalogue.ts';
import type { HttpHead } from '../../exchange.ts';
import type { JsonObject } from '../../json/object.ts';
import { parsePath, type PathSegment, pointerOf, valueAt } from '../../json/path.ts';
import type { Policy } from '../../policy.ts';
import type { FailedFinding, Finding } from '../../step-report.ts';
import type { TaskOutcome } from '../task-outcome.ts';
import type { UpstreamObservation } from '../upstream-observation.ts';
import type { A2aReply } from './a2a.ts';

export interface CheckContext {
  readonly task: string;
  readonly outcome: TaskOutcome;
  /** The payload with its envelope; `{error: text}` when only an error text came. */
  readonly data: unknown;
  readonly errorText?: string;
  /** What was sent, undefined for steps that send nothing. */
  readonly request?: unknown;
  readonly http?: HttpHead;
  /** The reply as A2A wraps it; undefined over another transport. */
  readonly a2a?: A2aReply;
  /** The storyboard's context map before this step adds to it. */
  readonly accumulator: JsonObject;
  readonly contributions: ReadonlySet<string>;
  readonly agentUrl: string;
  readonly schemas?: SchemaCatalogue;
  /** The release of AdCP that the schemas belong to; undefined when they are others. */
  readonly release?: string;
  readonly responseSchemaRef?: string;
  /** Replies of get_products in this storyboard, latest first. */
  readonly productReplies: readonly unknown[];
  /** Payloads of the copies that succeeded, when the step was sent several times at once. */
  readonly fanOut?: readonly unknown[];
  /** How long a schema or a pattern may take over the payload; each check has a bound of its own when this is undefined. */
  readonly maxGradingMs?: number;
  /** How the run decides where the official runner and its contract differ. */
  readonly policy: Policy;
  /** What the controller said about upstream calls, for the check with this entry. */
  readonly upstream: (authored: JsonObject) => UpstreamObservation;
}

/** `authored` is the entry of the file, with `$context.*` in its expectations replaced. */
export type CheckFunction = (authored: JsonObject, context: CheckContext) => Finding;

export const PASSED = { kind: 'passed' } as const satisfies Finding;

export function failed(
  subject: string, problem: string, details: Partial<Omit<FailedFinding, 'kind' | 'subject' | 'problem'>> = {}
): FailedFinding {
  return { kind: 'failed', subject, problem, json_pointer: null, ...details };
}

/** The check cannot be graded as its author wrote it. */
export function misauthored(
  subject: string, problem: string, details: Partial<Omit<FailedFinding, 'kind' | 'subject' | 'problem' | 'fault'>> = {}
): FailedFinding {
  return failed(subject, problem, { ...details, fault: { party: 'storyboard', reason: 'the check cannot be graded as it is written' } });
}

export function passedWith(observations: readonly string[]): Extract<Finding, { kind: 'passed' }> {
  return observations.length === 0 ? PASSED : { kind: 'passed', observations };
}

/** The single value that a check's `path` leads to. */
export type Target =
  | { readonly kind: 'value'; readonly path: string; readonly pointer: string; readonly value: unknown }
  | { readonly kind: 'refused'; readonly finding: FailedFinding };

/** Resolves a `path` that must name one place; wildcards and malformed paths fail the check. */
export function scalarTarget(authored: JsonObject, data: unknown): Target {
  const parsed = authoredPath(authored);
  if (parsed.kind === 'refused') return parsed;
  const { path, segments } = parsed;
  if (segments.some((segment) => segment.kind === 'each'))
    return { kind: 'refused', finding: misauthored(path, 'has a wildcard, which this kind of check cannot grade') };
  return { kind: 'value', path, pointer: pointerOf(segments), value: valueAt(data, segments) };
}

export type AuthoredPath =
  | { readonly kind: 'path'; readonly path: string; readonly segments: readonly PathSegment[] }
  | { readonly kind: 'refused'; readonly finding: FailedFinding };

export function authoredPath(authored: JsonObject): AuthoredPath {
  const { path } = authored;
  if (typeof path !== 'string') return { kind: 'refused', finding: misauthored('the check', 'names no path') };
  const parsed = parsePath(path);
  return parsed.kind === 'path'
    ? { kind: 'path', path, segments: parsed.segments }
    : { kind: 'refused', finding: misauthored(path, parsed.problem) };
}

/** What the check wants: one of `allowed_values` when there are any, else `value`. */
export type Expectation =
  | { readonly kind: 'one_of'; readonly values: readonly unknown[] }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'none' };

export function expectationOf(authored: JsonObject): Expectation {
  const { allowed_values: allowed, value } = authored;
  if (Array.isArray(allowed) && allowed.length > 0) return { kind: 'one_of', values: allowed };
  return Object.hasOwn(authored, 'value') ? { kind: 'value', value } : { kind: 'none' };
}

export const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;
