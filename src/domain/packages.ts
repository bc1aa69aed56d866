/** Packages: what is kept of an order for one, and how a change goes over it (seller specification §2.8, §2.9). */
import type { CreativeAsset } from '../protocol/wire/core/creative-asset.ts';
import type { CreativeAssignment } from '../protocol/wire/core/creative-assignment.ts';
import type { Package } from '../protocol/wire/core/package.ts';
import type { PackageRequest } from '../protocol/wire/core/package-request.ts';
import type { PackageUpdate } from '../protocol/wire/core/package-update.ts';
import type { PricingOption } from '../protocol/wire/core/pricing-option.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { TargetingOverlay } from '../protocol/wire/core/targeting.ts';
import { withKeywords } from './keyword-deltas.ts';
import type { PackageRecord } from './media-buy.ts';
import { termsOf } from './order/line.ts';
import { listTokens, withoutTokens } from './overlay-lists.ts';
import { picked } from './picked.ts';
import type { Vault } from './ports/vault.ts';

/** Members that are shown again as they were ordered. */
const ORDERED = [
  'product_id',
  'pricing_option_id',
  'budget',
  'bid_price',
  'pacing',
  'impressions',
  'start_time',
  'end_time',
  'paused',
  'format_ids',
  'format_option_refs',
  'format_kind',
  'params',
  'optimization_goals',
  'measurement_terms',
  'performance_standards',
  'catalogs',
  'agency_estimate_number',
  'context',
  'ext',
] as const satisfies readonly (keyof PackageRequest & keyof Package)[];

/** Members that a change replaces as they are. */
const REPLACED = [
  'budget',
  'bid_price',
  'pacing',
  'impressions',
  'start_time',
  'end_time',
  'paused',
  'optimization_goals',
  'catalogs',
  'context',
  'ext',
] as const satisfies readonly (keyof PackageUpdate & keyof Package)[];

/** What a package is bought under. */
export interface Agreed {
  readonly package_id: string;
  readonly product: Product;
  readonly pricing: PricingOption;
  /** ISO 8601. */
  readonly confirmed_at: string;
}

/** A package as it is bought. The overlay's tokens are sealed, inline creatives become assignments. */
export function boughtPackage(asked: PackageRequest, { package_id, product, pricing, confirmed_at }: Agreed, vault: Vault): PackageRecord {
  const assignments = assignmentsOf(asked.creative_assignments, asked.creatives);
  const bought: Package = {
    package_id,
    ...picked(asked, ORDERED),
    ...(asked.targeting_overlay ? { targeting_overlay: withoutTokens(asked.targeting_overlay) } : {}),
    ...(asked.committed_metrics
      ? { committed_metrics: asked.committed_metrics.map((metric) => ({ ...metric, committed_at: confirmed_at })) }
      : {}),
    ...(assignments ? { creative_assignments: assignments } : {}),
  };
  return { package: bought, pricing, terms: termsOf(product), ...tokensOf(asked.targeting_overlay, undefined, vault) };
}

/** A package after a change that the checks have passed. Lists and the overlay are replaced whole, keywords also added and taken away. */
export function changedPackage(record: PackageRecord, change: PackageUpdate, now: string, vault: Vault): PackageRecord {
  const { package: before, list_tokens: _tokens, ...agreed } = record;
  const overlay = withKeywords(change.targeting_overlay ?? before.targeting_overlay, change);
  const assignments = assignmentsOf(change.creative_assignments, change.creatives);
  const { targeting_overlay: _overlay, ...rest } = before;
  const after: Package = {
    ...rest,
    ...picked(change, REPLACED),
    ...(overlay ? { targeting_overlay: withoutTokens(overlay) } : {}),
    ...(assignments ? { creative_assignments: assignments } : {}),
    ...(change.canceled
      ? {
          canceled: true,
          cancellation: {
            canceled_at: now,
            canceled_by: 'buyer' as const,
            ...(change.cancellation_reason === undefined ? {} : { reason: change.cancellation_reason }),
          },
        }
      : {}),
  };
  return { ...agreed, package: after, ...tokensOf(overlay, record, vault) };
}

/** Inline creatives run on the package they came with, beside those that are assigned by name. */
function assignmentsOf(
  named: readonly CreativeAssignment[] | undefined,
  inline: readonly CreativeAsset[] | undefined,
): CreativeAssignment[] | undefined {
  if (named === undefined && inline === undefined) return undefined;
  const own = (inline ?? []).map((creative) => picked(creative, ['creative_id', 'weight', 'placement_refs', 'placement_ids']));
  return [...new Map([...own, ...(named ?? [])].map((assignment) => [assignment.creative_id, assignment])).values()];
}

function tokensOf(
  overlay: TargetingOverlay | undefined,
  before: PackageRecord | undefined,
  vault: Vault,
): Pick<PackageRecord, 'list_tokens'> {
  const tokens = overlay ? listTokens(overlay, before, vault) : {};
  return Object.keys(tokens).length > 0 ? { list_tokens: tokens } : {};
}
