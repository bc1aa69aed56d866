/** The operator's products from a YAML or JSON file, read once. */
import type { Catalogue } from '../domain/ports/catalogue.ts';
import { ConfigError, readYamlFile } from '../config/yaml-file.ts';
import { Type } from 'typebox';
import { Format } from '../protocol/wire/core/format.ts';
import { Product } from '../protocol/wire/core/product.ts';

const CatalogueFile = Type.Object({ products: Type.Array(Product, { minItems: 1 }), formats: Type.Optional(Type.Array(Format)) }, { additionalProperties: false });

/** @throws ConfigError with file, line and column of the first fault */
export function fileCatalogue(file: string): Catalogue {
  const { products, formats = [] } = readYamlFile<{ products: Product[]; formats?: Format[] }>(file, CatalogueFile);
  const byId = new Map(products.map((product) => [product.product_id, product]));
  const flaw = products.flatMap((product, at) => flawsOf(product, at, products))[0];
  if (flaw !== undefined) throw new ConfigError(`${file}: ${flaw}`);
  return {
    products: async () => products,
    product: async (_caller, product_id) => byId.get(product_id),
    formats: async () => formats,
  };
}

/** What AdCP's shape of a product does not rule out, and nobody could buy from. */
function flawsOf({ product_id, pricing_options }: Product, at: number, products: readonly Product[]): string[] {
  const prices = pricing_options.map(({ pricing_option_id }) => pricing_option_id);
  return [
    ...(products.findIndex((each) => each.product_id === product_id) < at ? [`products[${at}].product_id "${product_id}" stands twice`] : []),
    ...pricing_options.flatMap(({ pricing_option_id, fixed_price, floor_price }, nth) => {
      const where = `products[${at}].pricing_options[${nth}]`;
      if (prices.indexOf(pricing_option_id) < nth) return [`${where}.pricing_option_id "${pricing_option_id}" stands twice`];
      return fixed_price !== undefined && floor_price !== undefined ? [`${where} has a fixed price and a floor; a price has one or the other`] : [];
    }),
  ];
}
