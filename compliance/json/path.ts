/**
 * Paths into a payload as storyboards write them: `packages[0].budget`, `products[*].format_ids[].id`, `""` for the whole.
 * Only own members are seen, so that no path reaches a prototype.
 */
import { PROTOTYPE_KEYS } from './object.ts';

export type PathSegment =
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'each' };

export type ParsedPath =
  | { readonly kind: 'path'; readonly segments: readonly PathSegment[]; readonly wildcard: boolean }
  | { readonly kind: 'malformed'; readonly problem: string };

/** A place that a path led to. */
export interface PathHit {
  readonly pointer: string;
  readonly value: unknown;
}

const MAX_PATH_LENGTH = 1024;
const MAX_HITS = 10_000;
const PART = /([^.[\]]+)|\[(\d+)\]|\[\*?\]/gy;

/** Reads a path. A leading `$` or `$.` (JSONPath habit) is refused here; checks that tolerate it strip it first. */
export function parsePath(path: string): ParsedPath {
  if (path.length > MAX_PATH_LENGTH) return { kind: 'malformed', problem: `is longer than ${MAX_PATH_LENGTH} characters` };
  const segments: PathSegment[] = [];
  let at = 0;
  while (at < path.length) {
    if (segments.length > 0 && path[at] === '.') at += 1;
    PART.lastIndex = at;
    const part = PART.exec(path);
    if (part === null) return { kind: 'malformed', problem: `cannot be read from character ${at + 1}` };
    const [text, name, index] = part;
    if (name !== undefined && PROTOTYPE_KEYS.has(name)) return { kind: 'malformed', problem: `names the forbidden key ${name}` };
    segments.push(
      name !== undefined ? { kind: 'key', name } : index !== undefined ? { kind: 'index', index: Number(index) } : { kind: 'each' }
    );
    at += text.length;
  }
  return { kind: 'path', segments, wildcard: segments.some((segment) => segment.kind === 'each') };
}

/** The value at a path without wildcards, undefined when there is none. */
export function valueAt(root: unknown, segments: readonly PathSegment[]): unknown {
  return segments.reduce<unknown>((value, segment) => (segment.kind === 'each' ? undefined : member(value, nameOf(segment))), root);
}

/** Every place that a path with wildcards leads to, at most 10,000. A missing member yields no hit. */
export function hitsAt(root: unknown, segments: readonly PathSegment[]): readonly PathHit[] {
  let hits: PathHit[] = [{ pointer: '', value: root }];
  for (const segment of segments)
    hits = hits.flatMap((hit) => step(hit, segment)).slice(0, MAX_HITS);
  return hits;
}

/** RFC 6901 form of a path; a wildcard is written `*`. */
export function pointerOf(segments: readonly PathSegment[]): string {
  return segments.map((segment) => `/${escape(segment.kind === 'each' ? '*' : nameOf(segment))}`).join('');
}

function step(hit: PathHit, segment: PathSegment): PathHit[] {
  if (segment.kind === 'each')
    return Array.isArray(hit.value) ? hit.value.map((value, i) => ({ pointer: `${hit.pointer}/${i}`, value })) : [];
  const name = nameOf(segment);
  const value = member(hit.value, name);
  return value === undefined ? [] : [{ pointer: `${hit.pointer}/${escape(name)}`, value }];
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

const nameOf = (segment: Exclude<PathSegment, { kind: 'each' }>): string => (segment.kind === 'key' ? segment.name : String(segment.index));
const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
