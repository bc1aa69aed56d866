import { describe, expect, it } from 'vitest';
import { catalogueOf, PRINCIPAL, testDesk } from '../../test/support/desk.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { testSignal } from '../../test/support/signals.ts';
import type { GetSignalsRequest, GetSignalsSuccess, Signal } from '../protocol/wire/get-signals.ts';
import { getSignals } from './get-signals.ts';

const caller = { principal: PRINCIPAL, reach: { principal_id: 'buyer', wide: false } };
const SHELF = [
  testSignal('hikers', { countries: ['US', 'CA'], coverage_percentage: 20 }),
  testSignal('drivers', { name: 'Drivers of electric cars', signal_type: 'marketplace', data_provider: 'Roadside', coverage_percentage: 5, pricing_options: [{ pricing_option_id: 'd', model: 'cpm', cpm: 4, currency: 'USD' }] }),
  testSignal('season', { value_type: 'categorical', pricing_options: [{ pricing_option_id: 's', model: 'percent_of_media', percent: 5, currency: 'USD' }] }),
];

async function read(request: GetSignalsRequest, signals: readonly Signal[] = SHELF): Promise<GetSignalsSuccess> {
  const decision = await getSignals(request, caller, testDesk({ catalogue: { ...catalogueOf([]), signals: async () => signals } }));
  if (decision.kind === 'refused') throw new Error(decision.errors[0].message);
  expectOfficial('get_signals', decision.body);
  return decision.body;
}
const ids = async (...args: Parameters<typeof read>) => (await read(...args)).signals!.map(({ signal_agent_segment_id }) => signal_agent_segment_id.replace('seg_', ''));

describe('get_signals', () => {
  it('answers everything, what suits the text first', async () => {
    expect(await ids({ signal_spec: 'people with electric cars' })).toEqual(['drivers', 'hikers', 'season']);
    expect(await ids({ signal_spec: 'no drivers please' })).toEqual(['hikers', 'season', 'drivers']);
  });
  it('answers what is named, by the newer or the older name, in that order', async () => {
    expect(await ids({
      signal_refs: [{ scope: 'data_provider', data_provider_domain: 'daily-trail.example', signal_id: 'season' }, { scope: 'product', signal_id: 'nowhere' }],
      signal_ids: [{ source: 'catalog', data_provider_domain: 'daily-trail.example', id: 'hikers' }],
    })).toEqual(['season', 'hikers']);
  });
  it.each<[string, GetSignalsRequest, string[]]>([
    ['a country', { countries: ['DE'] }, ['drivers', 'season']],
    ['a kind', { filters: { catalog_types: ['marketplace'] } }, ['drivers']],
    ['a provider', { filters: { data_providers: ['Roadside'] } }, ['drivers']],
    ['a coverage', { filters: { min_coverage_percentage: 10 } }, ['hikers']],
    ['a price', { filters: { max_cpm: 2 } }, ['hikers', 'season']],
    ['a share of the media', { filters: { max_percent: 3 } }, ['hikers', 'drivers']],
  ])('filters by %s', async (_what, request, left) => expect(await ids({ discovery_mode: 'wholesale', ...request })).toEqual(left));
  it('lists the feed a page at a time, under one version', async () => {
    const first = await read({ discovery_mode: 'wholesale', pagination: { max_results: 2 } });
    expect(first.pagination).toMatchObject({ has_more: true, total_count: 3 });
    const second = await read({ discovery_mode: 'wholesale', pagination: { max_results: 2, cursor: first.pagination!.cursor! } });
    expect([second.signals!.length, second.pagination!.has_more, second.wholesale_feed_version]).toEqual([1, false, first.wholesale_feed_version]);
  });
  it('answers that nothing is new to whoever has the version, and only to them', async () => {
    const { wholesale_feed_version } = await read({ discovery_mode: 'wholesale' });
    const again: GetSignalsRequest = { discovery_mode: 'wholesale', if_wholesale_feed_version: wholesale_feed_version! };
    expect(await read(again)).toEqual({ unchanged: true, wholesale_feed_version, cache_scope: 'public' });
    expect((await read(again, SHELF.slice(1))).signals).toHaveLength(2);
  });
  it('says of a place that was asked about that a signal is not live there', async () => {
    const { signals } = await read({ discovery_mode: 'wholesale', destinations: [{ type: 'agent', agent_url: 'https://seller.example/mcp' }, { type: 'platform', platform: 'elsewhere' }] });
    expect(signals![0]!.deployments).toEqual([{ type: 'agent', agent_url: 'https://seller.example/mcp', is_live: true }, { type: 'platform', platform: 'elsewhere', is_live: false }]);
  });
  it('gives the members that were asked for beside those that every signal has', async () => {
    const [signal] = (await read({ discovery_mode: 'wholesale', fields: ['coverage_percentage'] })).signals!;
    expect(signal).toMatchObject({ coverage_percentage: 20, name: 'Signal hikers' });
    expect(signal).not.toHaveProperty('pricing_options');
  });
});
