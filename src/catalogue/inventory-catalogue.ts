import type { Features } from '../domain/features.ts';
import type { Inventory } from '../domain/inventory.ts';
import { offeredProduct } from '../domain/offered-product.ts';
import type { Catalogue } from '../domain/ports/catalogue.ts';
import { feedVersion } from '../domain/feed-version.ts';
import { indexCatalogue } from '../domain/word-index.ts';
import type { Product } from '../protocol/wire/core/product.ts';

/** The operator's inventory, which may be replaced while it is sold from: a call goes on with what it began with. */
export interface InventoryCatalogue extends Catalogue {
  /** Prepares the new inventory first, in steps between which calls are answered. */
  replace(inventory: Inventory): Promise<void>;
}

/** @param features what the seller has switched off, its products do not offer either */
export function inventoryCatalogue(inventory: Inventory, features: Features): InventoryCatalogue {
  const offered = (stated: Inventory): Inventory => ({ ...stated, products: stated.products.map((product) => offeredProduct(product, features)) });
  let current = offered(inventory);
  let byId = idsOf(current);
  return {
    products: async () => current.products,
    product: async (_caller, product_id) => byId.get(product_id),
    signals: async () => current.signals,
    formats: async () => current.formats,
    async replace(stated) {
      const next = offered(stated);
      await indexCatalogue(next.products, breath);
      feedVersion(next.products);
      [current, byId] = [next, idsOf(next)];
    },
  };
}

const idsOf = ({ products }: Inventory): ReadonlyMap<string, Product> => new Map(products.map((product) => [product.product_id, product]));

/** Lets what waits run. */
const breath = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
