import { describe, expect, it } from 'vitest';
import type { Product } from '../../protocol/wire/core/product.ts';
import type { PackageSignal, ProductSignalOption, SignalTargetingRules } from '../../protocol/wire/core/signal.ts';
import { firstFlaw, flaws, overlay, type Checked } from '../../../test/support/orders.ts';
import { testSignal } from '../../../test/support/signals.ts';

const ref = (signal_id: string): PackageSignal['signal_ref'] => ({ scope: 'data_provider', data_provider_domain: 'daily-trail.example', signal_id });
const yes = (id: string, more: Partial<PackageSignal> = {}): PackageSignal => ({ signal_ref: ref(id), value_type: 'binary', value: true, ...more }) as PackageSignal;
const any = (...signals: PackageSignal[]) => ({ operator: 'any' as const, signals });
const none = (...signals: PackageSignal[]) => ({ operator: 'none' as const, signals });
const FEED = [
  testSignal('hikers'), testSignal('season', { value_type: 'categorical', categories: ['spring', 'summer'] }), testSignal('height', { value_type: 'numeric', range: { min: 0, max: 100 } }),
  testSignal('either', { pricing_options: [{ pricing_option_id: 'a', model: 'cpm', cpm: 1, currency: 'USD' }, { pricing_option_id: 'b', model: 'percent_of_media', percent: 3, currency: 'USD' }] }),
];
const taking = (product: Partial<Product> = {}, ...groups: (ReturnType<typeof any> | ReturnType<typeof none>)[]): Checked =>
  ({ asked: overlay({ signal_targeting_groups: { operator: 'all', groups } }), product: { signal_targeting_allowed: true, ...product }, signals: FEED });
const ruled = (rules: SignalTargetingRules, ...groups: Parameters<typeof taking>[1][]) => taking({ signal_targeting_rules: rules }, ...(groups as ReturnType<typeof any>[]));
const option = (id: string, more: Partial<ProductSignalOption> = {}): ProductSignalOption => ({ signal_ref: ref(id), ...more });
const at = (member: string) => `packages[0].targeting_overlay.signal_targeting_groups${member}`;

describe('a package may select', () => {
  it.each<[string, Checked]>([
    ['signals of the feed, to have and to avoid', taking({}, any(yes('hikers', { pricing_option_id: 'hikers_cpm', signal_agent_segment_id: 'seg_hikers' })), none(yes('hikers')))],
    ['values that there are', taking({}, any({ signal_ref: ref('season'), value_type: 'categorical', values: ['summer'] }), any({ signal_ref: ref('height'), value_type: 'numeric', min_value: 50 }))],
    ['signals of the product alone', taking({ signal_targeting_options: [option('own', { name: 'Own', value_type: 'binary' })] }, any(yes('own')))],
    ['one price of several', taking({}, any(yes('either', { pricing_option_id: 'b' })))],
    ['none, where that is for the buyer to say', { product: { signal_targeting_allowed: true, signal_targeting_rules: { selection_mode: 'optional' } } }],
  ])('%s', (_what, checked) => expect(flaws(checked)).toBeUndefined());
});

describe('a selection of signals is refused', () => {
  it.each<[string, Checked, string, string]>([
    ['on a product that takes none', taking({ signal_targeting_allowed: false }, any(yes('hikers'))), 'UNSUPPORTED_FEATURE', ''],
    ['where signals are switched off', { ...taking({}, any(yes('hikers'))), features: { signals: false } }, 'UNSUPPORTED_FEATURE', ''],
    ['of what nobody offers', taking({}, any(yes('hikers')), none(yes('phantom'))), 'INVALID_REQUEST', '.groups[1].signals[0].signal_ref'],
    ['with a value of another type', taking({}, any(yes('season'))), 'INVALID_REQUEST', '.groups[0].signals[0].value_type'],
    ['with a value that there is not', taking({}, any({ signal_ref: ref('season'), value_type: 'categorical', values: ['summer', 'monsoon'] })), 'INVALID_REQUEST', '.groups[0].signals[0].values[1]'],
    ['beyond the range', taking({}, any({ signal_ref: ref('height'), value_type: 'numeric', max_value: 101 })), 'INVALID_REQUEST', '.groups[0].signals[0].max_value'],
    ['at a price that there is not', taking({}, any(yes('hikers', { pricing_option_id: 'x' }))), 'INVALID_REQUEST', '.groups[0].signals[0].pricing_option_id'],
    ['without a choice of price', taking({}, any(yes('either'))), 'INVALID_REQUEST', '.groups[0].signals[0].pricing_option_id'],
    ['under another segment', taking({}, any(yes('hikers', { signal_agent_segment_id: 'seg_x' }))), 'INVALID_REQUEST', '.groups[0].signals[0].signal_agent_segment_id'],
    ['to avoid what may only be had', taking({ signal_targeting_options: [option('hikers', { allowed_targeting_modes: ['include'] })] }, none(yes('hikers'))), 'INVALID_REQUEST', '.groups[0].signals[0].signal_ref'],
    ['with too many groups', ruled({ max_signal_targeting_groups: 1 }, any(yes('hikers')), any(yes('hikers'))), 'INVALID_REQUEST', '.groups'],
    ['with too many signals in a group', ruled({ max_signals_per_targeting_group: 1 }, any(yes('hikers'), yes('hikers'))), 'INVALID_REQUEST', '.groups[0].signals'],
    ['with too many signals in all', ruled({ max_selected_signals: 1 }, any(yes('hikers')), none(yes('hikers'))), 'INVALID_REQUEST', ''],
    ['with too few', ruled({ min_selected_signals: 2 }, any(yes('hikers'))), 'INVALID_REQUEST', ''],
    ['where the seller selects', ruled({ selection_mode: 'fixed' }, any(yes('hikers'))), 'INVALID_REQUEST', ''],
    ['that is missing where the buyer must select', { product: { signal_targeting_allowed: true, signal_targeting_rules: { selection_mode: 'required' } } }, 'INVALID_REQUEST', ''],
    ['with too many of a selection group', taking({
      signal_targeting_options: [option('hikers', { selection_group: 'who' })], signal_targeting_rules: { selection_group_rules: [{ selection_group: 'who', max_selected_signals: 1 }] },
    }, any(yes('hikers')), any(yes('hikers'))), 'INVALID_REQUEST', ''],
    ['against the way of a selection group', taking({
      signal_targeting_options: [option('hikers', { selection_group: 'who' })], signal_targeting_rules: { selection_group_rules: [{ selection_group: 'who', targeting_mode: 'exclude' }] },
    }, any(yes('hikers'))), 'INVALID_REQUEST', ''],
  ])('%s', (_what, checked, code, member) => expect(firstFlaw(checked)).toEqual([code, at(member)]));
});
