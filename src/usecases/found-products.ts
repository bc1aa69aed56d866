import type { Caller } from '../domain/caller.ts';
import { feedVersion } from '../domain/feed-version.ts';
import { narrowed } from '../domain/product-filters.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { FilterDiagnostics, GetProductsRequest } from '../protocol/wire/get-products.ts';
import type { Desk } from './desk.ts';

/** What a search starts from. */
export interface FoundProducts {
  /** Everything that the caller could buy now. */
  readonly feed: readonly Product[];
  readonly feed_version: string;
  /** What filters and policies leave of it. */
  readonly products: readonly Product[];
  readonly diagnostics?: FilterDiagnostics;
}

export async function foundProducts({ filters = {}, required_policies }: GetProductsRequest, caller: Caller, desk: Desk): Promise<FoundProducts> {
  const feed = await onSale(caller, desk);
  const signals = filters.signal_targeting ? ((await desk.catalogue.signals?.(caller)) ?? []) : [];
  return { feed, feed_version: feedVersion(feed), ...narrowed(enforcing(required_policies, feed), filters, { features: desk.features, signals }) };
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
