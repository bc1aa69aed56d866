import { ACCOUNT_EDGES } from '../../src/domain/account.ts';
import { moved, refusal, type Scenario } from './scenario.ts';

/** Moves an account along the edges of its states (seller specification §3.2); where it already is, it may stay. */
export const forceAccountStatus: Scenario<'force_account_status'> = async (params, { caller, desk }) => {
  const { account_id, status } = params;
  const account = await desk.store.account(caller.principal.principal_id, account_id);
  if (account === undefined) return refusal('NOT_FOUND', 'this caller has no such account');
  if (account.status === status) return moved(status, status);
  if (!ACCOUNT_EDGES[account.status].includes(status))
    return refusal('INVALID_TRANSITION', `an account that is ${account.status} cannot become ${status}`, account.status);
  return moved(account.status, status, [{ kind: 'put_account', account: { ...account, status } }], [`account:${account_id}`]);
};
