/** Judges creatives by the formats that they name (seller specification §2.12). */
import type { CreativeAsset } from '../protocol/wire/core/creative-asset.ts';
import type { Format } from '../protocol/wire/core/format.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import { misfits, type Misfit } from './creative-fit.ts';
import { formatFor } from './format-listing.ts';
import { offeredFormatIds, sameFormat } from './format-ids.ts';

/** What the seller knows of formats. */
export interface KnownFormats {
  readonly agent_url: string;
  /** Those that the catalogue describes. */
  readonly described: readonly Format[];
  readonly products: readonly Pick<Product, 'format_ids' | 'format_options'>[];
}

export type FormatVerdict =
  | { readonly kind: 'fits' }
  | { readonly kind: 'misfits'; readonly misfits: readonly Misfit[] }
  /** Another agent defines the format, so that there is nothing to hold the creative against. */
  | { readonly kind: 'foreign'; readonly message: string };

/** A format is known when the catalogue describes it, or when it is our own and a product takes it: then its name describes it. */
export function judgeFormat(creative: CreativeAsset, { agent_url, described, products }: KnownFormats): FormatVerdict {
  const { format_id } = creative;
  if (format_id === undefined) return { kind: 'fits' };
  const known = described.some((format) => sameFormat(format.format_id, format_id));
  if (!known && format_id.agent_url !== agent_url)
    return { kind: 'foreign', message: `${format_id.id} is defined by ${format_id.agent_url}; the assets were not checked against it` };
  const offered = known || products.some((product) => offeredFormatIds(product).some((each) => sameFormat(each, format_id)));
  if (!offered)
    return {
      kind: 'misfits',
      misfits: [
        { field: 'format_id', message: `this seller has no format "${format_id.id}"; list the ones it takes with list_creative_formats` },
      ],
    };
  const found = misfits(creative, formatFor(format_id, described, agent_url));
  return found.length > 0 ? { kind: 'misfits', misfits: found } : { kind: 'fits' };
}
