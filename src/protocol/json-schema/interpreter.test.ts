/** The interpreter against Ajv: the same verdicts, the same issues in the same order, in the same words. */
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleOf } from '../../../test/support/from-schema.ts';
import { mutantsOf } from '../../../test/support/mutant.ts';
import { hasOfficial, officialSchemas } from '../../../test/support/official-schemas.ts';
import { openSchemaFolder, type SchemaCatalogue, schemaCatalogue } from '../schema-catalogue.ts';
import { CompiledSchemas } from './compiled.ts';
import { SchemaInterpreter } from './interpreter.ts';
import type { SchemaIssue } from './issue.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const SDK = join(ROOT, 'node_modules', '@adcp', 'sdk', 'dist', 'lib', 'schemas-data', '3.0');
const RUNS = Number(process.env['SCHEMA_RUNS'] ?? 1);
const MUTANTS = 12;

const here = hasOfficial('that the interpreter of schemas says what Ajv says');

const CATALOGUES: readonly (readonly [string, () => SchemaCatalogue])[] = [
  ['ours', () => openSchemaFolder(join(ROOT, 'schemas'))],
  ['the SDK', () => openSchemaFolder(SDK)],
  ...(here ? [['AdCP', officialSchemas] as const] : []),
];

describe.each(CATALOGUES)('on the schemas of %s', (_name, open) => {
  const catalogue = open();
  const [interpreter, compiled] = pair(catalogue);
  // The index names files; copies with everything in place say no more than what they are copied from.
  const refs = catalogue.refs.filter((ref) => ref !== 'index.json' && !ref.startsWith('bundled/') && catalogue.schema(ref)?.['$schema'] === 'http://json-schema.org/draft-07/schema#');

  test('takes every one that is a schema', () => {
    expect(refs.filter((ref) => [true, false].some((isOpen) => interpreter.issues(ref, {}, isOpen) === undefined))).toEqual([]);
    expect(refs.length).toBeGreaterThan(100);
  });

  test('says what Ajv says of documents that are right, and of those with something wrong', { timeout: 120_000 }, () => {
    let [documents, refused] = [0, 0];
    for (const [at, ref] of refs.entries())
      for (const draw of fc.sample(fc.gen(), { numRuns: RUNS, seed: 31_319 + at })) {
        const document = sampleOf(catalogue, ref, draw);
        for (const each of [document, [], 'x', 1, null, ...mutantsOf(document, MUTANTS, at).map((mutant) => mutant.document)]) {
          const issues = interpreter.issues(ref, each, true) ?? [];
          expect({ ref, each, issues: withoutEmpty(issues, each) }).toEqual({ ref, each, issues: withoutEmpty(compiled.issues(ref, each, true), each) });
          documents += 1;
          if (issues.length > 0) refused += 1;
        }
      }
    console.info(`${documents} documents of ${refs.length} schemas, ${refused} of them refused`);
    expect(refused).toBeGreaterThan(documents / 10);
  });
});

function pair(catalogue: SchemaCatalogue): readonly [SchemaInterpreter, CompiledSchemas] {
  const files = {
    source: catalogue.source, schema: (ref: string) => catalogue.schema(ref), follow: (reference: string, from: string) => catalogue.follow(reference, from),
    resolve: (path: string, from: string) => catalogue.follow(path, from)?.ref ?? path,
  };
  return [new SchemaInterpreter(files), new CompiledSchemas(files)];
}

/** Without what lists lack that are empty: of those, Ajv overlooks every one that comes after a list which has the item (see below). */
function withoutEmpty(issues: readonly SchemaIssue[], document: unknown): readonly SchemaIssue[] {
  const at = (pointer: string): unknown => pointer.split('/').slice(1)
    .reduce<unknown>((node, name) => (node as Record<string, unknown>)[name.replaceAll('~1', '/').replaceAll('~0', '~')], document);
  return issues.filter(({ keyword, instance_path: pointer }) => keyword !== 'contains' || (at(pointer) as readonly unknown[]).length > 0);
}

test('an empty list lacks the item that it has to contain, whatever other lists have; Ajv looks at the one before', () => {
  const [interpreter, compiled] = pair(schemaCatalogue('test', new Map<string, object>([['a.json', { items: { contains: { const: 1 } } }]])));
  expect(interpreter.issues('a.json', [[1], []], false)).toMatchObject([{ instance_path: '/1', keyword: 'contains' }]);
  expect(compiled.issues('a.json', [[1], []], false)).toEqual([]);
});

/** A schema for each keyword and each corner of one, and values that it takes and does not take. */
const CORNERS: readonly (readonly [string, object, readonly unknown[]])[] = [
  ['bounds', { minimum: 1, maximum: 3, exclusiveMinimum: 0, exclusiveMaximum: 3 }, [0, 1, 3, 4, 'x', Infinity]],
  ['multiples', { multipleOf: 0.01 }, [1, 0.07, 0.075, 1e22, 3]],
  ['lengths, by character', { minLength: 2, maxLength: 3 }, ['a', 'ab', '😀', '😀😀', '\ud83d', 'abcd', '\ud83d\ud83d😀', 5]],
  ['a pattern', { pattern: '^[a-z"\\\\]+$', type: 'string' }, ['a', 'A', '"', 5]],
  ['formats of texts and of numbers', { anyOf: [{ format: 'int32' }, { format: 'date-time', type: 'string' }] }, [1, 1.5, 2 ** 40, '2026-01-01T00:00:00Z', 'x', true]],
  ['a format that nobody knows', { type: 'string', format: 'toString' }, ['x', 1]],
  ['every type', { properties: Object.fromEntries(['string', 'number', 'integer', 'boolean', 'null', 'object', 'array'].map((type) => [type, { type }])) },
    ['x', 1, 1.5, Infinity, true, null, {}, []].map((value) => ({ string: value, number: value, integer: value, boolean: value, null: value, object: value, array: value }))],
  ['several types', { type: ['string', 'null', 'integer'], minLength: 2, minimum: 2 }, ['x', null, 1, 1.5, true, [], {}]],
  ['a type behind its own keywords', { type: 'object', required: ['a'], minLength: 3, const: { a: 1 } }, ['x', 'xyz', {}, { a: 1 }, []]],
  ['keywords that are names of prototypes', { items: { constructor: 1, toString: 2 } }, [[1]]],
  ['names of prototypes', { required: ['toString', 'constructor'], properties: { valueOf: { type: 'string' } }, additionalProperties: false }, [{}, { toString: 1 }, { valueOf: 1 }]],
  ['numbers of members and items', { minProperties: 1, maxProperties: 1, minItems: 1, maxItems: 1 }, [{}, { a: 1 }, { a: 1, b: 1 }, [], [1], [1, 2]]],
  ['other members of a schema', { properties: { a: {} }, patternProperties: { '^x': { type: 'string' }, '^y': {} }, additionalProperties: { type: 'number' } },
    [{ a: 'x', x1: 1, y: 1, 'b/~': 'x' }]],
  ['names of members', { propertyNames: { pattern: '^a', maxLength: 2 } }, [{ a: 1, b: 1, abc: 1, bcd: 1 }]],
  ['dependencies', { dependencies: { a: ['b', 'c'], d: { required: ['e'] }, f: ['g'] } }, [{ a: 1, d: 1, f: 1 }, { a: 1, b: 1 }, { d: 1, e: 1 }]],
  ['a tuple', { items: [{ type: 'string' }, { type: 'number' }], additionalItems: false }, [['x', 1], [1, 'x', 3], ['x'], []]],
  ['a tuple with more', { items: [{ type: 'string' }], additionalItems: { type: 'number' } }, [['x', 1, 'y'], [1]]],
  ['an item that is there', { contains: { minimum: 3 } }, [[], [1, 2], [1, 3], ['x']]],
  ['twins', { uniqueItems: true }, [[1, 2, 1, 2], [{ a: 1, b: [1] }, { b: [1], a: 1 }], [1, '1'], [[], {}], [null, null]]],
  ['twins of simple types', { uniqueItems: true, items: { type: ['string', 'number'] } }, [['a', 'b', 'a'], [1, '1'], [1, 2, 2, 1], [true, true]]],
  ['twins that are allowed', { uniqueItems: false, type: 'array' }, [[1, 1], 'x']],
  ['constants and lists of them', { properties: { a: { const: null }, b: { enum: [1, 'x', { c: [1] }, [0]] }, d: { const: [1, { e: 2 }] } } },
    [{ a: null, b: { c: [1] }, d: [1, { e: 2 }] }, { a: 0, b: { c: [2] }, d: [1] }, { b: [0] }, { b: {} }]],
  ['alternatives', { anyOf: [{ required: ['a'] }, { type: 'string', minLength: 3 }], oneOf: [{ minProperties: 1 }, { required: ['b'] }, { minLength: 1 }] },
    [{}, { a: 1 }, { b: 1 }, 'x', 'xyz', 5]],
  ['an alternative that takes everything', { anyOf: [{ type: 'string' }, {}], oneOf: [true, { type: 'string' }, false] }, [1, 'x']],
  ['all of several', { allOf: [{ required: ['a'] }, { required: ['b'] }, false] }, [{}, { a: 1, b: 1 }]],
  ['what must not be', { not: { anyOf: [{ required: ['a'] }, { $ref: '#/definitions/b' }] }, definitions: { b: { required: ['b'] } } }, [{}, { a: 1 }, { b: 1 }]],
  ['what must never be', { properties: { a: { not: {} }, b: false } }, [{}, { a: 1 }, { b: 1 }]],
  ['conditions', { if: { required: ['a'] }, then: { required: ['b'] }, else: { required: ['c'] } }, [{}, { a: 1 }, { a: 1, b: 1 }, { c: 1 }]],
  ['a condition for one case', { allOf: [{ if: { required: ['a'] }, else: { required: ['c'] } }, { if: false }, { if: true, then: { maxProperties: 1 } }] }, [{}, { a: 1 }, { a: 1, b: 1 }]],
  ['a branch without a condition', { then: { required: ['b'] } }, [{}]],
  ['references, beside others and to itself', { $ref: '#/definitions/node', required: ['z'], definitions: { node: { properties: { next: { $ref: '#/definitions/node' }, up: { $ref: '#' } }, additionalProperties: false } } },
    [{}, { next: { next: { x: 1 } } }, { up: {} }]],
  ['names that a pointer escapes', { properties: { 'a/b~c %': { type: 'string' }, é: { $ref: '#/definitions/x' } }, definitions: { x: { type: 'string' } } }, [{ 'a/b~c %': 1, é: 1 }]],
];

test.each(CORNERS)('says what Ajv says of %s', (_what, schema, values) => {
  const catalogue = schemaCatalogue('test', new Map([['a.json', schema]]));
  const [interpreter, compiled] = pair(catalogue);
  for (const value of values) {
    const issues = interpreter.issues('a.json', value, false);
    expect({ value, issues }).toEqual({ value, issues: compiled.issues('a.json', value, false) });
  }
});

test.each([
  ['another draft', { $schema: 'https://json-schema.org/draft/2020-12/schema' }],
  ['a keyword of another dialect', { type: 'string', nullable: true }],
  ['an anchor', { properties: { a: { $anchor: 'x' } } }],
  ['a type that is none', { properties: { a: { type: 'text' } } }],
  ['a broken expression', { properties: { a: { pattern: '(' } } }],
  ['a reference that leads nowhere', { properties: { a: { $ref: '#/definitions/none' } } }],
  ['a file that is not there', { properties: { a: { $ref: 'none.json' } } }],
  ['a reference in an example', { examples: [{ $ref: 'none.json' }] }],
  ['a reference to no place of a schema', { $ref: '#/examples/0', examples: [{ type: 'string' }] }],
  ['an empty choice', { enum: [] }],
  ['a choice with a reference in it', { enum: [{ $ref: '#' }] }],
  ['alternatives that are no list', { anyOf: { type: 'string' } }],
])('leaves %s to Ajv', (_what, schema) => {
  const [interpreter] = pair(schemaCatalogue('test', new Map<string, object>([['a.json', schema]])));
  expect(interpreter.issues('a.json', {}, false)).toBeUndefined();
});

test('an opened root that refers to itself is left to Ajv; a part of it that is not opened is not', () => {
  const schema = (to: string) => ({ oneOf: [{ properties: { a: { $ref: to } }, additionalProperties: false }] });
  const of = (to: string) => pair(schemaCatalogue('test', new Map<string, object>([['a.json', schema(to)]])))[0].issues('a.json', { b: 1 }, true);
  expect(of('#')).toBeUndefined();
  expect(of('#/oneOf/0')).toBeUndefined();
  expect(of('#/oneOf/0/properties/a')).toEqual([]);
});

test('prepares only what a document has', () => {
  const schema = { properties: { a: { $ref: '#/definitions/a' }, b: { $ref: '#/definitions/b' } }, definitions: { a: { type: 'string' }, b: { get pattern() { asked += 1; return '^x'; } } } };
  let asked = 0;
  const [interpreter] = pair(schemaCatalogue('test', new Map([['a.json', schema]])));
  interpreter.issues('a.json', { a: 1 }, false);
  const before = asked;
  interpreter.issues('a.json', { b: 'y' }, false);
  expect(asked).toBeGreaterThan(before);
});
