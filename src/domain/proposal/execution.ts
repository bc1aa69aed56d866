/** Whether a proposal may be bought as a buyer asks (seller specification §2.6), in the order of the refusals. */
import { invalid, refuse, type Refused } from '../../protocol/errors.ts';
import type { CreateMediaBuyRequest } from '../../protocol/wire/create-media-buy.ts';
import { MOST_MONEY } from '../../protocol/limits.ts';
import { leastBudget } from './allocation.ts';
import { hasExpired, isCommitted, type ProposalRecord } from './proposal.ts';

const field = 'proposal_id';

/** @param now ISO 8601 */
export function executionFlaw(
  { proposal_id, total_budget, io_acceptance, packages }: CreateMediaBuyRequest, record: ProposalRecord | undefined, now: string,
): Refused | undefined {
  if (packages !== undefined) return invalid('packages', 'a proposal brings its own packages; name one or the other');
  if (record === undefined) return refuse('PROPOSAL_NOT_FOUND', `proposal "${proposal_id!}" is not known`, { field });
  const { proposal, currency, promised = [], media_buy_id } = record;
  if (media_buy_id !== undefined) return refuse('INVALID_STATE', `proposal "${proposal_id!}" became media buy ${media_buy_id} already`, { field, suggestion: 'Get a new proposal with `get_products`.' });
  if (hasExpired(record, now)) return refuse('PROPOSAL_EXPIRED', `proposal "${proposal_id!}" expired at ${proposal.expires_at!}`, { field });
  if (!isCommitted(record)) return refuse('PROPOSAL_NOT_COMMITTED', `proposal "${proposal_id!}" is a draft`, { field });
  const order = proposal.insertion_order;
  const unsigned = io_acceptance === undefined ? order?.requires_signature === true : io_acceptance.io_id !== order?.io_id;
  if (unsigned) return refuse('IO_REQUIRED', `proposal "${proposal_id!}" needs the acceptance of its insertion order ${order!.io_id}`, { field: 'io_acceptance' });
  if (total_budget!.currency !== currency) return invalid('total_budget.currency', `the proposal is priced in ${currency}`);
  if (total_budget!.amount > MOST_MONEY) return invalid('total_budget.amount', `total_budget.amount is above ${MOST_MONEY}, the most that this seller reckons with`);
  const minimum_budget = leastBudget(proposal.allocations, promised);
  return total_budget!.amount >= minimum_budget
    ? undefined
    : refuse('BUDGET_TOO_LOW', `total_budget.amount is below ${minimum_budget} ${currency}`, { field: 'total_budget.amount', details: { minimum_budget, currency } });
}
