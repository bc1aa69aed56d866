import type { Caller } from '../domain/caller.ts';
import { feedVersion } from '../domain/feed-version.ts';
import { divergentOptions } from '../domain/format-ids.ts';
import { listIdentity, pageInfo, pageOfList, pagePosition } from '../domain/pagination.ts';
import { projected } from '../domain/product-fields.ts';
import { narrowed } from '../domain/product-filters.ts';
import { ranked } from '../domain/product-ranking.ts';
import { invalid, refuse, type Refused } from '../protocol/errors.ts';
import type { AdcpError } from '../protocol/wire/core/error.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { GetProductsRequest, GetProductsSuccess } from '../protocol/wire/get-products.ts';
import { answer, type Desk, type UseCase } from './desk.ts';

/** As many products as a brief is answered with when it does not say how many. */
const BRIEF_PAGE = 5;

/** Products for a brief, best first, or the catalogue as it stands (`wholesale`), a page at a time. */
export const getProducts: UseCase<GetProductsRequest, GetProductsSuccess> = async (request, caller, desk) => {
  const { buying_mode: mode = 'brief', filters = {}, fields } = request;
  const flaw = modeFlaw(request, desk);
  if (flaw) return flaw;
  const identity = listIdentity('get_products', caller.principal.principal_id, request);
  const position = pagePosition(request.pagination, identity, mode === 'wholesale' ? undefined : BRIEF_PAGE);
  if (position.kind === 'refused') return position;

  const feed = await onSale(caller, desk);
  const version = desk.features.wholesale ? { wholesale_feed_version: feedVersion(feed) } : {};
  if (isKnown(request.if_wholesale_feed_version, version)) return answer({ unchanged: true, ...version, cache_scope: 'public' });

  const { products, diagnostics } = narrowed(enforcing(request.required_policies, feed), filters, desk.features);
  const ordered = mode === 'wholesale' ? products : ranked(products, request, (await desk.catalogue.featured?.(caller)) ?? new Set());
  const page = pageOfList(ordered, position);
  const advice = page.items.flatMap(divergence);
  return answer({
    products: page.items.map((product) => projected(product, fields)),
    // Everybody buys from one rate card, whatever account the request names.
    cache_scope: 'public',
    ...version,
    pagination: pageInfo(page.last, identity, page.total),
    ...(request.property_list ? { property_list_applied: false } : {}),
    ...(request.catalog ? { catalog_applied: false } : {}),
    ...(diagnostics ? { filter_diagnostics: diagnostics } : {}),
    ...(advice.length > 0 ? { errors: advice } : {}),
  });
};

function modeFlaw({ buying_mode: mode = 'brief', brief, refine, filters }: GetProductsRequest, { features }: Desk): Refused | undefined {
  if (mode === 'refine')
    return refuse('UNSUPPORTED_FEATURE', 'this seller does not refine earlier answers; send a new brief', { field: 'buying_mode' });
  if (mode === 'wholesale' && !features.wholesale)
    return refuse('UNSUPPORTED_FEATURE', 'this seller does not list its whole catalogue; send a brief', { field: 'buying_mode' });
  if (mode === 'wholesale' && brief !== undefined)
    return invalid('brief', 'a wholesale read takes no brief; leave it out, or use buying_mode "brief"');
  if (refine !== undefined) return invalid('refine', 'refine goes with buying_mode "refine" only');
  if (filters?.start_date !== undefined && filters.end_date !== undefined && filters.end_date < filters.start_date)
    return invalid('filters.end_date', 'filters.end_date lies before filters.start_date');
  return undefined;
}

/** What the caller could buy now: the feed. */
async function onSale(caller: Caller, desk: Desk): Promise<readonly Product[]> {
  const now = desk.clock.now().getTime();
  const products = await desk.catalogue.products(caller);
  const sold = ({ expires_at }: Product) => expires_at === undefined || Date.parse(expires_at) > now;
  return products.every(sold) ? products : products.filter(sold);
}

/** What enforces all the policies that the buyer insists on. */
const enforcing = (policies: readonly string[] = [], products: readonly Product[]): readonly Product[] =>
  policies.length === 0
    ? products
    : products.filter(({ enforced_policies = [] }) => policies.every((policy) => enforced_policies.includes(policy)));

const isKnown = (asked: string | undefined, { wholesale_feed_version: current }: { readonly wholesale_feed_version?: string }): boolean =>
  asked !== undefined && asked === current;

/** Tells of a product whose two ways to name its formats disagree. The product is for sale all the same. */
function divergence(product: Product): AdcpError[] {
  return divergentOptions(product).map((at) => ({
    code: 'FORMAT_DECLARATION_DIVERGENT',
    recovery: 'correctable',
    source: 'producer',
    message: `product "${product.product_id}": format_options[${at}] refers to a format that is not among its format_ids`,
  }));
}
