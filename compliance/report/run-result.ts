import type { RunIdentity } from '../events.ts';
import type { JsonObject } from '../json/object.ts';
import type { Redactor } from './redact.ts';

/** What was graded with what, as reports tell it. Its words stay words, even when a token is one of them. */
export function runResult(run: RunIdentity, redact: Redactor): JsonObject {
  return { ...(redact.payload(run) as JsonObject), request_policy: run.request_policy, transport: run.transport };
}
