/** A step's request as it might go out: what it leaves open is filled in with values that its schema accepts. */
import type { SchemaCatalogue, SchemaPlace } from '../../src/protocol/schema-catalogue.ts';
import { isObject, type JsonObject } from '../json/object.ts';
import type { PathSegment } from '../json/path.ts';
import { exampleOf } from './schema/example.ts';
import { placesAt } from './schema/places.ts';

export interface FilledRequest {
  readonly request: unknown;
  /** JSON Pointers of what was filled in: its shape is the seller's or the kit's, and proves nothing of the author's text. */
  readonly open: ReadonlySet<string>;
}

const UUID = '00000000-0000-4000-8000-000000000000';
const WHOLE = /^\$(?:context|test_kit)\./;
const GENERATED = /^\$generate:/;
const TEMPLATE = /\{\{[^}]*\}\}/g;
const BUILT = '$build_assets_from_format';

export function filledRequest(sample: JsonObject, place: SchemaPlace, catalogue: SchemaCatalogue): FilledRequest {
  const open = new Set<string>();
  const visit = (node: unknown, path: readonly PathSegment[], pointer: string): unknown => {
    if (typeof node === 'string') {
      if (GENERATED.test(node)) return UUID;
      if (!WHOLE.test(node)) return node.replaceAll(TEMPLATE, (token) => (token.includes('webhook') ? 'https://runner.example/step' : UUID));
      open.add(pointer);
      return exampleAt(catalogue, place, path);
    }
    if (Array.isArray(node)) return node.map((each, index) => visit(each, [...path, { kind: 'index', index }], `${pointer}/${index}`));
    if (!isObject(node)) return node;
    if (Object.hasOwn(node, BUILT)) {
      open.add(pointer);
      return {};
    }
    return Object.fromEntries(Object.entries(node).map(([name, each]) => [
      name, visit(each, [...path, { kind: 'key', name }], `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    ]));
  };
  return { request: visit(sample, [], ''), open };
}

function exampleAt(catalogue: SchemaCatalogue, place: SchemaPlace, path: readonly PathSegment[]): unknown {
  const found = placesAt(catalogue, [place], path);
  return (found.kind === 'known' ? found.places.map((each) => exampleOf(catalogue, each)).find((value) => value !== undefined) : undefined) ?? UUID;
}

/** Whether a complaint about the request is only about what was filled in, or about an object that depends on it. */
export function concernsOpenPart(pointer: string, keyword: string, { open }: FilledRequest): boolean {
  const combines = keyword === 'oneOf' || keyword === 'anyOf' || keyword === 'if';
  return [...open].some((each) => pointer === each || pointer.startsWith(`${each}/`) || (combines && each.startsWith(`${pointer}/`)));
}
