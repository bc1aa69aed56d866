/** What a caller filters and sorts creatives by, as the store understands it (seller specification §2.13). */
import type { CreativeFilters, ListCreativesRequest } from '../protocol/wire/list-creatives.ts';
import { CREATIVE_STATUSES } from '../protocol/wire/core/creative-asset.ts';
import type { CreativeFilter, CreativeSort } from './ports/store-queries.ts';

/**
 * Archived creatives are told only to those who ask for them, by status or by id.
 * @param libraries of the accounts that the caller filters by, when it does
 * @param purged_since how far tombstones reach back, when they are asked for
 */
export function creativeFilter(filters: CreativeFilters = {}, libraries?: readonly string[], purged_since?: string): CreativeFilter {
  const { accounts: _accounts, assigned_to_packages, statuses, ext: _ext, ...same } = filters;
  const shown = statuses ?? (filters.creative_ids ? undefined : CREATIVE_STATUSES.filter((status) => status !== 'archived'));
  return {
    ...same,
    ...(shown ? { statuses: shown } : {}),
    ...(assigned_to_packages ? { package_ids: assigned_to_packages } : {}),
    ...(libraries ? { libraries } : {}),
    ...(purged_since ? { purged_since } : {}),
  };
}

/** Newest first, unless asked otherwise. */
export function creativeSort({ field = 'created_date', direction = 'desc' }: NonNullable<ListCreativesRequest['sort']> = {}): CreativeSort {
  return { by: field, direction };
}
