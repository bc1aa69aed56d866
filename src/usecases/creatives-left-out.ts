import type { Caller } from '../domain/caller.ts';
import { removed } from '../domain/creative-upsert.ts';
import type { CreativeRecord } from '../domain/creative.ts';
import { ownLibrary } from '../domain/own-library.ts';
import type { Change } from '../domain/ports/store.ts';
import type { SyncCreativesRequest, SyncedCreative } from '../protocol/wire/sync-creatives.ts';
import type { Desk } from './desk.ts';

export interface LeftOut {
  readonly shown: SyncedCreative;
  readonly change: Change;
}

/** What a complete list of the library leaves out; archived creatives stay so. */
export async function creativesLeftOut({ creatives }: SyncCreativesRequest, caller: Caller, desk: Desk): Promise<LeftOut[]> {
  const named = new Set(creatives.map(({ creative_id }) => creative_id));
  const missing = (await wholeLibrary(caller, desk)).filter(({ creative_id, status }) => !named.has(creative_id) && status !== 'archived');
  const now = desk.clock.now().toISOString();
  return missing.map((record) => {
    const { creative_id } = record;
    const end = removed(record, now);
    return end.kind === 'archived'
      ? {
          shown: { creative_id, action: 'updated', status: 'archived', changes: ['status'] },
          change: { kind: 'put_creative', creative: end.record },
        }
      : { shown: { creative_id, action: 'deleted' }, change: { kind: 'delete_creative', creative: record } };
  });
}

const PAGE = 500;

async function wholeLibrary(caller: Caller, desk: Desk): Promise<CreativeRecord[]> {
  const found: CreativeRecord[] = [];
  for (let after: string | undefined; ;) {
    const page = await desk.store.listCreatives(
      ownLibrary(caller),
      {},
      { by: 'created_date', direction: 'asc' },
      { limit: PAGE, ...(after === undefined ? {} : { after }) },
    );
    found.push(...page.items);
    if (page.last === undefined) return found;
    after = page.last;
  }
}
