/**
 * The shapes as JSON Schema files, under the paths of AdCP's own bundle. A shape that stands here under a path of its own is
 * referred to wherever it occurs inside another; everything else is written out in place.
 */
import type { AnySchemaObject } from 'ajv';
import type { TSchema } from 'typebox';
import { canonicalJson } from '../canonical-json.ts';
import { schemaCatalogue, type SchemaCatalogue } from '../schema-catalogue.ts';
import { CORE_SHAPES } from './core-shapes.ts';
import { SHAPES } from './index.ts';
import { CreateMediaBuySubmitted } from './create-media-buy.ts';
import { GetProductsSubmitted } from './get-products.ts';
import { GetSignalsSubmitted } from './get-signals.ts';
import { SyncCatalogsSubmitted } from './sync-catalogs.ts';
import { SyncCreativesSubmitted } from './sync-creatives.ts';
import { UpdateMediaBuySubmitted } from './update-media-buy.ts';

const FAMILY = '/schemas/adwright-3.1';
const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';

/** Every file that we publish: its path and the shape in it. */
export const PUBLISHED: Readonly<Record<string, TSchema>> = {
  ...CORE_SHAPES,
  ...Object.fromEntries(Object.values(SHAPES).flatMap(({ ref, request, response }) => [[ref.request, request], [ref.response, response]])),
  'media-buy/create-media-buy-async-response-submitted.json': CreateMediaBuySubmitted,
  'media-buy/update-media-buy-async-response-submitted.json': UpdateMediaBuySubmitted,
  'media-buy/get-products-async-response-submitted.json': GetProductsSubmitted,
  'signals/get-signals-async-response-submitted.json': GetSignalsSubmitted,
  'media-buy/sync-catalogs-async-response-submitted.json': SyncCatalogsSubmitted,
  'creative/sync-creatives-async-response-submitted.json': SyncCreativesSubmitted,
};

/** The files' contents by path, in the order of their paths. The same shapes always give the same text. */
export function publishedSchemas(): ReadonlyMap<string, AnySchemaObject> {
  const pathOf = new Map(Object.entries(CORE_SHAPES).map(([path, shape]) => [canonicalJson(plain(shape)), path]));
  const paths = Object.keys(PUBLISHED).sort();
  return new Map(paths.map((path) => {
    const body = referring(plain(PUBLISHED[path]), pathOf, path) as AnySchemaObject;
    return [path, { $schema: DRAFT_07, $id: `${FAMILY}/${path}`, ...body }];
  }));
}

let catalogue: SchemaCatalogue | undefined;

/** The published schemas, ready to validate with. */
export function publishedCatalogue(): SchemaCatalogue {
  return (catalogue ??= schemaCatalogue('the schemas of this package', publishedSchemas()));
}

/** TypeBox keeps notes on its schemas that are no part of the JSON. */
const plain = (shape: unknown): unknown => JSON.parse(JSON.stringify(shape));

/** Replaces every published shape inside `node` (but not `node` itself) by a reference from `path` to its file. */
function referring(node: unknown, pathOf: ReadonlyMap<string, string>, path: string): unknown {
  const child = (value: unknown): unknown => {
    const target = isObject(value) ? pathOf.get(canonicalJson(value)) : undefined;
    return target === undefined || target === path ? referring(value, pathOf, path) : { $ref: relativeRef(path, target) };
  };
  if (Array.isArray(node)) return node.map(child);
  if (!isObject(node)) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, child(value)]));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function relativeRef(from: string, to: string): string {
  return `${'../'.repeat(from.split('/').length - 1)}${to}`;
}
