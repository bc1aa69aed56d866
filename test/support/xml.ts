/** A strict little reader of XML without namespaces, comments or CDATA: what is not well-formed throws. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

const TAG = /<(\/?)([A-Za-z][\w.-]*)((?:\s+[A-Za-z_][\w.-]*="[^"<]*")*)\s*(\/?)>/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
type Open = { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string };

export function parseXml(document: string): XmlElement {
  const text = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/, '');
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let at = 0;
  while (at < text.length) {
    if (text[at] !== '<') {
      const end = text.indexOf('<', at);
      open.at(-1)!.text += decoded(text.slice(at, end < 0 ? text.length : end));
      at = end < 0 ? text.length : end;
      continue;
    }
    TAG.lastIndex = at;
    const tag = TAG.exec(text);
    if (tag === null) throw new Error(`no tag at ${text.slice(at, at + 60)}`);
    at = TAG.lastIndex;
    step(open, tag);
  }
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim() !== '') throw new Error('the document has not exactly one root');
  return root.children[0]!;
}

function step(open: Open[], [, closing, name, attributes, empty]: RegExpExecArray): void {
  if (closing === '/') {
    if (open.pop()!.name !== name) throw new Error(`</${name}> closes another element`);
    return;
  }
  const pairs = [...attributes!.matchAll(/([\w.-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, decoded(value!)] as const);
  const element: Open = { name: name!, attributes: Object.fromEntries(pairs), children: [], text: '' };
  if (Object.keys(element.attributes).length !== pairs.length) throw new Error(`<${name}> has an attribute twice`);
  open.at(-1)!.children.push(element);
  if (empty !== '/') open.push(element);
}

function decoded(text: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/[>\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) || !text.isWellFormed()) throw new Error(`unfit for XML: ${JSON.stringify(text)}`);
  return text.replaceAll(/&([^;]*);?/g, (_whole, name: string) => {
    if (ENTITIES[name] === undefined) throw new Error(`unknown entity ${name}`);
    return ENTITIES[name];
  });
}

/** All elements of a name, at any depth. */
export function elements(root: XmlElement, name: string): readonly XmlElement[] {
  return [...(root.name === name ? [root] : []), ...root.children.flatMap((child) => elements(child, name))];
}
