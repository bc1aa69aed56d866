/** Names of creative formats: when two of them mean the same, and which a product takes. */
import type { FormatId } from '../protocol/wire/core/format-id.ts';
import type { Product } from '../protocol/wire/core/product.ts';

/** Same agent and id; parameters of the name may differ. */
export const sameFormat = (a: FormatId, b: FormatId): boolean => a.agent_url === b.agent_url && a.id === b.id;

/** A text that two names share exactly when they are equal, parameters included. */
export const formatKey = ({ agent_url, id, width, height, duration_ms }: FormatId): string =>
  JSON.stringify([agent_url, id, width, height, duration_ms]);

/** The names that a product lists itself, and those that its declarations refer to. */
export function offeredFormatIds({ format_ids = [], format_options = [] }: Pick<Product, 'format_ids' | 'format_options'>): FormatId[] {
  return [...format_ids, ...format_options.flatMap(({ v1_format_ref = [] }) => v1_format_ref)];
}

/** Declarations whose older names are not among the product's own: the two lists should say the same (§2.5). */
export function divergentOptions({ format_ids, format_options = [] }: Pick<Product, 'format_ids' | 'format_options'>): number[] {
  if (format_ids === undefined) return [];
  return format_options.flatMap(({ v1_format_ref = [] }, at) =>
    v1_format_ref.every((name) => format_ids.some((listed) => formatKey(listed) === formatKey(name))) ? [] : [at],
  );
}
