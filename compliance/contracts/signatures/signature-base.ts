/** The text that is signed (RFC 9421 §2.5). */
import type { SignedMessage } from './message.ts';
import type { SignedTarget } from './target-uri.ts';

/**
 * One line for each covered component in their order, then the parameters as written. Undefined when a component is none that
 * AdCP knows, or its field is missing from the message.
 */
export function signatureBase(
  message: SignedMessage, target: SignedTarget, components: readonly string[], parameters: string
): string | undefined {
  const values = components.map((component) => componentValue(message, target, component));
  if (values.some((value) => value === undefined)) return undefined;
  const lines = components.map((component, i) => `"${component}": ${values[i]}`);
  return [...lines, `"@signature-params": ${parameters}`].join('\n');
}

function componentValue(message: SignedMessage, target: SignedTarget, component: string): string | undefined {
  switch (component) {
    case '@method': return message.method.toUpperCase();
    case '@target-uri': return target.uri;
    case '@authority': return target.authority;
    default: return component.startsWith('@') || !Object.hasOwn(message.headers, component) ? undefined : message.headers[component]!.trim();
  }
}
