import { describe, expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const KIT = 'id: acme\nsandbox: true\nbrand: { house: { domain: acme.example } }\nauth: { api_key: demo-acme-v1, probe_task: list_creatives }\n';
const USING = 'prerequisites: { test_kit: test-kits/acme.yaml }\n';
const files = (kit: string, step = '', head = USING) => ({
  'universal/a.yaml': board(`- id: show\n  task: get_media_buys\n  sample_request: {}\n  ${step}`, head), 'test-kits/acme.yaml': kit,
});

describe('the shape of a kit', () => {
  test('without a brand is doubtful', () => {
    expect(expectFound('invalid_test_kit', files(KIT.replace('house: { domain: acme.example }', '«house: { domain: acme }')))[0])
      .toBe('warning: the kit plays no brand');
  });

  test('with a sandbox or basic credentials that mean nothing is wrong', () => {
    expectFound('invalid_test_kit', files(KIT.replace('sandbox: true', '«sandbox: "no"')));
    expectFound('invalid_test_kit', files(KIT.replace('api_key: demo-acme-v1', '«basic: { username: acme }')));
  });

  test('has no merge keys: nothing is merged', () => {
    expect(expectFound('merge_key', files(`defaults: &defaults { house: { domain: acme.example } }\n${KIT}names: { «<<: *defaults }\n`)))
      .toEqual(['error: "<<" merges nothing: YAML 1.2 takes it for a member of that name']);
    expectClean('merge_key', files(`${KIT}names: ["<<"]\n`));
  });

  test('is whole with either form of basic credentials, and needs no brand in a contract', () => {
    for (const basic of ['{ username: a, password: b }', '{ credentials: "a:b" }'])
      expectClean('invalid_test_kit', files(KIT.replace('api_key: demo-acme-v1', `basic: ${basic}`)));
    expectClean('invalid_test_kit', files('id: acme\napplies_to: { universals: [a] }\n', '', ''));
  });
});

describe('what a storyboard takes from its kit', () => {
  test('and is not there is found', () => {
    expectFound('invalid_test_kit', files(KIT, '«auth: { type: basic, from_test_kit: auth.basic }'));
    expectFound('invalid_test_kit', { ...files(KIT), 'universal/a.yaml': board('- id: show\n  «task: $test_kit.tasks.first\n  sample_request: {}', USING) });
  });

  test('without naming one is found', () => {
    expectFound('unknown_test_kit', files(KIT, '«auth: { type: api_key, from_test_kit: true }', ''));
  });

  test('and is there, has a default, or is asked for by the phase, is left alone', () => {
    expectClean('invalid_test_kit', files(KIT, 'auth: { type: api_key, from_test_kit: true }'));
    expectClean('invalid_test_kit', { ...files(KIT), 'universal/a.yaml': board('- id: show\n  task: $test_kit.tasks.first\n  task_default: get_media_buys\n  sample_request: {}', USING) });
    expectClean('invalid_test_kit', { ...files(KIT), 'universal/a.yaml':
      board('- id: show\n  task: $test_kit.tasks.first\n  sample_request: {}', USING).replace('    steps:', '    skip_if: "!test_kit.tasks.first"\n    steps:') });
  });
});
