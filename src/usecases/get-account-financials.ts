import { financesOf } from '../domain/account-finances.ts';
import { accountName } from '../domain/account-name.ts';
import { financialPeriod, rangeOfPeriod } from '../domain/account-period.ts';
import type { AccountNaming } from '../domain/ports/account-scope.ts';
import { refuse } from '../protocol/errors.ts';
import type { GetAccountFinancialsRequest, GetAccountFinancialsSuccess } from '../protocol/wire/get-account-financials.ts';
import { answer, type UseCase } from './desk.ts';

/** Currency of an account that has bought nothing yet. */
const USUAL_CURRENCY = 'USD';

/** Tells what the media buys of an account spent, and whether it is in good standing. Accounts of the buyer's agent or advertiser are billed elsewhere. */
export const getAccountFinancials: UseCase<GetAccountFinancialsRequest, GetAccountFinancialsSuccess> = async (request, caller, desk) => {
  const asked = financialPeriod(request.period, desk.clock.now());
  if (asked.kind === 'refused') return asked;
  const { principal, account } = caller;
  const { period } = asked;
  if (account === undefined) {
    // Where accounts come into being as they are named, one that nobody has named yet has spent nothing.
    if (desk.scope.unknown(principal, request.account as AccountNaming, true) !== 'provision')
      return refuse('ACCOUNT_NOT_FOUND', 'no such account for this caller', { field: 'account' });
    return answer(financesOf(accountName(request.account), { status: 'active' }, [], period, USUAL_CURRENCY));
  }
  if (account.billing !== 'operator')
    return refuse('UNSUPPORTED_FEATURE', `the account is billed to its ${account.billing}; finances are told of accounts that are billed to their operator`, { field: 'account' });
  const spendings = await desk.store.spending(account.principal_id, account.account_id, rangeOfPeriod(period));
  return answer(financesOf(accountName(request.account), account, spendings, period, USUAL_CURRENCY));
};
