import { expect, test } from 'vitest';
import { authored } from '../../test/support/check-context.ts';
import { PASSED, phase, report, step, storyboard, UNCOUNTED } from '../../test/support/storyboards.ts';
import { branchSets, mootFailures } from './branch-sets.ts';
import { contributedFlag } from './contribution.ts';

const demand = step('assert', { task: 'assert_contribution', validations: [authored('any_of', { allowed_values: ['way'] })] });

test('failures of a phase are moot once a peer contributed the flag of their set', () => {
  const board = storyboard([
    phase('left', [], { optional: true, branch_set: 'way' }), phase('right', [], { optional: true, branch_set: 'way' }),
  ]);
  const reports = [report('left', 'a', UNCOUNTED), report('left', 'b', PASSED), report('right', 'c', PASSED)];
  const moot = mootFailures(board.phases, branchSets(board), new Map([['way', { phase_id: 'right', step_id: 'c' }]]), reports);
  expect(moot.map(({ address, outcome }) => [address.step_id, outcome])).toEqual([
    ['a', { kind: 'skipped', skip: { reason: 'peer_branch_taken', detail: 'way contributed by right.c — left is moot' } }],
  ]);
});

test('failures stay when nobody contributed, or only the phase itself did', () => {
  const board = storyboard([phase('left', [], { optional: true, branch_set: 'way' })]);
  const reports = [report('left', 'a', UNCOUNTED)];
  expect(mootFailures(board.phases, branchSets(board), new Map(), reports)).toEqual([]);
  expect(mootFailures(board.phases, branchSets(board), new Map([['way', { phase_id: 'left', step_id: 'b' }]]), reports)).toEqual([]);
});

test('without declared sets, optional phases that contribute a demanded flag form one', () => {
  const ways = [
    phase('left', [step('a', { contributes_to: 'way' })], { optional: true }),
    phase('right', [step('b', { contributes_to: 'other' })], { optional: true }), phase('required', [step('c', { contributes_to: 'way' })]),
  ];
  expect([...branchSets(storyboard([...ways, phase('end', [demand])]))]).toEqual([['left', 'way']]);
  const declared = phase('set', [], { optional: true, branch_set: 'x' });
  expect([...branchSets(storyboard([...ways, declared, phase('end', [demand])]))]).toEqual([['set', 'x']]);
});

test('a step contributes its flag unless its condition names a step that did not pass', () => {
  const earlier = [report('p', 'good', PASSED), report('p', 'bad', UNCOUNTED)];
  const flag = (condition?: string) =>
    contributedFlag(step('a', { contributes_to: 'way', ...(condition !== undefined && { contributes_if: condition }) }), earlier);
  expect(flag()).toBe('way');
  expect(flag('prior_step.good.passed')).toBe('way');
  expect(flag('prior_step.bad.passed')).toBeUndefined();
  expect(flag('prior_step.none.passed')).toBeUndefined();
  expect(flag('good')).toBeUndefined();
  expect(contributedFlag(step('a'), earlier)).toBeUndefined();
});
