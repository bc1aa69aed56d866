import type { Caller } from '../domain/caller.ts';
import { ranked } from '../domain/product-ranking.ts';
import { isCommitted, type ProposalRecord } from '../domain/proposal/proposal.ts';
import { replanned } from '../domain/proposal/refine.ts';
import { asksOf, finalizeFlaw, isFinal, type ProposalEntry } from '../domain/refine/entries.ts';
import { met, missed, standingOf, type WishOutcome } from '../domain/refine/outcome.ts';
import { refinedProducts } from '../domain/refine/product-entries.ts';
import type { Refused } from '../protocol/errors.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { GetProductsRequest, RefineEntry, RefinementApplied } from '../protocol/wire/get-products.ts';
import { briefProposals } from './brief-proposals.ts';
import type { Desk } from './desk.ts';
import { finalisedProposals } from './finalised-proposals.ts';
import type { FoundProducts } from './found-products.ts';
import { namedProposals } from './named-proposals.ts';
import type { ProductOffer, ShownProposals } from './product-offer.ts';

/**
 * Changes an earlier answer, entry by entry (seller specification §2.5), or commits proposals. What cannot be done is said in
 * `refinement_applied`; only an unknown proposal and a `finalize` among other entries refuse the call.
 */
export async function refined(request: GetProductsRequest, found: FoundProducts, caller: Caller, desk: Desk): Promise<ProductOffer | Refused> {
  const entries = request.refine!;
  const flaw = finalizeFlaw(entries);
  if (flaw) return flaw;
  const named = await namedProposals(entries, caller, desk);
  if (named.kind === 'refused') return named;
  if (isFinal(entries[0]!)) return finalisedProposals(entries as ProposalEntry[], named.records, found.feed, caller, desk);

  const search = { ...found, features: desk.features };
  const { products, outcomes } = refinedProducts(entries, search);
  const plans = replannedProposals(entries, named.records, search);
  const becameOf = new Map([...outcomes, ...plans.outcomes].map(([at, each]) => [at, better(each, plans.wide.get(at))] as const));
  const shown: ShownProposals = named.records.size > 0
    ? plans
    : await briefProposals({ ...request, brief: asksOf(entries) }, products, found.feed_version, caller, desk);
  const asks = asksOf(entries);
  return {
    kind: 'offer',
    ...(asks === '' ? {} : { brief: asks }),
    products: entries.every(({ scope }) => scope === 'proposal') ? plannedProducts(shown, found.products) : products,
    proposals: shown.proposals,
    changes: shown.changes,
    refinement_applied: entries.map((entry, at) => applied(entry, becameOf.get(at) ?? [])),
  };
}

interface Replanned extends ShownProposals {
  /** Of entries about a proposal, by their place. */
  readonly outcomes: ReadonlyMap<number, readonly WishOutcome[]>;
  /** What entries about the whole came to in a plan, by their place. */
  readonly wide: ReadonlyMap<number, readonly WishOutcome[]>;
}

/** Goes through the entries in their order; what is about the whole changes every draft that is named. */
function replannedProposals(entries: readonly RefineEntry[], records: ReadonlyMap<string, ProposalRecord>, { products, features }: FoundProducts & Pick<Desk, 'features'>): Replanned {
  const current = new Map(records);
  const outcomes = new Map<number, readonly WishOutcome[]>();
  const wide = new Map<number, readonly WishOutcome[]>();
  const omitted = new Set(entries.flatMap((entry) => (entry.scope === 'proposal' && entry.action === 'omit' ? [entry.proposal_id] : [])));
  const replan = (proposal_id: string, ask: string): readonly WishOutcome[] => {
    const record = current.get(proposal_id)!;
    if (isCommitted(record)) return [missed('It is committed, and its terms are firm')];
    const { proposal, outcomes: came } = replanned(ask, { ...record, pool: ranked(products, { brief: ask }, new Set()), features });
    const { origin: _origin, ...rest } = record;
    if (came.some((outcome) => outcome.met)) current.set(proposal_id, { ...rest, proposal });
    return came;
  };
  for (const [at, entry] of entries.entries()) {
    if (entry.scope === 'request') for (const id of current.keys()) if (!omitted.has(id)) wide.set(at, replan(id, entry.ask));
    if (entry.scope !== 'proposal') continue;
    if (entry.action === 'omit') outcomes.set(at, [met('It is left out')]);
    else outcomes.set(at, entry.ask === undefined ? [] : replan(entry.proposal_id, entry.ask));
  }
  const kept = [...current.values()].filter(({ proposal_id }) => !omitted.has(proposal_id));
  return {
    outcomes, wide,
    proposals: kept.map(({ proposal }) => proposal),
    changes: kept.filter((record) => record !== records.get(record.proposal_id)).map((proposal) => ({ kind: 'put_proposal', proposal })),
  };
}

/** Of an ask about the whole, clause by clause, what was met in the products or in a plan. */
const better = (inProducts: readonly WishOutcome[], inPlans: readonly WishOutcome[] | undefined): readonly WishOutcome[] =>
  inProducts.map((outcome, at) => (outcome.met ? outcome : (inPlans?.[at]?.met ? inPlans[at] : outcome)));

const plannedProducts = ({ proposals }: ShownProposals, products: readonly Product[]): Product[] =>
  products.filter(({ product_id }) => proposals.some(({ allocations }) => allocations.some((part) => part.product_id === product_id)));

function applied(entry: RefineEntry, outcomes: readonly WishOutcome[]): RefinementApplied {
  const standing = standingOf(outcomes);
  switch (entry.scope) {
    case 'request': return { scope: 'request', ...standing };
    case 'product': return { scope: 'product', product_id: entry.product_id, ...standing };
    case 'proposal': return { scope: 'proposal', proposal_id: entry.proposal_id, ...standing };
  }
}
