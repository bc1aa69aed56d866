/** Items that the seller took out of use, and who promotes them (seller specification §3.4). */
import type { PackageRecord } from '../media-buy.ts';
import type { CatalogItemRecord, CatalogRecord } from './catalog.ts';
import { isSelected } from './selection.ts';

export interface WithdrawnItem {
  readonly catalog_id: string;
  readonly type: CatalogRecord['catalog']['type'];
  readonly item: CatalogItemRecord;
}

/** Whether a package promotes the item: it names its catalogue, or all of that type, and its selectors do not leave the item out. */
export function isPromoted({ package: { catalogs = [] } }: PackageRecord, { catalog_id, type, item }: WithdrawnItem): boolean {
  return catalogs.some((each) => each.items === undefined && each.type === type && (each.catalog_id ?? catalog_id) === catalog_id && isSelected(each, item));
}
