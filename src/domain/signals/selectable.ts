/** Which signals can be selected on a product, and what is known of each. */
import type { Product } from '../../protocol/wire/core/product.ts';
import type { ProductSignalOption, SignalListing, SignalRef, WantedSignal } from '../../protocol/wire/core/signal.ts';
import type { VendorPricingOption } from '../../protocol/wire/core/vendor-pricing-option.ts';
import type { Signal } from '../../protocol/wire/get-signals.ts';
import { sameSignal, type Named } from './reference.ts';

/** A signal that can be selected, from the product or from the feed. */
export type Selectable = Named & Pick<SignalListing, 'value_type' | 'categories' | 'range'> & Pick<ProductSignalOption, 'allowed_targeting_modes' | 'selection_group'> & {
  readonly signal_agent_segment_id?: string;
  readonly pricing_options?: readonly VendorPricingOption[];
};

/** The product's own word on a signal counts before the feed's. */
export function selectable(signal_ref: SignalRef, { signal_targeting_options: options = [] }: Pick<Product, 'signal_targeting_options'>, feed: readonly Signal[]): Selectable | undefined {
  return known({ signal_ref }, options, feed);
}

function known(name: Named, options: readonly ProductSignalOption[], feed: readonly Signal[]): Selectable | undefined {
  const offered = options.find((option) => sameSignal(option, name));
  const listed = feed.find((signal) => sameSignal(signal, name));
  return offered || listed ? ({ ...listed, ...offered } as Selectable) : undefined;
}

/** Whether a buyer could select the signal on the product, in the wanted way. */
export function selects(product: Product, wanted: WantedSignal, feed: readonly Signal[]): boolean {
  if (product.signal_targeting_allowed !== true || product.signal_targeting_rules?.selection_mode === 'fixed') return false;
  const found = known(wanted, product.signal_targeting_options ?? [], feed);
  return found !== undefined && (found.value_type ?? wanted.value_type) === wanted.value_type && (found.allowed_targeting_modes?.includes(wanted.targeting_mode ?? 'include') ?? true);
}
