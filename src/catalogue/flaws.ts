/** What AdCP's shapes do not rule out, and nobody could buy from. */
import type { YamlFile } from '../config/yaml-file.ts';
import { formatKey } from '../domain/format-ids.ts';
import { signalKeys } from '../domain/signals/reference.ts';
import type { Format } from '../protocol/wire/core/format.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { Signal } from '../protocol/wire/get-signals.ts';

/** A row of a file, completed, with its place there. */
export interface Placed<Document> {
  readonly document: Document;
  readonly path: readonly (string | number)[];
  readonly yaml: YamlFile;
}

export interface PlacedInventory {
  readonly products: readonly Placed<Product>[];
  readonly formats: readonly Placed<Format>[];
  readonly signals: readonly Placed<Signal>[];
}

/** One line each: `file:line:column: what is wrong`. */
export function flawsOf({ products, formats, signals }: PlacedInventory): string[] {
  return [
    ...repeated(products, ({ product_id }) => [product_id], 'product'),
    ...repeated(formats, ({ format_id }) => [formatKey(format_id)], 'format'),
    ...repeated(signals, (signal) => [...signalKeys(signal), signal.signal_agent_segment_id], 'signal'),
    ...products.flatMap(priceFlaws),
  ];
}

/** Rows that have a name which an earlier one has, in any file. */
function repeated<Document>(rows: readonly Placed<Document>[], names: (document: Document) => readonly string[], what: string): string[] {
  const first = new Map<string, Placed<Document>>();
  return rows.flatMap((row) => {
    const [earlier] = names(row.document).flatMap((name) => first.get(name) ?? []);
    for (const name of names(row.document)) if (!first.has(name)) first.set(name, row);
    return earlier === undefined ? [] : [`${row.yaml.where(row.path)}: ${what} ${labelOf(row)} stands twice; it is first at ${earlier.yaml.where(earlier.path)}`];
  });
}

const labelOf = ({ path: [list, at] }: Placed<unknown>): string => `${String(list)}[${String(at)}]`;

function priceFlaws({ document: { pricing_options }, path, yaml }: Placed<Product>): string[] {
  const ids = pricing_options.map(({ pricing_option_id }) => pricing_option_id);
  return pricing_options.flatMap(({ pricing_option_id, fixed_price, floor_price }, nth) => {
    const at = `${yaml.where([...path, 'pricing_options', nth])}: ${String(path[0])}[${String(path[1])}].pricing_options[${nth}]`;
    if (ids.indexOf(pricing_option_id) < nth) return [`${at} "${pricing_option_id}" stands twice`];
    return fixed_price !== undefined && floor_price !== undefined ? [`${at} has a fixed price and a floor; a price has one or the other`] : [];
  });
}
