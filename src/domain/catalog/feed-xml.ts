/**
 * Reads feeds in XML: RSS, Atom and plain lists. Only what feeds need: elements, texts, CDATA, the five entities and characters by number.
 * A document type is refused, so that no entity can be defined, and nothing is ever loaded.
 */
import type { FeedReading } from './feed.ts';
import type { CatalogItem } from './item-ids.ts';

/** What a record is called: in RSS, Atom, and lists of jobs, products, listings. */
const RECORDS: ReadonlySet<string> = new Set(['item', 'entry', 'job', 'product', 'listing', 'offer', 'hotel', 'vehicle', 'property', 'store']);
const MOST_DEPTH = 32;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TAG = /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const SKIPPED: readonly (readonly [begin: string, end: string])[] = [['<?', '?>'], ['<!--', '-->']];

interface Element {
  readonly name: string;
  readonly children: Element[];
  readonly attributes: string;
  text: string;
}

export function xmlRecords(text: string): FeedReading {
  const root = parsed(text);
  if (typeof root === 'string') return { kind: 'unreadable', reason: `the feed is not well-formed XML: ${root}` };
  const found = recordsIn(root);
  return found.length > 0 || isEmptyList(root)
    ? { kind: 'items', items: found.map(recordOf) }
    : { kind: 'unreadable', reason: `the feed has no records; they are called one of ${[...RECORDS].join(', ')}` };
}

/** The outermost elements that are records. */
function recordsIn(element: Element): Element[] {
  return element.children.flatMap((child) => (RECORDS.has(localName(child)) ? [child] : recordsIn(child)));
}

/** A feed of a known kind may have no records; in anything else their names are unknown. */
const isEmptyList = (root: Element): boolean => localName(root) === 'rss' || localName(root) === 'feed';
const localName = ({ name }: Element): string => name.slice(name.indexOf(':') + 1);

/** Members by name without prefix; what stands several times is a list. */
function recordOf({ children }: Element): CatalogItem {
  const members = new Map<string, unknown[]>();
  for (const child of children) members.set(localName(child), [...(members.get(localName(child)) ?? []), valueOf(child)]);
  return Object.fromEntries([...members].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

function valueOf(element: Element): unknown {
  if (element.children.length > 0) return recordOf(element);
  // A link of Atom stands in an attribute.
  const href = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(element.attributes);
  const text = element.text.trim();
  return text === '' && href ? (decoded(href[1] ?? href[2]!) ?? '') : text;
}

/** The root, or why there is none. */
function parsed(text: string): Element | string {
  const top: Element = { name: '', children: [], attributes: '', text: '' };
  const open = [top];
  let at = 0;
  while (at < text.length) {
    const here = open.at(-1)!;
    const skipped = SKIPPED.find(([begin]) => text.startsWith(begin, at));
    if (text[at] !== '<') {
      const end = next(text, '<', at);
      const plain = decoded(text.slice(at, end));
      if (plain === undefined) return 'an entity is unknown';
      here.text += plain;
      at = end;
    } else if (text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at);
      if (end < 0) return 'a CDATA section does not end';
      here.text += text.slice(at + 9, end);
      at = end + 3;
    } else if (skipped) {
      const end = text.indexOf(skipped[1], at);
      if (end < 0) return 'a comment or instruction does not end';
      at = end + skipped[1].length;
    } else {
      TAG.lastIndex = at;
      const flaw = step(open, TAG.exec(text));
      if (flaw !== undefined) return flaw;
      at = TAG.lastIndex;
    }
  }
  if (open.length !== 1 || top.children.length !== 1) return 'an element does not end, or there is not exactly one root';
  return top.children[0]!;
}

/** Opens or closes an element. @returns why that cannot be */
function step(open: Element[], tag: RegExpExecArray | null): string | undefined {
  if (tag === null) return 'something in angle brackets is no element (a document type is not allowed)';
  const [, closing, name, attributes, empty] = tag;
  if (closing === '/') return open.length > 1 && open.pop()!.name === name ? undefined : 'an element is closed that is not open';
  const element: Element = { name: name!, children: [], attributes: attributes!, text: '' };
  open.at(-1)!.children.push(element);
  if (empty !== '/') open.push(element);
  return open.length > MOST_DEPTH ? `elements are nested more than ${MOST_DEPTH} deep` : undefined;
}

const next = (text: string, what: string, from: number): number => {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at;
};

/** @returns undefined when an entity is none of XML's own */
function decoded(text: string): string | undefined {
  let known = true;
  const plain = text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));/g, (_whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    const character = code === undefined ? ENTITIES[name!] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
    known &&= character !== undefined;
    return character ?? '';
  });
  return known ? plain : undefined;
}
