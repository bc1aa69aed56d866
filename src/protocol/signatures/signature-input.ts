/** Reads `Signature-Input` and `Signature`, strictly: whatever two readers might take differently is malformed. */

export interface SignatureParams {
  readonly components: readonly string[];
  /** All of it as it was sent: what the signature is over. */
  readonly raw: string;
  readonly created?: number;
  readonly expires?: number;
  readonly nonce?: string;
  readonly keyid?: string;
  readonly alg?: string;
  readonly tag?: string;
}

const COMPONENT = '"[\\x21\\x23-\\x5b\\x5d-\\x7e]+"';
const PARAM = ';[ ]*[a-z*][a-z0-9_.*-]*=(?:-?\\d{1,15}|"[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]*")';
const MEMBER = new RegExp(`[ \\t]*([a-z*][a-z0-9_.*-]*)=(\\((?:[ ]*${COMPONENT})*[ ]*\\)(?:${PARAM})*)[ \\t]*(?:,|$)`, 'y');
const NUMBERS: readonly string[] = ['created', 'expires'];
const TEXTS: readonly string[] = ['nonce', 'keyid', 'alg', 'tag'];

/** The parameters of one label; undefined when the header is malformed, or has not exactly one member of that label. */
export function signatureInput(header: string, label: string): SignatureParams | undefined {
  const found: string[] = [];
  MEMBER.lastIndex = 0;
  while (MEMBER.lastIndex < header.length) {
    const member = MEMBER.exec(header);
    if (member === null) return undefined;
    if (member[1] === label) found.push(member[2]!);
  }
  const [raw, ...more] = found;
  return raw === undefined || more.length > 0 ? undefined : paramsOf(raw);
}

function paramsOf(raw: string): SignatureParams | undefined {
  const list = raw.slice(1, raw.indexOf(')'));
  const components = [...list.matchAll(/"([^"]+)"/g)].map((match) => match[1]!);
  if (new Set(components).size < components.length) return undefined;
  const given: Record<string, string | number> = {};
  for (const [, name, text] of raw.slice(list.length + 2).matchAll(/;[ ]*([^=]+)=("[^"]*"|-?\d+)/g)) {
    const quoted = text!.startsWith('"');
    if (Object.hasOwn(given, name!) || (quoted ? NUMBERS : TEXTS).includes(name!)) return undefined;
    given[name!] = quoted ? text!.slice(1, -1) : Number(text);
  }
  return { ...given, components, raw };
}

/** The bytes of one label: unpadded base64url, as the profile asks, and nothing mixed with it. */
export function signatureBytes(header: string, label: string): Buffer | undefined {
  const members = header.split(',').map((member) => /^[ \t]*([a-z*][a-z0-9_.*-]*)=:([^:]*):[ \t]*$/.exec(member));
  if (members.includes(null)) return undefined;
  const [found, ...more] = members.filter((member) => member![1] === label);
  const token = found?.[2];
  return token === undefined || more.length > 0 || !/^[\w-]+$/.test(token) ? undefined : Buffer.from(token, 'base64url');
}
