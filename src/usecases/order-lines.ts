import type { Caller } from '../domain/caller.ts';
import { firstRow } from '../domain/order/checks.ts';
import { termsOf, type PackageLine } from '../domain/order/line.ts';
import { adcpError, type Refused } from '../protocol/errors.ts';
import type { PackageRequest } from '../protocol/wire/core/package-request.ts';
import type { PricingOption } from '../protocol/wire/core/pricing-option.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { Desk } from './desk.ts';

/** A package to buy, with the product and the price that it names. */
export interface OrderLine extends PackageLine {
  readonly asked: PackageRequest;
  readonly product: Product;
  readonly pricing: PricingOption;
}

/**
 * Finds what the packages name (seller specification §2.8, rows 5 and 6).
 * @param member where the request has them: `packages` or `new_packages`
 */
export async function orderLines(
  packages: readonly PackageRequest[],
  member: string,
  caller: Caller,
  desk: Desk,
): Promise<{ readonly kind: 'lines'; readonly lines: readonly OrderLine[] } | Refused> {
  const products = await productsOf(packages, caller, desk);
  const lines = packages.flatMap((asked, at) => {
    const product = products.get(asked.product_id);
    const pricing = product?.pricing_options.find(({ pricing_option_id }) => pricing_option_id === asked.pricing_option_id);
    return product && pricing ? [{ path: `${member}[${at}]`, asked, product, pricing, terms: termsOf(product) }] : [];
  });
  const flaw = firstRow([
    () =>
      packages.flatMap(({ product_id }, at) =>
        products.has(product_id)
          ? []
          : [adcpError('PRODUCT_NOT_FOUND', `product "${product_id}" is not on offer`, { field: `${member}[${at}].product_id` })],
      ),
    () =>
      packages.flatMap(({ product_id, pricing_option_id }, at) =>
        lines.some(({ path }) => path === `${member}[${at}]`)
          ? []
          : [
              adcpError(
                'INVALID_REQUEST',
                `"${pricing_option_id}" is not a pricing option of "${product_id}"; it has ${optionsOf(products.get(product_id))}`,
                { field: `${member}[${at}].pricing_option_id` },
              ),
            ],
      ),
  ]);
  return flaw ?? { kind: 'lines', lines };
}

/** What has expired is not on offer any more. */
async function productsOf(packages: readonly PackageRequest[], caller: Caller, desk: Desk): Promise<ReadonlyMap<string, Product>> {
  const now = desk.clock.now().getTime();
  const ids = [...new Set(packages.map(({ product_id }) => product_id))];
  const found = await Promise.all(ids.map((product_id) => desk.catalogue.product(caller, product_id)));
  return new Map(
    found.flatMap((product) =>
      product && (product.expires_at === undefined || Date.parse(product.expires_at) > now) ? [[product.product_id, product]] : [],
    ),
  );
}

const optionsOf = (product: Product | undefined): string =>
  (product?.pricing_options ?? []).map(({ pricing_option_id }) => pricing_option_id).join(', ');
