/** A value that a schema accepts, made of as little as the schema asks for. */
import type { SchemaCatalogue, SchemaPlace } from '../../../src/protocol/schema-catalogue.ts';
import { isObject, type JsonObject } from '../../json/object.ts';
import { mayAccept } from './accepts.ts';
import { spread } from './places.ts';

/** Schemas that need themselves within themselves end here. */
const MAX_DEPTH = 12;

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2099-01-01T00:00:00Z', date: '2099-01-01', time: '00:00:00Z', uri: 'https://seller.example/a', 'uri-reference': '/a',
  email: 'buyer@brand.example', uuid: '00000000-0000-4000-8000-000000000000', hostname: 'brand.example',
};
/** Tried in turn on a pattern: names, hosts, keys, digests, codes, versions, colours, durations. */
const TEXTS = [
  'example', 'brand.example', '00000000-0000-4000-8000-000000000000', '0'.repeat(64), 'USD', 'US', 'en', 'en-US', '3.1', '3.1.0',
  '#000000', 'P1D', '1', 'https://seller.example/a', 'US-NY', 'example_id',
];

/** Undefined when none could be made. */
export function exampleOf(catalogue: SchemaCatalogue, place: SchemaPlace, depth = 0): unknown {
  if (depth > MAX_DEPTH) return undefined;
  const parts = spread(catalogue, [place]).map(({ schema }) => schema as JsonObject);
  const fixed = parts.flatMap((part) => ('const' in part ? [part['const']] : Array.isArray(part['enum']) ? part['enum'] as unknown[] : []));
  if (fixed.length > 0) return fixed.find((value) => mayAccept(catalogue, place, value)) ?? fixed[0];
  switch (typeOf(parts)) {
    case 'object': return objectOf(catalogue, place, depth);
    case 'array': return arrayOf(catalogue, place, parts, depth);
    case 'integer': case 'number': return Math.max(1, ...parts.map((part) => Number(part['minimum'] ?? 0)));
    case 'boolean': return true;
    case 'null': return null;
    default: return textOf(parts);
  }
}

function typeOf(parts: readonly JsonObject[]): string {
  const stated = parts.flatMap((part) => [part['type']].flat()).find((type) => typeof type === 'string' && type !== 'null');
  if (typeof stated === 'string') return stated;
  return parts.some((part) => isObject(part['properties'])) ? 'object' : parts.some((part) => part['items'] !== undefined) ? 'array' : 'string';
}

/** The members that one arm requires: the whole of `allOf`, the first arm of `anyOf` and `oneOf`. */
function objectOf(catalogue: SchemaCatalogue, place: SchemaPlace, depth: number): JsonObject | undefined {
  const parts = firstArm(catalogue, place);
  const required = [...new Set(parts.flatMap(({ schema }) => (Array.isArray(schema['required']) ? schema['required'].map(String) : [])))];
  const entries = required.map((name) => {
    const described = parts.find(({ schema }) => isObject(schema['properties']) && isObject(schema['properties'][name]));
    const schema = (described?.schema['properties'] as Record<string, JsonObject> | undefined)?.[name];
    const open = described === undefined || schema === undefined;
    return [name, open ? 'example' : exampleOf(catalogue, { ref: described.ref, schema }, depth + 1)] as const;
  });
  return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries);
}

function firstArm(catalogue: SchemaCatalogue, { ref, schema }: SchemaPlace, depth = 0): readonly SchemaPlace[] {
  if (depth > MAX_DEPTH) return [];
  const target: unknown = schema['$ref'];
  const followed = typeof target === 'string' ? catalogue.follow(target, ref) : undefined;
  const [all, any, one] = ['allOf', 'anyOf', 'oneOf'].map((name) => [schema[name] as unknown].flat());
  const arms = [...all!, any![0], one![0]].filter(isObject);
  return [
    { ref, schema }, ...(followed === undefined ? [] : firstArm(catalogue, followed, depth + 1)),
    ...arms.flatMap((arm) => firstArm(catalogue, { ref, schema: arm }, depth + 1)),
  ];
}

function arrayOf(catalogue: SchemaCatalogue, { ref }: SchemaPlace, parts: readonly JsonObject[], depth: number): readonly unknown[] | undefined {
  const least = Math.max(0, ...parts.map((part) => Number(part['minItems'] ?? 0)));
  if (least === 0) return [];
  const items = parts.map((part) => part['items']).find(isObject);
  const item = items === undefined ? 'example' : exampleOf(catalogue, { ref, schema: items }, depth + 1);
  return item === undefined ? undefined : Array.from({ length: least }, () => item);
}

function textOf(parts: readonly JsonObject[]): string | undefined {
  const format = parts.map((part) => FORMATS[String(part['format'])]).find((text) => text !== undefined);
  const least = Math.max(0, ...parts.map((part) => Number(part['minLength'] ?? 0)));
  const patterns = parts.flatMap((part) => (typeof part['pattern'] === 'string' ? [part['pattern']] : []));
  return [...(format === undefined ? [] : [format]), ...TEXTS, 'x'.repeat(least)]
    .find((text) => text.length >= least && patterns.every((pattern) => matches(pattern, text)));
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return false;
  }
}
