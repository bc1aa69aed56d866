import { describe, expect, it } from 'vitest';
import type { TargetingOverlay } from '../../protocol/wire/core/targeting.ts';
import { widens } from './widened-targeting.ts';

const list = (list_id: string) => ({ agent_url: 'https://lists.example', list_id });

describe('a package that', () => {
  it.each<[string, TargetingOverlay | undefined, TargetingOverlay | undefined]>([
    ['stays as it is', { geo_countries: ['US'] }, { geo_countries: ['US'] }],
    ['was everywhere and is somewhere', undefined, { geo_countries: ['US'] }],
    ['leaves one of its countries', { geo_countries: ['US', 'CA'] }, { geo_countries: ['US'] }],
    ['keeps more people out', { audience_exclude: ['buyers'] }, { audience_exclude: ['buyers', 'staff'] }],
    ['gets a cap', {}, { frequency_cap: { max_impressions: 3, per: 'individuals', window: { interval: 1, unit: 'days' } } }],
    ['gets a list of properties', {}, { property_list: list('a') }],
    ['puts its countries in another order', { geo_countries: ['US', 'CA'] }, { geo_countries: ['CA', 'US'] }],
  ])('%s reaches nobody new', (_what, before, after) => {
    expect(widens(before, after)).toBe(false);
  });

  it.each<[string, TargetingOverlay | undefined, TargetingOverlay | undefined]>([
    ['enters another country', { geo_countries: ['US'] }, { geo_countries: ['US', 'CA'] }],
    ['is limited no longer', { geo_countries: ['US'] }, {}],
    ['loses its overlay', { geo_countries: ['US'] }, undefined],
    ['reaches a region beside its country', { geo_countries: ['US'] }, { geo_countries: ['US'], geo_regions: ['CA-ON'] }],
    ['lets people in that it kept out', { audience_exclude: ['buyers', 'staff'] }, { audience_exclude: ['buyers'] }],
    ['bids on more words', { keyword_targets: [{ keyword: 'tent', match_type: 'exact' }] }, { keyword_targets: [{ keyword: 'tent', match_type: 'exact' }, { keyword: 'camp', match_type: 'broad' }] }],
    ['loses its cap', { frequency_cap: { max_impressions: 3, per: 'individuals', window: { interval: 1, unit: 'days' } } }, {}],
    ['follows another list', { property_list: list('a') }, { property_list: list('b') }],
  ])('%s may reach somebody new', (_what, before, after) => {
    expect(widens(before, after)).toBe(true);
  });
});
