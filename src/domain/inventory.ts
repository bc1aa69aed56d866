import type { Format } from '../protocol/wire/core/format.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { Signal } from '../protocol/wire/get-signals.ts';

/** Everything that an operator has for sale, complete and in order of rank. Nobody changes it in place. */
export interface Inventory {
  readonly products: readonly Product[];
  /** Formats that the seller describes itself, beyond those that it can derive from a name. */
  readonly formats: readonly Format[];
  readonly signals: readonly Signal[];
}
