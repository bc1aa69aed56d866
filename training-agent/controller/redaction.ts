/** Names of members that hold secrets, whatever document they stand in. The list is AdCP's. */
const SECRET = /^(authorization|credentials?|token|api[_-]?key|password|secret|client[_-]secret|refresh[_-]token|access[_-]token|bearer|session[_-]token|offering[_-]token|cookie|set[_-]cookie)$/i;

export const REDACTED = '[redacted]';

/** A JSON value with every secret in it replaced, at any depth. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, SECRET.test(name) ? REDACTED : withoutSecrets(member)]));
}
