/** What the seller promises in its capabilities, and where each promise is proven: test/capability-proofs.yaml. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** By the address of a storyboard's step, `ID#phase/step`, or by the name of a test. */
export type Proof =
  | { readonly promise: string; readonly step: string; readonly about: string }
  | { readonly promise: string; readonly test: string; readonly name: string };

export const PROOFS = parse(readFileSync(join(import.meta.dirname, '..', 'capability-proofs.yaml'), 'utf8')) as readonly Proof[];

/**
 * The promises of a capabilities document: places that are true, and values of places (`account.supported_billing=operator`). What is
 * false promises nothing, and the envelope is not the document's.
 */
export function promisesOf(document: Readonly<Record<string, unknown>>): string[] {
  const { status: _status, adcp_version: _version, ...declared } = document;
  return promisesAt(declared, '');
}

function promisesAt(node: unknown, place: string): string[] {
  if (node === false || node === undefined) return [];
  if (node === true) return [place];
  if (Array.isArray(node)) return node.flatMap((item) => promisesAt(item, place));
  if (typeof node !== 'object' || node === null) return [`${place}=${String(node)}`];
  return Object.entries(node).flatMap(([name, inner]) => promisesAt(inner, place === '' ? name : `${place}.${name}`));
}

/** Whether a proof is about a promise; `place=*` is about every value of the place. */
export const proves = (proof: Proof, promise: string): boolean =>
  proof.promise === promise || (proof.promise.endsWith('=*') && promise.startsWith(proof.promise.slice(0, -1)));
