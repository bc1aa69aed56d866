import { describe, expect, it } from 'vitest';
import { conditioned } from './conditions.ts';

const request = { account: { account_id: 'a' }, packages: [{ product_id: 'p', budget: 1000 }, { product_id: 'q', budget: 500, targeting_overlay: { language: ['en'] } }], end_time: '2027-01-31T00:00:00Z' };
const ask = (field: string, required_value?: unknown) => conditioned(request, [{ field, reason: 'because', ...(required_value === undefined ? {} : { required_value }) }]);
const packagesOf = (...args: Parameters<typeof ask>) => {
  const outcome = ask(...args);
  return outcome.kind === 'met' ? outcome.request['packages'] : outcome;
};

describe('a condition is met', () => {
  it('by lowering what a package may spend, however the path is written', () => {
    const lowered = [{ product_id: 'p', budget: 800 }, request.packages[1]];
    for (const path of ['packages[0].budget', 'packages.0.budget', 'payload.packages[0].budget']) expect(packagesOf(path, 800)).toEqual(lowered);
  });
  it('in the overlay of one package', () => {
    expect(packagesOf('packages[1].targeting_overlay.language', ['fr'])).toEqual([request.packages[0], { ...request.packages[1], targeting_overlay: { language: ['fr'] } }]);
  });
  it('in all packages where the planned delivery follows from them', () => {
    expect(packagesOf('planned_delivery.geo.countries', ['US'])).toEqual([
      { ...request.packages[0], targeting_overlay: { geo_countries: ['US'] } }, { ...request.packages[1], targeting_overlay: { language: ['en'], geo_countries: ['US'] } },
    ]);
  });
  it('by another end', () => {
    expect(ask('end_time', '2027-01-15T00:00:00Z')).toMatchObject({ kind: 'met', request: { end_time: '2027-01-15T00:00:00Z' } });
  });
  it('without a change when it holds already, and when it is advice', () => {
    for (const [field, value] of [['packages[0].budget', 1000], ['end_time', '2027-01-31T00:00:00Z'], ['anything.at.all', undefined]] as const)
      expect(ask(field, value)).toEqual({ kind: 'met', request });
    expect((ask('packages[0].budget', 1000) as { request: object }).request).toBe(request);
  });
  it('on the whole where one amount makes it up', () => {
    expect(conditioned({ proposal_id: 'x', total_budget: { amount: 900, currency: 'USD' } }, [{ field: 'total_budget', required_value: 500, reason: 'less' }]))
      .toEqual({ kind: 'met', request: { proposal_id: 'x', total_budget: { amount: 500, currency: 'USD' } } });
    expect(conditioned({ packages: [{ budget: 900 }] }, [{ field: 'planned_delivery.total_budget', required_value: 500, reason: 'less' }])).toEqual({ kind: 'met', request: { packages: [{ budget: 500 }] } });
  });
});

describe('a condition cannot be met', () => {
  it.each<[string, string, unknown]>([
    ['that asks for more money', 'packages[0].budget', 1001], ['that is no amount', 'packages[0].budget', 'less'], ['below nothing', 'packages[0].budget', -1],
    ['on a package that is not there', 'packages[2].budget', 1], ['on what was chosen', 'packages[0].product_id', 'other'], ['on who buys', 'account.account_id', 'other'],
    ['on the whole, when several amounts make it up', 'total_budget', 100], ['on channels, which are those of the products', 'planned_delivery.channels', ['ctv']], ['on a list as a whole', 'packages', []],
  ])('%s', (_what, field, value) => {
    expect(ask(field, value)).toEqual({ kind: 'unmet', unmet: [{ field, required_value: value, reason: 'because' }] });
  });
  it('on packages of a proposal, which the request does not name', () => {
    expect(conditioned({ proposal_id: 'x' }, [{ field: 'geo.countries', required_value: ['US'], reason: 'because' }])).toMatchObject({ kind: 'unmet' });
  });
});
