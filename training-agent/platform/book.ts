import type { AudienceChange, CatalogUpload, EventDelivery, Feedback, MediaBuyOrder } from './interface.ts';

/** How much the platform keeps before it forgets the oldest. */
const MOST = { media_buys: 10_000, feedback: 10_000, audiences: 1_000, members: 100_000, catalogs: 1_000, sources: 1_000, events: 100_000 } as const;

/** What the training platform knows. Everything in it can be sent again without harm. */
export class PlatformBook {
  readonly #mediaBuys = new Map<string, MediaBuyOrder>();
  readonly #feedback = new Map<string, Feedback>();
  readonly #audiences = new Map<string, Map<string, true>>();
  readonly #catalogs = new Map<string, readonly string[]>();
  readonly #events = new Map<string, Map<string, true>>();

  mediaBuy(account_id: string, media_buy_id: string): MediaBuyOrder | undefined {
    return this.#mediaBuys.get(key(account_id, media_buy_id));
  }

  /** External ids of its members; undefined when there is no such audience. */
  audience(account_id: string, audience_id: string): readonly string[] | undefined {
    const members = this.#audiences.get(key(account_id, audience_id));
    return members && [...members.keys()];
  }

  /** Ids of the items that may be shown; undefined when there is no such catalogue. */
  catalog(account_id: string, catalog_id: string): readonly string[] | undefined {
    return this.#catalogs.get(key(account_id, catalog_id));
  }

  /** What its buyer said last of a buy, on any metric. */
  feedback(account_id: string, media_buy_id: string): Feedback | undefined {
    return this.#feedback.get(key(account_id, media_buy_id));
  }

  /** Distinct events received from a source. */
  eventCount(account_id: string | undefined, event_source_id: string): number {
    return this.#events.get(key(account_id ?? '', event_source_id))?.size ?? 0;
  }

  takeMediaBuy(order: MediaBuyOrder): void {
    keep(this.#mediaBuys, key(order.account_id, order.media_buy_id), order, MOST.media_buys);
  }

  takeFeedback(feedback: Feedback): void {
    keep(this.#feedback, key(feedback.account_id, feedback.media_buy_id), feedback, MOST.feedback);
  }

  /** @returns how many members the audience has now */
  takeAudience({ account_id, audience_id, add = [], remove = [], delete: gone }: AudienceChange): number {
    const name = key(account_id, audience_id);
    if (gone) {
      this.#audiences.delete(name);
      return 0;
    }
    const members = this.#audiences.get(name) ?? new Map<string, true>();
    for (const { external_id } of add) keep(members, external_id, true, MOST.members);
    for (const { external_id } of remove) members.delete(external_id);
    keep(this.#audiences, name, members, MOST.audiences);
    return members.size;
  }

  /** @returns how many items the catalogue has now */
  takeCatalog({ account_id, catalog_id, items = [], part, delete: gone }: CatalogUpload): number {
    const name = key(account_id, catalog_id);
    if (gone) {
      this.#catalogs.delete(name);
      return 0;
    }
    const before = part === undefined || part.number === 1 ? [] : (this.#catalogs.get(name) ?? []);
    const ids = [...new Set([...before, ...items.map(({ item_id }) => item_id)])];
    keep(this.#catalogs, name, ids, MOST.catalogs);
    return ids.length;
  }

  /** @returns how many of the events were not known */
  takeEvents({ account_id, event_source_id, events }: EventDelivery): number {
    const name = key(account_id ?? '', event_source_id);
    const known = this.#events.get(name) ?? new Map<string, true>();
    const fresh = events.filter(({ event_type, event_id }) => !known.has(key(event_type, event_id)));
    for (const { event_type, event_id } of events) keep(known, key(event_type, event_id), true, MOST.events);
    keep(this.#events, name, known, MOST.sources);
    return fresh.length;
  }
}

const key = (one: string, other: string): string => JSON.stringify([one, other]);

/** Adds or renews an entry; a map that grows over `most` loses its oldest. */
function keep<Value>(map: Map<string, Value>, name: string, value: Value, most: number): void {
  map.delete(name);
  map.set(name, value);
  if (map.size > most) map.delete(map.keys().next().value!);
}
