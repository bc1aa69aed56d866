import { describe, expect, it } from 'vitest';
import { testProduct } from '../../../test/support/desk.ts';
import type { PricingOption } from '../../protocol/wire/core/pricing-option.ts';
import type { Product } from '../../protocol/wire/core/product.ts';
import type { AudienceRecord } from '../audience.ts';
import { ALL_FEATURES, type Features } from '../features.ts';
import { linesFlaw } from './checks.ts';
import { termsOf, type OrderFacts, type PackageAsk, type PackageLine } from './line.ts';

const AGENT = 'https://seller.example/mcp';
const AUCTION: PricingOption = { pricing_option_id: 'auction', pricing_model: 'cpm', currency: 'USD', floor_price: 2 };
const FIXED: PricingOption = { pricing_option_id: 'fixed', pricing_model: 'cpm', currency: 'USD', fixed_price: 8, min_spend_per_package: 100 };

const audience = (audience_id: string, more: Partial<AudienceRecord> = {}): [string, AudienceRecord] =>
  [audience_id, { audience_id, principal_id: 'buyer', account_id: 'a', library: 'a', row_version: 1, member_count: 5, total_uploaded_count: 5, last_synced_at: '2026-11-20T00:00:00Z', ...more }];

interface Case { asked?: PackageAsk; product?: Partial<Product>; pricing?: PricingOption; features?: Partial<Features>; spent_micros?: number; facts?: Partial<OrderFacts> }

function check({ asked = {}, product, pricing = AUCTION, features, spent_micros, facts }: Case, path = 'packages[0]') {
  const sold = testProduct('sold', product);
  const line: PackageLine = { path, asked: { budget: 1000, ...asked }, product: sold, pricing, terms: termsOf(sold), ...(spent_micros === undefined ? {} : { spent_micros }) };
  return linesFlaw([line], {
    features: { ...ALL_FEATURES, ...features } as Features, currency: 'USD', flight: { start_time: '2027-01-01T00:00:00Z', end_time: '2027-02-01T00:00:00Z' },
    audiences: new Map([audience('vip'), audience('gone', { forced_status: 'suspended' }), audience('small', { forced_status: 'too_small' })]),
    event_sources: new Set(['shop']), ...facts,
  })?.errors;
}
const first = (...args: Parameters<typeof check>) => { const error = check(...args)?.[0]; return error && [error.code, error.field]; };
const metric = (more: object) => ({ optimization_goals: [{ kind: 'metric', ...more }] }) as PackageAsk;
const event = (more: object = {}, source: object = {}) => ({ optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: 'shop', event_type: 'purchase', ...source }], ...more }] }) as PackageAsk;
const overlay = (targeting_overlay: object) => ({ targeting_overlay }) as PackageAsk;
const without = (feature: keyof Features) => ({ [feature]: undefined }) as Partial<Features>;
const option = { format_kind: 'image', format_option_id: 'mrec', publisher_domain: 'daily-trail.example', params: { width: 300, height: 250, max_file_size_kb: 200 } } as const;
const G = 'packages[0].optimization_goals[0]';
const T = 'packages[0].targeting_overlay';

describe('a package is refused for', () => {
  it.each<[string, Case, string, string]>([
    ['a bid below the floor', { asked: { bid_price: 1.5 } }, 'INVALID_REQUEST', 'packages[0].bid_price'],
    ['a budget below the least spend', { asked: { budget: 50 }, pricing: FIXED }, 'BUDGET_TOO_LOW', 'packages[0].budget'],
    ['a budget below what it has spent', { asked: { budget: 50 }, spent_micros: 60_000_000 }, 'BUDGET_TOO_LOW', 'packages[0].budget'],
    ['another currency than the buy', { pricing: { ...AUCTION, currency: 'EUR' } }, 'INVALID_REQUEST', 'packages[0].pricing_option_id'],
    ['a start before the buy', { asked: { start_time: '2026-12-31T00:00:00Z' } }, 'INVALID_REQUEST', 'packages[0].start_time'],
    ['a start at the end of the buy', { asked: { start_time: '2027-02-01T00:00:00Z' } }, 'INVALID_REQUEST', 'packages[0].start_time'],
    ['an end behind the buy', { asked: { end_time: '2027-02-02T00:00:00Z' } }, 'INVALID_REQUEST', 'packages[0].end_time'],
    ['an end before its own start', { asked: { start_time: '2027-01-10T00:00:00Z', end_time: '2027-01-09T00:00:00Z' } }, 'INVALID_REQUEST', 'packages[0].end_time'],
    ['a format that the product does not take', { asked: { format_ids: [{ agent_url: AGENT, id: 'display_300x250' }, { agent_url: AGENT, id: 'video_30s' }] } }, 'UNSUPPORTED_FEATURE', 'packages[0].format_ids[1]'],
    ['a format option that it does not have', { asked: { format_option_refs: [{ scope: 'product', format_option_id: 'nope' }] } }, 'FORMAT_OPTION_UNRESOLVED', 'packages[0].format_option_refs[0]'],
    ['a format option of another publisher', { asked: { format_option_refs: [{ scope: 'publisher', publisher_domain: 'other.example', format_option_id: 'mrec' }] }, product: { format_options: [option] } }, 'FORMAT_OPTION_UNRESOLVED', 'packages[0].format_option_refs[0]'],
    ['a kind that pins nothing down', { asked: { format_kind: 'image' } }, 'UNSUPPORTED_FEATURE', 'packages[0].format_kind'],
    ['inline creatives where they are off', { asked: { creatives: [{ creative_id: 'c', name: 'C', format_kind: 'image', assets: {} }] }, features: { inline_creatives: false } }, 'UNSUPPORTED_FEATURE', 'packages[0].creatives'],
    ['assignments where there is no library', { asked: { creative_assignments: [{ creative_id: 'c' }] }, features: { creative_library: false } }, 'UNSUPPORTED_FEATURE', 'packages[0].creative_assignments'],
    ['a dimension that is not targeted by', { asked: overlay({ geo_proximity: [{ lat: 1, lng: 1, radius: { value: 1, unit: 'km' } }] }) }, 'UNSUPPORTED_FEATURE', `${T}.geo_proximity`],
    ['signals', { asked: overlay({ signal_targeting_groups: { operator: 'all', groups: [] } }) }, 'UNSUPPORTED_FEATURE', `${T}.signal_targeting_groups`],
    ['a system of metros that nobody publishes', { asked: overlay({ geo_metros: [{ system: 'nielsen_dma', values: ['501'] }, { system: 'custom', values: ['x'] }] }) }, 'UNSUPPORTED_FEATURE', `${T}.geo_metros[1].system`],
    ['an audience that is not registered', { asked: overlay({ audience_include: ['vip', 'phantom'] }) }, 'INVALID_REQUEST', `${T}.audience_include[1]`],
    ['an excluded audience that is not registered', { asked: overlay({ audience_exclude: ['phantom'] }) }, 'INVALID_REQUEST', `${T}.audience_exclude[0]`],
    ['a suspended audience', { asked: overlay({ audience_include: ['gone'] }) }, 'INVALID_REQUEST', `${T}.audience_include[0]`],
    ['audiences where they are off', { asked: overlay({ audience_include: ['vip'] }), features: without('audience_targeting') }, 'UNSUPPORTED_FEATURE', `${T}.audience_include`],
    ['a cap per what cannot be counted', { asked: overlay({ frequency_cap: { max_impressions: 3, per: 'cookies', window: { interval: 1, unit: 'days' } } }) }, 'INVALID_REQUEST', `${T}.frequency_cap.per`],
    ['a cap over a window that cannot be kept', { asked: overlay({ frequency_cap: { max_impressions: 3, per: 'devices', window: { interval: 90, unit: 'seconds' } } }) }, 'INVALID_REQUEST', `${T}.frequency_cap.window.unit`],
    ['a cap over two campaigns', { asked: overlay({ frequency_cap: { max_impressions: 3, per: 'devices', window: { interval: 2, unit: 'campaign' } } }) }, 'INVALID_REQUEST', `${T}.frequency_cap.window.interval`],
    ['a pause of two campaigns', { asked: overlay({ frequency_cap: { suppress: { interval: 2, unit: 'campaign' } } }) }, 'INVALID_REQUEST', `${T}.frequency_cap.suppress.interval`],
    ['a cap where caps are off', { asked: overlay({ frequency_cap: { suppress_minutes: 5 } }), features: { frequency_capping: false } }, 'UNSUPPORTED_FEATURE', `${T}.frequency_cap`],
    ['a property list on a product sold whole', { asked: overlay({ property_list: { agent_url: AGENT, list_id: 'l' } }), product: { property_targeting_allowed: false } }, 'INVALID_REQUEST', `${T}.property_list`],
    ['a collection list on a product sold whole', { asked: overlay({ collection_list_exclude: { agent_url: AGENT, list_id: 'l' } }), product: { collection_targeting_allowed: false } }, 'INVALID_REQUEST', `${T}.collection_list_exclude`],
    ['a keyword that stands twice', { asked: overlay({ keyword_targets: [{ keyword: 'tent', match_type: 'exact' }, { keyword: 'tent', match_type: 'broad' }, { keyword: 'tent', match_type: 'exact' }] }) }, 'INVALID_REQUEST', `${T}.keyword_targets[2]`],
    ['a metric that the product does not optimise for', { asked: metric({ metric: 'clicks' }), product: { metric_optimization: { supported_metrics: ['reach'] } } }, 'INVALID_REQUEST', `${G}.metric`],
    ['a metric that the seller does not optimise for', { asked: metric({ metric: 'follows' }) }, 'UNSUPPORTED_FEATURE', `${G}.metric`],
    ['a metric that was switched off', { asked: metric({ metric: 'clicks' }), features: { optimization_metrics: ['reach'] } }, 'UNSUPPORTED_FEATURE', `${G}.metric`],
    ['reach without a unit', { asked: metric({ metric: 'reach' }) }, 'INVALID_REQUEST', `${G}.reach_unit`],
    ['a unit that the product does not count', { asked: metric({ metric: 'reach', reach_unit: 'devices' }), product: { metric_optimization: { supported_metrics: ['reach'], supported_reach_units: ['households'] } } }, 'INVALID_REQUEST', `${G}.reach_unit`],
    ['a view of another length', { asked: metric({ metric: 'completed_views', view_duration_seconds: 999 }) }, 'INVALID_REQUEST', `${G}.view_duration_seconds`],
    ['a view of a length that the product does not count', { asked: metric({ metric: 'completed_views', view_duration_seconds: 6 }), product: { metric_optimization: { supported_metrics: ['completed_views'], supported_view_durations: [15] } } }, 'INVALID_REQUEST', `${G}.view_duration_seconds`],
    ['a target that the product does not take', { asked: metric({ metric: 'clicks', target: { kind: 'threshold_rate', value: 1 } }), product: { metric_optimization: { supported_metrics: ['clicks'], supported_targets: ['cost_per'] } } }, 'INVALID_REQUEST', `${G}.target.kind`],
    ['a band of frequency upside down', { asked: metric({ metric: 'reach', reach_unit: 'devices', target_frequency: { min: 3, max: 1, window: { interval: 7, unit: 'days' } } }) }, 'INVALID_REQUEST', `${G}.target_frequency.max`],
    ['an event source that is not registered', { asked: event({}, { event_source_id: 'phantom' }) }, 'INVALID_REQUEST', `${G}.event_sources[0].event_source_id`],
    ['a custom event without a name', { asked: event({}, { event_type: 'custom' }) }, 'INVALID_REQUEST', `${G}.event_sources[0].custom_event_name`],
    ['a return on spend without a value', { asked: event({ target: { kind: 'per_ad_spend', value: 4 } }) }, 'INVALID_REQUEST', `${G}.event_sources[0].value_field`],
    ['the most value without a value', { asked: event({ target: { kind: 'maximize_value' } }) }, 'INVALID_REQUEST', `${G}.event_sources[0].value_field`],
    ['an event target that was switched off', { asked: event({ target: { kind: 'cost_per', value: 4 } }), features: { conversion_tracking: { ...ALL_FEATURES.conversion_tracking!, supported_targets: ['per_ad_spend'] } } }, 'INVALID_REQUEST', `${G}.target.kind`],
    ['an event target that the product does not take', { asked: event({ target: { kind: 'cost_per', value: 4 } }), product: { conversion_tracking: { supported_targets: ['maximize_value'] } } }, 'INVALID_REQUEST', `${G}.target.kind`],
    ['an attribution window of two campaigns', { asked: event({ attribution_window: { post_click: { interval: 2, unit: 'campaign' } } }) }, 'INVALID_REQUEST', `${G}.attribution_window.post_click.interval`],
    ['events where they are off', { asked: event(), features: without('conversion_tracking') }, 'UNSUPPORTED_FEATURE', `${G}.kind`],
    ['the metric of a vendor', { asked: { optimization_goals: [{ kind: 'vendor_metric', vendor: { domain: 'meter.example' }, metric_id: 'attention' }] } }, 'UNSUPPORTED_FEATURE', `${G}.kind`],
    ['more goals than the product takes', { asked: { optimization_goals: [...metric({ metric: 'clicks' }).optimization_goals!, ...event().optimization_goals!] }, product: { max_optimization_goals: 1 } }, 'INVALID_REQUEST', 'packages[0].optimization_goals'],
    ['a variance that no count can hold', { asked: { measurement_terms: { billing_measurement: { vendor: { domain: 'meter.example' }, max_variance_percent: 0 } } } }, 'TERMS_REJECTED', 'packages[0].measurement_terms.billing_measurement.max_variance_percent'],
    ['a window at which the product is not measured', { asked: { measurement_terms: { billing_measurement: { vendor: { domain: 'meter.example' }, measurement_window: 'c28' } } }, product: { reporting_capabilities: { ...testProduct('x').reporting_capabilities, measurement_windows: [{ window_id: 'c7', duration_days: 7 }] } } }, 'TERMS_REJECTED', 'packages[0].measurement_terms.billing_measurement.measurement_window'],
    ['a standard that the product does not hold', { asked: { performance_standards: [{ metric: 'viewability', threshold: 0.9, vendor: { domain: 'meter.example' } }] }, product: { performance_standards: [{ metric: 'viewability', threshold: 0.7, vendor: { domain: 'meter.example' } }] } }, 'TERMS_REJECTED', 'packages[0].performance_standards[0]'],
    ['a metric that the product does not report', { asked: { committed_metrics: [{ scope: 'standard', metric_id: 'impressions' }, { scope: 'standard', metric_id: 'reach' }] } }, 'TERMS_REJECTED', 'packages[0].committed_metrics[1]'],
    ['a metric of a vendor that it does not report', { asked: { committed_metrics: [{ scope: 'vendor', vendor: { domain: 'meter.example' }, metric_id: 'attention' }] } }, 'TERMS_REJECTED', 'packages[0].committed_metrics[0]'],
    ['two catalogues of one type', { asked: { catalogs: [{ type: 'product', catalog_id: 'a' }, { type: 'product', catalog_id: 'b' }] } }, 'INVALID_REQUEST', 'packages[0].catalogs[1]'],
  ])('%s', (_what, given, code, field) => {
    expect(first(given)).toEqual([code, field]);
  });
});

describe('a package passes with', () => {
  it.each<[string, Case]>([
    ['nothing but a budget', {}],
    ['a bid at the floor', { asked: { bid_price: 2 } }],
    ['a bid on a fixed price, which has no effect', { asked: { bid_price: 0.01, budget: 100 }, pricing: FIXED }],
    ['no budget at all', { asked: { budget: 0 } }],
    ['a flight of its own inside that of the buy', { asked: { start_time: '2027-01-10T00:00:00Z', end_time: '2027-01-20T00:00:00Z' } }],
    ['a flight from a minute before an immediate start', { asked: { start_time: '2026-12-31T23:59:30Z' } }],
    ['a format by name', { asked: { format_ids: [{ agent_url: AGENT, id: 'display_300x250' }] } }],
    ['a format by name with parameters', { asked: { format_ids: [{ agent_url: AGENT, id: 'display_300x250', width: 300, height: 250 }] } }],
    ['a legacy name that says what an option declares', { asked: { format_ids: [{ agent_url: 'https://other.example', id: 'display_300x250_image' }] }, product: { format_options: [option] } }],
    ['a format option of the product', { asked: { format_option_refs: [{ scope: 'product', format_option_id: 'mrec' }] }, product: { format_options: [option] } }],
    ['a format option of its publisher', { asked: { format_option_refs: [{ scope: 'publisher', publisher_domain: 'daily-trail.example', format_option_id: 'mrec' }] }, product: { format_options: [option] } }],
    ['a reference beside a name that would not fit, because the reference counts', { asked: { format_option_refs: [{ scope: 'product', format_option_id: 'mrec' }], format_ids: [{ agent_url: AGENT, id: 'video_30s' }] }, product: { format_options: [option] } }],
    ['a kind that pins the size down', { asked: { format_kind: 'image', params: { width: 300, height: 250 } }, product: { format_options: [option] } }],
    ['a kind that pins down what the names of the product say', { asked: { format_kind: 'image', params: { width: 300, height: 250 } } }],
    ['creatives and assignments', { asked: { creatives: [{ creative_id: 'c', name: 'C', format_kind: 'image', assets: {} }], creative_assignments: [{ creative_id: 'unknown' }] } }],
    ['places, languages, devices, hours and keywords', { asked: overlay({ geo_countries: ['US'], geo_regions_exclude: ['US-CA'], geo_metros: [{ system: 'nielsen_dma', values: ['501'] }], language: ['en'], device_type: ['ctv'], daypart_targets: [{ days: ['monday'], start_hour: 8, end_hour: 20 }], keyword_targets: [{ keyword: 'tent', match_type: 'broad' }] }) }],
    ['registered audiences, whatever their size', { asked: overlay({ audience_include: ['vip'], audience_exclude: ['small'] }) }],
    ['a frequency cap', { asked: overlay({ frequency_cap: { max_impressions: 3, per: 'individuals', window: { interval: 1, unit: 'campaign' }, suppress: { interval: 10, unit: 'minutes' } } }) }],
    ['a property list', { asked: overlay({ property_list: { agent_url: AGENT, list_id: 'l' } }) }],
    ['members of the overlay that AdCP does not define', { asked: overlay({ x_hint: true }) }],
    ['a goal on clicks', { asked: metric({ metric: 'clicks', target: { kind: 'cost_per', value: 2 } }) }],
    ['a goal on reach', { asked: metric({ metric: 'reach', reach_unit: 'households', target_frequency: { min: 1, max: 3, window: { interval: 7, unit: 'days' } } }) }],
    ['a goal on completed views', { asked: metric({ metric: 'completed_views', view_duration_seconds: 6 }) }],
    ['a goal on events', { asked: event({ target: { kind: 'per_ad_spend', value: 4 } }, { value_field: 'total' }) }],
    ['a custom event by name', { asked: event({}, { event_type: 'custom', custom_event_name: 'trial' }) }],
    ['terms that can be met', { asked: { measurement_terms: { billing_measurement: { vendor: { domain: 'meter.example' }, max_variance_percent: 5, measurement_window: 'c7' } } } }],
    ['a standard that the product holds', { asked: { performance_standards: [{ metric: 'viewability', threshold: 0.6, vendor: { domain: 'meter.example' } }] }, product: { performance_standards: [{ metric: 'viewability', threshold: 0.7, vendor: { domain: 'meter.example' } }] } }],
    ['metrics that the product reports, ratios included', { asked: { committed_metrics: [{ scope: 'standard', metric_id: 'clicks' }, { scope: 'standard', metric_id: 'ctr' }] } }],
    ['catalogues of several types', { asked: { catalogs: [{ type: 'product', catalog_id: 'a' }, { type: 'store', catalog_id: 'b' }] } }],
  ])('%s', (_what, given) => {
    expect(check(given)).toBeUndefined();
  });
});

describe('the order of the rows', () => {
  it('answers with the first class of problem alone', () => {
    expect(first({ asked: { bid_price: 1, budget: 1, ...overlay({ geo_proximity: [] }) }, pricing: { ...AUCTION, min_spend_per_package: 10 } })).toEqual(['INVALID_REQUEST', 'packages[0].bid_price']);
  });
  it('tells every problem of that class', () => {
    const fields = check({ asked: overlay({ audience_include: ['a', 'vip', 'b'] }) })!.map(({ field }) => field);
    expect(fields).toEqual([`${T}.audience_include[0]`, `${T}.audience_include[2]`]);
  });
  it('says what a budget must be at least', () => {
    expect(check({ asked: { budget: 50 }, pricing: FIXED })![0]!.details).toEqual({ minimum_budget: 100, currency: 'USD' });
  });
});
