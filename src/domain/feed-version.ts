/** Versions of feeds: an opaque token that changes with what is on offer, and with nothing else (seller specification §2.5). */
import { canonicalHash } from '../protocol/canonical-json.ts';

/** Documents of a catalogue are never changed in place, so each is read once. */
const digests = new WeakMap<object, string>();
const versions = new WeakMap<readonly object[], string>();

/**
 * The version of a feed: the same documents in the same order have the same one, in any process.
 * @param documents JSON documents that nobody changes in place; a list that is handed in again costs nothing
 */
export function feedVersion(documents: readonly object[]): string {
  const known = versions.get(documents);
  if (known !== undefined) return known;
  const version = `v1.${canonicalHash(documents.map(digestOf)).slice(0, 32)}`;
  versions.set(documents, version);
  return version;
}

function digestOf(document: object): string {
  const known = digests.get(document);
  if (known !== undefined) return known;
  const digest = canonicalHash(document);
  digests.set(document, digest);
  return digest;
}
