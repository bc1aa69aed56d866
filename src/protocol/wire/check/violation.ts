/** One thing that is wrong with a document, at a place in it. */
import type { ErrorObject } from 'ajv';

/** A piece of JSON Schema, as read. */
export type SchemaNode = Readonly<Record<string, unknown>>;

export interface Violation {
  /** Names and indexes from the root to the culprit; a missing member is its own place. */
  readonly path: readonly string[];
  readonly keyword: string;
  /** What the place should be like; undefined when the place should not be there at all. */
  readonly wanted: SchemaNode | undefined;
  readonly problem: 'missing' | 'unknown' | 'forbidden' | 'wrong';
  /** Members of which one would have done. */
  readonly oneOf?: readonly string[];
}

/** An error of Ajv in verbose mode. */
export type VerboseError = ErrorObject & { readonly parentSchema?: SchemaNode };

/** The parts of a JSON Pointer. */
export function segmentsOf(pointer: string): string[] {
  return pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

const isNode = (value: unknown): value is SchemaNode => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a schema says of a member, in its own properties or in those of a rule joined to it. */
export function memberSchema(schema: SchemaNode | undefined, name: string): SchemaNode | undefined {
  for (const view of viewsOf(schema)) {
    const member = isNode(view['properties']) ? view['properties'][name] : undefined;
    if (isNode(member)) return member;
  }
  return undefined;
}

/** A schema and everything that is joined to it for the same place, in document order. */
export function viewsOf(schema: SchemaNode | undefined): SchemaNode[] {
  if (!isNode(schema)) return [];
  const joined = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => (Array.isArray(schema[keyword]) ? schema[keyword] as unknown[] : []));
  return [schema, ...[...joined, schema['then'], schema['else']].filter(isNode).flatMap(viewsOf)];
}

/** The violation behind an error that is not about alternatives. */
export function violationOf(error: VerboseError): Violation {
  const path = segmentsOf(error.instancePath);
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'required':
    case 'dependencies': {
      const name = String(params['missingProperty']);
      return { path: [...path, name], keyword: error.keyword, problem: 'missing', wanted: memberSchema(error.parentSchema, name) };
    }
    case 'additionalProperties':
      return { path: [...path, String(params['additionalProperty'])], keyword: error.keyword, problem: 'unknown', wanted: undefined };
    case 'not': {
      const name = unwantedMember(error.schema, error.data);
      return { path: name === undefined ? path : [...path, name], keyword: 'not', problem: 'forbidden', wanted: undefined };
    }
    default:
      return { path, keyword: error.keyword, problem: 'wrong', wanted: error.parentSchema };
  }
}

/** Of `not: {required: […]}` rules: the member whose presence broke it. */
function unwantedMember(rule: unknown, data: unknown): string | undefined {
  if (!isNode(rule) || !isNode(data)) return undefined;
  const rules = Array.isArray(rule['anyOf']) ? rule['anyOf'] as unknown[] : [rule];
  const names = rules.flatMap((each) => (isNode(each) && Array.isArray(each['required']) ? [each['required'] as string[]] : []));
  return names.find((required) => required.every((name) => name in data))?.at(-1);
}
