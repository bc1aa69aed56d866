/** Which formats there are for a caller: those that the catalogue describes and those that products name (seller specification §2.7). */
import type { Format } from '../protocol/wire/core/format.ts';
import type { FormatId } from '../protocol/wire/core/format-id.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import { derivedFormat } from './derived-format.ts';
import { formatKey, offeredFormatIds, sameFormat } from './format-ids.ts';

/** One format as it was asked for: described by the catalogue, else by its name. Its `format_id` is the one asked, parameters included. */
export function formatFor(asked: FormatId, described: readonly Format[], own_agent_url: string): Format {
  const known =
    described.find(({ format_id }) => formatKey(format_id) === formatKey(asked)) ??
    described.find(({ format_id }) => sameFormat(format_id, asked));
  return known ? { ...known, format_id: asked } : derivedFormat(asked, own_agent_url);
}

/** Each of the named formats once, in the order in which they were asked for. */
export function formatsNamed(asked: readonly FormatId[], described: readonly Format[], own_agent_url: string): Format[] {
  return distinct(asked).map((name) => formatFor(name, described, own_agent_url));
}

/** Every format of the catalogue and of the products: described ones first, then our own names, then those of other agents. */
export function formatsOffered(products: readonly Product[], described: readonly Format[], own_agent_url: string): Format[] {
  const named = products.flatMap(offeredFormatIds);
  const own = named.filter(({ agent_url }) => agent_url === own_agent_url);
  const foreign = named.filter(({ agent_url }) => agent_url !== own_agent_url);
  return formatsNamed([...described.map(({ format_id }) => format_id), ...own, ...foreign], described, own_agent_url);
}

const distinct = (names: readonly FormatId[]): FormatId[] => [...new Map(names.map((name) => [formatKey(name), name])).values()];
