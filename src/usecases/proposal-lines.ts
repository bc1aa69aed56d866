import type { Caller } from '../domain/caller.ts';
import { termsOf } from '../domain/order/line.ts';
import { partBudgets } from '../domain/proposal/allocation.ts';
import { executionFlaw } from '../domain/proposal/execution.ts';
import type { ProposalRecord } from '../domain/proposal/proposal.ts';
import type { Refused } from '../protocol/errors.ts';
import type { CreateMediaBuyRequest } from '../protocol/wire/create-media-buy.ts';
import type { Desk } from './desk.ts';
import type { OrderLine } from './order-lines.ts';

/** The packages that a committed proposal stands for, at the prices that it promised, whatever the catalogue says now. */
export async function proposalLines(
  request: CreateMediaBuyRequest, caller: Caller, desk: Desk,
): Promise<{ readonly kind: 'proposal_lines'; readonly lines: readonly OrderLine[]; readonly proposal: ProposalRecord } | Refused> {
  const [record] = await desk.store.proposals(caller.reach, [request.proposal_id!]);
  const flaw = executionFlaw(request, record, desk.clock.now().toISOString());
  if (flaw) return flaw;
  const { proposal, promised = [], currency } = record!;
  const budgets = partBudgets(proposal, request.total_budget!.amount, currency);
  const lines = proposal.allocations.map(({ product_id }, at): OrderLine => {
    const product = promised.find((each) => each.product_id === product_id)!;
    const pricing = product.pricing_options[0]!;
    const asked = { product_id, pricing_option_id: pricing.pricing_option_id, budget: budgets[at]! };
    return { path: `packages[${at}]`, asked, product, pricing, terms: termsOf(product) };
  });
  return { kind: 'proposal_lines', lines, proposal: record! };
}
