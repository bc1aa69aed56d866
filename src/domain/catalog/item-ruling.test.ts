import { describe, expect, it } from 'vitest';
import { catalogRecord, itemRecord } from '../../../test/support/library-records.ts';
import type { CatalogItemStatus } from '../../protocol/wire/sync-catalogs.ts';
import { CATALOG_ITEM_EDGES, NO_ITEMS } from './catalog.ts';
import { ruled, type ItemRuling } from './item-ruling.ts';

const AT = '2026-11-20T13:00:00.000Z';
const catalog = (status: CatalogItemStatus) => catalogRecord('menu', { counts: { ...NO_ITEMS, [status]: 1 } });
const RULINGS: readonly ItemRuling[] = [{ status: 'approved' }, { status: 'rejected', reason: 'no fish' }, { status: 'withdrawn', reason_code: 'policy_violation' }];

describe('a ruling', () => {
  const every = (Object.keys(CATALOG_ITEM_EDGES) as CatalogItemStatus[]).flatMap((from) => RULINGS.map((ruling) => ({ from, to: ruling.status, ruling })));
  const stays = ({ from, to }: { from: CatalogItemStatus; to: CatalogItemStatus }) => from === to || (from === 'warning' && to === 'approved');
  const legal = ({ from, to }: { from: CatalogItemStatus; to: CatalogItemStatus }) => CATALOG_ITEM_EDGES[from].includes(to) && !stays({ from, to });
  const outcomeOf = ({ from, ruling }: (typeof every)[number]) => ruled(catalog(from), itemRecord('a', { status: from }), ruling, AT);

  it.each(every.filter(legal))('takes an item that is $from to $to', (each) =>
    expect(outcomeOf(each)).toMatchObject({ kind: 'ruled', item: { status: each.to, decision: { at: AT, from: each.from } }, catalog: { counts: { [each.from]: 0, [each.to]: 1 } } }));

  it.each(every.filter(stays))('leaves one that is $from when it is to be $to', (each) => expect(outcomeOf(each)).toEqual({ kind: 'same' }));

  it.each(every.filter((each) => !legal(each) && !stays(each)))('cannot take one that is $from to $to', (each) => expect(outcomeOf(each)).toEqual({ kind: 'illegal', from: each.from }));

  it('keeps why, and does not count an item that its buyer left out', () => {
    expect(ruled(catalog('pending'), itemRecord('a', { status: 'pending' }), RULINGS[1]!, AT)).toMatchObject({ item: { reasons: ['no fish'] } });
    expect(ruled(catalog('approved'), itemRecord('a'), { status: 'withdrawn' }, AT)).toMatchObject({ item: { decision: { reason_code: 'seller_removed' } } });
    expect(ruled(catalog('approved'), itemRecord('a', { listed: false }), { status: 'withdrawn' }, AT)).toMatchObject({ catalog: { counts: { approved: 1, withdrawn: 0 } } });
  });
});
