import { expect, test } from 'vitest';
import { mediaBuy, packageRecord } from '../../../test/support/media-buys.ts';
import { officialIsThere } from '../../../test/support/official.ts';
import { officialSchemas } from '../../../test/support/official-schemas.ts';
import type { TargetingOverlay } from '../../protocol/wire/core/targeting.ts';
import { plannedDelivery } from './planned-delivery.ts';

const CAP = { max_impressions: 3, per: 'individuals' as const, window: { interval: 1, unit: 'days' as const } };
const planned = (...overlays: (TargetingOverlay | undefined)[]) => {
  const told = plannedDelivery(mediaBuy({ packages: overlays.map((targeting_overlay, at) => packageRecord({ package_id: `pkg_${at}`, ...(targeting_overlay ? { targeting_overlay } : {}) })) }));
  if (officialIsThere) expect(officialSchemas().validate('core/planned-delivery.json', told)).toEqual([]);
  return told;
};

test('tells flight, money and channels of the whole', () => {
  expect(planned(undefined, undefined)).toEqual({ start_time: '2027-01-01T00:00:00Z', end_time: '2027-02-01T00:00:00Z', total_budget: 2000, currency: 'USD', channels: ['display'] });
});

test('tells where it runs only when every package is limited', () => {
  expect(planned({ geo_countries: ['US', 'CA'] }, { geo_countries: ['MX'] }).geo).toEqual({ countries: ['CA', 'MX', 'US'] });
  expect(planned({ geo_countries: ['US'] }, undefined).geo).toBeUndefined();
});

test('tells a cap only when it is that of every package', () => {
  expect(planned({ frequency_cap: CAP }, { frequency_cap: CAP }).frequency_cap).toEqual(CAP);
  expect(planned({ frequency_cap: CAP }, {}).frequency_cap).toBeUndefined();
});

test('tells every audience and every signal that any package selects, once', () => {
  const signal = { signal_ref: { scope: 'product' as const, signal_id: 'hikers' }, value_type: 'binary' as const, value: true as const };
  const groups = (operator: 'any' | 'none') => ({ signal_targeting_groups: { operator: 'all' as const, groups: [{ operator, signals: [{ ...signal, pricing_option_id: 'price' }] }] } });
  expect(planned({ audience_include: ['vip'], ...groups('any') }, { audience_include: ['vip'], audience_exclude: ['staff'] }, groups('none')).audience_targeting).toEqual([
    { type: 'description', description: 'members of the advertiser\'s audience "vip"' }, { type: 'signal', ...signal },
    { type: 'description', description: 'nobody of the advertiser\'s audience "staff"' },
    { type: 'description', description: expect.stringMatching(/^nobody with the signal .*hikers/) as string },
  ]);
});

test('says nothing of packages that are canceled', () => {
  const buy = mediaBuy({ packages: [packageRecord(), packageRecord({ package_id: 'pkg_2', canceled: true, targeting_overlay: { audience_include: ['vip'] } })] });
  expect(plannedDelivery(buy)).not.toHaveProperty('audience_targeting');
  expect(plannedDelivery(buy).total_budget).toBe(1000);
});
