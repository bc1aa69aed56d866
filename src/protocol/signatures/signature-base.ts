/** What is signed: one line for each covered component, and the parameters (RFC 9421 §2.5). */
import type { Target } from './target-uri.ts';

/** A request as far as a signature may cover it. */
export interface SignedMessage {
  readonly method: string;
  readonly target: Target;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * @param params the signature's parameters as they stand in `Signature-Input`, components included
 * @returns undefined when a covered component is not there
 */
export function signatureBase(message: SignedMessage, components: readonly string[], params: string): string | undefined {
  const lines = components.map((name) => ({ name, value: componentOf(message, name) }));
  if (lines.some(({ value }) => value === undefined)) return undefined;
  return [...lines.map(({ name, value }) => `"${name}": ${value}`), `"@signature-params": ${params}`].join('\n');
}

function componentOf({ method, target, headers }: SignedMessage, name: string): string | undefined {
  switch (name) {
    case '@method': return method.toUpperCase();
    case '@target-uri': return target.uri;
    case '@authority': return target.authority;
    default: return headers[name]?.trim();
  }
}
