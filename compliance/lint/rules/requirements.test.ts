import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const CONTRACT = { 'test-kits/meter-runner.yaml': 'id: meter_runner\napplies_to: { universals: [a] }\n' };
const step = (contract: string): string => `- id: show\n  task: get_media_buys\n  sample_request: {}\n  ${contract}`;

test('a demand that no run meets is found, in each form', () => {
  expect(expectFound('unknown_requirement', board(step(''), 'requires: [controller, «control]\n'))).toEqual(['error: no run offers "control"']);
});

test('a contract that no kit of the bundle is, is found', () => {
  expectFound('unknown_requirement', { ...CONTRACT, 'universal/a.yaml': board(step('«requires_contract: metre_runner')) });
});

test('known demands and contracts of the bundle are left alone', () => {
  expectClean('unknown_requirement', { ...CONTRACT, 'universal/a.yaml': board(step('requires_contract: meter_runner'), 'requires: [controller, real_wire]\n') });
});
