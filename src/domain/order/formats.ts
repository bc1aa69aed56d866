/**
 * Which of the product's formats a package is for (seller specification §3.6). References to declarations count before legacy
 * names, and those before a bare kind; without any of them the package takes every format of the product.
 */
import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { FormatId } from '../../protocol/wire/core/format-id.ts';
import type { FormatOptionRef } from '../../protocol/wire/core/format-option.ts';
import type { Product } from '../../protocol/wire/core/product.ts';
import { offeredFormatIds } from '../format-ids.ts';
import { canonicalOf } from '../format-name.ts';
import { satisfies, type CanonicalFormat } from '../format-satisfaction.ts';
import type { LineCheck } from './line.ts';

/** Refuses what the product does not take; asked of packages that are bought, since formats cannot change later. */
export const formats: LineCheck = ({ path, asked, product }) => {
  if (product === undefined) return [];
  if (asked.format_option_refs)
    return asked.format_option_refs.flatMap((ref, at) => unresolved(ref, product, `${path}.format_option_refs[${at}]`));
  if (asked.format_ids)
    return asked.format_ids.flatMap((name, at) =>
      takesName(product, name) ? [] : unsupported(`${path}.format_ids[${at}]`, `"${name.id}" is not a format of the product`),
    );
  if (asked.format_kind === undefined) return [];
  const wanted = { format_kind: asked.format_kind, params: asked.params ?? {} };
  return declarations(product).some((declared) => satisfies(wanted, declared))
    ? []
    : unsupported(`${path}.format_kind`, `"${asked.format_kind}" with these params does not pin down a format of the product`);
};

const unsupported = (field: string, why: string): AdcpError[] => [adcpError('UNSUPPORTED_FEATURE', `${field}: ${why}`, { field })];

function unresolved(ref: FormatOptionRef, { format_options = [] }: Product, field: string): AdcpError[] {
  const selectable = format_options.filter(({ format_option_id }) => format_option_id !== undefined);
  const found = selectable.some(
    ({ format_option_id, publisher_domain }) =>
      format_option_id === ref.format_option_id && (ref.scope === 'product' || publisher_domain === ref.publisher_domain),
  );
  if (found) return [];
  // AdCP's shape of a package asks for this code and, so that a buyer falls back to names, for this reason.
  return selectable.length > 0
    ? unsupported(field, `"${ref.format_option_id}" is not a format option of the product`)
    : [adcpError('UNSUPPORTED_FEATURE', `${field}: the product has no format options that can be selected`, { field, details: { reason: 'format_option_refs_not_published' } })];
}

/** By name, with parameters that agree where both have them; else by what the name says, against the product's declarations. */
function takesName(product: Product, name: FormatId): boolean {
  if (offeredFormatIds(product).some((offered) => agrees(offered, name))) return true;
  const wanted = canonicalOf(name);
  return wanted !== undefined && (product.format_options ?? []).some((declared) => satisfies(wanted, declared));
}

function agrees(offered: FormatId, asked: FormatId): boolean {
  return (
    offered.agent_url === asked.agent_url &&
    offered.id === asked.id &&
    (['width', 'height', 'duration_ms'] as const).every(
      (member) => offered[member] === undefined || asked[member] === undefined || offered[member] === asked[member],
    )
  );
}

/** What the product declares; of a product that has names only, what the names say. */
function declarations({ format_options, format_ids = [] }: Product): CanonicalFormat[] {
  return [...(format_options ?? []), ...format_ids.flatMap((name) => canonicalOf(name) ?? [])];
}
