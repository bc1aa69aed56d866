import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSchemaFolder } from '../../src/protocol/schema-catalogue.ts';
import { SHAPES } from '../../src/protocol/wire/index.ts';
import { publishedSchemas } from '../../src/protocol/wire/published.ts';
import { hasOfficial, officialSchemas } from '../support/official-schemas.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'schemas');
const FAMILY = '/schemas/adwright-3.1/';

const published = publishedSchemas();
const written = new Map(globSync('**/*.json', { cwd: FOLDER }).sort()
  .map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')] as const)
  .filter(([, text]) => (JSON.parse(text) as { $id?: string }).$id?.startsWith(FAMILY)));

describe('schemas/', () => {
  test('holds what the shapes say; run npm run schemas after a change', () => {
    expect([...written.keys()]).toEqual([...published.keys()]);
    const stale = [...published].flatMap(([path, schema]) => (written.get(path) === `${JSON.stringify(schema, null, 2)}\n` ? [] : [path]));
    expect(stale).toEqual([]);
  });

  test('has a request and a response of every task, under the name by which storyboards ask for them', () => {
    const catalogue = openSchemaFolder(FOLDER);
    for (const [task, { ref }] of Object.entries(SHAPES)) {
      expect(catalogue.refOf(task, 'request')).toBe(ref.request);
      expect(catalogue.refOf(task, 'response')).toBe(ref.response);
    }
  });

  test('refers to nothing outside itself, and every file compiles', () => {
    const catalogue = openSchemaFolder(FOLDER);
    for (const path of published.keys()) {
      expect(catalogue.idOf(path)).toBe(`${FAMILY}${path}`);
      expect(() => catalogue.validate(path, {})).not.toThrow();
    }
  });
});

const here = hasOfficial('that our schemas stand where the official ones do, with the same lists of values');

describe.skipIf(!here)('beside the official schemas', () => {
  test('every file has its counterpart', () => {
    expect([...published.keys()].filter((path) => officialSchemas().schema(path) === undefined)).toEqual([]);
  });

  test.each([...published].filter(([, schema]) => Array.isArray(schema['enum'])))('%s names the same values', (path, schema) => {
    const values = (list: unknown) => [...(list as string[])].sort();
    expect(values(schema['enum'])).toEqual(values(officialSchemas().schema(path)!['enum']));
  });
});
