import { isAnybody, type Caller } from '../domain/caller.ts';
import { draftedPlans } from '../domain/proposal/draft.ts';
import { hasExpired, type ProposalRecord } from '../domain/proposal/proposal.ts';
import { canonicalHash } from '../protocol/canonical-json.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { GetProductsRequest } from '../protocol/wire/get-products.ts';
import type { Desk } from './desk.ts';
import type { ShownProposals } from './product-offer.ts';

const NONE: ShownProposals = { proposals: [], changes: [] };

/**
 * The plans for a search: the drafts of the same search that nobody has changed, else new ones. Nobody in particular gets none.
 * @param products best first
 * @param feed_version what the catalogue is: a plan over another one is another plan
 */
export async function briefProposals(
  { brief, filters }: Pick<GetProductsRequest, 'brief' | 'filters'>, products: readonly Product[], feed_version: string, caller: Caller, desk: Desk,
): Promise<ShownProposals> {
  if (!desk.features.proposals || isAnybody(caller) || brief === undefined || brief.trim() === '') return NONE;
  const now = desk.clock.now().toISOString();
  const plans = draftedPlans(products, { brief, ...(filters ? { filters } : {}) }, now);
  if (plans.length === 0) return NONE;
  const { principal_id } = caller.principal;
  const library = caller.account?.library ?? caller.reach.library ?? '';
  const origin = canonicalHash([brief, filters ?? null, feed_version, products.slice(0, 4).map(({ product_id }) => product_id)]).slice(0, 32);
  const known = (await desk.store.draftedProposals(principal_id, library, origin)).filter((record) => !hasExpired(record, now));
  const records = plans.map(({ proposal, currency }): ProposalRecord => {
    const same = known.find((record) => record.proposal.name === proposal.name);
    if (same) return same;
    const proposal_id = desk.ids.next('prop');
    return { proposal_id, principal_id, library, row_version: 0, origin, currency, created_at: now, proposal: { proposal_id, ...proposal } };
  });
  return {
    proposals: records.map(({ proposal }) => proposal),
    changes: records.filter(({ row_version }) => row_version === 0).map((proposal) => ({ kind: 'put_proposal', proposal })),
  };
}
