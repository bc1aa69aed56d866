import { maySpend } from '../domain/account.ts';
import type { Caller } from '../domain/caller.ts';
import { committed, lostProducts } from '../domain/proposal/commit.ts';
import { isCommitted, type ProposalRecord } from '../domain/proposal/proposal.ts';
import type { ProposalEntry } from '../domain/refine/entries.ts';
import { adcpError, refused, type Refused } from '../protocol/errors.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { Desk } from './desk.ts';
import type { ProductOffer } from './product-offer.ts';

/** Commits every named proposal or none: all are checked first, and all are recorded in one change set. */
export function finalisedProposals(
  entries: readonly ProposalEntry[], records: ReadonlyMap<string, ProposalRecord>, feed: readonly Product[], caller: Caller, desk: Desk,
): ProductOffer | Refused {
  const barred = caller.account && maySpend(caller.account);
  if (barred) return barred;
  const drafts = entries.map(({ proposal_id }) => records.get(proposal_id)!);
  const [first, ...more] = drafts.flatMap((record, at) => {
    const lost = isCommitted(record) ? [] : lostProducts(record, feed);
    return lost.length === 0
      ? []
      : [adcpError('PRODUCT_NOT_FOUND', `${lost.join(', ')} of proposal "${record.proposal_id}" cannot be had any more; refine it first`, { field: `refine[${at}].proposal_id` })];
  });
  if (first) return refused(first, ...more);

  const { seller, clock, ids } = desk;
  const advertiser = caller.account?.brand.domain;
  const promised = drafts.map((record) => committed(record, {
    products: feed, io_id: ids.next('io'), requires_signature: seller.signed_insertion_orders === true, now: clock.now().toISOString(),
    parties: { publisher: seller.name, ...(advertiser === undefined ? {} : { advertiser }) },
  }));
  return {
    kind: 'offer',
    products: [...new Map(promised.flatMap((record) => (record.promised ?? []).map((product) => [product.product_id, product] as const))).values()],
    proposals: promised.map(({ proposal }) => proposal),
    refinement_applied: promised.map(({ proposal: { proposal_id, expires_at } }) => ({
      scope: 'proposal', proposal_id, status: 'applied', notes: `Committed; its prices hold until ${expires_at!}.`,
    })),
    changes: promised.flatMap((proposal, at) => (proposal === drafts[at] ? [] : [{ kind: 'put_proposal' as const, proposal }])),
  };
}
