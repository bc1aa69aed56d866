import { expect, test } from 'vitest';
import { listIdentity, pageInfo, pageOfList, pagePosition } from './pagination.ts';

const identity = listIdentity('list_creatives', 'p', { filters: { statuses: ['approved'] }, context: { a: 1 } });

test('walks a list page by page and ends without a cursor', () => {
  const items = ['a', 'b', 'c'];
  const first = pagePosition({ max_results: 2 }, identity);
  const page = pageOfList(items, first as never);
  const info = pageInfo(page.last, identity, page.total);
  expect([page.items, info.has_more, info.total_count]).toEqual([['a', 'b'], true, 3]);
  const second = pagePosition({ max_results: 2, cursor: info.cursor! }, identity);
  const rest = pageOfList(items, second as never);
  expect([rest.items, pageInfo(rest.last, identity)]).toEqual([['c'], { has_more: false }]);
});

test('knows a list by its filters and caller, not by its context or page', () => {
  expect(listIdentity('list_creatives', 'p', { pagination: { max_results: 9 }, filters: { statuses: ['approved'] } })).toBe(identity);
  expect(listIdentity('list_creatives', 'q', { filters: { statuses: ['approved'] } })).not.toBe(identity);
});

test.each(['%%%', 'bm90LWEtY3Vyc29y', '', btoa('5.someotherlist'), btoa('-1.x')])('refuses the foreign cursor %j at its literal path', (cursor) => {
  const outcome = pagePosition({ cursor }, identity);
  expect(outcome.kind === 'refused' && outcome.errors[0]).toMatchObject({ code: 'INVALID_REQUEST', field: 'pagination.cursor' });
});
