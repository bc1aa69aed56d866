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
const OPAQUE: ReadonlyMap<string, RegExp> = new Map(['script', 'style', 'textarea', 'title'].map((tag) => [tag, new RegExp(`</${tag}[\\s/>]`, 'gi')]));
const COMMENT = '<!--';
const NAME = /[A-Za-z][^\s/>]*/y;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', nbsp: '\u00a0' };
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z]+));?/g;
const MAX_REFRESH = 4096;

/** In the order of the text. Reads it once, whatever stands in it. */
export function trackerUrls(html: string): readonly TrackerUrl[] {
  const found: TrackerUrl[] = [];
  let [line, counted] = [1, 0];
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at)) {
    if (html.startsWith(COMMENT, at)) {
      at = after(html.indexOf('-->', at + COMMENT.length), html);
      continue;
    }
    NAME.lastIndex = at + 1;
    const tag = NAME.exec(html)?.[0].toLowerCase();
    if (tag === undefined) {
      at += 1;
      continue;
    }
    const end = endOfTag(html, at + 1 + tag.length);
    if (end === -1) break;
    for (; counted < at; counted += 1) if (html.charCodeAt(counted) === 0x0a) line += 1;
    found.push(...urlsOfTag(tag, html.slice(at + 1 + tag.length, end), line));
    at = OPAQUE.has(tag) ? contentEnd(html, OPAQUE.get(tag)!, end) : end;
  }
  return found;
}

/** The `>` that ends a tag, beyond quoted values; -1 when the text ends first. */
function endOfTag(html: string, from: number): number {
  let quote = '';
  for (let at = from; at < html.length; at += 1) {
    const char = html[at]!;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '>') return at;
    else if (char === '"' || char === '\'') quote = char;
  }
  return -1;
}

function contentEnd(html: string, closing: RegExp, from: number): number {
  closing.lastIndex = from;
  return closing.exec(html)?.index ?? html.length;
}

const after = (index: number, html: string): number => (index === -1 ? html.length : index);

function urlsOfTag(tag: string, text: string, line: number): readonly TrackerUrl[] {
  return attributesOf(text).filter(({ attribute }) => ANYWHERE.has(attribute) || BY_TAG.get(tag)?.has(attribute) === true)
    .flatMap(({ attribute, value }) => urlsOf(tag, attribute, value).map((url) => ({ url, tag, attribute, line })));
}

function attributesOf(text: string): readonly { readonly attribute: string; readonly value: string }[] {
  return [...text.matchAll(ATTRIBUTE)].map(([, name, double, single, bare]) =>
    ({ attribute: name!.toLowerCase(), value: withoutEntities(double ?? single ?? bare ?? '') }));
}

/** `srcset` lists URLs with descriptors; a refresh names its URL behind the seconds. */
function urlsOf(tag: string, attribute: string, value: string): readonly string[] {
  if (attribute === 'srcset')
    return value.split(/,\s+|,(?=https?:)/).map((candidate) => candidate.trim().split(/\s+/)[0]!).filter((url) => url !== '');
  if (tag !== 'meta') return [value.trim()];
  const refresh = /^\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?["']?(.*?)["']?\s*$/is.exec(value.slice(0, MAX_REFRESH))?.[1];
  const url = refresh ?? value.trim();
  return /^[A-Za-z][A-Za-z0-9+.-]*:|^\/\//.test(url) ? [url] : [];
}

function withoutEntities(text: string): string {
  return text.replaceAll(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name]! : whole;
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}
