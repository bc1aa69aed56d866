import type { Features } from '../src/domain/features.ts';
import type { AttributionPolicy } from '../src/domain/ports/attribution-policy.ts';

/** Any event counts, whenever it happened: harnesses date their events decades ahead, where no flight and no window lies. */
export const timelessAttribution = (features: Features): AttributionPolicy => ({
  multi_source_event_dedup: features.conversion_tracking?.multi_source_event_dedup ?? false,
  counts: () => true,
});
