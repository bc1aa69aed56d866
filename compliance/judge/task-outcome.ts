/** Whether a task succeeded, by AdCP's rules for its payload. */
import { isObject, type JsonObject, own } from '../json/object.ts';
import { legacyMediaBuyStatus } from './media-buy-status.ts';
import { hasSuccessEvidence } from './success-evidence.ts';

export type TaskOutcome = { readonly kind: 'succeeded' } | { readonly kind: 'failed'; readonly why: string };

const ENVELOPE_KEYS: ReadonlySet<string> = new Set([
  'status', 'message', 'timestamp', 'context_id', 'task_id', 'replayed', 'push_notification_config', 'governance_context', 'adcp_version',
  'errors', 'context', 'ext',
]);

/** Judges a payload. `isError` is MCP's own mark on the tool result. */
export function taskOutcome(task: string, payload: unknown, isError: boolean): TaskOutcome {
  if (!isObject(payload)) return { kind: 'failed', why: 'the payload is no JSON object' };
  const terminal = terminalError(task, payload);
  if (terminal !== undefined) return { kind: 'failed', why: terminal };
  if (payload['success'] === false) return { kind: 'failed', why: 'success is false' };
  if (isPresent(payload['adcp_error'])) return { kind: 'failed', why: 'adcp_error is present' };
  if (isPresent(payload['error'])) return { kind: 'failed', why: 'error is present' };
  return isError ? { kind: 'failed', why: 'the tool result is marked isError' } : { kind: 'succeeded' };
}

function terminalError(task: string, payload: JsonObject): string | undefined {
  const status = taskStatus(payload);
  if (status === 'failed' || status === 'rejected') return `status is ${status}`;
  const code = own(payload['adcp_error'], 'code');
  if (typeof code === 'string') return `adcp_error is ${code}`;
  const errors = payload['errors'];
  const named = typeof payload['error_code'] === 'string'
    ? 'error_code is present'
    : Array.isArray(errors) && errors.length > 0 ? 'errors[] is not empty'
    : undefined;
  return named !== undefined && !hasSuccessEvidence(task, payload) ? named : undefined;
}

/** `status` speaks for the task only when nothing but envelope members stands beside it; otherwise it belongs to the domain. */
function taskStatus(payload: JsonObject): unknown {
  return Object.keys(payload).every((key) => ENVELOPE_KEYS.has(key)) ? payload['status'] : undefined;
}

/**
 * What checks look at: the payload with its envelope. A media buy's status at the top level of a create or update reply
 * (the older place) is seen under `media_buy_status` too.
 */
export function checkTarget(task: string, payload: unknown): unknown {
  if (!isObject(payload) || payload['media_buy_status'] !== undefined) return payload;
  const status = legacyMediaBuyStatus(task, payload);
  return status === undefined ? payload : { ...payload, media_buy_status: status };
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null && value !== false && value !== '';
