/** Plans what the training platform is sent, and reads what it replies. */
import type { HttpCall, Platform } from '../../src/domain/ports/platform.ts';
import { canonicalHash } from '../../src/protocol/canonical-json.ts';
import { MOST_IN_ONE_CALL, PATHS, PLATFORM_ORIGIN, type AudienceChange, type CatalogUpload, type EventDelivery, type Feedback, type MediaBuyOrder } from './interface.ts';

/** A status that says: not now. */
const AGAIN: readonly number[] = [408, 425, 429];

export const trainingPlatform: Platform = {
  platform_id: 'training',

  planMediaBuy(change, buy) {
    const { account_id, media_buy_id, status, revision, currency, start_time, end_time, brand } = buy;
    const order: MediaBuyOrder = {
      account_id, media_buy_id, status, revision, currency, start_time, end_time, ...(brand ? { brand } : {}),
      packages: buy.packages.map(({ package: { context: _buyers, ext: _vendors, ...bought } }) => bought),
    };
    const path = change === 'created' ? PATHS.mediaBuys(account_id) : PATHS.mediaBuy(account_id, media_buy_id);
    return [post(path, order, `${media_buy_id}:${buy.row_version}`)];
  },

  planConversions(account_id, event_source_id, events) {
    return inCalls(events).map((some) => {
      const delivery: EventDelivery = { ...(account_id === undefined ? {} : { account_id }), event_source_id, events: some };
      return post(PATHS.events(account_id, event_source_id), delivery);
    });
  },

  planFeedback({ account_id, media_buy_id }, { principal_id: _ours, received_at: _when, ...feedback }) {
    return [post(PATHS.feedback(account_id, media_buy_id), { account_id, ...feedback } satisfies Feedback)];
  },

  planAudience(account_id, audience) {
    const { audience_id, name, audience_type } = audience;
    const path = PATHS.audience(account_id, audience_id);
    if (audience.delete) return [post(path, { account_id, audience_id, delete: true } satisfies AudienceChange)];
    const about = { account_id, audience_id, ...(name === undefined ? {} : { name }), ...(audience_type === undefined ? {} : { audience_type }) };
    const changes = inCalls([
      ...(audience.add ?? []).map((member) => ({ kind: 'add', member }) as const),
      ...(audience.remove ?? []).map((member) => ({ kind: 'remove', member }) as const),
    ]).map((some): AudienceChange => {
      const of = (kind: 'add' | 'remove') => some.filter((each) => each.kind === kind).map((each) => each.member);
      const [add, remove] = [of('add'), of('remove')];
      return { ...about, ...(add.length > 0 ? { add } : {}), ...(remove.length > 0 ? { remove } : {}) };
    });
    return (changes.length > 0 ? changes : [about]).map((change) => post(path, change));
  },

  planCatalog(account_id, change) {
    return [post(PATHS.catalog(account_id, change.catalog_id), { account_id, ...change } as CatalogUpload)];
  },

  read(status) {
    if (status >= 200 && status < 300) return 'done';
    return status >= 500 || AGAIN.includes(status) ? 'retry' : 'refused';
  },
};

function post(path: string, body: MediaBuyOrder | EventDelivery | AudienceChange | Feedback | CatalogUpload, key?: string): HttpCall {
  return { method: 'POST', url: `${PLATFORM_ORIGIN}${path}`, body: { ...body }, idempotency_key: key ?? canonicalHash([path, body]) };
}

/** Cuts a list into parts of a size that one call may have. */
function inCalls<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / MOST_IN_ONE_CALL) }, (_, at) => items.slice(at * MOST_IN_ONE_CALL, (at + 1) * MOST_IN_ONE_CALL));
}
