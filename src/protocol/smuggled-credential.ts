import { fieldPath } from './wire/check/wording.ts';

/** Names that mean nothing but a caller's credential. No AdCP request has a member of such a name. */
const NAMES = /^(?:authorization|(?:x[-_]api[-_]|api[-_]?)key|(?:access|refresh)[-_]token|bearer(?:[-_]token)?|client[-_]secret|private[-_]key)$/i;

/** A whole text that is what an `Authorization` header says. */
const HEADER = /^(?:bearer|basic)\s+[\w.~+/=-]{16,}$/i;

/** Where AdCP asks buyers for the credentials of their own endpoints, and lists of their data, which nobody reads as arguments. */
const ELSEWHERE: ReadonlySet<string> = new Set(['authentication', 'push_notification_config', 'reporting_webhook', 'events', 'audiences', 'catalogs', 'usage']);

/**
 * Where a request carries a credential that belongs into its headers. Arguments are stored, logged and read by models; `context` comes
 * back to whoever reads the answer.
 * @returns the literal path of the first one, which repeats nothing of it; undefined when there is none
 * @source AdCP 3.1 `enums/error-code.json`, CREDENTIAL_IN_ARGS
 */
export function smuggledCredential(request: unknown): string | undefined {
  const path = pathTo(request);
  return path && fieldPath(path.toReversed());
}

/** The way to the first credential, innermost name first, so that nobody keeps account of paths before one is needed. */
function pathTo(value: unknown): string[] | undefined {
  if (typeof value === 'string') return HEADER.test(value) ? [] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const name in value) {
    if (ELSEWHERE.has(name)) continue;
    const member = (value as Readonly<Record<string, unknown>>)[name];
    const found = typeof member === 'string' && member !== '' && NAMES.test(name) ? [] : pathTo(member);
    if (found) return [...found, name];
  }
  return undefined;
}
