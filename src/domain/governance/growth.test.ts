import { describe, expect, it } from 'vitest';
import { mediaBuy, packageRecord } from '../../../test/support/media-buys.ts';
import type { MediaBuyRecord } from '../media-buy.ts';
import { growthOf } from './growth.ts';

const two = (first: object = {}, second: object = {}) => [packageRecord(first), packageRecord({ package_id: 'pkg_2', ...second })];
const before = mediaBuy({ packages: two() });
const after = (changes: Partial<MediaBuyRecord>) => growthOf(before, { ...before, ...changes });

describe('a buy grows', () => {
  it.each<[string, Partial<MediaBuyRecord>, readonly string[]]>([
    ['by money', { packages: two({ budget: 1200 }) }, ['budget']],
    ['by money that another package gives up', { packages: two({ budget: 1200 }, { budget: 800 }) }, ['budget']],
    ['by a package', { packages: [...two(), packageRecord({ package_id: 'pkg_3', budget: 0 })] }, ['packages']],
    ['when it ends later', { end_time: '2027-02-02T00:00:00Z' }, ['flight']],
    ['when it starts earlier', { start_time: '2026-12-31T00:00:00Z' }, ['flight']],
    ['when one package ends later', { packages: two({ end_time: '2027-02-01T00:00:01Z' }) }, ['flight']],
    ['when somebody else is billed', { invoice_recipient: { legal_name: 'Somebody Ltd' } as never }, ['invoice_recipient']],
    ['in several respects', { end_time: '2027-03-01T00:00:00Z', packages: two({ budget: 2000 }) }, ['budget', 'flight']],
  ])('%s', (_what, changes, grown) => {
    expect(after(changes)).toEqual(grown);
  });

  it('when a limit of a package goes', () => {
    const limited = mediaBuy({ packages: two({ targeting_overlay: { geo_countries: ['US'] } }) });
    expect(growthOf(limited, { ...limited, packages: two() })).toEqual(['targeting']);
  });
});

describe('a buy does not grow', () => {
  it.each<[string, Partial<MediaBuyRecord>]>([
    ['when it stays as it is', {}],
    ['when money is taken off', { packages: two({ budget: 800 }) }],
    ['when it ends earlier', { end_time: '2027-01-20T00:00:00Z' }],
    ['when a package gets a flight of its own within it', { packages: two({ start_time: '2027-01-05T00:00:00Z' }) }],
    ['when a package is canceled, whatever else is asked of it', { packages: two({ canceled: true, budget: 1000 }) }],
    ['when it is paused', { hold: true, status: 'paused' }],
    ['when it ends', { status: 'canceled', end_time: '2028-01-01T00:00:00Z' }],
    ['when it gets other creatives', { packages: two({ creative_assignments: [{ creative_id: 'c' }] }) }],
  ])('%s', (_what, changes) => {
    expect(after(changes)).toEqual([]);
  });
});
