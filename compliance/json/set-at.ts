import { isObject } from './object.ts';
import type { PathSegment } from './path.ts';

/** A copy of the document with a value at the path; objects and arrays on the way are made when they are missing. */
export function withValueAt(root: unknown, segments: readonly PathSegment[], value: unknown): unknown {
  const [segment, ...rest] = segments;
  if (segment === undefined) return value;
  if (segment.kind === 'each') return root;
  if (segment.kind === 'index') {
    const items: unknown[] = Array.isArray(root) ? [...root] : [];
    items[segment.index] = withValueAt(items[segment.index], rest, value);
    return items;
  }
  const members = isObject(root) ? root : {};
  return { ...members, [segment.name]: withValueAt(Object.hasOwn(members, segment.name) ? members[segment.name] : undefined, rest, value) };
}
