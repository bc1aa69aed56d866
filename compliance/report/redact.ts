/** Takes credentials out of what is written down. Grading has seen the raw payload by then. */
import { isObject } from '../json/object.ts';

export interface Redactor {
  /** A copy of a payload without values under secret keys and without the run's own secrets. */
  payload(value: unknown): unknown;
  text(text: string): string;
}

const SECRET_KEYS = [
  'authorization', 'credentials?', 'token', 'api[_-]?key', 'password', 'secret', 'client[_-]?secret', 'refresh[_-]?token',
  'access[_-]?token', 'auth[_-]?token', 'bearer', 'session[_-]?token', 'offering[_-]?token', 'cookie', 'set[_-]?cookie', 'x-api-key',
  'x-adcp-auth',
];
const SECRET_KEY = new RegExp(`^(?:${SECRET_KEYS.join('|')})$`, 'i');
const SECRET_MEMBER = new RegExp(`"(?:${SECRET_KEYS.join('|')})"\\s*:`, 'i');
const REDACTED = '[redacted]';
const MIN_SECRET = 6;
const MAX_DEPTH = 600;

export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key);
}

/**
 * @param secrets texts that are taken out wherever they stand; those shorter than 6 characters would hit ordinary words, so
 *   that only the members' names guard them. The list may grow while a run goes on.
 */
export function redactor(secrets: readonly string[]): Redactor {
  let known: readonly string[] = [];
  let looked = 0;
  const longestFirst = (): readonly string[] => {
    if (looked !== secrets.length)
      known = [...new Set(secrets)].filter((secret) => secret.length >= MIN_SECRET).sort((a, b) => b.length - a.length);
    looked = secrets.length;
    return known;
  };
  const text = (value: string): string => longestFirst().reduce((rest, secret) => rest.replaceAll(secret, REDACTED), value);
  const visit = (node: unknown, depth: number): unknown => {
    if (typeof node === 'string') return text(jsonWithout(node, depth));
    if (depth > MAX_DEPTH) return '[too deep]';
    if (Array.isArray(node)) return node.map((each) => visit(each, depth + 1));
    if (!isObject(node)) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [text(key), isSecretKey(key) && value !== null ? REDACTED : visit(value, depth + 1)])
    );
  };
  /** A text may hold a payload as JSON, as the text blocks of MCP do: its secret members are taken out as well. */
  const jsonWithout = (value: string, depth: number): string => {
    if (!/^\s*[{[]/.test(value) || !SECRET_MEMBER.test(value)) return value;
    try {
      return JSON.stringify(visit(JSON.parse(value), depth + 1));
    } catch {
      return value;
    }
  };
  return { payload: (value) => visit(value, 0), text };
}

const SHOWN_HEADERS: ReadonlySet<string> = new Set([
  'content-type', 'content-length', 'content-encoding', 'www-authenticate', 'location', 'retry-after', 'x-request-id', 'x-correlation-id',
]);

/** The response headers that a report may show. */
export function shownHeaders(headers: Readonly<Record<string, string>>, redact: Redactor): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => SHOWN_HEADERS.has(name)).map(([name, value]) => [name, redact.text(value)])
  );
}
