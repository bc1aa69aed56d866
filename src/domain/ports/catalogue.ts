import type { CreativePolicy } from '../../protocol/wire/core/creative-policy.ts';
import type { Format } from '../../protocol/wire/core/format.ts';
import type { Product } from '../../protocol/wire/core/product.ts';
import type { Signal } from '../../protocol/wire/get-signals.ts';
import type { Caller } from '../caller.ts';

/** What is for sale. */
export interface Catalogue {
  /** Every product that the caller may see, best first where a request gives no other order. */
  products(caller: Caller): Promise<readonly Product[]>;
  /**
   * Ids of products that stand first for every brief, in the order of `products`, whatever its words.
   * Absent: the words of a brief decide alone.
   */
  featured?(caller: Caller): Promise<ReadonlySet<string>>;
  /** One product, wherever the caller may buy it. */
  product(caller: Caller, product_id: string): Promise<Product | undefined>;
  /**
   * Whether a creative has to fill the format that it names. `advisory`: what does not fit is told as a warning.
   * Absent: `required`.
   */
  readonly format_fit?: 'required' | 'advisory';
  /** What becomes of a package that promotes a catalogue which nobody has synced. Absent: `refused`. */
  readonly unknown_catalogs?: 'refused' | 'accepted';
  /**
   * Policies that every creative of a library is held to, whatever it will run on. Absent: what all products want, and the others when
   * a creative is assigned to them.
   */
  library_policies?(caller: Caller): Promise<readonly CreativePolicy[]>;
  /** Signals that packages may be targeted by; absent: there are none. */
  signals?(caller: Caller): Promise<readonly Signal[]>;
  /** The metrics that a measurement vendor publishes, by its domain; undefined when that is not known. Absent: of no vendor. */
  vendor_metrics?(caller: Caller, vendor_domain: string): Promise<ReadonlySet<string> | undefined>;
  /** Creative formats that the seller describes itself, beyond those that it can derive from a format id. */
  formats(caller: Caller): Promise<readonly Format[]>;
}
