import { beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from '../../src/domain/caller.ts';
import { ALL_FEATURES } from '../../src/domain/features.ts';
import { checkShape } from '../../src/protocol/request-check.ts';
import { Format } from '../../src/protocol/wire/core/format.ts';
import { Product } from '../../src/protocol/wire/core/product.ts';
import { Signal } from '../../src/protocol/wire/get-signals.ts';
import { openSeeds } from '../seeds.ts';
import { hasOfficial, officialSchemas } from '../../test/support/official-schemas.ts';
import { readBaseCatalogue } from './base.ts';
import { sandboxCatalogue, type SandboxCatalogue } from './sandbox-catalogue.ts';

const AGENT = 'http://127.0.0.1:4100/mcp';
const callerOf = (principal_id: string): Caller => ({ principal: { principal_id, mode: 'sandbox' }, reach: { principal_id, wide: true } });
const caller = callerOf('acme-outdoor');
const base = readBaseCatalogue(ALL_FEATURES);

let catalogue: SandboxCatalogue;
beforeEach(() => { catalogue = sandboxCatalogue(base, openSeeds(':memory:'), AGENT); });

const ids = async (of = caller) => (await catalogue.products(of)).map((product) => product.product_id);
const one = async (product_id: string) => (await catalogue.product(caller, product_id))!;
const seed = (product_id: string, fixture: object = {}) => expect(catalogue.seedProduct('acme-outdoor', product_id, fixture as Record<string, unknown>)).toBeUndefined();
const price = (product_id: string, option: { pricing_option_id: string } & Record<string, unknown>) =>
  expect(catalogue.seedPricingOption('acme-outdoor', product_id, option)).toBeUndefined();

describe('the base catalogue', () => {
  test('begins with a fixed-price display rectangle that states its format both ways', async () => {
    const [first] = await catalogue.products(caller);
    expect(first).toMatchObject({
      channels: ['display'], format_ids: [{ agent_url: AGENT, id: 'display_300x250' }],
      format_options: [{ format_kind: 'image', format_option_id: expect.any(String), params: { width: 300, height: 250 }, v1_format_ref: [{ agent_url: AGENT, id: 'display_300x250' }] }],
    });
    expect(first!.pricing_options.every((option) => option.fixed_price !== undefined)).toBe(true);
  });

  test('has fixed-price video and TV that report finished views, and auctions of display and video with guidance', async () => {
    const products = await catalogue.products(caller);
    const offers = (channel: string, fits: (product: Product) => boolean) => products.some((product) => product.channels?.includes(channel as never) && fits(product));
    const fixedViews = (product: Product) => product.pricing_options.every((option) => option.fixed_price !== undefined) && product.reporting_capabilities.available_metrics.includes('completed_views');
    const auction = (product: Product) => product.pricing_options.some((option) => option.floor_price !== undefined && option.price_guidance?.p50 !== undefined && option.price_guidance.p75 !== undefined);
    expect(offers('olv', fixedViews)).toBe(true);
    expect(offers('ctv', fixedViews)).toBe(true);
    expect(offers('display', auction)).toBe(true);
    expect(offers('olv', auction)).toBe(true);
  });

  test('has what the harness books by name', async () => {
    expect((await one('test-product')).pricing_options.map((option) => option.pricing_option_id)).toEqual(['test-pricing', 'default']);
    expect((await one('local_display_dynamic')).pricing_options).toMatchObject([{ pricing_option_id: 'cpm_standard', fixed_price: expect.any(Number) }]);
    expect(await one('sports_preroll_q2')).toBeDefined();
    expect((await ids()).at(-1)).toBe('test-product');
  });

  test('offers every metric that the seller optimises for, and no other', async () => {
    const offered = new Set((await catalogue.products(caller)).flatMap((product) => product.metric_optimization?.supported_metrics ?? []));
    expect([...offered].sort()).toEqual([...ALL_FEATURES.optimization_metrics].sort());
  });

  test('has signals that work with its own agent, each complete, and products that take them', async () => {
    const signals = await catalogue.signals!(caller);
    expect(signals.length).toBeGreaterThan(1);
    for (const signal of signals) expect([checkShape(Signal, signal), signal.deployments, signal.pricing_options?.length]).toEqual([undefined, [{ type: 'agent', agent_url: AGENT, is_live: true }], 1]);
    expect((await catalogue.products(caller)).some((product) => product.signal_targeting_allowed)).toBe(true);
    expect(readBaseCatalogue({ ...ALL_FEATURES, signals: false }).products.some((row) => row['signal_targeting_allowed'])).toBe(false);
  });

  test('offers nothing of what the seller has switched off', () => {
    const { conversion_tracking: _off, ...rest } = ALL_FEATURES;
    const { products } = readBaseCatalogue({ ...rest, optimization_metrics: ['clicks'] });
    expect(new Set(products.flatMap((row) => (row['metric_optimization'] as Product['metric_optimization'])?.supported_metrics ?? []))).toEqual(new Set(['clicks']));
    expect(products.filter((row) => 'conversion_tracking' in row)).toEqual([]);
  });

  test('holds ids once, and only whole documents', async () => {
    const products = await catalogue.products(caller);
    expect(new Set(products.map((product) => product.product_id)).size).toBe(products.length);
    expect(products.flatMap((product) => checkShape(Product, product)?.message ?? [])).toEqual([]);
    expect((await catalogue.formats(caller)).flatMap((format) => checkShape(Format, format)?.message ?? [])).toEqual([]);
  });
});

describe('a seeded product', () => {
  test('is complete when nothing is stated', async () => {
    seed('p1');
    expect(await one('p1')).toEqual({
      product_id: 'p1', name: 'p1', description: expect.any(String), delivery_type: 'non_guaranteed',
      publisher_properties: [{ publisher_domain: expect.stringMatching(/\.example$/), selection_type: 'all' }],
      format_options: [{ format_option_id: expect.any(String), format_kind: 'image', params: { width: 300, height: 250 } }],
      pricing_options: [{ pricing_option_id: expect.any(String), pricing_model: 'cpm', currency: 'USD', fixed_price: expect.any(Number) }],
      reporting_capabilities: {
        available_reporting_frequencies: ['daily'], expected_delay_minutes: 60, timezone: 'UTC', supports_webhooks: true, date_range_support: 'date_range',
        available_metrics: ['impressions', 'clicks', 'spend'],
      },
    });
  });

  test('keeps what is stated, word for word', async () => {
    const fixture = {
      name: 'N', description: 'D', delivery_type: 'guaranteed', channels: ['ctv'], ext: { a: 1 }, unknown_member: [1],
      format_ids: [{ agent_url: 'https://formats.example/', id: 'card', width: 2, height: 3 }],
      publisher_properties: [{ publisher_domain: 'a.example', selection_type: 'by_tag', property_tags: ['x'] }],
      pricing_options: [{ pricing_option_id: 'a', pricing_model: 'cpm', currency: 'EUR', floor_price: 2 }],
      reporting_capabilities: { available_metrics: ['impressions'], timezone: 'Europe/Oslo' },
    };
    seed('p1', fixture);
    expect(await one('p1')).toEqual({
      product_id: 'p1', ...fixture,
      reporting_capabilities: {
        available_reporting_frequencies: ['daily'], expected_delay_minutes: 60, timezone: 'Europe/Oslo', supports_webhooks: true, date_range_support: 'date_range',
        available_metrics: ['impressions'],
      },
    });
  });

  test('is spelt as AdCP spells it', async () => {
    seed('p1', {
      channels: ['video', 'native', 'display', 'telepathy'], publisher_properties: [{ publisher_domain: 'a.example' }], format_ids: [{ id: 'video_30s' }],
      pricing_options: [{ pricing_option_id: 'a', pricing_model: 'cpm', rate: 5, currency: 'USD' }],
    });
    expect(await one('p1')).toMatchObject({
      channels: ['olv', 'display'], publisher_properties: [{ publisher_domain: 'a.example', selection_type: 'all' }], format_ids: [{ agent_url: AGENT, id: 'video_30s' }],
      pricing_options: [{ pricing_option_id: 'a', pricing_model: 'cpm', fixed_price: 5, currency: 'USD' }],
      reporting_capabilities: { available_metrics: ['impressions', 'clicks', 'spend', 'completed_views'] },
    });
    expect((await one('p1')).pricing_options[0]).not.toHaveProperty('rate');
  });

  test('gets no kind of format that it does not state', async () => {
    seed('ids_only', { format_ids: [{ id: 'display_728x90' }] });
    seed('options_only', { format_options: [{ format_kind: 'image', params: {}, format_option_id: 'o' }] });
    expect(await one('ids_only')).not.toHaveProperty('format_options');
    expect(await one('options_only')).not.toHaveProperty('format_ids');
  });

  test('is refused when it could not be a product, and the catalogue stays as it was', async () => {
    const before = await ids();
    expect(catalogue.seedProduct('acme-outdoor', 'p1', { delivery_type: 'sometimes' })).toMatch(/delivery_type/);
    expect(catalogue.seedProduct('acme-outdoor', 'p1', { pricing_options: [{ pricing_option_id: 'a', fixed_price: 1, floor_price: 1 }] })).toMatch(/floor/);
    expect(catalogue.seedPricingOption('acme-outdoor', 'p1', { pricing_option_id: 'a', pricing_model: 'cpa' })).toMatch(/fixed_price/);
    expect(await ids()).toEqual(before);
  });

  test('is seen by its own caller only', async () => {
    seed('p1');
    expect(await ids(callerOf('nova-motors'))).not.toContain('p1');
    expect(await ids(callerOf('acme-outdoor/run-2'))).not.toContain('p1');
  });
});

describe('merging', () => {
  test('a fixture lies over the base row of its id, member by member, but formats go together', async () => {
    seed('outdoor_lifestyle_display', { format_ids: [{ id: 'display_728x90' }], delivery_type: 'guaranteed' });
    const merged = await one('outdoor_lifestyle_display');
    expect(merged).toMatchObject({ name: 'Outdoor lifestyle display', delivery_type: 'guaranteed', format_ids: [{ id: 'display_728x90' }] });
    expect(merged).not.toHaveProperty('format_options');
  });

  test('seeded pricing options stand first, and replace those of their ids whole', async () => {
    price('test-product', { pricing_option_id: 'test-pricing', pricing_model: 'cpm', currency: 'USD', floor_price: 1 });
    expect((await one('test-product')).pricing_options).toEqual([
      { pricing_option_id: 'test-pricing', pricing_model: 'cpm', currency: 'USD', floor_price: 1 },
      { pricing_option_id: 'default', pricing_model: 'cpm', currency: 'USD', fixed_price: 5 },
    ]);
  });

  test('pricing options come in seed order, and make the product that they are for', async () => {
    price('p1', { pricing_option_id: 'b', floor_price: 2 });
    price('p1', { pricing_option_id: 'a', fixed_price: 3 });
    price('p1', { pricing_option_id: 'b', floor_price: 4 });
    expect((await one('p1')).pricing_options).toEqual([
      { pricing_option_id: 'a', pricing_model: 'cpm', currency: 'USD', fixed_price: 3 },
      { pricing_option_id: 'b', pricing_model: 'cpm', currency: 'USD', floor_price: 4 },
    ]);
  });

  test('seeding a product again replaces it, pricing options included', async () => {
    seed('p1', { name: 'Old' });
    price('p1', { pricing_option_id: 'old', floor_price: 2 });
    seed('p1', { delivery_type: 'guaranteed' });
    expect(await one('p1')).toMatchObject({ name: 'p1', delivery_type: 'guaranteed', pricing_options: [{ pricing_option_id: 'default' }] });
  });
});

describe('order', () => {
  test('the newest batch leads in seed order, then the base catalogue, then what was seeded earlier', async () => {
    const plain = await ids();
    seed('old_a');
    seed('old_b');
    expect(await ids()).toEqual(['old_a', 'old_b', ...plain]);
    seed('new_b');
    seed('new_a');
    expect(await ids()).toEqual(['new_b', 'new_a', ...plain, 'old_a', 'old_b']);
  });

  test('a batch ends when the catalogue is looked at, not when time passes', async () => {
    seed('a');
    await one('a');
    seed('b');
    expect((await ids())[0]).toBe('b');
    expect(await catalogue.featured(caller)).toEqual(new Set(['b']));
  });

  test('a batch of which something was bought leads no longer, whether anybody searched before or not', async () => {
    const plain = await ids();
    seed('a');
    seed('b');
    await one('a');
    expect(await ids()).toEqual([...plain, 'a', 'b']);
    expect(await catalogue.featured(caller)).toEqual(new Set());
    seed('c');
    expect((await ids())[0]).toBe('c');
    await one('c');
    expect(await ids()).toEqual([...plain, 'c', 'a', 'b']);
  });

  test('a batch for which creatives were sent leads no longer, once it has been found', async () => {
    seed('a');
    catalogue.spend(caller);
    expect((await ids())[0]).toBe('a');
    catalogue.spend(caller);
    expect((await ids())[0]).not.toBe('a');
    seed('b');
    expect((await ids())[0]).toBe('b');
  });

  test('another caller\'s look ends nothing', async () => {
    seed('a');
    await ids(callerOf('nova-motors'));
    seed('b');
    expect((await ids()).slice(0, 2)).toEqual(['a', 'b']);
  });

  test('seeding again, with the same fixture too, makes a product new', async () => {
    const plain = await ids();
    seed('a');
    seed('b');
    await ids();
    seed('a');
    expect(await ids()).toEqual(['a', ...plain, 'b']);
  });

  test('a base product is new when its pricing is seeded, and back in its place when something newer comes', async () => {
    const plain = await ids();
    price('sports_preroll_q2', { pricing_option_id: 'x', floor_price: 12 });
    expect((await ids())[0]).toBe('sports_preroll_q2');
    expect(await ids()).toHaveLength(plain.length);
    seed('new');
    expect(await ids()).toEqual(['new', ...plain]);
    expect((await one('sports_preroll_q2')).pricing_options[0]).toMatchObject({ pricing_option_id: 'x' });
  });

  test('without seeds there is no batch', async () => {
    expect(await catalogue.featured(caller)).toEqual(new Set());
  });
});

describe('formats', () => {
  test('a seeded one is described beside those of the publisher, under the seller\'s own address', async () => {
    const described = (await catalogue.formats(caller)).length;
    expect(catalogue.seedFormat('acme-outdoor', 'new_one', { name: 'New one', type: 'display' })).toBeUndefined();
    const formats = await catalogue.formats(caller);
    expect(formats).toHaveLength(described + 1);
    expect(formats.at(-1)).toEqual({
      format_id: { agent_url: AGENT, id: 'new_one' }, name: 'New one', assets: [{ item_type: 'individual', asset_id: 'image', asset_type: 'image', required: true }],
    });
    expect(await catalogue.formats(callerOf('nova-motors'))).toHaveLength(described);
  });

  test('one seeded again is replaced, and one that is no format is refused', async () => {
    catalogue.seedFormat('acme-outdoor', 'new_one', { name: 'A' });
    catalogue.seedFormat('acme-outdoor', 'new_one', { name: 'B' });
    expect((await catalogue.formats(caller)).filter((format) => format.format_id.id === 'new_one').map((format) => format.name)).toEqual(['B']);
    expect(catalogue.seedFormat('acme-outdoor', 'bad one!', { name: 'A' })).toMatch(/format_id/);
    expect(catalogue.seedFormat('acme-outdoor', 'new_two', { name: 7 })).toMatch(/name/);
  });
});

test('every product and format, as it is and as it is seeded thin, satisfies the official schema', async () => {
  if (!hasOfficial('products and formats of the sandbox against the official schemas')) return;
  const official = officialSchemas();
  seed('nothing_stated');
  seed('video', { delivery_type: 'guaranteed', channels: ['video'], format_ids: [{ id: 'video_15s' }], metric_optimization: { supported_metrics: ['viewed_seconds'] } });
  seed('partial_reporting', { channels: ['display'], reporting_capabilities: { available_metrics: ['impressions'] } });
  seed('signals', { signal_targeting_rules: { resolution_model: 'direct_targeting', selection_mode: 'optional' } });
  price('auction', { pricing_option_id: 'a', pricing_model: 'cpm', currency: 'USD', floor_price: 3, price_guidance: { p50: 6, p75: 7 } });
  price('network', { pricing_option_id: 'b', pricing_model: 'flat_rate', currency: 'USD', fixed_price: 4500 });
  catalogue.seedFormat('acme-outdoor', 'seeded', { name: 'Seeded', type: 'video' });
  const issues = [
    ...(await catalogue.products(caller)).map((product) => [product.product_id, official.validate('core/product.json', product)] as const),
    ...(await catalogue.formats(caller)).map((format) => [format.format_id.id, official.validate('core/format.json', format)] as const),
  ].filter(([, found]) => found.length > 0);
  expect(issues).toEqual([]);
});
