import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aesVault } from '../../outbound/vault.ts';
import { CATALOG_ITEM_EDGES, counted, type CatalogItemRecord, type CatalogRecord } from './catalog.ts';
import { shownCatalog } from './catalog-view.ts';
import { upsertedCatalog } from './catalog-upsert.ts';
import type { CatalogItem } from './item-ids.ts';
import { toldStatus } from './item-merge.ts';
import { ruled, type ItemRuling } from './item-ruling.ts';

const VAULT = aesVault(Buffer.alloc(32, 1));
const OWNER = { principal_id: 'buyer', account_id: 'acct', library: 'acct' };
const NOW = '2026-11-20T12:00:00.000Z';

const ids = fc.constantFrom('a', 'b', 'c', 'd');
/** Some items are fit to be shown, some are not, and some come back changed. */
const item = fc.record({ item_id: ids, title: fc.constantFrom('one', 'two'), url: fc.constantFrom('https://shop.example/', 'nowhere') });
const step = fc.oneof(
  fc.record({ kind: fc.constant('sync' as const), items: fc.array(item, { maxLength: 5 }) }),
  fc.record({ kind: fc.constant('rule' as const), item_id: ids, status: fc.constantFrom('approved' as const, 'rejected' as const, 'withdrawn' as const) }),
);

/** A catalogue, and what its buyer was told last of each item. */
function watching(awaiting: boolean) {
  let known: { readonly record: CatalogRecord; readonly stored: readonly CatalogItemRecord[] } | undefined;
  const told = new Map<string, CatalogItemRecord['status']>();

  const tell = (record: CatalogItemRecord, resubmitted: ReadonlySet<string>): void => {
    const [from, to] = [told.get(record.item_id), toldStatus(record, resubmitted)];
    const legal = from === undefined || from === to || CATALOG_ITEM_EDGES[from].includes(to);
    expect([record.item_id, from, to, legal]).toEqual([record.item_id, from, to, true]);
    told.set(record.item_id, to);
  };
  const sync = (sent: readonly CatalogItem[]): void => {
    const withdrawn = new Set((known?.stored ?? []).filter(({ status }) => status === 'withdrawn').map(({ item_id }) => item_id));
    const { record, items, resubmitted } = upsertedCatalog({ catalog_id: 'menu', type: 'product' }, { kind: 'items', items: sent }, known, { owner: OWNER, now: NOW, awaiting, vault: VAULT });
    const stored = items ?? known!.stored;
    known = { record, stored };
    expect(stored.filter(({ item_id, status }) => withdrawn.has(item_id) && status !== 'withdrawn')).toEqual([]);
    for (const gone of told.keys()) if (stored.every(({ item_id }) => item_id !== gone)) told.delete(gone);
    const shown = shownCatalog(record, 'updated', stored, resubmitted);
    expect(shown.items_approved! + shown.items_pending! + shown.items_rejected! + record.counts.withdrawn).toBe(shown.item_count);
    for (const each of stored) tell(each, resubmitted);
    // The next look tells what is stored.
    for (const each of stored) tell(each, new Set());
  };
  const rule = (item_id: string, ruling: ItemRuling): void => {
    const held = known?.stored.find((each) => each.item_id === item_id);
    const outcome = held && ruled(known!.record, held, ruling, NOW);
    if (outcome?.kind !== 'ruled') return;
    known = { record: outcome.catalog, stored: known!.stored.map((other) => (other === held ? outcome.item : other)) };
    tell(outcome.item, new Set());
  };
  return { sync, rule, counts: () => known?.record.counts, recount: () => known && counted(known.stored) };
}

test('whatever buyers send and the seller decides, items move along the legal edges, and the counts are those of a recount', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 25 }), fc.boolean(), (steps, awaiting) => {
    const watched = watching(awaiting);
    for (const each of steps) {
      if (each.kind === 'sync') watched.sync(each.items);
      else watched.rule(each.item_id, { status: each.status, reason: 'so' });
      expect(watched.counts()).toEqual(watched.recount());
    }
  }), { numRuns: 500 });
});
