/** The names of well-known feeds in the terms of AdCP. What a feed says beyond them stays under its own name. */
import type { Catalog } from '../../protocol/wire/core/catalog.ts';
import type { CatalogItem } from './item-ids.ts';

type FeedFormat = NonNullable<Catalog['feed_format']>;

/** AdCP's name <- the feed's names, the first that is there. Members of the feed that are taken over keep their old name too. */
type Dialect = Readonly<Record<string, readonly string[]>>;

/** Most feeds of products descend from Google's. */
const PRODUCTS: Dialect = {
  item_id: ['id'], title: ['title'], description: ['description'], url: ['link'], image_url: ['image_link'], gtin: ['gtin'], tags: ['custom_label_0'],
  category: ['google_product_category', 'product_type'], brand: ['brand'],
};

const DIALECTS: Readonly<Record<FeedFormat, Dialect>> = {
  google_merchant_center: PRODUCTS,
  facebook_catalog: PRODUCTS,
  pinterest_catalog: PRODUCTS,
  openai_product_feed: { ...PRODUCTS, item_id: ['item_id', 'id'], url: ['url', 'link'], image_url: ['image_url', 'image_link'] },
  tiktok_shop: { ...PRODUCTS, item_id: ['sku_id'], sku: ['sku_id'], video_url: ['video_link'] },
  shopify: {
    item_id: ['Variant SKU', 'sku', 'Handle', 'id'], sku: ['Variant SKU', 'sku'], title: ['Title', 'title'], description: ['Body (HTML)', 'body_html'],
    image_url: ['Image Src', 'image'], brand: ['Vendor', 'vendor'], category: ['Type', 'product_type'], gtin: ['Variant Barcode', 'barcode'],
    price: ['Variant Price', 'price'],
  },
  linkedin_jobs: {
    job_id: ['partnerJobId', 'jobId', 'referencenumber'], title: ['title'], company_name: ['company'], description: ['description'],
    apply_url: ['applyUrl', 'url'], location: ['location', 'city'], date_posted: ['listDate', 'date'],
  },
  custom: {},
};

/** `19.99 USD`, `USD 19.99` or `19,99 EUR`; where the currency is missing, the amount alone. */
const PRICE = /^(?:([A-Z]{3})\s*)?(\d+(?:[.,]\d{1,4})?)(?:\s*([A-Z]{3}))?$/;

/** A record of a feed as an item; without a format, it is one already. */
export function inAdcpTerms(record: CatalogItem, feed_format: FeedFormat | undefined): CatalogItem {
  if (feed_format === undefined || feed_format === 'custom') return record;
  const renamed = Object.entries(DIALECTS[feed_format]).flatMap(([name, sources]) => {
    const source = sources.find((each) => record[each] !== undefined && record[each] !== '');
    return source === undefined ? [] : [[name, record[source]] as const];
  });
  const item = { ...record, ...Object.fromEntries(renamed) };
  return 'price' in item ? { ...item, price: price(item['price']) } : item;
}

function price(value: unknown): unknown {
  const [, before, digits, behind] = (typeof value === 'string' ? PRICE.exec(value.trim()) : null) ?? [];
  if (digits === undefined) return value;
  const amount = Number(digits.replace(',', '.'));
  const currency = behind ?? before;
  return currency === undefined ? amount : { amount, currency };
}
