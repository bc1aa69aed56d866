import type { Caller } from '../domain/caller.ts';
import { creativeFilter, creativeSort } from '../domain/creative-query.ts';
import { oldestTombstone } from '../domain/creative-purge.ts';
import { projected, shownCreative } from '../domain/creative-view.ts';
import type { CreativeRecord } from '../domain/creative.ts';
import { pagedList, pageInfo, pagePosition } from '../domain/pagination.ts';
import { webhookActivity } from '../domain/webhook-activity.ts';
import type { AccountNaming } from '../domain/ports/account-scope.ts';
import type { WebhookActivity } from '../protocol/wire/core/webhook-activity.ts';
import type { ListCreativesRequest, ListCreativesSuccess, ListedCreative } from '../protocol/wire/list-creatives.ts';
import { answer, type Desk, type UseCase } from './desk.ts';
import { findAccounts } from './find-accounts.ts';

/** The creatives of the library, filtered, sorted, in pages. Needs nothing but credentials. */
export const listCreatives: UseCase<ListCreativesRequest, ListCreativesSuccess> = async (request, caller, desk) => {
  const list = pagedList('list_creatives', caller.principal, request, desk);
  const position = pagePosition(request.pagination, list);
  if (position.kind === 'refused') return position;
  const libraries = await librariesOf(request.filters?.accounts as AccountNaming[] | undefined, caller, desk);
  const filter = creativeFilter(request.filters, libraries, request.include_purged ? oldestTombstone(desk.clock.now().toISOString()) : undefined);
  const sort = creativeSort(request.sort);
  const page = await desk.store.listCreatives(caller.reach, filter, sort, position);
  return answer({
    query_summary: {
      total_matching: page.total,
      returned: page.items.length,
      filters_applied: Object.keys(request.filters ?? {}),
      sort_applied: { field: sort.by, direction: sort.direction },
    },
    pagination: pageInfo(page.last, list, page.total),
    creatives: await shown(page.items, request, caller, desk),
  });
};

/** Accounts that the caller does not have are none. */
async function librariesOf(
  accounts: readonly AccountNaming[] | undefined,
  { principal }: Caller,
  desk: Desk,
): Promise<string[] | undefined> {
  if (accounts === undefined) return undefined;
  const found = await Promise.all(accounts.map((naming) => findAccounts(principal, naming, desk)));
  return [...new Set(found.flat().map(({ library }) => library))];
}

async function shown(
  records: readonly CreativeRecord[],
  request: ListCreativesRequest,
  caller: Caller,
  desk: Desk,
): Promise<ListedCreative[]> {
  const { reach } = caller;
  const ids = records.map(({ creative_id }) => creative_id);
  const assigned = request.include_assignments === false ? undefined : await desk.store.creativeAssignments(reach, ids);
  const delivered = request.include_snapshot ? await desk.store.creativeDelivery(reach, ids) : undefined;
  const age = {
    as_of: desk.clock.now().toISOString(),
    staleness_seconds: request.include_snapshot ? await slowestReport(caller, desk) : 0,
  };
  const told = request.include_webhook_activity ? await activity(records, request.webhook_activity_limit ?? USUAL_ACTIVITY, desk) : undefined;
  return records.map((record) => {
    const own = (row: { readonly creative_id: string; readonly library: string }) =>
      row.creative_id === record.creative_id && (reach.wide || row.library === record.library);
    return projected(
      shownCreative(record, {
        ...(assigned ? { assignments: assigned.filter(own) } : {}),
        ...(delivered ? { snapshot: { ...age, delivery: delivered.find(own) } } : {}),
        ...(request.include_variables ? { variables: true } : {}),
        ...(told ? { webhook_activity: told.get(record) ?? [] } : {}),
      }),
      request.fields,
    );
  });
}

/** As many attempts as are told of a creative where the request does not say. */
const USUAL_ACTIVITY = 50;

/** What subscribers were posted of each creative, by attempt. */
async function activity(records: readonly CreativeRecord[], limit: number, { store }: Desk): Promise<ReadonlyMap<CreativeRecord, WebhookActivity[]>> {
  const told = await Promise.all(records.map(async (record) => {
    const logged = await store.webhooks({ principal_id: record.principal_id, about: `creative:${record.creative_id}` }, limit);
    return [record, webhookActivity(logged, limit)] as const;
  }));
  return new Map(told);
}

/** How old, in seconds, what is known of delivery may be: a creative may have run in any product. */
async function slowestReport(caller: Caller, { catalogue }: Desk): Promise<number> {
  const products = await catalogue.products(caller);
  return Math.max(0, ...products.map(({ reporting_capabilities }) => reporting_capabilities.expected_delay_minutes)) * 60;
}
