/** Calls that a person answers later: an insertion order to confirm, a brief to curate (seller specification §2.8, §3.6). */
import type { TaskName } from '../protocol/tasks.ts';
import type { CreativeReview } from './creative-review.ts';
import type { MediaBuyRecord } from './media-buy.ts';
import type { Change } from './ports/store.ts';

/** What the operator wants to see before it is answered. */
export interface ReviewPolicy {
  /** Media buys that wait for a person: none of them, those with a guaranteed product, or all. */
  readonly buys: 'none' | 'guaranteed' | 'all';
  /** Whether briefs wait for a person. */
  readonly briefs: boolean;
  /** Creatives that wait for a person; absent: none. */
  readonly creatives?: CreativeReview;
  /** Whether items of catalogues wait for a person before they are shown. */
  readonly catalog_items?: boolean;
  /** When to go on without a person; absent: never. */
  readonly approve_after_seconds?: number;
}

export type ReviewedTask = Extract<TaskName, 'create_media_buy' | 'get_products'>;

const MESSAGES: Readonly<Record<ReviewedTask, string>> = {
  create_media_buy: 'The order waits for the publisher to confirm it.',
  get_products: 'The publisher puts an offer together for this brief.',
};

/**
 * What a buyer is told while a person looks at its call; undefined when nobody has to.
 * @param planned what the call would change if it were answered at once
 */
export function reviewOf(policy: ReviewPolicy, task: ReviewedTask, request: Readonly<Record<string, unknown>>, planned: readonly Change[]): string | undefined {
  const waits = task === 'create_media_buy' ? planned.some((change) => change.kind === 'put_media_buy' && isReviewed(change.buy, policy)) : policy.briefs && isBrief(request);
  return waits ? MESSAGES[task] : undefined;
}

const isReviewed = ({ packages }: MediaBuyRecord, { buys }: ReviewPolicy): boolean =>
  buys === 'all' || (buys === 'guaranteed' && packages.some(({ terms }) => terms.delivery_type === 'guaranteed'));

/** The first page of a search in words. The whole catalogue is a list, and what follows a page has been curated with it. */
const isBrief = ({ buying_mode = 'brief', brief, pagination }: Readonly<Record<string, unknown>>): boolean =>
  buying_mode === 'brief' && brief !== undefined && (pagination as { cursor?: string } | undefined)?.cursor === undefined;
