/** The keys that a signer has taken back: a list of its own that says when the next comes, and those that the operator names. */
import type { Revocations } from '../../domain/ports/signers.ts';
import { keptDocument, type Fetching } from './kept-document.ts';

interface RevocationList {
  readonly updated: number;
  readonly next_update: number;
  readonly revoked_kids: readonly string[];
}

export const namedRevocations = (kids: readonly string[]): (() => Promise<Revocations>) => async () => ({ kids: new Set(kids), stale: false });

/**
 * @param grace_seconds for so long after its next one was due a list still counts; after that no key of the signer does
 * @param named revoked whatever the list says
 */
export function listedRevocations(url: string, named: readonly string[], grace_seconds: number, means: Fetching): () => Promise<Revocations> {
  const kept = keptDocument(async () => url, readList, means);
  let known: RevocationList | undefined;
  const take = (list: RevocationList | undefined): void => {
    // One that is older than what we know would bring revoked keys back.
    if (list !== undefined && (known === undefined || list.updated >= known.updated)) known = list;
  };
  const isStale = (): boolean => known === undefined || means.clock.now().getTime() > known.next_update + grace_seconds * 1000;
  return async () => {
    const due = known === undefined || means.clock.now().getTime() >= known.next_update;
    const asked = (due ? kept.renewed() : kept.current()).then(take);
    if (isStale()) await asked;
    return { kids: new Set([...named, ...(known?.revoked_kids ?? [])]), stale: isStale() };
  };
}

function readList(document: unknown): RevocationList | undefined {
  const { updated, next_update, revoked_kids } = (document ?? {}) as { readonly updated?: unknown; readonly next_update?: unknown; readonly revoked_kids?: unknown };
  const [from, until] = [updated, next_update].map((moment) => (typeof moment === 'string' ? Date.parse(moment) : Number.NaN));
  if (Number.isNaN(from!) || Number.isNaN(until!) || !Array.isArray(revoked_kids) || !revoked_kids.every((kid) => typeof kid === 'string')) return undefined;
  return { updated: from!, next_update: until!, revoked_kids };
}
