/** What the author takes out of a reply for later steps. */
import type { JsonObject } from '../json/object.ts';
import { parsePath, pointerOf, valueAt } from '../json/path.ts';
import type { Policy } from '../policy.ts';
import { synthesized, type Validation } from '../step-report.ts';
import type { Capture, Step } from '../storyboard.ts';
import { failed } from './checks/check.ts';
import { type TaskCompletion, whyIncomplete } from './task-completion.ts';

export interface Captures {
  readonly values: JsonObject;
  /** Keys whose capture led to nothing. */
  readonly failed: readonly string[];
  readonly validations: readonly Validation[];
}

export const NO_CAPTURES: Captures = { values: {}, failed: [], validations: [] };

type PathCapture = Extract<Capture, { kind: 'path' }>;
interface Found {
  readonly output: PathCapture;
  readonly pointer: string | null;
  readonly value: unknown;
}

const COMPLETION = 'task_completion.';

/** Takes the authored outputs out of the reply. Nothing, null and "" count as not found; false and 0 are values. */
export function capture(step: Step, data: unknown, completion: TaskCompletion | undefined, policy: Policy): Captures {
  const paths = step.context_outputs.filter((output) => output.kind === 'path');
  const found = paths.map((output): Found => ({ output, ...lookUp(output, data, completion) }));
  const missing = found.filter(({ value }) => value === undefined || value === null || value === '');
  return {
    values: Object.fromEntries(found.filter((each) => !missing.includes(each)).map(({ output, value }) => [output.key, value])),
    failed: missing.map(({ output }) => output.key), validations: missing.map((each) => unresolvable(each, completion, policy)),
  };
}

function unresolvable({ output, pointer, value }: Found, completion: TaskCompletion | undefined, policy: Policy): Validation {
  const waited = isOfCompletion(output) && completion !== undefined && completion.kind !== 'completed' ? completion : undefined;
  const why = waited === undefined ? '' : `: ${whyIncomplete(waited)}`;
  const check = waited === undefined || policy.completionFailures === 'unresolvable' ? 'capture_path_not_resolvable'
    : waited.kind === 'ended' ? 'capture_task_failed' : 'capture_poll_timeout';
  return synthesized(
    check, `the reply gives ${output.key}`,
    failed(output.path, `leads to nothing that can be captured${why}`, { json_pointer: pointer, expected: output.path, actual: value ?? null }),
    output.location
  );
}

function lookUp(output: PathCapture, data: unknown, completion: TaskCompletion | undefined): Omit<Found, 'output'> {
  const inner = isOfCompletion(output);
  const parsed = parsePath(inner ? output.path.slice(COMPLETION.length) : output.path);
  if (parsed.kind === 'malformed' || parsed.wildcard) return { pointer: null, value: undefined };
  const root = inner ? (completion?.kind === 'completed' ? completion.payload : undefined) : data;
  return { pointer: pointerOf(parsed.segments), value: valueAt(root, parsed.segments) };
}

const isOfCompletion = ({ path }: PathCapture): boolean => path.startsWith(COMPLETION);
