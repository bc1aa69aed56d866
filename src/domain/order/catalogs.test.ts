import { describe, expect, it } from 'vitest';
import { firstFlaw, flaws, type Checked } from '../../../test/support/orders.ts';
import type { Catalog } from '../../protocol/wire/core/catalog.ts';

const promoting = (...catalogs: Catalog[]): Checked => ({ asked: { catalogs } });
const menu: Catalog = { type: 'product', catalog_id: 'menu' };
const stores: Catalog = { type: 'store', items: [{ store_id: 's1', name: 'Harbour', location: { lat: 52, lng: 4 } }] };

describe('a package may promote', () => {
  it.each<[string, Checked]>([
    ['a catalogue that was synced', promoting(menu)],
    ['items of it by their ids', promoting({ ...menu, ids: ['a', 'b'] })],
    ['what the account has of a type', promoting({ type: 'product', gtins: ['00013000006040'] })],
    ['items in the call, beside a catalogue of another type', promoting(menu, stores)],
    ['types that its product shows', { ...promoting(menu, stores), product: { catalog_types: ['product', 'store'] } }],
  ])('%s', (_what, checked) => expect(flaws(checked)).toBeUndefined());
});

describe('a package is refused', () => {
  it.each<[string, Checked, string, string]>([
    ['for two catalogues of one type', promoting(menu, stores, { ...menu }), 'INVALID_REQUEST', 'packages[0].catalogs[2]'],
    ['for two of one type before one that is unknown', promoting({ type: 'job', catalog_id: 'x' }, { type: 'job' }), 'INVALID_REQUEST', 'packages[0].catalogs[1]'],
    ['for a catalogue that was never synced', promoting({ type: 'product', catalog_id: 'gone' }), 'INVALID_REQUEST', 'packages[0].catalogs[0].catalog_id'],
    ['for a type of which the account has none', promoting(menu, { type: 'job' }), 'INVALID_REQUEST', 'packages[0].catalogs[1].catalog_id'],
    ['for a catalogue of another type', promoting({ type: 'store', catalog_id: 'menu' }), 'INVALID_REQUEST', 'packages[0].catalogs[0].type'],
    ['for a type that its product does not show', { ...promoting(menu), product: { catalog_types: ['job'] } }, 'INVALID_REQUEST', 'packages[0].catalogs[0].type'],
    ['for items of which none can be shown', promoting({ type: 'store', items: [{ store_id: 's1' }] }), 'INVALID_REQUEST', 'packages[0].catalogs[0].items[0]'],
    ['for a feed, which is synced first', promoting({ type: 'product', url: 'https://feeds.example/a' }), 'UNSUPPORTED_FEATURE', 'packages[0].catalogs[0].url'],
    ['for any catalogue where there are none', { ...promoting(menu), features: { catalogs: false } }, 'UNSUPPORTED_FEATURE', 'packages[0].catalogs'],
  ])('%s', (_what, checked, code, field) => expect(firstFlaw(checked)).toEqual([code, field]));
});
