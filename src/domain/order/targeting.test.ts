import { describe, expect, it } from 'vitest';
import type { FrequencyCap } from '../../protocol/wire/core/frequency-cap.ts';
import type { TargetingOverlay } from '../../protocol/wire/core/targeting.ts';
import { AGENT, firstFlaw, flaws, overlay, type Checked } from '../../../test/support/orders.ts';

const list = { agent_url: AGENT, list_id: 'l' };
const tent = { keyword: 'tent', match_type: 'exact' as const };
const cap = (more: Partial<FrequencyCap>): TargetingOverlay => ({
  frequency_cap: { max_impressions: 3, per: 'individuals', window: { interval: 1, unit: 'days' }, ...more },
});
const refusal = (targeting: TargetingOverlay, more: Omit<Checked, 'asked'> = {}) => {
  const found = firstFlaw({ asked: overlay(targeting), ...more });
  return found && [found[0], found[1]!.replace('packages[0].targeting_overlay.', '')];
};

describe('a package may be targeted by', () => {
  it.each<[string, TargetingOverlay]>([
    ['countries and regions', { geo_countries: ['US'], geo_regions_exclude: ['US-CA'] }],
    ['metros of a published system', { geo_metros: [{ system: 'nielsen_dma', values: ['501'] }] }],
    [
      'language, device and hour',
      { language: ['en'], device_type: ['ctv'], daypart_targets: [{ days: ['monday'], start_hour: 8, end_hour: 20 }] },
    ],
    ['keywords, the same one in two ways', { keyword_targets: [tent, { ...tent, match_type: 'broad' }], negative_keywords: [tent] }],
    ['registered audiences, whatever their size', { audience_include: ['vip'], audience_exclude: ['small'] }],
    ['how often', cap({ suppress: { interval: 10, unit: 'minutes' } })],
    ['how often in the whole campaign', cap({ window: { interval: 1, unit: 'campaign' } })],
    ['lists that others keep', { property_list: list, collection_list: list, collection_list_exclude: list }],
    ['what AdCP does not define', { x_hint: true } as TargetingOverlay],
  ])('%s', (_what, targeting) => {
    expect(flaws({ asked: overlay(targeting) })).toBeUndefined();
  });
});

describe('targeting is refused', () => {
  it.each<[string, TargetingOverlay, string, string]>([
    ['by distance', { geo_proximity: [{ lat: 1, lng: 1, radius: { value: 1, unit: 'km' } }] }, 'UNSUPPORTED_FEATURE', 'geo_proximity'],
    ['by signals', { signal_targeting_groups: { operator: 'all', groups: [] } }, 'UNSUPPORTED_FEATURE', 'signal_targeting_groups'],
    [
      'by metros that nobody publishes',
      {
        geo_metros: [
          { system: 'nielsen_dma', values: ['501'] },
          { system: 'custom', values: ['x'] },
        ],
      },
      'UNSUPPORTED_FEATURE',
      'geo_metros[1].system',
    ],
    ['by an unregistered audience', { audience_include: ['vip', 'phantom'] }, 'INVALID_REQUEST', 'audience_include[1]'],
    ['by leaving an unregistered audience out', { audience_exclude: ['phantom'] }, 'INVALID_REQUEST', 'audience_exclude[0]'],
    ['by a suspended audience', { audience_include: ['gone'] }, 'INVALID_REQUEST', 'audience_include[0]'],
    [
      'by a keyword that stands twice',
      { keyword_targets: [tent, { ...tent, match_type: 'broad' }, tent] },
      'INVALID_REQUEST',
      'keyword_targets[2]',
    ],
    ['with a cap per what cannot be counted', cap({ per: 'cookies' }), 'INVALID_REQUEST', 'frequency_cap.per'],
    [
      'with a cap over what cannot be kept',
      cap({ window: { interval: 90, unit: 'seconds' } }),
      'INVALID_REQUEST',
      'frequency_cap.window.unit',
    ],
    [
      'with a cap over two campaigns',
      cap({ window: { interval: 2, unit: 'campaign' } }),
      'INVALID_REQUEST',
      'frequency_cap.window.interval',
    ],
    [
      'with a pause of two campaigns',
      cap({ suppress: { interval: 2, unit: 'campaign' } }),
      'INVALID_REQUEST',
      'frequency_cap.suppress.interval',
    ],
  ])('%s', (_what, targeting, code, member) => {
    expect(refusal(targeting)).toEqual([code, member]);
  });
  it('by audiences where they are switched off', () => {
    expect(refusal({ audience_include: ['vip'] }, { features: { audience_targeting: undefined } })).toEqual([
      'UNSUPPORTED_FEATURE',
      'audience_include',
    ]);
  });
  it('with a cap where caps are switched off', () => {
    expect(refusal(cap({}), { features: { frequency_capping: false } })).toEqual(['UNSUPPORTED_FEATURE', 'frequency_cap']);
  });
  it('by lists on a product that is sold whole', () => {
    expect(refusal({ property_list: list }, { product: { property_targeting_allowed: false } })).toEqual([
      'INVALID_REQUEST',
      'property_list',
    ]);
    expect(refusal({ collection_list_exclude: list }, { product: { collection_targeting_allowed: false } })).toEqual([
      'INVALID_REQUEST',
      'collection_list_exclude',
    ]);
  });
});
