import { describe, expect, test } from 'vitest';
import { PREVIEW_LIFE_MS } from '../domain/preview/preview.ts';
import type { PreviewCreativeRequest, PreviewCreativeSuccess } from '../protocol/wire/preview-creative.ts';
import { banner, creativeSetting, OWN } from '../../test/support/creatives.ts';
import { record, refusalOf } from '../../test/support/desk.ts';
import { catalogRecord, itemRecord } from '../../test/support/library-records.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import { previewCreative } from './preview-creative.ts';

const MANIFEST = { format_id: { agent_url: OWN, id: 'display_300x250' }, assets: banner('x').assets };
type Single = Extract<PreviewCreativeSuccess, { response_type: 'single' }>;
type Batch = Extract<PreviewCreativeSuccess, { response_type: 'batch' }>;

async function setting() {
  const { desk, caller, sync, put } = await creativeSetting();
  const decide = (request: Partial<PreviewCreativeRequest>) => previewCreative({ request_type: 'single', ...request } as PreviewCreativeRequest, caller, desk);
  const preview = async <Body extends PreviewCreativeSuccess = Single>(request: Partial<PreviewCreativeRequest>) => {
    const body = await record(desk, await decide(request));
    expectOfficial('preview_creative', body);
    return body as Body;
  };
  const behind = async (url: string) => desk.store.preview(url.split('/').at(-1)!, desk.clock.now().toISOString());
  return { desk, caller, sync, put, decide, preview, behind };
}
const urlOf = ({ previews }: Pick<Single, 'previews'>, at = 0) => (previews[at]!.renders[0] as { preview_url: string }).preview_url;

describe('one creative', () => {
  test('is shown under a link of this seller that works for a day', async () => {
    const { desk, preview, behind } = await setting();
    const body = await preview({ creative_manifest: MANIFEST });
    expect(body).toMatchObject({
      response_type: 'single', expires_at: '2026-11-21T12:00:00.000Z',
      previews: [{ input: { name: 'Default' }, renders: [{ output_format: 'url', role: 'primary', dimensions: { width: 300, height: 250 } }] }],
    });
    expect(urlOf(body)).toMatch(/^https:\/\/seller\.example\/previews\/prv_/);
    expect(await behind(urlOf(body))).toMatchObject({ html: expect.stringContaining('https://cdn.example/a.png'), conduct: 'still' });
    desk.clock.at = new Date(desk.clock.now().getTime() + PREVIEW_LIFE_MS).toISOString();
    expect(await behind(urlOf(body))).toBeUndefined();
  });

  test('is shown as markup, and under its link, when markup is asked for', async () => {
    const { preview } = await setting();
    const [render] = (await preview({ creative_manifest: MANIFEST, output_format: 'html' })).previews[0]!.renders;
    expect(render).toMatchObject({ output_format: 'both', preview_url: expect.any(String), preview_html: expect.stringMatching(/^<article class="ad">/) });
  });

  test('is shown once for each set of values', async () => {
    const { preview, behind } = await setting();
    const assets = { ...MANIFEST.assets, click_url: { asset_type: 'url', url: 'https://shop.example/?city={CITY}' } } as typeof MANIFEST.assets;
    const body = await preview({ creative_manifest: { ...MANIFEST, assets }, inputs: [{ name: 'Ghent', macros: { CITY: 'Gent' } }, { name: 'none' }] });
    expect(body.previews.map(({ input }) => input)).toEqual([{ name: 'Ghent', macros: { CITY: 'Gent' } }, { name: 'none' }]);
    expect((await behind(urlOf(body)))!.html).toContain('https://shop.example/?city=Gent');
    expect((await behind(urlOf(body, 1)))!.html).toContain('https://shop.example/?city={CITY}');
  });

  test('of the library lends what the manifest leaves out, to its own buyer only', async () => {
    const { desk, caller, sync, preview, behind } = await setting();
    await sync([banner('known')]);
    const manifest = { creative_id: 'known', format_id: MANIFEST.format_id, assets: {} };
    expect(await behind(urlOf(await preview<Single>({ creative_manifest: manifest })))).toMatchObject({ library: 'acct_test', creative_id: 'known', title: 'Banner known (Default)' });
    const stranger = { ...caller, reach: { principal_id: 'stranger', library: 'acct_other', wide: false } };
    expect(refusalOf(await previewCreative({ request_type: 'single', creative_manifest: manifest } as PreviewCreativeRequest, stranger, desk)))
      .toMatchObject({ code: 'INVALID_REQUEST', field: 'creative_manifest.assets' });
  });

  test('with a catalogue shows as many items as are asked for', async () => {
    const { preview } = await setting();
    const items = Array.from({ length: 20 }, (_, at) => ({ item_id: `sku-${at}`, name: `Item ${at}` }));
    const assets = { products: { asset_type: 'catalog', type: 'product', items }, click_url: { asset_type: 'url', url: 'https://shop.example/{SKU}' } } as never;
    const shown = async (item_limit?: number) => {
      const [render] = (await preview({ creative_manifest: { ...MANIFEST, assets }, output_format: 'html', ...(item_limit ? { item_limit } : {}) })).previews[0]!.renders;
      return (render as { preview_html: string }).preview_html.match(/https:\/\/shop\.example\/sku-\d+/g);
    };
    expect([(await shown())!.length, await shown(2)]).toEqual([10, ['https://shop.example/sku-0', 'https://shop.example/sku-1']]);
  });

  test('with a catalogue that was synced shows the items that it selects, less those that are not for showing', async () => {
    const { desk, preview } = await setting();
    const item = (sku: string, more: object = {}) => itemRecord(sku, { item: { item_id: sku, sku, tags: [sku.slice(0, 1)] }, ...more });
    await record(desk, [{ kind: 'put_catalog', catalog: catalogRecord('menu'), items: [item('a&1'), item('a2', { status: 'rejected' }), item('b1'), item('a{X}')] }]);
    const assets = (more: object) => ({ products: { asset_type: 'catalog', type: 'product', catalog_id: 'menu', ...more }, click_url: { asset_type: 'url', url: 'https://shop.example/{SKU}' } }) as never;
    const shown = async (more: object, item_limit?: number) => {
      const [render] = (await preview({ creative_manifest: { ...MANIFEST, assets: assets(more) }, output_format: 'html', ...(item_limit ? { item_limit } : {}) })).previews[0]!.renders;
      return (render as { preview_html: string }).preview_html.match(/https:\/\/shop\.example\/[^"]+/g)!.map((url) => url.slice(21));
    };
    expect(await shown({})).toEqual(['a%261', 'b1', 'a%7BX%7D']);
    expect(await shown({}, 1)).toEqual(['a%261']);
    expect(await shown({ tags: ['a'] })).toEqual(['a%261', 'a%7BX%7D']);
    expect(await shown({ ids: ['b1'] }, 1)).toEqual(['b1']);
  });

  test.each<[string, object, string]>([
    ['nothing to show', { creative_manifest: { ...MANIFEST, assets: {} } }, 'creative_manifest.assets'],
    ['a catalogue that nobody knows', { creative_manifest: { ...MANIFEST, assets: { feed: { asset_type: 'catalog', type: 'product', catalog_id: 'nowhere' } } } }, 'creative_manifest.assets.feed.catalog_id'],
    ['more than a browser should be sent', { creative_manifest: { ...MANIFEST, assets: { body: { asset_type: 'text', content: 'x'.repeat(300_000) } } } }, 'creative_manifest.assets'],
    ['too many variants', { creative_manifest: MANIFEST, inputs: Array.from({ length: 51 }, (_, at) => ({ name: `${at}` })) }, 'inputs'],
  ])('is refused: %s', async (_why, request, field) => {
    const { decide } = await setting();
    expect(refusalOf(await decide(request as Partial<PreviewCreativeRequest>))).toMatchObject({ code: 'INVALID_REQUEST', field });
  });
});

describe('several creatives', () => {
  test('are shown in their order, and one that cannot be keeps no other back', async () => {
    const { preview } = await setting();
    const body = await preview<Batch>({
      request_type: 'batch', output_format: 'html',
      requests: [{ creative_manifest: { ...MANIFEST, creative_id: 'mine' } as typeof MANIFEST }, { creative_manifest: { ...MANIFEST, assets: {} } }, { creative_manifest: MANIFEST, output_format: 'url' }],
    });
    expect(body.results.map(({ success, creative_id, response, errors }) => [success, creative_id, response?.previews[0]!.renders[0]!.output_format ?? errors![0]!.field])).toEqual([
      [true, 'mine', 'both'], [false, 'requests[1]', 'requests[1].creative_manifest.assets'], [true, 'requests[2]', 'url'],
    ]);
  });

  test('are refused when they come in more variants than one call makes', async () => {
    const { decide } = await setting();
    const inputs = Array.from({ length: 30 }, (_, at) => ({ name: `${at}` }));
    expect(refusalOf(await decide({ request_type: 'batch', requests: [{ creative_manifest: MANIFEST, inputs }, { creative_manifest: MANIFEST, inputs }] })))
      .toMatchObject({ code: 'INVALID_REQUEST', field: 'requests' });
  });
});

describe('a variant that was served', () => {
  test('is the creative itself, under its own id, once it has been seen', async () => {
    const { desk, sync, put, decide, preview } = await setting();
    await sync([banner('seen')]);
    await put(testBuy([testPackage('p', { creative_assignments: [{ creative_id: 'seen' }] })]));
    const ask = { request_type: 'variant', variant_id: 'seen' } as const;
    expect(refusalOf(await decide(ask))).toMatchObject({ code: 'REFERENCE_NOT_FOUND', field: 'variant_id' });
    await record(desk, [{ kind: 'record_delivery', fact: { principal_id: 'buyer', media_buy_id: 'mb_1', day: '2026-11-20', increments: [{ package_id: 'p', creative_id: 'seen', impressions: 5 }], gauges: {} } }]);
    expect(await preview<Extract<PreviewCreativeSuccess, { response_type: 'variant' }>>(ask)).toMatchObject({
      response_type: 'variant', variant_id: 'seen', creative_id: 'seen', manifest: { assets: banner('seen').assets }, previews: [{ renders: [{ output_format: 'url' }] }],
    });
    expect(refusalOf(await decide({ ...ask, creative_id: 'another' }))).toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });
});
