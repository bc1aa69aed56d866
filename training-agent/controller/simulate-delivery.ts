import type { DeliveryCounters, DeliveryFact, DeliveryGauges, DeliveryLedger } from '../../src/domain/delivery-facts.ts';
import { servingBuy } from '../../src/domain/creative-serving.ts';
import { servingFacts } from '../../src/usecases/serving-facts.ts';
import { deliveryFact } from '../../src/domain/delivery-split.ts';
import type { MoreCounters } from '../../src/domain/delivery-more.ts';
import { isTerminal, type MediaBuyRecord } from '../../src/domain/media-buy.ts';
import { ticked } from '../../src/domain/media-buy-lifecycle.ts';
import { toMicros, wireAmount } from '../../src/domain/money.ts';
import { queuedWindow } from '../../src/domain/window-notice.ts';
import type { SimulateDelivery } from '../../src/protocol/wire/controller-params.ts';
import { answer } from '../../src/usecases/desk.ts';
import { partsOf } from '../delivery-parts.ts';
import { refusal, type Scenario } from './scenario.ts';

/** Reports delivery as the platform would: counters add up over calls, measurements replace those before (seller specification §5.2). */
export const simulateDelivery: Scenario<'simulate_delivery'> = async (params, { caller, desk }) => {
  const now = desk.clock.now().toISOString();
  const stored = await desk.store.mediaBuy(caller.reach, params.media_buy_id);
  const buy = stored && ticked(stored, now);
  if (buy === undefined) return refusal('NOT_FOUND', 'this caller has no such media buy');
  if (isTerminal(buy.status)) return refusal('INVALID_STATE', `a media buy that is ${buy.status} delivers no more`, buy.status);
  if (buy.packages.length === 0) return refusal('INVALID_STATE', 'a media buy without packages has nothing to deliver', buy.status);
  const { currency } = params.reported_spend ?? {};
  if (currency !== undefined && currency !== buy.currency) return refusal('INVALID_PARAMS', `params.reported_spend.currency is ${currency}, but the media buy is in ${buy.currency}`);

  const serving = servingBuy(buy, await servingFacts([buy], { principal_id: buy.principal_id, library: buy.library, wide: caller.reach.wide }, desk));
  const plain = deliveryFact(serving, { counters: countersOf(params), more: moreOf(params), gauges: measured(params) }, now.slice(0, 10), Number(now.slice(11, 13)));
  const fact = { ...plain, parts: partsOf(buy, plain) };
  const [past] = await desk.store.delivery(buy.principal_id, [buy.media_buy_id]);
  const { media_buy_id: _named, ...simulated } = params;
  const news = queuedWindow(buy, past?.gauges ?? {}, fact.gauges, desk.ids, now);
  return answer({ success: true, simulated, cumulative: cumulative(buy, past, fact) }, [{ kind: 'record_delivery', fact }, ...news], [`media_buy:${buy.media_buy_id}`]);
};

function countersOf({ impressions, clicks, views, completed_views, conversions, conversion_value, reported_spend }: SimulateDelivery): Partial<DeliveryCounters> {
  return stated({
    impressions, clicks, views, completed_views, conversions,
    conversion_value_micros: conversion_value === undefined ? undefined : toMicros(conversion_value),
    spend_micros: reported_spend === undefined ? undefined : toMicros(reported_spend.amount),
  });
}

function moreOf({ engagements, follows, saves, profile_visits, leads, downloads, units_sold, new_to_brand_units, plays, grps, quartile_data }: SimulateDelivery): MoreCounters {
  const grps_micros = grps === undefined ? undefined : toMicros(grps);
  return stated({ engagements, follows, saves, profile_visits, leads, downloads, units_sold, new_to_brand_units, plays, grps_micros, ...quartile_data });
}

/** What is measured, not counted. */
function measured(all: SimulateDelivery | DeliveryGauges): DeliveryGauges {
  const { reach, frequency, reach_window, viewability, vendor_metric_values, is_final, finalized_at, measurement_window } = all;
  return stated({ reach, frequency, reach_window, viewability, vendor_metric_values, is_final, finalized_at, measurement_window });
}

/** All that was reported of the buy so far, this report included. */
function cumulative(buy: MediaBuyRecord, past: DeliveryLedger | undefined, fact: DeliveryFact): Record<string, unknown> {
  const reports: readonly Partial<DeliveryCounters>[] = [...(past?.rows.map((row) => row.counters) ?? []), ...fact.increments];
  const sum = (name: keyof DeliveryCounters) => reports.reduce((total, each) => total + (each[name] ?? 0), 0);
  return {
    impressions: sum('impressions'), clicks: sum('clicks'), views: sum('views'), completed_views: sum('completed_views'), conversions: sum('conversions'),
    conversion_value: wireAmount(sum('conversion_value_micros'), buy.currency),
    reported_spend: { amount: wireAmount(sum('spend_micros'), buy.currency), currency: buy.currency },
    ...measured({ ...past?.gauges, ...fact.gauges }),
  };
}

/** The members that have a value. */
function stated<Members extends object>(members: Members): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
