import { isObject } from '../../json/object.ts';
import { type Invariant, type Reduction, remembering, type StepObservation, type Violation } from './invariant.ts';

const CREDENTIAL_KEYS: ReadonlySet<string> = new Set(['authorization', 'api_key', 'apikey', 'bearer', 'x-api-key']);
const BEARER = /\bbearer\s+[A-Za-z0-9._~+/=-]{10,}/i;
const MAX_DEPTH = 256;

/** A reply repeats no credential: neither the caller's own nor anything that looks like one. */
export const noSecretEcho: Invariant = {
  id: 'context.no_secret_echo',
  begin: (secrets) => remembering(undefined, (memory: undefined, step: StepObservation): Reduction<undefined> => {
    const violation = find(step.data, '', secrets, 0);
    return { memory, facts: 1, ...(violation !== undefined && { violation }) };
  }),
};

function find(node: unknown, pointer: string, secrets: readonly string[], depth: number): Violation | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (typeof node === 'string') return inText(node, pointer, secrets);
  const entries = Array.isArray(node) ? node.map((each, i) => [String(i), each] as const) : isObject(node) ? Object.entries(node) : [];
  for (const [key, value] of entries) {
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!Array.isArray(node) && CREDENTIAL_KEYS.has(key.toLowerCase()) && typeof value === 'string' && value !== '')
      return { problem: 'the reply has a member that holds a credential', json_pointer: at, expected: null, actual: '[redacted]' };
    const found = find(value, at, secrets, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inText(text: string, pointer: string, secrets: readonly string[]): Violation | undefined {
  if (secrets.some((secret) => text.includes(secret)))
    return { problem: 'the reply repeats a credential of the caller', json_pointer: pointer, expected: null, actual: '[redacted]' };
  return BEARER.test(text)
    ? { problem: 'the reply holds a bearer token', json_pointer: pointer, expected: null, actual: '[redacted]' }
    : undefined;
}
