/** What is asked of the store: filters, orders and pages. */
import type { AccountStatus } from '../account.ts';
import type { CreativeStatus } from '../creative.ts';
import type { MediaBuyStatus } from '../media-buy.ts';
import type { TaskOwner } from '../task.ts';
import type { WebhookStatus } from '../webhook.ts';
import type { TaskStatus } from '../../protocol/wire/core/envelope.ts';
import type { CatalogItemStatus } from '../../protocol/wire/sync-catalogs.ts';
import type { FormatId } from '../../protocol/wire/core/format-id.ts';

/** A page of a stable order. `after` is the position behind which to go on; `last` the position of the last item when there are more. */
export interface PageRequest {
  readonly after?: string;
  readonly limit: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly last?: string;
  /** Size of the whole filtered set. */
  readonly total: number;
}

export interface AccountFilter {
  readonly account_id?: string;
  /** Only these, whatever else is asked. */
  readonly account_ids?: readonly string[];
  readonly brand_domain?: string;
  readonly brand_id?: string;
  readonly operator?: string;
  readonly sandbox?: boolean;
  readonly status?: AccountStatus;
}

export interface CreativeFilter {
  readonly creative_ids?: readonly string[];
  readonly statuses?: readonly CreativeStatus[];
  readonly name_contains?: string;
  /** All of them. */
  readonly tags?: readonly string[];
  readonly tags_any?: readonly string[];
  /** Assigned to any of these packages. */
  readonly package_ids?: readonly string[];
  /** Assigned in any of these buys. */
  readonly media_buy_ids?: readonly string[];
  /** Width, height and duration count where they are given. */
  readonly format_ids?: readonly FormatId[];
  readonly concept_ids?: readonly string[];
  readonly unassigned?: boolean;
  /** Whether a platform has reported an impression. */
  readonly has_served?: boolean;
  readonly has_variables?: boolean;
  /** ISO 8601, exclusive. */
  readonly created_after?: string;
  readonly created_before?: string;
  readonly updated_after?: string;
  readonly updated_before?: string;
  /** Tombstones of creatives that were purged softly since then, ISO 8601, beside those that are there; absent: none. */
  readonly purged_since?: string;
  /** Within the reach, only these. */
  readonly libraries?: readonly string[];
}

export type CreativeSort = {
  readonly by: 'created_date' | 'updated_date' | 'name' | 'status' | 'assignment_count';
  readonly direction: 'asc' | 'desc';
};

export interface CatalogItemFilter {
  readonly item_ids?: readonly string[];
  readonly statuses?: readonly CatalogItemStatus[];
  readonly limit?: number;
  /** Those too that the buyer left out of the last sync. */
  readonly unlisted?: true;
}

export interface MediaBuyFilter {
  readonly media_buy_ids?: readonly string[];
  readonly statuses?: readonly MediaBuyStatus[];
  /** Beside those with a status, those that the clock has moved by then, ISO 8601, whatever their stored status. */
  readonly or_due_by?: string;
}

export interface TaskFilter {
  /** Exactly this owner, in the members that are given. */
  readonly owner?: TaskOwner;
  readonly task_ids?: readonly string[];
  /** Only tasks of these accounts. */
  readonly account_ids?: readonly string[];
  readonly task_types?: readonly string[];
  readonly statuses?: readonly TaskStatus[];
  readonly has_webhook?: boolean;
  /** Text somewhere in the `context` of the request. */
  readonly context_contains?: string;
  /** ISO 8601, exclusive. */
  readonly created_after?: string;
  readonly created_before?: string;
  readonly updated_after?: string;
  readonly updated_before?: string;
}

export interface TaskSort {
  readonly by: 'created_at' | 'updated_at' | 'status' | 'task_type';
  readonly direction: 'asc' | 'desc';
}

export interface WebhookFilter {
  readonly principal_id?: string;
  readonly about?: string;
  readonly status?: WebhookStatus;
}
