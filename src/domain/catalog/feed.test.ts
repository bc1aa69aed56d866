import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../protocol/wire/core/catalog.ts';
import { readFeed } from './feed.ts';

type Reading = Partial<Pick<Catalog, 'feed_format' | 'feed_field_mappings' | 'type'>>;
const read = (text: string, catalog: Reading = {}, content_type = '') => readFeed({ text, content_type }, { type: 'product', ...catalog });
const items = (text: string, catalog?: Reading) => {
  const found = read(text, catalog);
  if (found.kind === 'unreadable') throw new Error(found.reason);
  return found.items;
};

describe('a feed in JSON', () => {
  it('is a list at its top or under a usual name, or a document a line', () => {
    expect(items('[{"item_id":"a"}]')).toEqual([{ item_id: 'a' }]);
    expect(items('\uFEFF {"products":[{"item_id":"a"}]}')).toEqual([{ item_id: 'a' }]);
    expect(items('{"item_id":"a"}\n{"item_id":"b"}\r\n')).toEqual([{ item_id: 'a' }, { item_id: 'b' }]);
    expect(items('[]')).toEqual([]);
  });

  it.each([['', 'empty'], ['{"item_id"', 'not JSON'], ['{"item_id":"a"}', 'no list'], ['[1]', 'item 0'], ['[{}, null]', 'item 1'],
    ['[{"a":"\\ud800"}]', 'surrogate'], [`[${'{"a":'.repeat(40)}1${'}'.repeat(40)}]`, 'nested']])('that is %s is refused', (text, why) =>
    expect(read(text)).toEqual({ kind: 'unreadable', reason: expect.stringContaining(why) }));
});

describe('a feed in XML', () => {
  const rss = (inside: string) => `<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>${inside}</channel></rss>`;

  it('is read record by record, names without prefix', () => {
    expect(items(rss(`<!-- two --><item><g:id>1</g:id><title><![CDATA[A & B <b>]]></title><link>https://shop.example/?a=1&amp;b=2</link>
      <g:shipping><g:country>US</g:country><g:price>5 USD</g:price></g:shipping><g:tag>x</g:tag><g:tag>caf&#xe9;</g:tag></item>`))).toEqual([
      { id: '1', title: 'A & B <b>', link: 'https://shop.example/?a=1&b=2', shipping: { country: 'US', price: '5 USD' }, tag: ['x', 'café'] },
    ]);
    expect(items('<feed><entry><id>1</id><link href="https://shop.example/1"/></entry></feed>')).toEqual([{ id: '1', link: 'https://shop.example/1' }]);
    expect(items(rss(''))).toEqual([]);
  });

  it.each([
    ['has no end', '<rss><item><id>1</id></item>'], ['closes what is not open', '<rss></item></rss>'], ['has two roots', '<a/><b/>'],
    ['defines entities', '<!DOCTYPE x [<!ENTITY a "aaaa">]><rss><item><id>&a;</id></item></rss>'], ['uses entities that nobody defined', '<rss><item><id>&a;</id></item></rss>'],
    ['is nested without end', '<a>'.repeat(40)], ['has no records', '<shop><thing><id>1</id></thing></shop>'], ['has a comment that does not end', '<a><!-- </a>'],
  ])('that %s is refused', (_what, text) => expect(read(text)).toMatchObject({ kind: 'unreadable' }));
});

describe('a feed in lines', () => {
  it('is separated by commas, tabs or semicolons, with quotes around what holds them', () => {
    expect(items('id,title\r\n1,"Steak, ""rare""\nor well done"\n\n2,Fish')).toEqual([{ id: '1', title: 'Steak, "rare"\nor well done' }, { id: '2', title: 'Fish' }]);
    expect(items('id\ttitle\tnote\n1\t"a"\t\n')).toEqual([{ id: '1', title: 'a' }]);
    expect(items('id;price\n1;"9,99 EUR"')).toEqual([{ id: '1', price: '9,99 EUR' }]);
  });

  it('is refused when a quote stays open, a line is too long, or it is a page', () => {
    expect(read('id,title\n1,"open')).toMatchObject({ kind: 'unreadable' });
    expect(read('id,title\n1,2,3')).toMatchObject({ kind: 'unreadable', reason: expect.stringContaining('record 0') });
    expect(read('hello')).toMatchObject({ kind: 'unreadable' });
    expect(read('hello, there', {}, 'text/html')).toMatchObject({ kind: 'unreadable' });
  });
});

describe('the names of a well-known feed', () => {
  it.each<[NonNullable<Catalog['feed_format']>, object, object]>([
    ['google_merchant_center', { id: '1', title: 'T', link: 'https://s.example/1', image_link: 'https://s.example/1.jpg', price: '19.99 USD', gtin: '00013000006040' }, { item_id: '1', url: 'https://s.example/1', image_url: 'https://s.example/1.jpg', price: { amount: 19.99, currency: 'USD' }, link: 'https://s.example/1' }],
    ['facebook_catalog', { id: '1', price: 'USD 5' }, { item_id: '1', price: { amount: 5, currency: 'USD' } }],
    ['pinterest_catalog', { id: '1', price: '9,99 EUR' }, { item_id: '1', price: { amount: 9.99, currency: 'EUR' } }],
    ['openai_product_feed', { id: '1', link: 'https://s.example/1' }, { item_id: '1', url: 'https://s.example/1' }],
    ['tiktok_shop', { id: 'parent', sku_id: 's1' }, { item_id: 's1', sku: 's1', id: 'parent' }],
    ['shopify', { Handle: 'h', 'Variant SKU': 's1', Title: 'T', 'Variant Price': '5.00' }, { item_id: 's1', title: 'T', price: 5 }],
    ['linkedin_jobs', { partnerJobId: 'j1', title: 'Chef', company: 'Steakhouse', applyUrl: 'https://s.example/j1' }, { job_id: 'j1', company_name: 'Steakhouse', apply_url: 'https://s.example/j1' }],
    ['custom', { id: '1', price: '5 USD' }, { id: '1', price: '5 USD' }],
  ])('%s become those of AdCP', (feed_format, record, item) => expect(items(JSON.stringify([record]), { feed_format })[0]).toMatchObject(item));

  it('leave a price alone that is none', () => expect(items('[{"id":"1","price":"on request"}]', { feed_format: 'facebook_catalog' })[0]).toMatchObject({ price: 'on request' }));
});

describe('mappings of the buyer', () => {
  const mapped = (record: object, ...feed_field_mappings: NonNullable<Catalog['feed_field_mappings']>) =>
    items(JSON.stringify([record]), { feed_format: 'custom', feed_field_mappings })[0];

  it('rename, nest, fix and fall back', () => {
    expect(mapped({ hotel_name: 'Inn', cents: '1999', empty: '' },
      { feed_field: 'hotel_name', catalog_field: 'name' }, { feed_field: 'cents', catalog_field: 'price.amount', transform: 'divide', by: 100 },
      { catalog_field: 'price.currency', value: 'EUR' }, { feed_field: 'empty', catalog_field: 'star_rating', default: 3 },
      { feed_field: 'cents', catalog_field: 'year', transform: 'date', format: 'YYYYMMDD', default: 'unknown' })).toMatchObject({
      name: 'Inn', price: { amount: 19.99, currency: 'EUR' }, star_rating: 3, year: 'unknown',
    });
  });

  it('read dates, truths and lists', () => {
    const one = (value: unknown, how: object) => (mapped({ in: value }, { feed_field: 'in', catalog_field: 'out', ...how }) as { out?: unknown }).out;
    expect(one('20250301', { transform: 'date', format: 'YYYYMMDD' })).toBe('2025-03-01');
    expect(one('3/1/2025', { transform: 'date', format: 'M/D/YYYY' })).toBe('2025-03-01');
    expect(one('01.03.2025 12:30', { transform: 'date', format: 'DD.MM.YYYY HH:mm', timezone: 'Europe/Amsterdam' })).toBe('2025-03-01T11:30:00.000Z');
    expect(one('2025-02-30', { transform: 'date', format: 'YYYY-MM-DD' })).toBeUndefined();
    expect(one('2025-03-01', { transform: 'date' })).toBe('2025-03-01');
    expect(one('20250301 10:00', { transform: 'date', format: 'YYYYMMDD HH:mm', timezone: 'Nowhere/Land' })).toBeUndefined();
    expect([one('Yes', { transform: 'boolean' }), one('out of stock', { transform: 'boolean' }), one('perhaps', { transform: 'boolean', default: false })]).toEqual([true, false, false]);
    expect(one('a| b||c', { transform: 'split', separator: '|' })).toEqual(['a', 'b', 'c']);
  });

  it('put addresses into groups of assets', () => {
    expect(mapped({ wide: 'https://c.example/1.jpg', more: 'https://c.example/2.jpg', film: 'https://c.example/f.mp4' },
      { feed_field: 'wide', asset_group_id: 'images_landscape' }, { feed_field: 'more', asset_group_id: 'images_landscape' }, { feed_field: 'film', asset_group_id: 'video' })).toMatchObject({ assets: [
      { asset_group_id: 'images_landscape', asset_type: 'image', items: [{ url: 'https://c.example/1.jpg' }, { url: 'https://c.example/2.jpg' }] },
      { asset_group_id: 'video', asset_type: 'video', items: [{ url: 'https://c.example/f.mp4' }] },
    ] });
  });

  it('reach into nothing but the item', () => {
    mapped({ a: 'x' }, { feed_field: 'a', catalog_field: '__proto__.polluted' }, { feed_field: 'a', catalog_field: 'constructor.prototype.polluted' }, { feed_field: '__proto__', catalog_field: 'b' });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

it('reads or refuses any text, and never throws', () => {
  const pieces = fc.constantFrom('<', '>', '</', '<a', '<item>', '</item>', '"', ',', '\t', '\n', '[', '{', '}', '&', '&amp;', '&#x110000;', 'id', '<![CDATA[', ']]>', '<!--', '<?', '\uD800');
  fc.assert(fc.property(fc.array(pieces, { maxLength: 30 }), fc.option(fc.constantFrom('google_merchant_center', 'shopify', 'linkedin_jobs'), { nil: undefined }), (some, feed_format) => {
    expect(['items', 'unreadable']).toContain(read(some.join(''), feed_format ? { feed_format } : {}).kind);
  }), { numRuns: 2000 });
});
