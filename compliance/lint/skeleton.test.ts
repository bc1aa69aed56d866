import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSchemaFolder } from '../../src/protocol/schema-catalogue.ts';
import { writeBundle } from '../../test/support/judge.ts';
import { openSource } from '../cli/bundle-option.ts';
import { ADCP_TASKS } from '../judge/success-evidence.ts';
import { folderSource } from '../load/folder-source.ts';
import { lintBundle } from './lint-bundle.ts';
import { skeleton } from './skeleton.ts';

const ROOT = join(import.meta.dirname, '../..');
const OURS = join(ROOT, 'schemas');
const OFFICIAL = join(ROOT, '../shared/adcp/3.1.19/schemas');
const isHere = existsSync(OFFICIAL) || process.env['CI'] !== undefined;
if (!isHere) console.warn(`skeleton: ${OFFICIAL} is absent: skeletons are NOT linted with the official schemas`);

function findings(folder: string, tasks: readonly string[]): readonly string[] {
  const schemas = openSchemaFolder(folder);
  const text = skeleton({ id: 'new/story', tasks, protocol: 'media-buy', kit: 'test-kits/a.yaml', fileSchema: 'storyboard.json', schemas, gradesShapes: true });
  const bundle = writeBundle({ 'protocols/media-buy/scenarios/story.yaml': text, 'test-kits/a.yaml': 'id: a\nbrand: { house: { domain: a.example } }\n' });
  try {
    const source = { ...folderSource({ compliance: bundle.folder, schemas: folder }, bundle.folder), schemas };
    return lintBundle(openSource(source), source).map(({ code, message }) => `${code} ${message}`);
  } finally {
    bundle.remove();
  }
}

describe('a skeleton with every task of AdCP lints clean', () => {
  test('with the schemas of this package', () => {
    expect(findings(OURS, [...ADCP_TASKS, 'get_products'])).toEqual([]);
  });

  test.skipIf(!isHere)('with those of the official release', () => {
    expect(findings(OFFICIAL, ADCP_TASKS)).toEqual([]);
  });
});

test('a step asks for the schema and the echo of its own context, and a change carries a key', () => {
  const text = skeleton({ id: 'new/story', tasks: ['log_event', 'log_event'], fileSchema: '../storyboard.json', schemas: openSchemaFolder(OURS), gradesShapes: true });
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/storyboard\.json\nid: new\/story\n/);
  for (const part of ['id: log_event_2', 'idempotency_key: $generate:uuid_v4#log_event_2', 'correlation_id: story--log_event_2', 'check: response_schema', 'path: context'])
    expect(text).toContain(part);
});
