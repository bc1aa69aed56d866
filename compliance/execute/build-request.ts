/** The request of a step under the policy `authored`: what the storyboard says, and a few additions. */
import type { Notice } from '../events.ts';
import { isObject, type JsonObject } from '../json/object.ts';
import { parsePath } from '../json/path.ts';
import { withValueAt } from '../json/set-at.ts';
import type { Step } from '../storyboard.ts';
import { type PlaceholderScope, resolvePlaceholders, type Unresolved } from './placeholders.ts';
import { inTheNameOf, sandboxAccount } from './sandbox-account.ts';

export interface RequestOptions {
  /** Whether the task needs an idempotency key. */
  readonly mutating: boolean;
  /** Release of AdCP that the request claims. */
  readonly adcpVersion: string;
  /** Domain of the brand that the run plays; controller calls carry it. */
  readonly brandDomain?: string;
  /** Probes send the request without any addition of a client. */
  readonly raw: boolean;
}

export type BuiltRequest =
  | { readonly kind: 'request'; readonly payload: JsonObject; readonly notices?: readonly Notice[] }
  | { readonly kind: 'unresolved'; readonly unresolved: readonly Unresolved[] };

/**
 * Replaces placeholders, injects context, and adds a missing idempotency key, the version envelope, and to controller calls
 * the brand and (when they name none) the sandbox account. What the author wrote is never overwritten.
 */
export function buildRequest(step: Step, task: string, scope: PlaceholderScope, options: RequestOptions): BuiltRequest {
  const resolved = resolvePlaceholders(step.sample_request ?? {}, scope);
  if (resolved.unresolved.length > 0) return { kind: 'unresolved', unresolved: resolved.unresolved };
  const placed = injected(step, isObject(resolved.value) ? resolved.value : {}, scope.accumulator);
  const keyed: JsonObject = options.mutating && !step.omit_idempotency_key
    ? { idempotency_key: scope.generate(undefined), ...placed }
    : placed;
  const complete = task === CONTROLLER
    ? { ...inTheNameOf(sandboxAccount(options.brandDomain, scope.accumulator['account'])), ...keyed }
    : keyed;
  return { kind: 'request', payload: options.raw ? complete : { ...versionEnvelope(options.adcpVersion), ...complete } };
}

export const CONTROLLER = 'comply_test_controller';

/** Which release a request speaks. Before 3.1 only the major version had a member. */
export function versionEnvelope(adcpVersion: string): JsonObject {
  const [major = '3', minor = '0'] = adcpVersion.split('.');
  const majorOnly = { adcp_major_version: Number(major) };
  return Number(major) > 3 || Number(minor) >= 1 ? { ...majorOnly, adcp_version: `${major}.${minor}` } : majorOnly;
}

/** The request with the context's values at the places that the step names for them; a key without value places nothing. */
export function injected(step: Step, request: JsonObject, accumulator: JsonObject): JsonObject {
  return step.context_inputs.reduce(
    (payload, { key, inject_at }) => (Object.hasOwn(accumulator, key) ? inject(payload, inject_at, accumulator[key]) : payload), request
  );
}

function inject(payload: JsonObject, path: string, value: unknown): JsonObject {
  const parsed = parsePath(path);
  const changed = parsed.kind === 'path' ? withValueAt(payload, parsed.segments, value) : payload;
  return isObject(changed) ? changed : payload;
}
