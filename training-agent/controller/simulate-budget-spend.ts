import type { DeliveryFact, DeliveryGauges, DeliveryLedger } from '../../src/domain/delivery-facts.ts';
import { deliveryFact } from '../../src/domain/delivery-split.ts';
import { isTerminal, type MediaBuyRecord, type PackageRecord } from '../../src/domain/media-buy.ts';
import { ticked } from '../../src/domain/media-buy-lifecycle.ts';
import { fromMicros, toMicros, wireAmount } from '../../src/domain/money.ts';
import { answer } from '../../src/usecases/desk.ts';
import { refusal, type Asker, type ParamsOf, type Scenario, type ScenarioOutcome } from './scenario.ts';

/** More buys than an account of a sandbox has. */
const ALL = 10_000;

/**
 * Spends every package up to a share of its budget, with as many impressions as that money buys (seller specification §5.2).
 * What is spent stays spent: a lower share than was reached is refused.
 */
export const simulateBudgetSpend: Scenario<'simulate_budget_spend'> = async (params, asker) => {
  const found = await targets(params, asker);
  if (found.kind === 'refused') return found.outcome;
  const { buys } = found;
  const { spend_percentage } = params;
  const { store, clock } = asker.desk;
  const now = clock.now().toISOString();
  const ledgers = await store.delivery(asker.caller.principal.principal_id, buys.map((buy) => buy.media_buy_id));
  const facts = buys.map((buy) => spentTo(buy, spend_percentage, ledgers.find((ledger) => ledger.media_buy_id === buy.media_buy_id), now));
  const beyond = buys.find((_, at) => facts[at] === undefined);
  if (beyond) return refusal('INVALID_STATE', `media buy ${beyond.media_buy_id} has spent more than ${spend_percentage} % of a package's budget already`, beyond.status);

  const [{ currency }] = buys;
  const budget = buys.flatMap(spendable).reduce((sum, each) => sum + budgetMicros(each), 0);
  const simulated = { spend_percentage, budget: wireAmount(budget, currency), computed_spend: wireAmount(shareOf(budget, spend_percentage), currency), currency };
  const changes = facts.flatMap((fact) => (fact === undefined ? [] : [{ kind: 'record_delivery', fact } as const]));
  return answer({ success: true, simulated }, changes, buys.map((buy) => `media_buy:${buy.media_buy_id}`));
};

type Targets = { readonly kind: 'buys'; readonly buys: readonly [MediaBuyRecord, ...MediaBuyRecord[]] } | { readonly kind: 'refused'; readonly outcome: ScenarioOutcome };

/** The buy that is named, or all of the account's that have not ended; they share a currency. */
async function targets({ media_buy_id, account_id }: ParamsOf<'simulate_budget_spend'>, { caller, desk: { store, clock } }: Asker): Promise<Targets> {
  const now = clock.now().toISOString();
  const refused = (...reason: Parameters<typeof refusal>): Targets => ({ kind: 'refused', outcome: refusal(...reason) });
  if (media_buy_id !== undefined) {
    const stored = await store.mediaBuy(caller.reach, media_buy_id);
    const buy = stored && ticked(stored, now);
    if (buy === undefined) return refused('NOT_FOUND', 'this caller has no such media buy');
    return isTerminal(buy.status) ? refused('INVALID_STATE', `a media buy that is ${buy.status} spends no more`, buy.status) : { kind: 'buys', buys: [buy] };
  }
  const account = await store.account(caller.principal.principal_id, account_id!);
  if (account === undefined) return refused('NOT_FOUND', 'this caller has no such account');
  const { items } = await store.mediaBuys({ principal_id: account.principal_id, wide: true }, {}, { limit: ALL });
  const [first, ...rest] = items.map((buy) => ticked(buy, now)).filter((buy) => buy.account_id === account.account_id && !isTerminal(buy.status));
  if (first === undefined) return refused('INVALID_STATE', 'the account has no media buy that could spend', account.status);
  if (rest.some((buy) => buy.currency !== first.currency)) return refused('INVALID_STATE', 'the media buys of the account are in several currencies; name one media buy', account.status);
  return { kind: 'buys', buys: [first, ...rest] };
}

/** @returns undefined when a package has spent more already */
function spentTo(buy: MediaBuyRecord, percentage: number, ledger: DeliveryLedger | undefined, now: string): DeliveryFact | undefined {
  const missing = spendable(buy).map((each) => {
    const rows = (ledger?.rows ?? []).filter((row) => row.package_id === each.package.package_id);
    return { each, micros: shareOf(budgetMicros(each), percentage) - rows.reduce((sum, row) => sum + row.counters.spend_micros, 0) };
  });
  if (missing.some(({ micros }) => micros < 0)) return undefined;
  const [day, hour] = [now.slice(0, 10), Number(now.slice(11, 13))];
  const facts = missing.map(({ each, micros }) =>
    deliveryFact({ ...buy, packages: [each] }, { counters: { spend_micros: micros, impressions: impressionsFor(micros, each) } }, day, hour));
  return {
    principal_id: buy.principal_id, media_buy_id: buy.media_buy_id, day, hour,
    increments: facts.flatMap((fact) => fact.increments), gauges: together(facts.map((fact) => fact.gauges)),
  };
}

/** What each package assumes of its frequency, beside what the others do. */
function together(gauges: readonly DeliveryGauges[]): DeliveryGauges {
  const assumed_frequency = Object.assign({}, ...gauges.map((each) => each.assumed_frequency)) as Record<string, number>;
  return { ...Object.assign({}, ...gauges), ...(Object.keys(assumed_frequency).length > 0 ? { assumed_frequency } : {}) };
}

const spendable = (buy: MediaBuyRecord): readonly PackageRecord[] => buy.packages.filter((each) => each.package.canceled !== true);
const budgetMicros = ({ package: bought }: PackageRecord): number => toMicros(bought.budget ?? 0);
const shareOf = (micros: number, percentage: number): number => Math.round((micros * percentage) / 100);

/** Price of a thousand impressions, in the currency's major unit, where a package pays for something else. */
const USUAL_CPM = 10;

function impressionsFor(micros: number, { package: bought, pricing }: PackageRecord): number {
  const perThousand = pricing?.pricing_model === 'cpm' || pricing?.pricing_model === 'vcpm';
  const price = perThousand ? (pricing.fixed_price ?? bought.bid_price ?? pricing.floor_price) : undefined;
  return Math.round((fromMicros(micros) / (price !== undefined && price > 0 ? price : USUAL_CPM)) * 1000);
}
