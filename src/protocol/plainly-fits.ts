/**
 * Whether a document fits a shape, for shapes that are asked about when a server starts: to compile one takes longer than to walk the
 * few documents that there are.
 */
import type { TSchema } from 'typebox';
import { COMMON_MOMENT } from './moments.ts';
import { schemaCatalogue, type SchemaCatalogue } from './schema-catalogue.ts';

const catalogues = new WeakMap<TSchema, SchemaCatalogue>();
const REF = 'shape.json';

/** False, too, where only `checkShape` can say: it is stricter about moments than the keyword `format` is. */
export function plainlyFits(shape: TSchema, document: unknown): boolean {
  let catalogue = catalogues.get(shape);
  if (catalogue === undefined) catalogues.set(shape, (catalogue = schemaCatalogue('a shape of this program', new Map([[REF, shape]]))));
  return catalogue.validate(REF, document).length === 0 && !hasUncommonMoment(document);
}

function hasUncommonMoment(value: unknown): boolean {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\d[Tt ]/.test(value) && !COMMON_MOMENT.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUncommonMoment);
}
