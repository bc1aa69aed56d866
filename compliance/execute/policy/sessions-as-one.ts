import { isObject } from '../../json/object.ts';

/** A payload as the official runner's invariants see it: session ids are redacted by then, so that all sessions share one. */
export function withSessionsAsOne(payload: unknown): unknown {
  if (Array.isArray(payload)) return payload.map(withSessionsAsOne);
  if (!isObject(payload)) return payload;
  return Object.fromEntries(
    Object.entries(payload).map(([key, value]) => [key, key === 'session_id' && value !== undefined ? '[redacted]' : withSessionsAsOne(value)])
  );
}
