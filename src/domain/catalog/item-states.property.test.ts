import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATALOG_ITEM_EDGES, counted, type CatalogItemRecord, type CatalogRecord } from './catalog.ts';
import { shownCatalog } from './catalog-view.ts';
import { upsertedCatalog } from './catalog-upsert.ts';
import type { CatalogItem } from './item-ids.ts';
import { toldStatus } from './item-merge.ts';
import { ruled, type ItemRuling } from './item-ruling.ts';

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
class Watched {
  known: { readonly record: CatalogRecord; readonly stored: readonly CatalogItemRecord[] } | undefined;
  readonly #told = new Map<string, CatalogItemRecord['status']>();
  readonly #awaiting: boolean;

  constructor(awaiting: boolean) {
    this.#awaiting = awaiting;
  }

  sync(sent: readonly CatalogItem[]): void {
    const withdrawn = new Set((this.known?.stored ?? []).filter(({ status }) => status === 'withdrawn').map(({ item_id }) => item_id));
    const { record, items, resubmitted } = upsertedCatalog({ catalog_id: 'menu', type: 'product' }, { kind: 'items', items: sent }, this.known, { owner: OWNER, now: NOW, awaiting: this.#awaiting });
    const stored = items ?? this.known!.stored;
    this.known = { record, stored };
    expect(stored.filter(({ item_id, status }) => withdrawn.has(item_id) && status !== 'withdrawn')).toEqual([]);
    for (const gone of [...this.#told.keys()]) if (stored.every(({ item_id }) => item_id !== gone)) this.#told.delete(gone);
    const shown = shownCatalog(record, 'updated', stored, resubmitted);
    expect(shown.items_approved! + shown.items_pending! + shown.items_rejected! + record.counts.withdrawn).toBe(shown.item_count);
    for (const each of stored) this.#tell(each, resubmitted);
    // The next look tells what is stored.
    for (const each of stored) this.#tell(each, new Set());
  }

  rule(item_id: string, ruling: ItemRuling): void {
    const held = this.known?.stored.find((each) => each.item_id === item_id);
    const outcome = held && ruled(this.known!.record, held, ruling, NOW);
    if (outcome?.kind !== 'ruled') return;
    this.known = { record: outcome.catalog, stored: this.known!.stored.map((other) => (other === held ? outcome.item : other)) };
    this.#tell(outcome.item, new Set());
  }

  #tell(record: CatalogItemRecord, resubmitted: ReadonlySet<string>): void {
    const [from, to] = [this.#told.get(record.item_id), toldStatus(record, resubmitted)];
    const legal = from === undefined || from === to || CATALOG_ITEM_EDGES[from].includes(to);
    expect([record.item_id, from, to, legal]).toEqual([record.item_id, from, to, true]);
    this.#told.set(record.item_id, to);
  }
}

test('whatever buyers send and the seller decides, items move along the legal edges, and the counts are those of a recount', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 25 }), fc.boolean(), (steps, awaiting) => {
    const watched = new Watched(awaiting);
    for (const each of steps) {
      if (each.kind === 'sync') watched.sync(each.items);
      else watched.rule(each.item_id, { status: each.status, reason: 'so' });
      expect(watched.known?.record.counts).toEqual(watched.known && counted(watched.known.stored));
    }
  }), { numRuns: 500 });
});
