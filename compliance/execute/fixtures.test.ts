import { expect, test } from 'vitest';
import { seedCalls } from './fixtures.ts';

test('seeds in the order in which fixtures refer to each other, ids apart from the rest', () => {
  const calls = seedCalls({
    media_buys: [{ media_buy_id: 'm', status: 'active' }], pricing_options: [{ product_id: 'p', pricing_option_id: 'o', currency: 'USD' }],
    products: [{ product_id: 'p', name: 'P' }],
    buyer_agents: [{ agent_url: 'https://b.example', status: 'ok' }],
  });
  expect(calls).toEqual([
    {
      kind: 'call', step_id: 'seed_buyer_agent.https://b.example', scenario: 'seed_buyer_agent',
      params: { agent_url: 'https://b.example', status: 'ok' },
    },
    { kind: 'call', step_id: 'seed_product.p', scenario: 'seed_product', params: { product_id: 'p', fixture: { name: 'P' } } },
    {
      kind: 'call', step_id: 'seed_pricing_option.p.o', scenario: 'seed_pricing_option',
      params: { product_id: 'p', pricing_option_id: 'o', fixture: { currency: 'USD' } },
    },
    { kind: 'call', step_id: 'seed_media_buy.m', scenario: 'seed_media_buy', params: { media_buy_id: 'm', fixture: { status: 'active' } } },
  ]);
});

test('a fixture that is wrapped already is not wrapped again, for the kinds that may be', () => {
  expect(
    seedCalls({ accounts: [{ account_id: 'a', fixture: { status: 'active' } }] })
  ).toMatchObject([{ params: { account_id: 'a', fixture: { status: 'active' } } }]);
  expect(
    seedCalls({ accounts: [{ account_id: 'a', fixture: {}, more: 1 }] })
  ).toMatchObject([{ params: { fixture: { fixture: {}, more: 1 } } }]);
  expect(seedCalls({ products: [{ product_id: 'a', fixture: { x: 1 } }] })).toMatchObject([{ params: { fixture: { fixture: { x: 1 } } } }]);
});

test('an entry without its id is told apart, and kinds that are unknown are left alone', () => {
  expect(seedCalls({ pricing_options: [{ product_id: 'p' }], spells: [{ id: 1 }] })).toEqual([
    { kind: 'missing_id', step_id: 'seed_pricing_option.0', scenario: 'seed_pricing_option', missing: 'pricing_option_id' },
  ]);
});
