import { describe, expect, test } from 'vitest';
import { expectClean, expectFound } from '../../../test/support/lint.ts';

const way = (id: string, contribution: string, set = 'way'): string => `  - id: ${id}
    optional: true
    branch_set: { id: ${set}, semantics: any_of }
    steps:
      - id: ${id}_step
        task: get_media_buys
        sample_request: {}
${contribution}`;
const asserted = (flag: string): string => `  - id: end
    steps:
      - id: either
        task: assert_contribution
        validations:
          - check: any_of
            allowed_values: [${flag}]
`;
const CONTRIBUTES = '        contributes: true\n';
const file = (...phases: readonly string[]): string => `id: a\nphases:\n${phases.join('')}`;

describe('a contribution', () => {
  test('that nobody asserts is found, and one that is asserted too early', () => {
    const left = way('left', '        «contributes_to: way\n');
    expect(expectFound('orphan_contribution', file(left, way('right', '')))).toEqual(['error: no later step asserts the contribution "way"']);
    expectFound('orphan_contribution', file(asserted('way'), left));
  });

  test('that nobody makes is found where it is asserted', () => {
    expect(expectFound('unfed_contribution', file(way('left', CONTRIBUTES), asserted('«ways, way')))).toEqual(['error: no earlier step contributes "ways"']);
  });
});

describe('a branch set', () => {
  test('of one phase is doubtful, and a phase that does not contribute is wrong', () => {
    const text = file(way('left', '').replace('branch_set', '«branch_set'), asserted(''));
    const { length, 0: first, 1: second } = [...new Set(expectFoundTwice(text))];
    expect([length, first, second]).toEqual([
      2, 'warning: the branch set "way" has this phase only', 'error: no step of the phase contributes to its branch set "way"',
    ]);
  });

  test('of two phases that contribute, asserted afterwards, is left alone', () => {
    const text = file(way('left', CONTRIBUTES), way('right', CONTRIBUTES), asserted('way'));
    for (const rule of ['orphan_contribution', 'unfed_contribution', 'incomplete_branch_set'] as const) expectClean(rule, text);
  });
});

/** Two findings at one place. */
const expectFoundTwice = (text: string): readonly string[] => expectFound('incomplete_branch_set', text.replace('«', '««'));
