/** A catalogue of the buyer's things to advertise: products, offers, stores, jobs ... */
import { Type, type Static } from 'typebox';
import { CatalogFieldMapping } from './catalog-field-mapping.ts';
import { EventType } from './event-type.ts';
import { OpenObject } from './open-object.ts';
import { Uri } from './texts.ts';

export const CATALOG_TYPES = [
  'offering', 'product', 'inventory', 'store', 'promotion', 'hotel', 'flight', 'job', 'vehicle', 'real_estate', 'education',
  'destination', 'app',
] as const;
export const FEED_FORMATS = [
  'google_merchant_center', 'facebook_catalog', 'shopify', 'linkedin_jobs', 'tiktok_shop', 'pinterest_catalog',
  'openai_product_feed', 'custom',
] as const;
export const UPDATE_FREQUENCIES = ['realtime', 'hourly', 'daily', 'weekly'] as const;
export const CONTENT_ID_TYPES = [
  'sku', 'gtin', 'offering_id', 'job_id', 'hotel_id', 'flight_id', 'vehicle_id', 'listing_id', 'store_id', 'program_id',
  'destination_id', 'app_id',
] as const;

const texts = Type.Optional(Type.Array(Type.String(), { minItems: 1 }));

/** Items stand in the call, behind a feed URL, or in a catalogue synced before; items are kept as they come. */
export const Catalog = Type.Object({
  type: Type.Enum(CATALOG_TYPES),
  catalog_id: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  url: Type.Optional(Uri),
  feed_format: Type.Optional(Type.Enum(FEED_FORMATS)),
  update_frequency: Type.Optional(Type.Enum(UPDATE_FREQUENCIES)),
  items: Type.Optional(Type.Array(OpenObject, { minItems: 1 })),
  ids: texts,
  gtins: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9]{8,14}$' }), { minItems: 1 })),
  tags: texts,
  category: Type.Optional(Type.String()),
  query: Type.Optional(Type.String()),
  conversion_events: Type.Optional(Type.Array(EventType, { minItems: 1, uniqueItems: true })),
  content_id_type: Type.Optional(Type.Enum(CONTENT_ID_TYPES)),
  feed_field_mappings: Type.Optional(Type.Array(CatalogFieldMapping, { minItems: 1 })),
});
export type Catalog = Static<typeof Catalog>;
