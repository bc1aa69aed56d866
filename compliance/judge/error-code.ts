import { own } from '../json/object.ts';
import type { TaskOutcome } from './task-outcome.ts';

/** An error code and the place where it was found; no pointer when it came out of the transport's text. */
export interface FoundErrorCode {
  readonly code: string;
  readonly pointer: string | null;
  /** `text`: free text that begins with no code. `synthetic`: the judge's own stand-in for an error without payload. */
  readonly origin: 'code' | 'text' | 'synthetic';
}

/** The first error code of a payload in the order that buyers look: `errors[0]` counts only when the task failed. */
export function findErrorCode(payload: unknown, outcome: TaskOutcome, errorText: string | undefined): FoundErrorCode | undefined {
  const first = outcome.kind === 'failed' ? own(firstOf(own(payload, 'errors')), 'code') : undefined;
  const candidates: readonly (readonly [value: unknown, pointer: string])[] = [
    [first, '/errors/0/code'],
    [own(own(payload, 'adcp_error'), 'code'), '/adcp_error/code'],
    [own(payload, 'error_code'), '/error_code'],
    [own(payload, 'code'), '/code'],
    [own(own(payload, 'error'), 'code'), '/error/code'],
  ];
  const found = candidates.find(([value]) => typeof value === 'string' || typeof value === 'number');
  if (found !== undefined) return { code: String(found[0]), pointer: found[1], origin: isSynthetic(payload, found[1]) ? 'synthetic' : 'code' };
  const raw = own(payload, 'error');
  const text = typeof raw === 'string' ? raw : errorText;
  if (text === undefined) return undefined;
  const code = /^([A-Z][A-Z0-9_]+)\s*(?::|$)/.exec(text)?.[1];
  return { code: code ?? text, pointer: typeof raw === 'string' ? '/error' : null, origin: code === undefined ? 'text' : 'code' };
}

const isSynthetic = (payload: unknown, pointer: string): boolean =>
  (pointer === '/adcp_error/code' && own(own(payload, 'adcp_error'), 'synthetic') === true)
  || (pointer === '/errors/0/code' && own(firstOf(own(payload, 'errors')), 'synthetic') === true);

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);
