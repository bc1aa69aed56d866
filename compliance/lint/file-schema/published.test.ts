import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openSchemaFolder } from '../../../src/protocol/schema-catalogue.ts';
import { LOAD_RULES } from '../../cli/bundle-option.ts';
import type { JsonObject } from '../../json/object.ts';
import { CHECK_MEMBERS, INPUT_MEMBERS, OUTPUT_MEMBERS, PHASE_MEMBERS, PREREQUISITE_MEMBERS, STEP_MEMBERS, STORYBOARD_MEMBERS } from '../../load/members.ts';
import { isMutating } from '../../load/mutating-tasks.ts';
import { readStoryboard } from '../../load/read-storyboard.ts';
import { readTestKit } from '../../load/test-kit.ts';
import { authoringSchemas } from './published.ts';

const ROOT = join(import.meta.dirname, '../../..');
const schemas = openSchemaFolder(join(ROOT, 'schemas'));
const issues = (kind: 'storyboard' | 'test-kit', text: string): readonly string[] =>
  schemas.validate(`adwright/${kind}.json`, parse(text)).map(({ instance_path, message }) => `${instance_path} ${message}`);
const loads = (text: string): boolean => readStoryboard(
  text, { file: 's.yaml', ignoreWithoutPhases: false }, { ...LOAD_RULES, isMutating: (task) => isMutating(task, undefined) },
).kind === 'storyboard';

test('schemas/adwright holds what the shapes say; run npm run schemas after a change', () => {
  for (const [path, schema] of authoringSchemas()) expect([path, JSON.parse(readFileSync(join(ROOT, 'schemas', path), 'utf8'))]).toEqual([path, schema]);
});

test('the members are those that the loader knows', () => {
  const file = authoringSchemas().get('adwright/storyboard.json')!;
  const at = (...path: readonly string[]): string[] => Object.keys(path.reduce<JsonObject>((node, name) => node[name] as JsonObject, file)['properties'] as JsonObject).sort();
  expect([
    at(), at('properties', 'prerequisites'), at('definitions', 'phase'), at('definitions', 'step'), at('definitions', 'check'),
    at('definitions', 'step', 'properties', 'context_outputs', 'items'), at('definitions', 'step', 'properties', 'context_inputs', 'items'),
  ]).toEqual([STORYBOARD_MEMBERS, PREREQUISITE_MEMBERS, PHASE_MEMBERS, STEP_MEMBERS, CHECK_MEMBERS, OUTPUT_MEMBERS, INPUT_MEMBERS].map((names) => [...names].sort()));
});

const BUNDLES = [join(ROOT, 'storyboards'), join(ROOT, '../shared/adcp/3.1.19/compliance'), join(ROOT, 'node_modules/@adcp/sdk/compliance/cache/3.0.6')];

describe.each(BUNDLES)('%s', (bundle) => {
  if (!existsSync(bundle)) console.warn(`authoring schemas: ${bundle} is absent: its files are NOT held to them`);

  test.skipIf(!existsSync(bundle) && process.env['CI'] === undefined)('holds nothing that the schemas refuse', () => {
    const files = globSync('{universal,protocols,specialisms,test-kits}/**/*.yaml', { cwd: bundle }).map((path) => ({ path, text: readFileSync(join(bundle, path), 'utf8') }))
      .filter(({ path, text }) => !path.startsWith('universal/') || /^phases:/m.test(text));
    expect(files.length).toBeGreaterThan(5);
    expect(files.flatMap(({ path, text }) => issues(path.startsWith('test-kits/') ? 'test-kit' : 'storyboard', text).map((issue) => `${path} ${issue}`))).toEqual([]);
  });
});

/** A storyboard of one phase and one step, with more members at each level. */
function sample({ head = '', phase = '', step = '', check = '' } = {}): string {
  return `id: s\n${head}phases:\n  - id: p\n${phase}    steps:\n      - id: a\n        task: get_products\n${step}        validations:\n          - check: field_value\n            path: x\n            value: 1\n${check}`;
}

test('what the loader reads with its defaults is taken', () => {
  for (const text of [
    sample(), 'id: s\nphases: []\n', 'id: 7\nphases:\n',
    sample({ phase: '    optional: true\n    branch_set: { id: way, semantics: any_of }\n', step: '        contributes: true\n' }),
    sample({ step: '        auth: none\n        context_outputs: [{ name: a, path: "x[0].y" }, { key: b, generate: uuid_v4 }]\n' }),
    sample({ check: '            severity: advisory\n            expires_after_version: "4.0.0"\n' }),
  ]) expect([text, issues('storyboard', text), loads(text)]).toEqual([text, [], true]);
});

test.each<[rule: string, text: string]>([
  ['not_a_storyboard', 'hello\n'], ['missing_field: id', 'phases: []\n'], ['missing_field: phases', 'id: s\n'],
  ['missing_field: a phase\'s id', 'id: s\nphases: [{ steps: [] }]\n'], ['missing_field: a task', 'id: s\nphases: [{ id: p, steps: [{ id: a }] }]\n'],
  ['missing_field: an empty id', 'id: ""\nphases: []\n'],
  ['missing_field: a check\'s kind', sample({ check: '          - { path: x }\n' })], ['missing_field: nothing expected', sample({ check: '          - { check: field_value_or_absent, path: x }\n' })],
  ['missing_field: a reason', sample({ check: '            severity: advisory\n            permanent_advisory: {}\n' })],
  ['wrong_type: a flag', sample({ phase: '    optional: maybe\n' })], ['wrong_type: a list', sample({ head: 'required_tools: get_products\n' })],
  ['wrong_type: a map', sample({ head: 'fixtures: []\n' })], ['wrong_type: an entry', 'id: s\nphases: [p]\n'],
  ['invalid_value: an empty demand', sample({ head: 'requires: []\n' })], ['invalid_value: no family', sample({ head: 'required_any_of_tools: []\n' })],
  ['invalid_value: a family of one', sample({ head: 'required_any_of_tools: [{ tools: [get_products] }]\n' })],
  ['invalid_value: semantics', sample({ phase: '    optional: true\n    branch_set: { id: way, semantics: all_of }\n' })],
  ['invalid_value: generate', sample({ step: '        context_outputs: [{ name: a, generate: uuid }]\n' })],
  ['invalid_value: a credential', sample({ step: '        auth: { type: api_key, value: secret }\n' })], ['invalid_value: severity', sample({ check: '            severity: high\n' })],
  ['invalid_value: a version', sample({ check: '            severity: advisory\n            expires_after_version: soon\n' })],
  ['conflicting_fields: branch set', sample({ phase: '    branch_set: { id: way, semantics: any_of }\n' })],
  ['conflicting_fields: contributions', sample({ phase: '    optional: true\n    branch_set: { id: way, semantics: any_of }\n', step: '        contributes: true\n        contributes_to: way\n' })],
  ['conflicting_fields: outside a set', sample({ step: '        contributes: true\n' })],
  ['conflicting_fields: two sources', sample({ step: '        context_outputs: [{ name: a, path: x, generate: uuid_v4 }]\n' })],
  ['conflicting_fields: matchers', sample({ head: 'requires_capability: { path: x, equals: 1, present: true }\n' })],
  ['conflicting_fields: advice', sample({ check: '            severity: advisory\n' })],
  ['invalid_path: a wildcard', sample({ step: '        context_outputs: [{ name: a, path: "x[*].y" }]\n' })],
  ['invalid_path: identifiers', sample({ check: '          - { check: upstream_traffic, identifier_paths: [request.x] }\n' })],
  ['missing_field: a vector', 'id: s\nphases: [{ id: p, steps: [{ id: a, task: replay_webhook_vector }] }]\n'],
  ['missing_field: a template', 'id: s\nphases: [{ id: p, steps: [{ id: a, task: expect_substitution_safe, source_path: x }] }]\n'],
  [
    'missing_field: a binding of nothing',
    'id: s\nphases: [{ id: p, steps: [{ id: a, task: expect_substitution_safe, source_path: x, macro_template: y, catalog_bindings: [{ macro: m }] }] }]\n',
  ],
  ['invalid_value: retries', 'id: s\nphases: [{ id: p, steps: [{ id: a, task: expect_webhook_retry_keys_stable, retry_trigger: { count: 11 } }] }]\n'],
  ['missing_request', 'id: s\nphases: [{ id: p, steps: [{ id: a, task: create_media_buy }] }]\n'],
  ['unknown_invariant', sample({ head: 'invariants: [status.none]\n' })],
])('what the loader refuses is refused: %s', (_, text) => {
  expect([loads(text), issues('storyboard', text).length > 0]).toEqual([false, true]);
});

test.each([
  ['unknown_member', sample({ step: '        expects: x\n' })], ['unknown_check', sample().replace('field_value', 'field_valu')],
])('what lint holds for a slip is refused: %s', (_, text) => {
  expect([loads(text), issues('storyboard', text).length > 0]).toEqual([true, true]);
});

test.each([
  ['no probe task', 'id: k\nauth: { api_key: demo-k-v1 }\n'], ['another probe task', 'id: k\nauth: { api_key: demo-k-v1, probe_task: create_media_buy }\n'],
  ['another variable', 'id: k\nauth: { api_key: $env:HOME, probe_task: list_creatives }\n'], ['no map', '- k\n'],
])('a test kit that the loader refuses is refused: %s', (_, text) => {
  expect([readTestKit(text, 'k.yaml', 'test-kits/k.yaml').kind, issues('test-kit', text).length > 0]).toEqual(['broken', true]);
});
