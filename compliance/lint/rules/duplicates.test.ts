import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const STEP = '      - id: show\n        task: get_media_buys\n        sample_request: {}\n';

test('a step that shares its id with one of another phase is doubtful', () => {
  const text = `id: a\nphases:\n  - id: p\n    steps:\n${STEP}  - id: q\n    steps:\n${STEP.replace('id:', '«id:')}`;
  expect(expectFound('duplicate_id', text)[0]).toMatch(/^warning: /);
});

test('checks and captures of one step that share a name are found', () => {
  expect(expectFound('duplicate_id', board(`
- id: show
  task: get_media_buys
  sample_request: {}
  context_outputs:
    - { name: id, path: "media_buys[0].media_buy_id" }
    - { «name: id, path: "media_buys[1].media_buy_id" }
  validations:
    - { id: seen, check: response_schema }
    - { «id: seen, check: field_present, path: media_buys }`))).toEqual([
    'error: context.id is captured twice in one step', 'error: check "seen" stands twice in its step',
  ]);
});

test('two kits of one id are found', () => {
  const kit = 'id: acme\nname: Acme\nbrand: { house: { domain: acme.example } }\n';
  expectFound('duplicate_id', { 'universal/a.yaml': board(STEP.trim()), 'test-kits/a.yaml': kit, 'test-kits/b.yaml': `«${kit}` });
});

test('the same names in different steps and the same ids in different storyboards are left alone', () => {
  const steps = ['show', 'again'].map((id) => `- id: ${id}
  task: get_media_buys
  sample_request: {}
  context_outputs: [{ name: buys, path: media_buys }]
  validations: [{ id: seen, check: response_schema }]`).join('\n');
  expectClean('duplicate_id', { 'universal/a.yaml': board(steps), 'universal/b.yaml': board(steps, '', 'b') });
});
