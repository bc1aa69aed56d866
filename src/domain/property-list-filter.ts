/** Narrows a search to products that run on properties of a buyer's list. */
import type { Product } from '../protocol/wire/core/product.ts';
import type { PropertyIdentifier } from './ports/property-lists.ts';

const DOMAINS: ReadonlySet<string> = new Set(['domain', 'subdomain']);

/** Keeps a product when any of its publishers has a listed domain. Identifiers of other kinds say nothing about our publishers. */
export function onListed(products: readonly Product[], identifiers: readonly PropertyIdentifier[]): Product[] {
  const listed = identifiers.filter(({ type }) => DOMAINS.has(type)).map(({ value }) => value.toLowerCase());
  return products.filter(({ publisher_properties }) => publisher_properties.some((place) => domainsOf(place).some((domain) => listed.some((entry) => overlaps(domain, entry)))));
}

function domainsOf(place: Product['publisher_properties'][number]): readonly string[] {
  const { publisher_domain, publisher_domains = [] } = place as { readonly publisher_domain?: string; readonly publisher_domains?: readonly string[] };
  return [...(publisher_domain === undefined ? [] : [publisher_domain]), ...publisher_domains].map((domain) => domain.toLowerCase());
}

/** A publisher has its domain and all below it; `*.domain` lists all below and not the domain itself. */
function overlaps(publisher: string, entry: string): boolean {
  const listed = entry.replace(/^\*\./, '');
  return listed === publisher || listed.endsWith(`.${publisher}`) || (entry.startsWith('*.') && publisher.endsWith(`.${listed}`));
}
