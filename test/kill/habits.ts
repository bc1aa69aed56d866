/** What buyers do all day, each one thing after the other: what comes next may follow from what was answered before. */
import type { Chance } from './chance.ts';
import type { Json, Operation } from './operation.ts';

export interface Habit {
  next(): Operation;
}

/** Where the buyers buy. */
export interface Market {
  readonly account: Json;
  /** A product and one of its pricing options. */
  readonly terms: Json;
  readonly event_source_id: string;
  /** Where webhooks are taken; absent: the seller may not reach this machine. */
  readonly hooks?: string;
}

type Write = (task: string, request: Json) => Operation;
function writing({ account }: Market, chance: Chance): Write {
  let number = 0;
  return (task, request) => ({ number: (number += 1), task, request: { idempotency_key: chance.uuid(), account, ...request }, sends: 0 });
}

/** Buys, and changes the budget of what was bought twice before it buys again. Wants to be told of most of it. */
export function purchaser(market: Market, chance: Chance): Habit {
  const write = writing(market, chance);
  const told = (): Json => (market.hooks && chance.next() < 0.7 ? { push_notification_config: { url: `${market.hooks}/${chance.between(1, 9)}`, operation_id: chance.uuid() } } : {});
  let bought: Operation | undefined;
  let changes = 0;
  return {
    next() {
      if (bought?.acknowledged === undefined || (changes += 1) > 2) {
        changes = 0;
        return (bought = write('create_media_buy', {
          brand: market.account['brand'], start_time: 'asap', end_time: '2099-12-31T23:59:59Z', packages: [{ ...market.terms, budget: 5000 }], ...told(),
        }));
      }
      const { media_buy_id, packages } = bought.acknowledged as { media_buy_id: string; packages: { package_id: string }[] };
      return write('update_media_buy', { media_buy_id, packages: [{ package_id: packages[0]!.package_id, budget: 5000 + changes * 100 + chance.between(1, 99) }], ...told() });
    },
  };
}

/** Logs conversions, some of them once more in a later call, as tag managers do. */
export function shop(market: Market, chance: Chance): Habit {
  const write = writing(market, chance);
  let earlier: Json[] = [];
  return {
    next() {
      const fresh = Array.from({ length: chance.between(1, 6) }, () => ({
        event_id: chance.uuid(), event_type: 'purchase', event_time: '2099-01-01T00:00:00Z', user_match: { hashed_email: 'a'.repeat(64) },
      }));
      const events = chance.next() < 0.3 ? [...fresh, ...earlier.slice(0, 2)] : fresh;
      earlier = fresh;
      return write('log_event', { event_source_id: market.event_source_id, events });
    },
  };
}

/** Keeps an audience: people come, and its name changes. */
export function listKeeper(market: Market, chance: Chance): Habit {
  const write = writing(market, chance);
  const audience_id = `people-${chance.between(1000, 9999)}`;
  let version = 0;
  return {
    next() {
      version += 1;
      const add = [{ external_id: `person-${version}`, hashed_email: chance.between(0, 9).toString().repeat(64) }];
      return write('sync_audiences', { audiences: [{ audience_id, name: `People ${version}`, audience_type: 'crm', add }] });
    },
  };
}
