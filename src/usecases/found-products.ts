import { isAnybody, type Caller } from '../domain/caller.ts';
import { feedVersion } from '../domain/feed-version.ts';
import { narrowed } from '../domain/product-filters.ts';
import { onListed } from '../domain/property-list-filter.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { FilterDiagnostics, GetProductsRequest } from '../protocol/wire/get-products.ts';
import type { Desk } from './desk.ts';
import { matchedCatalog, showing } from './matched-catalog.ts';

/** What a search starts from. */
export interface FoundProducts {
  /** Everything that the caller could buy now. */
  readonly feed: readonly Product[];
  readonly feed_version: string;
  /** What filters and policies leave of it. */
  readonly products: readonly Product[];
  readonly diagnostics?: FilterDiagnostics;
  /** Whether the list of properties of the request narrowed it; absent when the request names none. */
  readonly property_list_applied?: boolean;
  /** The same of its catalogue. */
  readonly catalog_applied?: boolean;
}

export async function foundProducts(request: GetProductsRequest, caller: Caller, desk: Desk): Promise<FoundProducts> {
  const found = await onLists(request, caller, desk);
  if (request.catalog === undefined) return found;
  const matched = isAnybody(caller) ? undefined : await matchedCatalog(request.catalog, caller, desk);
  if (matched === undefined) return { ...found, catalog_applied: false };
  const { feed_version, products } = found;
  return { ...found, feed_version: feedVersion([{ feed_version }, matched]), products: showing(products, matched), catalog_applied: true };
}

async function onLists({ filters = {}, required_policies, property_list }: GetProductsRequest, caller: Caller, desk: Desk): Promise<FoundProducts> {
  const feed = await onSale(caller, desk);
  const signals = filters.signal_targeting ? ((await desk.catalogue.signals?.(caller)) ?? []) : [];
  const found = narrowed(enforcing(required_policies, feed), filters, { features: desk.features, signals });
  if (property_list === undefined) return { feed, feed_version: feedVersion(feed), ...found };
  // Nobody in particular does not make this seller call others.
  const listed = isAnybody(caller) ? undefined : await desk.property_lists?.identifiers(property_list);
  if (listed === undefined) return { feed, feed_version: feedVersion(feed), ...found, property_list_applied: false };
  // What is answered changes with the list too.
  return { feed, feed_version: feedVersion([...feed, ...listed]), ...found, products: onListed(found.products, listed), property_list_applied: true };
}

async function onSale(caller: Caller, desk: Desk): Promise<readonly Product[]> {
  const now = desk.clock.now().getTime();
  const products = await desk.catalogue.products(caller);
  const sold = ({ expires_at }: Product) => expires_at === undefined || Date.parse(expires_at) > now;
  return products.every(sold) ? products : products.filter(sold);
}

/** What enforces all the policies that the buyer insists on. */
function enforcing(policies: readonly string[] | undefined, products: readonly Product[]): readonly Product[] {
  if (policies === undefined || policies.length === 0) return products;
  return products.filter(({ enforced_policies = [] }) => policies.every((policy) => enforced_policies.includes(policy)));
}
