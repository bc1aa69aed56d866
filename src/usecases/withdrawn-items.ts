import type { Reach } from '../domain/caller.ts';
import type { WithdrawnItem } from '../domain/catalog/withdrawn.ts';
import type { PackageRecord } from '../domain/media-buy.ts';
import type { Desk } from './desk.ts';

/** What the seller has withdrawn of the catalogues that these packages promote. */
export async function withdrawnItems(packages: readonly PackageRecord[], reach: Reach, { store }: Desk): Promise<readonly WithdrawnItem[]> {
  const promoted = packages.flatMap(({ package: { catalogs = [] } }) => catalogs.filter(({ items }) => items === undefined));
  if (promoted.length === 0) return [];
  const named = promoted.flatMap(({ catalog_id }) => catalog_id ?? []);
  const known = await store.catalogs(reach, named.length < promoted.length ? undefined : named);
  const found = await Promise.all(known.filter(({ counts }) => counts.withdrawn > 0).map(async (record) => {
    const { catalog_id, catalog: { type } } = record;
    return (await store.catalogItems(record, { statuses: ['withdrawn'] })).map((item): WithdrawnItem => ({ catalog_id, type, item }));
  }));
  return found.flat();
}
