/** Drafts plans for a brief from the products that suit it best. */
import type { ProductFilters } from '../../protocol/wire/core/product-filters.ts';
import type { Product } from '../../protocol/wire/core/product.ts';
import type { Proposal } from '../../protocol/wire/core/proposal.ts';
import { explained } from '../product-ranking.ts';
import { spokenAmount, type SpokenAmount } from '../refine/money-words.ts';
import { allocationsOf, isPlannable, leastBudget, type PlanPart } from './allocation.ts';
import { DRAFT_DAYS } from './proposal.ts';

const DAY_MS = 86_400_000;

/** What a plan is made for. */
export interface PlanWish {
  readonly brief: string;
  readonly filters?: Pick<ProductFilters, 'budget_range' | 'pricing_currencies'>;
}

/** A plan without its id. */
export interface Draft {
  readonly proposal: Omit<Proposal, 'proposal_id'>;
  readonly currency: string;
}

/** Weights of the parts, best product first. */
const SPREAD = [4, 3, 2, 1];
const FOCUS = [7, 3];

/**
 * Two plans over the same products, one that spreads the budget and one that bets on the best; one when there is a single product,
 * none when nothing can be planned.
 * @param ranked best first
 * @param now ISO 8601
 */
export function draftedPlans(ranked: readonly Product[], wish: PlanWish, now: string): Draft[] {
  const budget = budgetOf(wish);
  const currency = currencyOf(ranked, budget, wish);
  if (currency === undefined) return [];
  const best = ranked.filter((product) => isPlannable(product, currency)).slice(0, SPREAD.length)
    .map((product) => ({ product, rationale: explained(product, wish.brief).brief_relevance! }));
  const [spread, focus] = [SPREAD, FOCUS].map((weights) => affordable(weighed(best, weights), currency, inCurrency(budget, currency)));
  const plan = (name: string, description: string, parts: readonly PlanPart[]): Draft =>
    ({ currency, proposal: draft({ name, description, parts, currency, now, ...(budget ? { budget } : {}) }) });
  const [first] = focus!;
  if (first === undefined) return [];
  const alone = plan(`All on ${first.product.name}`, `${first.product.name} alone carries the whole budget.`, [first]);
  if (spread!.length === 1) return [alone];
  return [
    plan(`Spread over ${spread!.length} products`, 'The best products for the brief, each with a part of the budget by its rank.', spread!),
    focus!.length === 1 ? alone : plan(`Focus on ${first.product.name}`, `Most of the budget on ${first.product.name}, the rest on the runner-up.`, focus!),
  ];
}

const weighed = (best: readonly Omit<PlanPart, 'weight'>[], weights: readonly number[]): PlanPart[] =>
  best.slice(0, weights.length).map((part, at) => ({ ...part, weight: weights[at]! }));

/** Without the parts whose least spend the budget does not reach, the dearest first; the last one stays. */
function affordable(parts: readonly PlanPart[], currency: string, budget: number | undefined): readonly PlanPart[] {
  if (budget === undefined || parts.length <= 1) return parts;
  const needs = allocationsOf(parts, currency).map((allocation) => leastBudget([allocation], parts.map(({ product }) => product)));
  const most = Math.max(...needs);
  return most <= budget ? parts : affordable(parts.toSpliced(needs.indexOf(most), 1), currency, budget);
}

const inCurrency = (budget: SpokenAmount | undefined, currency: string): number | undefined =>
  budget !== undefined && (budget.currency === undefined || budget.currency === currency) ? budget.amount : undefined;

interface Outline {
  readonly name: string;
  readonly description: string;
  readonly parts: readonly PlanPart[];
  readonly currency: string;
  readonly now: string;
  readonly budget?: SpokenAmount;
}

function draft({ name, description, parts, currency, now, budget }: Outline): Draft['proposal'] {
  const allocations = allocationsOf(parts, currency);
  return {
    name: name.slice(0, 500), description, allocations, proposal_status: 'draft',
    expires_at: new Date(Date.parse(now) + DRAFT_DAYS * DAY_MS).toISOString(),
    total_budget_guidance: guidance(leastBudget(allocations, parts.map(({ product }) => product)), currency, budget),
    brief_alignment: parts.map(({ product, rationale }) => `${product.name}: ${rationale!}`).join(' ').slice(0, 2000),
  };
}

function guidance(min: number, currency: string, budget: SpokenAmount | undefined): NonNullable<Proposal['total_budget_guidance']> {
  const told = inCurrency(budget, currency);
  return { min, ...(told !== undefined && told >= min ? { recommended: told } : {}), currency };
}

/** A filter says it more plainly than a text. */
function budgetOf({ brief, filters }: PlanWish): SpokenAmount | undefined {
  const range = filters?.budget_range;
  if (range?.max !== undefined) return { amount: range.max, currency: range.currency };
  return spokenAmount(brief);
}

/** A plan is in one currency: the buyer's where the best product is sold in it, else the best product's own. */
function currencyOf(ranked: readonly Product[], budget: SpokenAmount | undefined, { filters }: PlanWish): string | undefined {
  const wished = [budget?.currency, ...(filters?.pricing_currencies ?? [])].filter((each) => each !== undefined);
  return wished.find((currency) => ranked.slice(0, SPREAD.length).some((product) => isPlannable(product, currency)))
    ?? ranked.flatMap(({ pricing_options }) => pricing_options.map(({ currency }) => currency)).find((currency) => ranked.some((product) => isPlannable(product, currency)));
}
