import { expect, test } from 'vitest';
import { readTestKit } from './test-kit.ts';

const read = (text: string) => readTestKit(text, 'k.yaml', 'test-kits/some-kit.yaml');

test('tells brand kits from harness contracts, and special relationships from ordinary ones', () => {
  expect(read('id: k\nbrand: {}\n')).toMatchObject({ kind: 'kit', kit: { id: 'k', kind: 'brand', relationship: 'ordinary' } });
  expect(read('id: k\nsandbox: false\n')).toMatchObject({ kit: { relationship: 'live' } });
  expect(read('applies_to: {}\ncommercial_relationship: passthrough_only\n')).toMatchObject({
    kit: { id: 'some_kit', kind: 'contract', relationship: 'passthrough_only' },
  });
});

test('a kit with a credential names a task that can probe it', () => {
  expect(read('id: k\nauth:\n  api_key: x\n  probe_task: list_creatives\n').kind).toBe('kit');
  expect(read('id: k\nauth:\n  api_key: x\n  probe_task: create_media_buy\n')).toMatchObject({
    kind: 'broken', problems: [{ code: 'invalid_test_kit', location: { line: 4, column: 3 } }],
  });
  expect(
    read('id: k\nauth:\n  basic: { username: u, password: p }\n')
  ).toMatchObject({ kind: 'broken', problems: [{ code: 'invalid_test_kit' }] });
});

test('a kit may leave its key to a variable of the environment that is meant for kits, and to no other', () => {
  const key = (value: string) => read(`id: k\nauth:\n  api_key: "${value}"\n  probe_task: list_creatives\n`);
  expect(key('$env:ADWRIGHT_KIT_TOKEN').kind).toBe('kit');
  for (const value of ['$env:HOME', '$env:ADWRIGHT_KIT_', '$env:AWS_SECRET_ACCESS_KEY', '$env:'])
    expect(key(value)).toMatchObject({ kind: 'broken', problems: [{ code: 'invalid_test_kit', location: { line: 3, column: 3 } }] });
});

test('so may its further principals', () => {
  const second = (value: string) => read(`id: k\nauth:\n  api_key: x\n  probe_task: list_creatives\n  principals:\n    second: { api_key: "${value}" }\n`);
  expect(second('$env:ADWRIGHT_KIT_SECOND_TOKEN').kind).toBe('kit');
  expect(second('$env:HOME')).toMatchObject({ kind: 'broken', problems: [{ code: 'invalid_test_kit', location: { line: 5, column: 3 } }] });
});

test('a file that holds no kit, or no YAML, is broken', () => {
  expect(read('- a\n')).toMatchObject({ kind: 'broken', problems: [{ code: 'invalid_test_kit' }] });
  expect(read('a: [\n')).toMatchObject({ kind: 'broken', problems: [{ code: 'yaml_syntax' }] });
});
