import { isObject, type JsonObject, own } from '../../json/object.ts';
import { hitsAt, parsePath } from '../../json/path.ts';
import { findErrorCode } from '../error-code.ts';
import { type CheckContext, type CheckFunction, failed, misauthored, PASSED } from './check.ts';
import { selectorsSatisfied } from './format-selector.ts';

/**
 * Passes when the seller accepted (`value: true`) or refused (`value: false`) a buy as the formats of the products that it
 * showed earlier demand. A refusal has to be about formats, so that another fault cannot stand in for it.
 */
export const canonicalFormatSatisfaction: CheckFunction = (authored, context) => {
  const { value: wanted } = authored;
  if (context.task !== 'create_media_buy') return misauthored(context.task, 'is not create_media_buy, the only task that this check grades');
  if (typeof wanted !== 'boolean') return misauthored('the check', 'expects neither true nor false in value');
  const packages = packagesOf(authored, context.request);
  if (typeof packages === 'string') return failed('packages', packages);
  const pairs = packages.map((pack) => ({ pack, product: productOf(pack, context.productReplies) }));
  const unknown = pairs.find(({ product }) => product === undefined);
  if (unknown !== undefined)
    return failed(
      'packages', 'name a product that no earlier get_products reply of this storyboard shows',
      { actual: { product_id: unknown.pack['product_id'] ?? null } }
    );
  const satisfied = pairs.every(({ pack, product }) => selectorsSatisfied(pack, product!));
  const accepted = context.outcome.kind === 'succeeded';
  const rejection = accepted ? undefined : rejectionOf(context);
  if (satisfied === wanted && accepted === wanted && (rejection === undefined || rejection.aboutFormats)) return PASSED;
  return failed('format selectors', problemOf(satisfied, wanted, accepted), {
    expected: { accepted: wanted, local_satisfied: wanted },
    actual: {
      accepted, local_satisfied: satisfied, rejection: rejection === undefined ? null : { code: rejection.code, text: rejection.text },
    },
  });
};

function problemOf(satisfied: boolean, wanted: boolean, accepted: boolean): string {
  if (satisfied !== wanted)
    return satisfied
      ? 'agree with the product, which the storyboard does not expect'
      : 'do not agree with the product, which the storyboard does not expect';
  if (accepted !== wanted)
    return accepted ? 'were accepted although they do not agree with the product' : 'were refused although they agree with the product';
  return 'were refused for another reason than the formats';
}

function packagesOf(authored: JsonObject, request: unknown): readonly JsonObject[] | string {
  const parsed = parsePath(typeof authored['path'] === 'string' ? authored['path'] : 'packages');
  if (parsed.kind === 'malformed') return `path ${parsed.problem}`;
  const packages = hitsAt(request, parsed.segments).flatMap((hit) => hit.value).filter(isObject);
  return packages.length > 0 ? packages : 'are missing from the request';
}

/** The product as the latest reply that contains it shows it. */
function productOf(pack: JsonObject, replies: readonly unknown[]): JsonObject | undefined {
  for (const reply of replies) {
    const products = own(reply, 'products');
    const found = Array.isArray(products) ? products.find((product) => own(product, 'product_id') === pack['product_id']) : undefined;
    if (isObject(found)) return found;
  }
  return undefined;
}

function rejectionOf(context: CheckContext): { code: string | null; text: string; aboutFormats: boolean } {
  const code = findErrorCode(context.data, context.outcome, context.errorText)?.code ?? null;
  const text = JSON.stringify({ errors: own(context.data, 'errors'), adcp_error: own(context.data, 'adcp_error'), text: context.errorText });
  return { code, text: text.slice(0, 512), aboutFormats: (code ?? '').startsWith('FORMAT_') || /format|selector/i.test(text) };
}
