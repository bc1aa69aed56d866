import { objectsOf, type Fixture, type PricingRow, type ProductRow } from './row.ts';

/** What was seeded of one product. */
export interface ProductSeed {
  readonly product_id: string;
  /** Absent when only pricing options were seeded. */
  readonly fixture?: Fixture;
  /** In seed order. */
  readonly pricing_options: readonly PricingRow[];
}

/**
 * Lays a seed over the base catalogue's row of the same id: members of the fixture replace the row's, whole; formats go
 * together, so a fixture that states any replaces all; seeded pricing options stand first and replace those of their ids.
 */
export function mergedRow(base: ProductRow | undefined, seed: ProductSeed): ProductRow {
  const { product_id, fixture = {}, pricing_options: seeded } = seed;
  const row: ProductRow = { ...(statesFormats(fixture) ? withoutFormats(base) : base), ...fixture, product_id };
  if (seeded.length === 0) return row;
  const replaced = new Set<unknown>(seeded.map((option) => option.pricing_option_id));
  const kept = objectsOf(row['pricing_options']).filter((option) => !replaced.has(option['pricing_option_id']));
  return { ...row, pricing_options: [...seeded, ...kept] };
}

const statesFormats = (fixture: Fixture): boolean => fixture['format_ids'] !== undefined || fixture['format_options'] !== undefined;

function withoutFormats(row: ProductRow | undefined): Fixture {
  const { format_ids: _ids, format_options: _options, ...rest }: Fixture = row ?? {};
  return rest;
}
