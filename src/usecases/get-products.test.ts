import { describe, expect, it } from 'vitest';
import { catalogueOf, PRODUCTS, refusalOf, testClock, testDesk, testProduct, PRINCIPAL } from '../../test/support/desk.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { ANYBODY, type Caller } from '../domain/caller.ts';
import { ALL_FEATURES } from '../domain/features.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { GetProductsRequest, GetProductsSuccess } from '../protocol/wire/get-products.ts';
import { getProducts } from './get-products.ts';

const caller: Caller = { principal: PRINCIPAL, reach: { principal_id: 'buyer', wide: false } };
const AGENT = 'https://seller.example/mcp';
const many = Array.from({ length: 12 }, (_each, at) => testProduct(`p${at}`));

const ask = (request: GetProductsRequest, products: readonly Product[] = many, more: Parameters<typeof testDesk>[0] = {}) =>
  getProducts(request, caller, testDesk({ catalogue: catalogueOf(products), ...more }));

async function read(...args: Parameters<typeof ask>): Promise<GetProductsSuccess & { ids: string[] }> {
  const decision = await ask(...args);
  if (decision.kind === 'refused') throw new Error(decision.errors[0].message);
  expectOfficial('get_products', decision.body);
  return { ...decision.body, ids: decision.body.products!.map(({ product_id }) => product_id) };
}

describe('get_products for a brief', () => {
  it('answers the five best with a cursor when there are more', async () => {
    const first = await read({ buying_mode: 'brief', brief: 'display' });
    expect(first.ids).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
    expect(first.pagination).toMatchObject({ has_more: true, total_count: 12 });
    const second = await read({ buying_mode: 'brief', brief: 'display', pagination: { cursor: first.pagination!.cursor! } });
    expect(second.ids).toEqual(['p5', 'p6', 'p7', 'p8', 'p9']);
    const last = await read({ buying_mode: 'brief', brief: 'display', pagination: { cursor: second.pagination!.cursor! } });
    expect(last.ids).toEqual(['p10', 'p11']);
    expect(last.pagination).toEqual({ has_more: false, total_count: 12 });
  });
  it('answers as many as were asked for', async () => {
    expect((await read({ brief: 'display', pagination: { max_results: 7 } })).ids).toHaveLength(7);
  });
  it('treats a request without mode or brief as browsing', async () => {
    const browsed = await read({});
    expect(browsed.ids).toHaveLength(5);
    expect(browsed.products![0]).not.toHaveProperty('brief_relevance');
  });
  it('is never empty because of the words', async () => {
    expect((await read({ brief: 'nothing like this exists' })).ids).toHaveLength(5);
  });
  it('is empty when the filters exclude everything, and says which did', async () => {
    const none = await read({ brief: 'display', filters: { channels: ['cinema'] } });
    expect(none.ids).toEqual([]);
    expect(none.filter_diagnostics!.excluded_by).toEqual({ channels: { count: 12 } });
  });
  it('says how each product suits the brief', async () => {
    expect((await read({ brief: 'display' })).products![0]!.brief_relevance).toMatch(/channel: display/);
  });
  it('puts featured products first', async () => {
    const catalogue = { ...catalogueOf(many), featured: async () => new Set(['p11']) };
    expect((await read({ brief: 'display' }, many, { catalogue })).ids[0]).toBe('p11');
  });
  it('is cacheable by everybody, because nothing depends on the account', async () => {
    expect((await read({ brief: 'display' })).cache_scope).toBe('public');
  });
  it('does not offer what can no longer be bought', async () => {
    const expired = testProduct('gone', { expires_at: '2026-11-19T00:00:00Z' });
    expect((await read({}, [expired, many[0]!])).ids).toEqual(['p0']);
  });
  it('offers only what enforces the policies that the buyer requires', async () => {
    const clean = testProduct('clean', { enforced_policies: ['no_alcohol'] });
    expect((await read({ required_policies: ['no_alcohol'] }, [clean, ...many])).ids).toEqual(['clean']);
  });
  it('admits that it did not apply a property list or a catalogue', async () => {
    const request: GetProductsRequest = {
      brief: 'x',
      property_list: { agent_url: 'https://lists.example', list_id: 'a' },
      catalog: { type: 'product' },
      brand: { domain: 'a.example' },
    };
    expect(await read(request)).toMatchObject({ property_list_applied: false, catalog_applied: false });
  });
  it('warns of a product whose two lists of formats disagree, and offers it', async () => {
    const product = testProduct('two_minded', {
      format_ids: [{ agent_url: AGENT, id: 'display_300x250' }],
      format_options: [
        { format_kind: 'image', params: { width: 728, height: 90 }, v1_format_ref: [{ agent_url: AGENT, id: 'display_728x90' }] },
      ],
    });
    const offered = await read({}, [product]);
    expect(offered.ids).toEqual(['two_minded']);
    expect(offered.errors).toMatchObject([{ code: 'FORMAT_DECLARATION_DIVERGENT', source: 'producer', recovery: 'correctable' }]);
  });
  it('refuses a cursor of another search', async () => {
    const { pagination } = await read({ brief: 'display' });
    expect(refusalOf(await ask({ brief: 'video', pagination: { cursor: pagination!.cursor! } }))).toMatchObject({
      code: 'INVALID_REQUEST',
      field: 'pagination.cursor',
    });
  });
  it('refuses dates in the wrong order', async () => {
    expect(refusalOf(await ask({ filters: { start_date: '2027-02-01', end_date: '2027-01-01' } }))).toMatchObject({
      code: 'INVALID_REQUEST',
      field: 'filters.end_date',
    });
  });
  it('refuses refine entries outside their mode', async () => {
    expect(refusalOf(await ask({ brief: 'x', refine: [{ scope: 'request', ask: 'cheaper' }] }))).toMatchObject({
      code: 'INVALID_REQUEST',
      field: 'refine',
    });
  });
});

describe('get_products with a list of properties', () => {
  const list = { agent_url: 'https://lists.example/mcp', list_id: 'l' };
  const elsewhere = testProduct('elsewhere', { publisher_properties: [{ publisher_domain: 'other.example', selection_type: 'all' }] });
  const knowing = (value: string | undefined) => ({ property_lists: { identifiers: async () => (value === undefined ? undefined : [{ type: 'domain', value }]) } });

  it('leaves what runs on a listed property, and says so', async () => {
    const found = await read({ brief: 'display', property_list: list }, [elsewhere, ...PRODUCTS], knowing('daily-trail.example'));
    expect([found.ids.includes('elsewhere'), found.property_list_applied]).toEqual([false, true]);
    expect((await read({ brief: 'display', property_list: list }, [elsewhere], knowing('daily-trail.example'))).ids).toEqual([]);
  });
  it('leaves everything when the list cannot be had, and says so', async () => {
    for (const more of [knowing(undefined), {}])
      expect(await read({ brief: 'display', property_list: list }, [elsewhere], more)).toMatchObject({ ids: ['elsewhere'], property_list_applied: false });
  });
  it('has another version of the feed for another list', async () => {
    const version = async (value: string) => (await read({ buying_mode: 'wholesale', property_list: list }, [elsewhere], knowing(value))).wholesale_feed_version;
    expect(await version('a.example')).not.toBe(await version('b.example'));
  });
  it('asks nobody on behalf of nobody in particular', async () => {
    const desk = testDesk({ catalogue: catalogueOf([elsewhere]), property_lists: { identifiers: () => { throw new Error('asked'); } } });
    expect(await getProducts({ brief: 'display', property_list: list }, ANYBODY, desk)).toMatchObject({ body: { property_list_applied: false } });
  });
});

describe('get_products wholesale', () => {
  it('lists the catalogue in its order, fifty a page', async () => {
    const all = await read(
      { buying_mode: 'wholesale' },
      Array.from({ length: 60 }, (_each, at) => testProduct(`w${at}`)),
    );
    expect(all.ids).toHaveLength(50);
    expect(all.pagination).toMatchObject({ has_more: true, total_count: 60 });
    expect(all.products![0]).not.toHaveProperty('brief_relevance');
  });
  it('refuses a brief', async () => {
    expect(refusalOf(await ask({ buying_mode: 'wholesale', brief: 'x' }))).toMatchObject({ code: 'INVALID_REQUEST', field: 'brief' });
  });
  it('has a version, and answers that nothing is new to whoever has it', async () => {
    const { wholesale_feed_version } = await read({ buying_mode: 'wholesale' });
    const again = await ask({ buying_mode: 'wholesale', if_wholesale_feed_version: wholesale_feed_version! });
    expect(again).toMatchObject({ kind: 'answer', body: { unchanged: true, wholesale_feed_version, cache_scope: 'public' } });
    expect(again).not.toHaveProperty('body.products');
    if (again.kind === 'answer') expectOfficial('get_products', again.body);
    expect((await read({ brief: 'display' })).wholesale_feed_version).toBe(wholesale_feed_version);
  });
  it('sends everything to whoever has another version, and has a new one when a product has lapsed', async () => {
    const lapsing = [...many, testProduct('lapses', { expires_at: '2026-11-21T00:00:00Z' })];
    const before = await read({ buying_mode: 'wholesale' }, lapsing);
    const request = { buying_mode: 'wholesale', if_wholesale_feed_version: before.wholesale_feed_version! } as const;
    const after = await read(request, lapsing, { clock: testClock('2026-11-22T00:00:00.000Z') });
    expect(after.ids).toHaveLength(12);
    expect(after.wholesale_feed_version).not.toBe(before.wholesale_feed_version);
  });
  it('is refused when it is switched off', async () => {
    expect(refusalOf(await ask({ buying_mode: 'wholesale' }, many, { features: { ...ALL_FEATURES, wholesale: false } }))).toMatchObject({
      code: 'UNSUPPORTED_FEATURE',
      field: 'buying_mode',
    });
  });
  it('gives the members that were asked for beside those that every product has', async () => {
    const [product] = (
      await read({ buying_mode: 'wholesale', fields: ['product_id', 'signal_targeting_options'] }, [
        testProduct('x', {
          exclusivity: 'none',
          signal_targeting_allowed: true,
          signal_targeting_options: [{ signal_ref: { scope: 'product', signal_id: 's' }, name: 'S', value_type: 'binary' }],
        }),
      ])
    ).products!;
    expect(product).not.toHaveProperty('exclusivity');
    expect(product).not.toHaveProperty('channels');
    expect(product).toMatchObject({
      product_id: 'x',
      signal_targeting_allowed: true,
      signal_targeting_options: [{}],
      pricing_options: [{}],
      reporting_capabilities: {},
    });
  });
});
