import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { Catalog } from '../../protocol/wire/core/catalog.ts';
import { reviewed } from '../catalog/item-review.ts';
import type { LineCheck, OrderFacts, PackageLine } from './line.ts';

/**
 * A package promotes one catalogue of a type at most, of a type that its product shows, either synced before or with its items in the call
 * (seller specification §2.8, row 15; §2.17).
 */
export const catalogs: LineCheck = ({ path, asked: { catalogs: asked = [] }, terms }, facts) => {
  const types = asked.map(({ type }) => type);
  if (asked.length > 0 && !facts.features.catalogs)
    return [adcpError('UNSUPPORTED_FEATURE', `${path}.catalogs: this seller takes no catalogues`, { field: `${path}.catalogs` })];
  const repeated = types.flatMap((type, at) =>
    types.indexOf(type) < at ? [invalid(`${path}.catalogs[${at}]`, `the package has a catalogue of type "${type}" already`)] : []);
  if (repeated.length > 0) return repeated;
  return asked.flatMap((catalog, at) => {
    const place = `${path}.catalogs[${at}]`;
    return typeFlaws(catalog, place, terms) ?? referenceFlaws(catalog, place, facts);
  });
};

function typeFlaws({ type }: Catalog, place: string, { catalog_types }: PackageLine['terms']): AdcpError[] | undefined {
  if (catalog_types === undefined || catalog_types.includes(type)) return undefined;
  return [invalid(`${place}.type`, `the product shows catalogues of these types: ${catalog_types.join(', ')}`)];
}

function referenceFlaws(catalog: Catalog, place: string, { catalogs: known, unknown_catalogs }: OrderFacts): AdcpError[] {
  const { catalog_id, items, url, type } = catalog;
  if (items !== undefined) return inlineFlaws(catalog, items, place);
  if (url !== undefined) return [adcpError('UNSUPPORTED_FEATURE', `${place}.url: a feed is not read for one package; sync it with sync_catalogs and name its catalog_id`, { field: `${place}.url` })];
  // Without an id whatever the account has of this type is promoted.
  if (catalog_id === undefined)
    return unknown_catalogs === 'accepted' || [...known.values()].includes(type) ? [] : [invalid(`${place}.catalog_id`, `the account has no catalogue of type "${type}"; sync one, or send its items`)];
  const stored = known.get(catalog_id);
  if (stored === undefined)
    return unknown_catalogs === 'accepted' ? [] : [invalid(`${place}.catalog_id`, `"${catalog_id}" is not a catalogue of this account; sync it with sync_catalogs`)];
  return stored === type ? [] : [invalid(`${place}.type`, `the catalogue "${catalog_id}" is of type "${stored}"`)];
}

/** At least one of the items can be shown. */
function inlineFlaws(catalog: Catalog, items: NonNullable<Catalog['items']>, place: string): AdcpError[] {
  const verdicts = reviewed(catalog, items);
  if (verdicts.some(({ status }) => status !== 'rejected')) return [];
  return [adcpError('INVALID_REQUEST', `${place}.items[0]: no item can be shown; of the first: ${verdicts[0]!.reasons[0]!}`, { field: `${place}.items[0]` })];
}

const invalid = (field: string, why: string): AdcpError => adcpError('INVALID_REQUEST', `${field}: ${why}`, { field });
