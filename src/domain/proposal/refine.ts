/** Moves the parts of a draft as a buyer's free text asks. */
import type { Product } from '../../protocol/wire/core/product.ts';
import type { Proposal } from '../../protocol/wire/core/proposal.ts';
import type { Features } from '../features.ts';
import { met, missed, type WishOutcome } from '../refine/outcome.ts';
import { admitted, isNamedBy } from '../refine/product-wish.ts';
import { clausesOf, type Clause, type Wish } from '../refine/wish.ts';
import { allocationsOf, isPlannable, leastBudget, type PlanPart } from './allocation.ts';

/** As many products as a plan has at most. */
const MOST_PARTS = 8;
const ASKED = 'The buyer asked for it.';

export interface Replanning {
  readonly proposal: Proposal;
  readonly currency: string;
  /** Everything that a plan may take, best first. */
  readonly pool: readonly Product[];
  readonly features: Features;
}

/** The draft after an ask, with what became of each clause. Percentages add up to 100 again. */
export function replanned(ask: string, { proposal, currency, pool, features }: Replanning): { readonly proposal: Proposal; readonly outcomes: readonly WishOutcome[] } {
  const payable = pool.filter((product) => isPlannable(product, currency));
  let guidance = proposal.total_budget_guidance ?? {};
  let parts: readonly PlanPart[] = proposal.allocations.flatMap(({ product_id, allocation_percentage, rationale }) => {
    const product = payable.find((each) => each.product_id === product_id);
    return product ? [{ product, weight: allocation_percentage, ...(rationale === undefined ? {} : { rationale }) }] : [];
  });
  const outcomes = clausesOf(ask).map((clause): WishOutcome => {
    const { wish } = clause;
    if (wish?.kind === 'budget' && (wish.budget.currency === undefined || wish.budget.currency === currency)) {
      guidance = { ...guidance, recommended: wish.budget.amount };
      return met(`The plan is made for ${wish.budget.amount} ${currency}; the total_budget of the media buy decides`);
    }
    const moved = afterClause(parts, clause, payable, features);
    parts = moved.parts;
    return moved.outcome;
  });
  if (parts.length === 0) return { proposal, outcomes: outcomes.map(() => missed('None of its products is on offer any more; send a new brief')) };
  const allocations = allocationsOf(parts, currency);
  const min = leastBudget(allocations, parts.map(({ product }) => product));
  return { proposal: { ...proposal, allocations, total_budget_guidance: { ...guidance, min, currency } }, outcomes };
}

function afterClause(parts: readonly PlanPart[], { text, wish }: Clause, pool: readonly Product[], features: Features): { parts: readonly PlanPart[]; outcome: WishOutcome } {
  const as = (outcome: WishOutcome, moved = parts) => ({ parts: moved, outcome });
  if (wish === undefined) return as(missed(`"${text}" was not understood and counts for nothing`));
  switch (wish.kind) {
    case 'budget':
      return as(missed('The plan is in another currency'));
    case 'frequency_cap':
      return as(features.frequency_capping ? met('Every product takes a frequency_cap in the targeting overlay of its package') : missed('This seller does not cap frequency'));
    case 'share': case 'with': {
      const moved = shifted(parts, wish, pool);
      return moved ? as(met(`"${text}" is planned`), moved) : as(missed(`"${text}" changes nothing: the plan could take no product of that name, or nothing is free for it`));
    }
    default: {
      const kept = held(parts, wish, pool);
      return kept ? as(met(`"${text}" is planned`), kept) : as(missed(`No product fulfils "${text}", so the plan stays as it was`));
    }
  }
}

/** What the wish admits, at the weights that it had; when nothing is left, the best that would do. */
function held(parts: readonly PlanPart[], wish: Wish, pool: readonly Product[]): readonly PlanPart[] | undefined {
  const kept = parts.flatMap((part) => {
    const left = admitted(part.product, wish);
    return left ? [{ ...part, product: left }] : [];
  });
  if (kept.length > 0) return kept;
  const [instead] = pool.flatMap((product) => admitted(product, wish) ?? []);
  return instead && [{ product: instead, weight: 100, rationale: ASKED }];
}

/**
 * The named products get their share, the others keep their proportions in the rest; without a percentage they get what earlier
 * clauses have freed. A plan without any of them takes the best in.
 */
function shifted(
  parts: readonly PlanPart[], { words, percent }: { readonly words: readonly string[]; readonly percent?: number }, pool: readonly Product[],
): readonly PlanPart[] | undefined {
  const [inside, others] = [parts.filter(({ product }) => isNamedBy(product, words)), parts.filter(({ product }) => !isNamedBy(product, words))];
  const entering = inside.length > 0 || parts.length >= MOST_PARTS ? undefined : pool.find((product) => isNamedBy(product, words));
  const group = entering ? [{ product: entering, weight: 1, rationale: ASKED }] : inside;
  if (group.length === 0) return undefined;
  if (percent !== undefined) return [...scaled(group, others.length === 0 ? 100 : percent), ...scaled(others, 100 - percent)];
  const freed = 100 - total(parts);
  if (entering) return [...others, { product: entering, weight: freed > 0 ? freed : total(others) / others.length, rationale: ASKED }];
  return freed > 0 ? [...scaled(inside, total(inside) + freed), ...others] : undefined;
}

const total = (parts: readonly PlanPart[]): number => parts.reduce((sum, { weight }) => sum + weight, 0);

const scaled = (parts: readonly PlanPart[], whole: number): PlanPart[] =>
  parts.map((part) => ({ ...part, weight: (part.weight / total(parts)) * whole }));
