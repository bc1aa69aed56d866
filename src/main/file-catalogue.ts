/** The operator's products from a YAML or JSON file, read once. */
import type { Catalogue } from '../domain/ports/catalogue.ts';
import { readYamlFile } from '../config/yaml-file.ts';
import { Type } from 'typebox';
import { Format } from '../protocol/wire/core/format.ts';
import { Product } from '../protocol/wire/core/product.ts';

const CatalogueFile = Type.Object({ products: Type.Array(Product, { minItems: 1 }), formats: Type.Optional(Type.Array(Format)) }, { additionalProperties: false });

/** @throws ConfigError with file, line and column of the first fault */
export function fileCatalogue(file: string): Catalogue {
  const { products, formats = [] } = readYamlFile<{ products: Product[]; formats?: Format[] }>(file, CatalogueFile);
  const byId = new Map(products.map((product) => [product.product_id, product]));
  return {
    products: async () => products,
    product: async (_caller, product_id) => byId.get(product_id),
    formats: async () => formats,
  };
}
