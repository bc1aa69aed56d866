import { namedContents } from '../domain/catalog/named-contents.ts';
import type { ConversionEvent } from '../protocol/wire/core/conversion-event.ts';
import type { Desk } from './desk.ts';

/**
 * Warns of events that name none of the items that the account has synced: whatever they say happened, no item can be told to have
 * brought it about. An account without catalogues is warned of nothing.
 */
export async function contentWarnings(
  events: readonly ConversionEvent[], { principal_id, library }: { readonly principal_id: string; readonly library: string }, { features, store }: Desk,
): Promise<readonly string[]> {
  const named = features.catalogs ? namedContents(events) : [];
  if (named.length === 0) return [];
  const known = await store.knownContents(library, [...new Set(named.flat())]);
  const strange = named.filter((ids) => !ids.some((id) => known.has(id)));
  if (strange.length === 0 || (known.size === 0 && (await store.catalogs({ principal_id, library, wide: false })).length === 0)) return [];
  return [`${strange.length} of ${events.length} events name in content_ids no item of the account's catalogues`];
}
