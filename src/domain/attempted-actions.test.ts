import { describe, expect, it } from 'vitest';
import { mediaBuy, packageRecord } from '../../test/support/media-buys.ts';
import type { UpdateMediaBuyRequest } from '../protocol/wire/update-media-buy.ts';
import { attemptedActions } from './attempted-actions.ts';

const NOW = '2026-12-15T00:00:00.000Z';
const cap = { max_impressions: 3, per: 'individuals' as const, window: { interval: 1, unit: 'days' as const } };
const buy = mediaBuy({
  packages: [
    packageRecord({
      package_id: 'a',
      budget: 100,
      pacing: 'even',
      creative_assignments: [{ creative_id: 'x' }],
      targeting_overlay: { language: ['en'], frequency_cap: cap, property_list: { agent_url: 'https://l.example', list_id: 'l' } },
    }),
    packageRecord({ package_id: 'b', budget: 200, end_time: '2027-01-20T00:00:00Z' }),
  ],
});
const attempts = (request: Partial<UpdateMediaBuyRequest>, before = buy) =>
  attemptedActions(before, { idempotency_key: 'k', account: { account_id: 'a' }, media_buy_id: 'mb_1', ...request }, NOW).map(
    ({ action, path, package_id }) => [action, path, package_id],
  );
const overlay = buy.packages[0]!.package.targeting_overlay!;

describe('an update amounts to', () => {
  it.each<[string, Partial<UpdateMediaBuyRequest>, unknown[]]>([
    ['nothing when it asks for nothing', {}, []],
    [
      'a cancellation and nothing else',
      { canceled: true, paused: true, end_time: '2027-03-01T00:00:00Z' },
      [['cancel', 'canceled', undefined]],
    ],
    ['a pause', { paused: true }, [['pause', 'paused', undefined]]],
    ['nothing when it is so already', { paused: false, start_time: '2027-01-01T01:00:00+01:00', end_time: '2027-02-01T00:00:00Z' }, []],
    ['a longer flight', { end_time: '2027-03-01T00:00:00Z' }, [['extend_flight', 'end_time', undefined]]],
    ['a shorter flight', { end_time: '2027-01-30T00:00:00Z' }, [['shorten_flight', 'end_time', undefined]]],
    [
      'other dates when the start moves',
      { start_time: 'asap', end_time: '2027-03-01T00:00:00Z' },
      [['update_flight_dates', 'start_time', undefined]],
    ],
    [
      'a longer flight of a package, by its own dates',
      { packages: [{ package_id: 'b', end_time: '2027-01-25T00:00:00Z' }] },
      [['extend_flight', 'packages[0].end_time', 'b']],
    ],
    [
      'a shorter flight of a package that had the dates of the buy',
      { packages: [{ package_id: 'a', end_time: '2027-01-25T00:00:00Z' }] },
      [['shorten_flight', 'packages[0].end_time', 'a']],
    ],
    ['more money', { packages: [{ package_id: 'a', budget: 101 }] }, [['increase_budget', 'packages[0].budget', 'a']]],
    ['less money', { packages: [{ package_id: 'b', budget: 150 }] }, [['decrease_budget', 'packages[0].budget', 'b']]],
    [
      'more here and less there',
      {
        packages: [
          { package_id: 'a', budget: 150 },
          { package_id: 'b', budget: 199 },
        ],
      },
      [
        ['increase_budget', 'packages[0].budget', 'a'],
        ['decrease_budget', 'packages[1].budget', 'b'],
      ],
    ],
    [
      'the same money elsewhere',
      {
        packages: [
          { package_id: 'a', budget: 150 },
          { package_id: 'b', budget: 150 },
        ],
      },
      [
        ['reallocate_budget', 'packages[0].budget', 'a'],
        ['reallocate_budget', 'packages[1].budget', 'b'],
      ],
    ],
    [
      'other targeting',
      { packages: [{ package_id: 'a', targeting_overlay: { ...overlay, language: ['fr'] } }] },
      [['update_targeting', 'packages[0].targeting_overlay', 'a']],
    ],
    [
      'another cap',
      { packages: [{ package_id: 'a', targeting_overlay: { ...overlay, frequency_cap: { ...cap, max_impressions: 4 } } }] },
      [['update_frequency_caps', 'packages[0].targeting_overlay.frequency_cap', 'a']],
    ],
    [
      'other targeting and no cap',
      { packages: [{ package_id: 'a', targeting_overlay: { language: ['fr'] } }] },
      [
        ['update_targeting', 'packages[0].targeting_overlay', 'a'],
        ['update_frequency_caps', 'packages[0].targeting_overlay.frequency_cap', 'a'],
      ],
    ],
    [
      'nothing for the same overlay with its token',
      {
        packages: [
          { package_id: 'a', targeting_overlay: { ...overlay, property_list: { ...overlay.property_list!, auth_token: 'again' } } },
        ],
      },
      [],
    ],
    [
      'other keywords',
      { packages: [{ package_id: 'a', keyword_targets_add: [{ keyword: 'k', match_type: 'exact' }] }] },
      [['update_targeting', 'packages[0].keyword_targets_add', 'a']],
    ],
    [
      'nothing for a keyword that was not there',
      { packages: [{ package_id: 'a', negative_keywords_remove: [{ keyword: 'k', match_type: 'exact' }] }] },
      [],
    ],
    ['another pacing', { packages: [{ package_id: 'a', pacing: 'asap' }] }, [['update_pacing', 'packages[0].pacing', 'a']]],
    [
      'other creatives',
      { packages: [{ package_id: 'a', creative_assignments: [{ creative_id: 'y' }] }] },
      [['update_creative_assignments', 'packages[0].creative_assignments', 'a']],
    ],
    [
      'no creatives',
      { packages: [{ package_id: 'a', creative_assignments: [] }] },
      [['remove_creative', 'packages[0].creative_assignments', 'a']],
    ],
    [
      'new creatives',
      { packages: [{ package_id: 'a', creatives: [{ creative_id: 'n', name: 'N', format_kind: 'image', assets: {} }] }] },
      [['replace_creative', 'packages[0].creatives', 'a']],
    ],
    ['the end of a package', { packages: [{ package_id: 'a', canceled: true }] }, [['remove_packages', 'packages[0].canceled', 'a']]],
    [
      'more packages',
      { new_packages: [{ product_id: 'p', pricing_option_id: 'o', budget: 1 }] },
      [['add_packages', 'new_packages', undefined]],
    ],
    [
      'nothing that has an action of its own',
      {
        packages: [
          {
            package_id: 'a',
            bid_price: 3,
            impressions: 5,
            paused: true,
            catalogs: [{ type: 'product' }],
            optimization_goals: [{ kind: 'metric', metric: 'clicks' }],
          },
        ],
      },
      [],
    ],
  ])('%s', (_what, request, expected) => {
    expect(attempts(request)).toEqual(expected);
  });
  it('a resumption of what is held', () => {
    expect(attempts({ paused: false }, { ...buy, hold: true })).toEqual([['resume', 'paused', undefined]]);
  });
});
