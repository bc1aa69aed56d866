import { fieldPath } from './wire/check/wording.ts';

/**
 * Where a document holds a text that is no Unicode: half of a surrogate pair, which JSON can spell (`"\\ud800"`) and no hash,
 * store or other system can carry.
 * @returns the literal path of the first such text or name; undefined when there is none
 */
export function malformedText(document: unknown): string | undefined {
  return isWellFormed(document) ? undefined : malformedAt(document, []);
}

/** Nearly every document is, so that nobody keeps account of paths before one is needed. */
function isWellFormed(document: unknown): boolean {
  if (typeof document === 'string') return document.isWellFormed();
  if (typeof document !== 'object' || document === null) return true;
  if (Array.isArray(document)) return document.every(isWellFormed);
  for (const name in document)
    if (!name.isWellFormed() || !isWellFormed((document as Readonly<Record<string, unknown>>)[name])) return false;
  return true;
}

function malformedAt(document: unknown, path: readonly string[]): string | undefined {
  if (typeof document === 'string') return document.isWellFormed() ? undefined : fieldPath(path);
  if (typeof document !== 'object' || document === null) return undefined;
  for (const [name, value] of Object.entries(document)) {
    const found = name.isWellFormed() ? malformedAt(value, [...path, name]) : fieldPath([...path, name.toWellFormed()]);
    if (found !== undefined) return found;
  }
  return undefined;
}
