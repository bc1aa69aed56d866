/** Media buys as stored (seller specification §2.8 to §2.10, §3.1). What a buyer sees is derived from this record. */
import type { MediaBuyAction } from '../protocol/wire/core/media-buy-action.ts';
import type { MediaBuyStatus } from '../protocol/wire/core/media-buy-status.ts';
import type { Package } from '../protocol/wire/core/package.ts';
import type { PricingOption } from '../protocol/wire/core/pricing-option.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { IoAcceptance } from '../protocol/wire/create-media-buy.ts';
import type { KeptEntity } from './business-entity.ts';
import type { KeptGovernance } from './governance/approval.ts';
import type { AssignmentVerdict } from './creative-review.ts';
import type { KeptWebhook } from './webhook-config.ts';

export type { MediaBuyStatus };

/** The legal moves of a media buy's status; staying is always legal. */
export const MEDIA_BUY_EDGES: Readonly<Record<MediaBuyStatus, readonly MediaBuyStatus[]>> = {
  pending_creatives: ['pending_start', 'active', 'paused', 'canceled', 'rejected'],
  pending_start: ['active', 'paused', 'canceled', 'rejected'],
  active: ['paused', 'completed', 'canceled'],
  paused: ['active', 'completed', 'canceled'],
  completed: [],
  rejected: [],
  canceled: [],
};

export const isTerminal = (status: MediaBuyStatus): boolean => MEDIA_BUY_EDGES[status].length === 0;

/** A package: the AdCP document that is echoed, and what was agreed when it was bought. */
export interface PackageRecord {
  readonly package: Package;
  /** The pricing option as it stood when the package was bought. Absent only on packages seeded without a product. */
  readonly pricing?: PricingOption;
  /** What of the product binds later changes and reporting. */
  readonly terms: Pick<
    Product,
    | 'channels'
    | 'catalog_types'
    | 'delivery_type'
    | 'metric_optimization'
    | 'vendor_metric_optimization'
    | 'reporting_capabilities'
    | 'allowed_actions'
    | 'conversion_tracking'
    | 'max_optimization_goals'
    | 'property_targeting_allowed'
    | 'collection_targeting_allowed'
    | 'signal_targeting_allowed'
    | 'signal_targeting_options'
    | 'signal_targeting_rules'
  >;
  /** Tokens for lists of the overlay that another agent keeps, sealed, by the overlay's member. */
  readonly list_tokens?: Readonly<Record<string, string>>;
  /** What people decided about creatives on this package, by creative. */
  readonly creative_verdicts?: Readonly<Record<string, AssignmentVerdict>>;
}

/** One thing that happened to a media buy, with the status that it left behind. */
export interface MediaBuyEvent {
  readonly at: string;
  readonly event:
    'created' | 'updated' | 'paused' | 'resumed' | 'canceled' | 'creatives_synced' | 'flight_started' | 'flight_ended' | 'forced';
  readonly actor: 'buyer' | 'seller';
  readonly status: MediaBuyStatus;
  readonly revision: number;
  /** What the buyer changed, in the words of actions. */
  readonly changes?: readonly MediaBuyAction[];
}

export interface MediaBuyRecord {
  readonly media_buy_id: string;
  readonly principal_id: string;
  readonly account_id: string;
  readonly library: string;
  /** Version of the stored row, 0 until it is stored; a put with a stale one is refused as a whole. */
  readonly row_version: number;
  readonly status: MediaBuyStatus;
  /** The buyer's pause: visible as `paused` once nothing else holds the buy back. A buy that is `paused` is held. */
  readonly hold: boolean;
  /** The buyer's revision: 1 at creation, one more with each accepted change. */
  readonly revision: number;
  readonly confirmed_at: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly start_time: string;
  readonly end_time: string;
  readonly currency: string;
  readonly brand?: Readonly<Record<string, unknown>>;
  /** The `context` of the create call, verbatim. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly ext?: Readonly<Record<string, unknown>>;
  readonly cancellation?: { readonly canceled_at: string; readonly canceled_by: 'buyer' | 'seller'; readonly reason?: string };
  readonly rejection_reason?: string;
  /** Where the buyer wants to hear of the buy. */
  readonly push_notification_config?: KeptWebhook;
  readonly reporting_webhook?: KeptWebhook;
  readonly artifact_webhook?: KeptWebhook;
  readonly invoice_recipient?: KeptEntity;
  /** References of the buyer, for its books and ours. */
  readonly references?: {
    readonly po_number?: string;
    readonly agency_estimate_number?: string;
    readonly advertiser_industry?: string;
    readonly plan_id?: string;
  };
  /** What the account's governance said of it last. */
  readonly governance?: KeptGovernance;
  /** The proposal that it executes, and the buyer's word for the insertion order. */
  readonly executes?: { readonly proposal_id: string; readonly io_acceptance?: IoAcceptance };
  readonly packages: readonly PackageRecord[];
  readonly history: readonly MediaBuyEvent[];
}
