import type { Caller } from '../domain/caller.ts';
import { divergentOptions } from '../domain/format-ids.ts';
import { pagedList, pageInfo, pageOfList, pagePosition } from '../domain/pagination.ts';
import { projected } from '../domain/product-fields.ts';
import { explained, ranked } from '../domain/product-ranking.ts';
import { invalid, refuse, type Refused } from '../protocol/errors.ts';
import type { AdcpError } from '../protocol/wire/core/error.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { GetProductsRequest, GetProductsSuccess } from '../protocol/wire/get-products.ts';
import { briefProposals } from './brief-proposals.ts';
import { answer, answerOnce, type Desk, type UseCase } from './desk.ts';
import { foundProducts, type FoundProducts } from './found-products.ts';
import type { ProductOffer } from './product-offer.ts';
import { refined } from './refined-products.ts';

/** As many products as a brief is answered with when it does not say how many. */
const BRIEF_PAGE = 5;

/** Products and plans for a brief, best first; changes to them (`refine`); or the catalogue as it stands (`wholesale`), a page at a time. */
export const getProducts: UseCase<GetProductsRequest, GetProductsSuccess> = async (request, caller, desk) => {
  const flaw = modeFlaw(request, desk);
  if (flaw) return flaw;
  const wholesale = request.buying_mode === 'wholesale';
  const list = pagedList('get_products', caller.principal, request, desk);
  const position = pagePosition(request.pagination, list, wholesale ? undefined : BRIEF_PAGE);
  if (position.kind === 'refused') return position;

  const found = await foundProducts(request, caller, desk);
  const version = desk.features.wholesale ? { wholesale_feed_version: found.feed_version } : {};
  if (wholesale && isCurrent(request, version)) return answer({ unchanged: true, ...version, cache_scope: 'public' });

  const offer = await offerFor(request, found, caller, desk);
  if (offer.kind === 'refused') return offer;
  const page = pageOfList(offer.products, position);
  const advice = page.items.flatMap(divergence);
  const body: GetProductsSuccess = {
    products: page.items.map((product) => projected(explained(product, offer.brief), request.fields)),
    ...(offer.proposals.length > 0 && position.after === undefined ? { proposals: [...offer.proposals] } : {}),
    ...(offer.refinement_applied ? { refinement_applied: [...offer.refinement_applied] } : {}),
    // Everybody buys from one rate card, whatever account the request names.
    cache_scope: 'public',
    ...version,
    pagination: pageInfo(page.last, list, page.total),
    ...(found.property_list_applied === undefined ? {} : { property_list_applied: found.property_list_applied }),
    ...(found.catalog_applied === undefined ? {} : { catalog_applied: found.catalog_applied }),
    ...(found.diagnostics ? { filter_diagnostics: found.diagnostics } : {}),
    ...(advice.length > 0 ? { errors: advice } : {}),
  };
  const subjects = offer.changes.flatMap((change) => (change.kind === 'put_proposal' ? [`proposal:${change.proposal.proposal_id}`] : []));
  return (finalises(request) ? answerOnce : answer)(body, offer.changes, subjects);
};

/** A plan that is made final holds inventory: that is done once for each key. */
const finalises = ({ refine }: GetProductsRequest): boolean => refine?.some((wish) => 'action' in wish && wish.action === 'finalize') ?? false;

async function offerFor(request: GetProductsRequest, found: FoundProducts, caller: Caller, desk: Desk): Promise<ProductOffer | Refused> {
  switch (request.buying_mode) {
    case 'wholesale':
      return { kind: 'offer', products: found.products, proposals: [], changes: [] };
    case 'refine':
      return refined(request, found, caller, desk);
    default: {
      const products = ranked(found.products, request, (await desk.catalogue.featured?.(caller)) ?? new Set());
      const first = request.pagination?.cursor === undefined;
      return { kind: 'offer', products, ...(request.brief === undefined ? {} : { brief: request.brief }), ...(await briefProposals(first ? request : {}, products, found.feed_version, caller, desk)) };
    }
  }
}

function modeFlaw({ buying_mode: mode = 'brief', brief, refine, filters }: GetProductsRequest, { features }: Desk): Refused | undefined {
  if (mode === 'refine' && !features.refine)
    return refuse('UNSUPPORTED_FEATURE', 'this seller does not refine earlier answers; send a new brief', { field: 'buying_mode' });
  if (mode === 'refine' && refine === undefined) return invalid('refine', 'buying_mode "refine" needs refine: what to change');
  if (mode === 'wholesale' && !features.wholesale)
    return refuse('UNSUPPORTED_FEATURE', 'this seller does not list its whole catalogue; send a brief', { field: 'buying_mode' });
  if (mode === 'wholesale' && brief !== undefined)
    return invalid('brief', 'a wholesale read takes no brief; leave it out, or use buying_mode "brief"');
  if (mode !== 'refine' && refine !== undefined) return invalid('refine', 'refine goes with buying_mode "refine" only');
  if (filters?.start_date !== undefined && filters.end_date !== undefined && filters.end_date < filters.start_date)
    return invalid('filters.end_date', 'filters.end_date lies before filters.start_date');
  return undefined;
}

const isCurrent = ({ if_wholesale_feed_version: known }: GetProductsRequest, { wholesale_feed_version: current }: { readonly wholesale_feed_version?: string }): boolean =>
  known !== undefined && known === current;

/** Tells of a product whose two ways to name its formats disagree. The product is for sale all the same. */
function divergence(product: Product): AdcpError[] {
  return divergentOptions(product).map((at) => ({
    code: 'FORMAT_DECLARATION_DIVERGENT',
    recovery: 'correctable',
    source: 'producer',
    message: `product "${product.product_id}": format_options[${at}] refers to a format that is not among its format_ids`,
  }));
}
