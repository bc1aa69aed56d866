import type { CatalogChange } from '../catalog/catalog-change.ts';
import type { Audience } from '../../protocol/wire/core/audience.ts';
import type { ConversionEvent } from '../../protocol/wire/core/conversion-event.ts';
import type { MediaBuyRecord } from '../media-buy.ts';
import type { FeedbackRecord } from '../performance-feedback.ts';

/** One HTTP exchange that a platform wants. Planned here, sent by `outbound`; credentials are added by the sender. */
export interface HttpCall {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'GET';
  /** https, as the platform documents it; a host map may point it elsewhere in a sandbox. */
  readonly url: string;
  /** Sent as JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Same value on every retry, so that the platform can tell a repeat. */
  readonly idempotency_key: string;
}

/** Carries out what is bought. Plans calls and reads replies; never sends. */
export interface Platform {
  readonly platform_id: string;
  planMediaBuy(change: 'created' | 'updated', buy: MediaBuyRecord): readonly HttpCall[];
  planConversions(account_id: string | undefined, event_source_id: string, events: readonly ConversionEvent[]): readonly HttpCall[];
  /** Absent: the platform takes no feedback. */
  planFeedback?(buy: MediaBuyRecord, feedback: FeedbackRecord): readonly HttpCall[];
  planAudience(account_id: string, audience: Audience): readonly HttpCall[];
  planCatalog(account_id: string, change: CatalogChange): readonly HttpCall[];
  /** What a reply means: done, worth another try, or final. */
  read(status: number, body: string): 'done' | 'retry' | 'refused';
}
