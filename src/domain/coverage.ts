/** Whether a media buy has anything to show: what lets it leave `pending_creatives` (seller specification §3.1). */
import type { PackageRecord } from './media-buy.ts';

/** Every creative that a package of these names, once. */
export function assignedCreatives(packages: readonly PackageRecord[]): string[] {
  return [
    ...new Set(
      packages.flatMap(({ package: { creative_assignments = [] } }) => creative_assignments.map(({ creative_id }) => creative_id)),
    ),
  ];
}

/**
 * Whether at least one package that is not canceled has a creative of the library, or a catalogue to make ads from.
 * @param known ids that the library holds
 */
export function isCovered(packages: readonly PackageRecord[], known: ReadonlySet<string>): boolean {
  return packages.some(
    ({ package: each }) =>
      each.canceled !== true &&
      ((each.catalogs ?? []).length > 0 || (each.creative_assignments ?? []).some(({ creative_id }) => known.has(creative_id))),
  );
}
