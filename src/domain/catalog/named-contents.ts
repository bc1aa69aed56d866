/** The items of catalogues that events name (seller specification §2.15). */
import type { ConversionEvent } from '../../protocol/wire/core/conversion-event.ts';

/** Ids in `content_ids` and `contents` of each event that has any; some callers put them beside `custom_data`. */
export function namedContents(events: readonly ConversionEvent[]): string[][] {
  return events.flatMap((event) => {
    const loose = (event as { content_ids?: unknown }).content_ids;
    const ids = [...(event.custom_data?.content_ids ?? []), ...(event.custom_data?.contents ?? []).map(({ id }) => id), ...(Array.isArray(loose) ? loose : [])];
    const texts = ids.filter((id): id is string => typeof id === 'string');
    return texts.length > 0 ? [texts] : [];
  });
}
