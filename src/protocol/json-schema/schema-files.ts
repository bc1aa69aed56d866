/** What of a catalogue of schemas those ask for who hold documents against them. */
import type { SchemaObject } from './check.ts';

export interface SchemaFiles {
  /** Where they were read from, for people. */
  readonly source: string;
  /** A file as it is published; undefined when there is none. */
  schema(ref: string): SchemaObject | undefined;
  /** The file that a reference names, seen from another one. */
  resolve(path: string, from: string): string;
  /** The file and the part of it that a reference leads to. */
  follow(reference: string, from: string): { readonly ref: string; readonly schema: SchemaObject } | undefined;
}

/** The file that a reference names, empty when it is the one that it stands in, and the place there, with its `#`. */
export function splitReference(reference: string): [path: string, fragment: string] {
  const at = reference.indexOf('#');
  return at < 0 ? [reference, ''] : [reference.slice(0, at), reference.slice(at)];
}

/** Every reference of a file, wherever it stands: those in remarks have to lead somewhere as well. */
export function* referencesIn(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === '$ref' && typeof value === 'string') yield value;
    else yield* referencesIn(value);
  }
}
