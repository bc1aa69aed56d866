import type { AccountRecord } from '../domain/account.ts';
import type { Caller } from '../domain/caller.ts';
import type { AccountNaming } from '../domain/ports/account-scope.ts';
import type { Change } from '../domain/ports/store.ts';
import { usageFlaw } from '../domain/usage-flaw.ts';
import { adcpError, type AdcpError } from '../protocol/errors.ts';
import type { ReportUsageRequest, ReportUsageSuccess, UsageEntry } from '../protocol/wire/report-usage.ts';
import { answer, type Desk, type UseCase } from './desk.ts';
import { findAccounts } from './find-accounts.ts';

/** No entry can be of a period that is none. The answer of this task has no arm for refusals. */
const BACKWARDS = adcpError('INVALID_REQUEST', 'reporting_period.end must lie after reporting_period.start', { field: 'reporting_period.end' });

type Judged = { readonly kind: 'taken'; readonly change: Change; readonly account_id: string } | { readonly kind: 'failed'; readonly error: AdcpError };

/** Takes down what buyers report as used and owed. Each entry is taken or named in `errors` alone, with its path. */
export const reportUsage: UseCase<ReportUsageRequest, ReportUsageSuccess> = async (request, caller, desk) => {
  const { start, end } = request.reporting_period;
  if (Date.parse(end) <= Date.parse(start)) return answer({ accepted: 0, errors: [BACKWARDS as never] });
  const judged = await Promise.all(request.usage.map((entry, at) => judge(entry, at, { start, end }, caller, desk)));
  const taken = judged.filter((each) => each.kind === 'taken');
  const errors = judged.flatMap((each) => (each.kind === 'failed' ? [each.error] : []));
  return answer(
    { accepted: taken.length, ...(errors.length > 0 ? { errors: errors as never } : {}) },
    taken.map(({ change }) => change),
    [...new Set(taken.map(({ account_id }) => `usage:${account_id}`))],
  );
};

async function judge(entry: UsageEntry, at: number, reporting_period: { start: string; end: string }, caller: Caller, desk: Desk): Promise<Judged> {
  const failed = ({ field, ...error }: AdcpError): Judged => ({ kind: 'failed', error: { ...error, field: `usage[${at}].${field}` } });
  const account = await accountOf(entry.account as AccountNaming, caller, desk);
  if (account === undefined) return failed(adcpError('ACCOUNT_NOT_FOUND', 'no such account for this caller', { field: 'account' }));
  const { principal } = caller;
  const reach = desk.scope.reach(principal, account, entry.account as AccountNaming);
  const buy = entry.media_buy_id === undefined ? undefined : await desk.store.mediaBuy(reach, entry.media_buy_id);
  const flaw = usageFlaw(entry, account, buy);
  if (flaw) return failed(flaw);
  const { account: _named, ...reported } = entry;
  const usage = { principal_id: principal.principal_id, account_id: account.account_id, reporting_period, received_at: desk.clock.now().toISOString(), entry: reported };
  return { kind: 'taken', account_id: account.account_id, change: { kind: 'put_usage', usage } };
}

async function accountOf(naming: AccountNaming, { principal }: Caller, desk: Desk): Promise<AccountRecord | undefined> {
  const found = await findAccounts(principal, naming, desk);
  return found.length === 1 ? found[0] : undefined;
}
