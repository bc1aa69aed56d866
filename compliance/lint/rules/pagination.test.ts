import { describe, expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const first = (more: string, checks = ''): string => `
- id: first
  task: list_creatives
  sample_request: { pagination: { max_results: 2 }, include_assignments: true }
${more}  validations:
    - check: field_value
      path: pagination.has_more
      value: true
${checks}`;
const CAPTURED = '  context_outputs: [{ name: next, path: pagination.cursor }]\n';
const next = (request: string, task = 'list_creatives'): string => `
- id: next
  task: ${task}
  sample_request: ${request}`;

describe('a promise about a page', () => {
  test('that there is a next one, without its cursor, is doubtful', () => {
    const found = expectFound('broken_pagination', board(first('').replace('check: field_value', '«check: field_value')));
    expect(found).toEqual(['warning: nobody asks for the cursor of the next page']);
  });

  test('that goes against itself is wrong', () => {
    expectFound('broken_pagination', board(first('', '    - «check: field_absent\n      path: pagination.cursor\n')));
    expectFound('broken_pagination', board(first('', '    - «check: field_present\n      path: pagination.cursor\n').replace('value: true', 'value: false')));
  });

  test('with a cursor that is checked or captured, and of a last page without, is left alone', () => {
    expectClean('broken_pagination', board(first(CAPTURED)));
    expectClean('broken_pagination', board(first('', '    - { check: field_present, path: pagination.cursor }\n')));
    expectClean('broken_pagination', board(first('', '    - { check: field_absent, path: pagination.cursor }\n').replace('value: true', 'value: false')));
  });
});

describe('a next page', () => {
  const request = (cursor: string, more = 'include_assignments: true') => `{ pagination: { max_results: 1, ${cursor} }, ${more} }`;

  test('with a cursor of nobody\'s, of another task or of another question is wrong', () => {
    expect([
      ...expectFound('broken_pagination', board(first(CAPTURED) + next(request('«cursor: page-2')))),
      ...expectFound('broken_pagination', board(first(CAPTURED) + next(request('«cursor: $context.next'), 'list_accounts'))),
      ...expectFound('broken_pagination', board(first(CAPTURED) + next(request('«cursor: $context.next', 'include_assignments: false')))),
    ]).toEqual([
      'error: a cursor is the seller\'s own: no other has this one', 'error: the cursor is of list_creatives, not of list_accounts',
      'error: the request is another one than that of first, which the cursor came from',
    ]);
  });

  test('that repeats the question, and a made-up cursor that is to be refused, are left alone', () => {
    expectClean('broken_pagination', board(first(CAPTURED) + next(request('cursor: $context.next'))));
    expectClean('broken_pagination', board(`${first(CAPTURED)}${next(request('cursor: made-up'))}\n  expect_error: true`));
  });
});
