/** Bids, budgets and currencies (seller specification §2.8, rows 1 and 7 to 9). A bid on a fixed price is kept and has no effect. */
import { adcpError } from '../../protocol/errors.ts';
import { MOST_MONEY } from '../../protocol/limits.ts';
import { toMicros, wireAmount } from '../money.ts';
import type { LineCheck } from './line.ts';

/** Money is reckoned with up to a limit; what lies beyond is a slip of the pen. */
export const amounts: LineCheck = ({ path, asked }) =>
  (['budget', 'bid_price'] as const).flatMap((member) =>
    asked[member] === undefined || asked[member] <= MOST_MONEY
      ? []
      : [adcpError('INVALID_REQUEST', `${path}.${member} is above ${MOST_MONEY}, the most that this seller reckons with`, { field: `${path}.${member}` })],
  );

/** A bid is at the floor or above; none at all is fine. */
export const bid: LineCheck = ({ path, asked: { bid_price }, pricing }) => {
  if (bid_price === undefined || pricing === undefined || pricing.fixed_price !== undefined) return [];
  const floor = pricing.floor_price ?? 0;
  if (bid_price >= floor) return [];
  return [
    adcpError('INVALID_REQUEST', `${path}.bid_price ${bid_price} is below the floor of ${floor} ${pricing.currency}`, {
      field: `${path}.bid_price`,
    }),
  ];
};

/** A package needs the least spend of its pricing option, and can give back nothing that it has spent. */
export const budget: LineCheck = ({ path, asked: { budget: asked }, pricing, spent_micros = 0 }) => {
  if (asked === undefined || pricing === undefined) return [];
  const least = Math.max(toMicros(pricing.min_spend_per_package ?? 0), spent_micros);
  if (toMicros(asked) >= least) return [];
  const minimum_budget = wireAmount(least, pricing.currency);
  return [
    adcpError('BUDGET_TOO_LOW', `${path}.budget ${asked} is below ${minimum_budget} ${pricing.currency}`, {
      field: `${path}.budget`,
      details: { minimum_budget, currency: pricing.currency },
    }),
  ];
};

/** All packages of a buy are priced in one currency. */
export const currency: LineCheck = ({ path, pricing }, facts) => {
  if (pricing === undefined || pricing.currency === facts.currency) return [];
  return [
    adcpError('INVALID_REQUEST', `${path} is priced in ${pricing.currency}, the buy in ${facts.currency}; a buy has one currency`, {
      field: `${path}.pricing_option_id`,
    }),
  ];
};
