/** A platform that wants one call for each thing it is told, and the queue of what it is going to be told. */
import type { HttpCall, Platform } from '../../src/domain/ports/platform.ts';
import type { Store } from '../../src/domain/ports/store.ts';

const call = (path: string, body: Record<string, unknown>): HttpCall[] => [
  { method: 'POST', url: `https://ads.example/${path}`, body, idempotency_key: JSON.stringify([path, body]) },
];

export const testPlatform: Platform = {
  platform_id: 'test',
  planMediaBuy: (change, buy) =>
    call(`buys/${change}`, { media_buy_id: buy.media_buy_id, packages: buy.packages.map((each) => each.package) }),
  planConversions: (account_id, event_source_id, events) => call(`sources/${event_source_id}`, { account_id, events }),
  planAudience: (account_id, audience) => call(`audiences/${audience.audience_id}`, { account_id, ...audience }),
  planCatalog: (account_id, change) => call(`catalogs/${change.catalog_id}`, { account_id, ...change }),
  read: () => 'done',
};

/** What waits to be pushed, first of its lane first; empties the queue. */
export async function pushed(store: Store): Promise<{ readonly lane: string; readonly calls: readonly HttpCall[] }[]> {
  const waiting = [];
  for (;;) {
    const jobs = await store.leaseJobs('2100-01-01T00:00:00.000Z', '2100-01-01T00:01:00.000Z', 100);
    if (jobs.length === 0) return waiting;
    for (const { job } of jobs) {
      if (job.kind === 'push_upstream') waiting.push({ lane: job.lane, calls: job.payload.calls });
      await store.finishJob(job.job_id, { kind: 'done' });
    }
  }
}
