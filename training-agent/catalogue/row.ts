import { Type, type Static } from 'typebox';

/** A product as it is written down or seeded: any members of AdCP's product; what AdCP requires may be missing. */
export const ProductRow = Type.Object({ product_id: Type.String({ minLength: 1 }) });
export type ProductRow = Static<typeof ProductRow> & Readonly<Record<string, unknown>>;

/** A pricing option as it is written down or seeded. */
export type PricingRow = Readonly<Record<string, unknown>> & { readonly pricing_option_id: string };

/** A creative format as it is written down or seeded: its agent may be left out. */
export const FormatRow = Type.Object({ format_id: Type.Object({ id: Type.String({ minLength: 1 }) }) });
export type FormatRow = Static<typeof FormatRow> & Readonly<Record<string, unknown>>;

/** A signal as it is written down: where it can be used may be left out. */
export const SignalRow = Type.Object({ signal_agent_segment_id: Type.String({ minLength: 1 }) });
export type SignalRow = Static<typeof SignalRow> & Readonly<Record<string, unknown>>;

export type Fixture = Readonly<Record<string, unknown>>;

/** The objects of a list that may be anything. */
export const objectsOf = (list: unknown): Fixture[] =>
  (Array.isArray(list) ? list.filter((each): each is Fixture => typeof each === 'object' && each !== null && !Array.isArray(each)) : []);
