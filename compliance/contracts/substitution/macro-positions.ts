/** Where the macros of a template stand, and what stands there in a URL that was made from it. */

export interface MacroValue {
  /** With its braces. */
  readonly macro: string;
  /** What stands in its place, as written. */
  readonly value: string;
}

interface UrlParts {
  readonly scheme: string;
  readonly host: string;
  readonly segments: readonly string[];
  readonly pairs: readonly { readonly key: string; readonly value: string }[];
}

const PARTS = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/s;
const MACRO = /\{[A-Z][A-Z0-9_]*\}/;
/** What a URL without an origin of its own is read against. */
const BASE_HOST = 'observer.test';

/** The macro that is the whole template, so that a value could choose the scheme. */
export function wholeMacro(template: string): string | undefined {
  return MACRO.exec(template)?.[0] === template ? template : undefined;
}

/** The values in the macros' places, undefined when the URL was not made from the template: another host or path, or no place of a macro. */
export function macroValues(template: string, url: string): readonly MacroValue[] | undefined {
  const [wanted, seen] = [partsOf(template), partsOf(url)];
  if (wanted.scheme !== seen.scheme || wanted.host !== seen.host || wanted.segments.length !== seen.segments.length) return undefined;
  const path = wanted.segments.map((segment, i) => aligned(segment, seen.segments[i]!));
  if (path.includes(undefined)) return undefined;
  const query = wanted.pairs.flatMap(({ key, value }, i) => {
    const nth = wanted.pairs.slice(0, i).filter((pair) => pair.key === key).length;
    const pair = seen.pairs.filter((each) => each.key === key)[nth];
    return pair === undefined ? [] : aligned(value, pair.value) ?? [];
  });
  const found = [...path.flatMap((values) => values ?? []), ...query];
  return found.length === 0 ? undefined : found;
}

function partsOf(url: string): UrlParts {
  const [, scheme = 'https', host = BASE_HOST, path = '', query = ''] = PARTS.exec(url)!;
  return {
    scheme: scheme.toLowerCase(), host: host.toLowerCase(), segments: path.split('/'),
    pairs: query.split('&').filter((pair) => pair !== '').map((pair) => {
      const at = pair.indexOf('=');
      return at === -1 ? { key: pair, value: '' } : { key: pair.slice(0, at), value: pair.slice(at + 1) };
    }),
  };
}

/** What stands in the place of the macro in one piece of a template, empty when the piece has none, undefined when it is another piece. */
function aligned(piece: string, seen: string): readonly MacroValue[] | undefined {
  const macro = MACRO.exec(piece);
  if (macro === null) return piece === seen ? [] : undefined;
  const [before, after] = [piece.slice(0, macro.index), piece.slice(macro.index + macro[0].length)];
  if (!seen.startsWith(before) || !seen.endsWith(after) || seen.length < before.length + after.length) return undefined;
  return [{ macro: macro[0], value: seen.slice(before.length, seen.length - after.length) }];
}
