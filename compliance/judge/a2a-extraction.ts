import { a2aMessageParts, type A2aTask, a2aTask, dataOf, partsOf, textOf } from '../a2a-task.ts';
import type { JsonObject } from '../json/object.ts';
import type { Policy } from '../policy.ts';
import type { ExtractedPayload } from './extraction.ts';

const REFUSING: ReadonlySet<string> = new Set(['failed', 'rejected', 'canceled', 'auth-required']);

/**
 * The AdCP payload of an A2A reply: the last data part of the task's last artifact. A failed task without one may explain itself in
 * its status; an agent that answers with a mere message says it there.
 */
export function extractA2aPayload(result: unknown, which: Policy['a2aPayload']): ExtractedPayload {
  const task = a2aTask(result);
  const found = task === undefined ? lastData(a2aMessageParts(result)) : payloadOf(task, which);
  if (task !== undefined && REFUSING.has(task.state))
    return { payload: found ?? stateError(task), extraction: { path: 'error' }, isError: true };
  if (found !== undefined) return { payload: found, extraction: { path: 'structured_content' }, isError: false };
  return {
    payload: { status: 'failed', errors: [{ code: 'invalid_response', synthetic: true }] },
    extraction: { path: 'none', note: 'no artifact of the task has a data part that holds an object' }, isError: false,
  };
}

function payloadOf(task: A2aTask, which: Policy['a2aPayload']): JsonObject | undefined {
  const [first] = partsOf(task.artifacts.at(0));
  if (which === 'first_part') return first === undefined ? undefined : dataOf(first);
  return lastData(partsOf(task.artifacts.at(-1))) ?? lastData(task.statusParts);
}

function lastData(parts: readonly JsonObject[]): JsonObject | undefined {
  return parts.map(dataOf).findLast((data) => data !== undefined);
}

function stateError({ state, statusParts }: A2aTask): JsonObject {
  const message = statusParts.map(textOf).filter((text) => text !== '').join('\n');
  return { adcp_error: { code: 'a2a_error', message: message === '' ? `the task is ${state}` : message, synthetic: true } };
}
