import { describe, expect, test } from 'vitest';
import type { AssetMap } from '../../protocol/wire/core/asset.ts';
import type { MacroValues } from '../macro-substitution.ts';
import { drawnPiece } from './piece.ts';
import { fillingsOf, piecesOf, type ShownCatalog } from './subject.ts';

const draw = (assets: Record<string, object>, values: MacroValues = {}, catalogs: ReadonlyMap<string, ShownCatalog> = new Map()) =>
  drawnPiece(fillingsOf(assets as AssetMap), { catalogs }, values, { width: 300, height: 250 });
const HOSTILE = `"><script>planted()</script><img onerror='planted()'>`;

describe('a piece', () => {
  test('shows pictures, texts and films, and what is only made later as a note', () => {
    const { html, conduct } = draw({
      image: { asset_type: 'image', url: 'https://cdn.example/a.png', width: 300, height: 250, alt_text: 'A boot' },
      headline: { asset_type: 'text', content: 'Boots & more' },
      film: { asset_type: 'video', url: 'https://cdn.example/a.mp4', width: 640, height: 360 },
      tag: { asset_type: 'vast', delivery_type: 'url', url: 'https://vast.example/{CACHEBUSTER}' },
    });
    expect(conduct).toBe('still');
    expect(html).toContain('<img src="https://cdn.example/a.png" width="300" height="250" alt="A boot" referrerpolicy="no-referrer">');
    expect(html).toContain('<h2 class="headline">Boots &amp; more</h2>');
    expect(html).toContain('<video src="https://cdn.example/a.mp4" width="640" height="360" controls preload="metadata"></video>');
    expect(html).toContain('<span hidden data-vast-url="https://vast.example/{CACHEBUSTER}"></span>');
  });

  test('shows cards and slots that hold several assets', () => {
    const card = (headline: string) => ({
      asset_type: 'card', media: { asset_type: 'image', url: 'https://cdn.example/c.png', width: 1, height: 1 }, headline, cta: 'Buy',
      landing_page_url: { asset_type: 'url', url: 'https://shop.example/' },
    });
    const { html } = draw({ cards: [card('One'), card('Two')] as object });
    expect(html.match(/<section class="card">/g)).toHaveLength(2);
    expect(html).toContain('<h3>Two</h3><a class="click" href="https://shop.example/"');
  });

  test('leads where it says, and shows trackers without calling them', () => {
    const { html } = draw({
      click_url: { asset_type: 'url', url: 'https://shop.example/?c={CAMPAIGN}&d=1' },
      cta: { asset_type: 'text', content: 'Shop <now>' },
      impression_tracker: { asset_type: 'url', url: 'https://t.example/i' },
      seen: { asset_type: 'url', url_type: 'tracker_pixel', url: 'https://t.example/p' },
      click_tracker: { asset_type: 'pixel_tracker', event: 'click', url: 'https://t.example/c' },
    }, { CAMPAIGN: 'a b' });
    expect(html).toContain('<a class="click" href="https://shop.example/?c=a%20b&amp;d=1" target="_blank" rel="noopener noreferrer nofollow">Shop &lt;now&gt;</a>');
    expect([...html.matchAll(/data-(impression|click)-url="([^"]*)"/g)].map(([, role, url]) => `${role} ${url}`))
      .toEqual(['impression https://t.example/i', 'impression https://t.example/p', 'click https://t.example/c']);
    expect(html).not.toContain('<img');
  });

  test('keeps what is no web address from being a link', () => {
    const { html } = draw({ click_url: { asset_type: 'url', url: 'javascript:alert(1)' } });
    expect(html).toBe('<article class="ad"><span hidden data-click-url="javascript:alert(1)"></span></article>');
  });

  test('holds hostile texts as texts, wherever they stand', () => {
    const { html } = draw({
      headline: { asset_type: 'text', content: HOSTILE }, body: { asset_type: 'markdown', content: HOSTILE },
      image: { asset_type: 'image', url: `https://a.example/${HOSTILE}`, width: 1, height: 1, alt_text: HOSTILE }, click_url: { asset_type: 'url', url: `https://a.example/${HOSTILE}` },
    });
    expect([...html.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name)).toEqual(['article', 'h2', 'pre', 'img', 'a']);
    expect(html).not.toContain("'");
    expect(html.match(/&lt;script&gt;/g)).toHaveLength(5);
  });

  test("shuts the buyer's own markup and scripts in one frame without an origin", () => {
    const { html, conduct } = draw({
      page: { asset_type: 'html', content: '<b class="x">{NAME}</b>' }, style: { asset_type: 'css', content: '.x{color:red}' },
      code: { asset_type: 'javascript', content: 'run("1")' }, headline: { asset_type: 'text', content: 'Beside' },
    }, { NAME: '<i>' });
    expect(conduct).toBe('foreign');
    expect(html).toContain('<iframe sandbox="allow-scripts" title="the creative" srcdoc="&lt;!doctype html&gt;&lt;style&gt;.x{color:red}&lt;/style&gt;\n'
      + '&lt;b class=&quot;x&quot;&gt;%3Ci%3E&lt;/b&gt;\n&lt;script&gt;run(&quot;1&quot;)&lt;/script&gt;" width="300" height="250"></iframe>');
    expect(html.replace(/srcdoc="[^"]*"/, '')).not.toContain('run(');
  });
});

describe('items of a catalogue', () => {
  const catalog = { type: 'product', catalog_id: 'feed' } as const;
  const items = [
    { item_id: 'a&b=1', name: 'Tent <2>', price: { amount: 90, currency: 'EUR' }, image_url: 'https://cdn.example/t.png', description: '{SKU}' },
    { item_id: 'café-{DEVICE_ID}', title: 'Boot', price: '12 EUR', images: [{ url: 'javascript:x' }, 'https://cdn.example/b.png'] },
  ];
  const ASSETS = {
    products: { asset_type: 'catalog', type: 'product', catalog_id: 'feed' },
    click_url: { asset_type: 'url', url: 'https://shop.example/p?sku={SKU}&buy={MEDIA_BUY_ID}' },
    impression_tracker: { asset_type: 'url', url: 'https://t.example/{CATALOG_ID}/i' },
    plain: { asset_type: 'url', url_type: 'tracker_pixel', url: 'https://t.example/once?n={NAME}' },
    cta: { asset_type: 'text', content: 'Get {ITEM_NAME}' },
  };
  const { html } = draw(ASSETS, { NAME: 'x' }, new Map([['products', { catalog, items }]]));

  test('are cards, each with its own links, in which its values are only values', () => {
    expect(html.match(/<li>/g)).toHaveLength(2);
    expect(html).toContain('<a class="click" href="https://shop.example/p?sku=a%26b%3D1&amp;buy={MEDIA_BUY_ID}" target="_blank" rel="noopener noreferrer nofollow">Get Tent &lt;2&gt;</a>');
    expect(html).toContain('href="https://shop.example/p?sku=caf%C3%A9-%7BDEVICE_ID%7D&amp;buy={MEDIA_BUY_ID}"');
    expect(html.match(/data-impression-url="https:\/\/t.example\/feed\/i"/g)).toHaveLength(2);
  });

  test('say what they are, cost and look like', () => {
    expect(html).toContain('<img src="https://cdn.example/t.png" alt="Tent &lt;2&gt;" referrerpolicy="no-referrer"><h3>Tent &lt;2&gt;</h3><p>{SKU}</p><p class="price">90 EUR</p>');
    expect(html).toContain('<img src="https://cdn.example/b.png" alt="Boot" referrerpolicy="no-referrer"><h3>Boot</h3><p class="price">12 EUR</p>');
  });

  test('leave links that are not about them to the ad', () => {
    expect(html.match(/t\.example\/once\?n=x/g)).toHaveLength(1);
  });
});

test("addresses in a buyer's own markup are shown for each item, too", () => {
  const shown = new Map([['products', { catalog: { type: 'product' } as const, items: [{ sku: 'a&b' }, { sku: 'c' }] }]]);
  const { html } = draw({ products: { asset_type: 'catalog', type: 'product' }, page: { asset_type: 'html', content: `<img src="https://t.example/i?s={SKU}"><a href='https://t.example/plain'>` } }, {}, shown);
  expect([...html.matchAll(/data-tracker-url="([^"]*)"/g)].map(([, url]) => url)).toEqual(['https://t.example/i?s=a%26b', 'https://t.example/i?s=c']);
});

test('markup that is all addresses is read in no time', () => {
  const before = performance.now();
  draw({ page: { asset_type: 'html', content: 'http://'.repeat(37_000) } });
  expect(performance.now() - before).toBeLessThan(2_000);
});

describe('the pieces of a creative', () => {
  test('are the ad, and each companion in a place of its own', () => {
    const assets = {
      video: { asset_type: 'video', url: 'https://cdn.example/a.mp4', width: 1920, height: 1080 },
      companion_banner: { asset_type: 'image', url: 'https://cdn.example/a.png', width: 300, height: 60 },
    } as unknown as AssetMap;
    const pieces = piecesOf({ title: 't', assets, catalogs: new Map(), size: { width: 1920, height: 1080 } });
    expect(pieces.map(({ role, size, fillings }) => [role, size?.height, fillings[0]!.slot])).toEqual([['primary', 1080, 'video'], ['companion', 60, 'companion_banner']]);
  });
});
