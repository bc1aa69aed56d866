import type { Product } from '../protocol/wire/core/product.ts';

/** Members without which a product is no product; the schema has no sparse form. */
const ALWAYS: readonly (keyof Product)[] = [
  'product_id',
  'name',
  'description',
  'publisher_properties',
  'delivery_type',
  'pricing_options',
  'reporting_capabilities',
  'format_ids',
  'format_options',
];

/** Members that may not stand without another. */
const COMPANIONS: Readonly<Partial<Record<keyof Product, keyof Product>>> = {
  signal_targeting_options: 'signal_targeting_allowed',
  signal_targeting_rules: 'signal_targeting_allowed',
};

/** A product with the members that were asked for, beside those that every product has. */
export function projected(product: Product, fields: readonly (keyof Product)[] | undefined): Product {
  if (fields === undefined) return product;
  const kept = new Set<keyof Product>([...ALWAYS, ...fields, ...fields.flatMap((field) => COMPANIONS[field] ?? [])]);
  return Object.fromEntries(Object.entries(product).filter(([member]) => kept.has(member as keyof Product))) as unknown as Product;
}
