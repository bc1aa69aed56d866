/**
 * The URLs of a preview, out of the attributes that the contract names and no others. Scripts and comments are not looked into.
 * Values are taken as they stand, entities undone: a parser that mends URLs would hide what the seller left unescaped.
 */

export interface TrackerUrl {
  readonly url: string;
  readonly tag: string;
  readonly attribute: string;
  /** Counted from 1. */
  readonly line: number;
}

const ANYWHERE: ReadonlySet<string> = new Set(['data-impression-url', 'data-click-url', 'data-tracker-url', 'data-vast-url']);
const BY_TAG: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['a', new Set(['href'])], ['img', new Set(['src', 'srcset'])], ['iframe', new Set(['src'])], ['source', new Set(['src', 'srcset'])],
  ['link', new Set(['href'])], ['meta', new Set(['content'])],
]);
/** Elements whose content is text, whatever it looks like. */
const OPAQUE: ReadonlySet<string> = new Set(['script', 'style', 'textarea', 'title']);
const MARKUP = /<!--.*?(?:-->|$)|<([A-Za-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gs;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', nbsp: '\u00a0' };
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z]+));?/g;

export function trackerUrls(html: string): readonly TrackerUrl[] {
  const found: TrackerUrl[] = [];
  MARKUP.lastIndex = 0;
  for (let markup = MARKUP.exec(html); markup !== null; markup = MARKUP.exec(html)) {
    const [, name, attributes = ''] = markup;
    if (name === undefined) continue;
    const tag = name.toLowerCase();
    const line = html.slice(0, markup.index).split('\n').length;
    for (const { attribute, value } of attributesOf(attributes))
      if (ANYWHERE.has(attribute) || BY_TAG.get(tag)?.has(attribute) === true)
        found.push(...urlsOf(tag, attribute, value).map((url) => ({ url, tag, attribute, line })));
    if (OPAQUE.has(tag)) MARKUP.lastIndex = endOf(html, tag, MARKUP.lastIndex);
  }
  return found;
}

function attributesOf(text: string): readonly { readonly attribute: string; readonly value: string }[] {
  return [...text.matchAll(ATTRIBUTE)].map(([, name, double, single, bare]) =>
    ({ attribute: name!.toLowerCase(), value: withoutEntities(double ?? single ?? bare ?? '') }));
}

/** `srcset` lists URLs with descriptors; a refresh names its URL behind the seconds. */
function urlsOf(tag: string, attribute: string, value: string): readonly string[] {
  if (attribute === 'srcset') return value.split(/,\s+|,(?=https?:)/).map((candidate) => candidate.trim().split(/\s+/)[0]!).filter((url) => url !== '');
  if (tag !== 'meta') return [value.trim()];
  const refresh = /^\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?["']?(.*?)["']?\s*$/is.exec(value)?.[1];
  const url = refresh ?? value.trim();
  return /^[A-Za-z][A-Za-z0-9+.-]*:|^\/\//.test(url) ? [url] : [];
}

function endOf(html: string, tag: string, from: number): number {
  const end = html.slice(from).search(new RegExp(`</${tag}[\\s/>]`, 'i'));
  return end === -1 ? html.length : from + end;
}

function withoutEntities(text: string): string {
  return text.replaceAll(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name]! : whole;
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}
