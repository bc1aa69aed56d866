import { expect, test } from 'vitest';
import { sealedCursors } from '../outbound/sealed-cursors.ts';
import { pagedList, pageInfo, pageOfList, pagePosition } from './pagination.ts';

const desk = { cursors: sealedCursors(Buffer.alloc(32, 1)) };
const buyer = { principal_id: 'p', mode: 'live' } as const;
const list = pagedList('list_creatives', buyer, { filters: { statuses: ['approved'] }, context: { a: 1 } }, desk);

test('walks a list page by page and ends without a cursor', () => {
  const items = ['a', 'b', 'c'];
  const first = pagePosition({ max_results: 2 }, list);
  const page = pageOfList(items, first as never);
  const info = pageInfo(page.last, list, page.total);
  expect([page.items, info.has_more, info.total_count]).toEqual([['a', 'b'], true, 3]);
  const second = pagePosition({ max_results: 2, cursor: info.cursor! }, list);
  const rest = pageOfList(items, second as never);
  expect([rest.items, pageInfo(rest.last, list)]).toEqual([['c'], { has_more: false }]);
});

test('knows a list by its filters, its caller and the accounts of its credential, not by its context, its page or its webhook', () => {
  const identityOf = (request: object, who: object = {}) => pagedList('list_creatives', { ...buyer, ...who }, { filters: { statuses: ['approved'] }, ...request }, desk).identity;
  expect(identityOf({ pagination: { max_results: 9 }, push_notification_config: { url: 'https://buyer.example' } })).toBe(list.identity);
  for (const [request, who] of [[{ filters: {} }, {}], [{}, { principal_id: 'q' }], [{}, { grant: { account_ids: ['a'] } }]] as const) expect(identityOf(request, who)).not.toBe(list.identity);
});

test.each(['%%%', 'bm90LWEtY3Vyc29y', '', desk.cursors.seal('5', 'another list'), desk.cursors.seal('-1', list.identity)])('refuses the foreign cursor %j at its literal path', (cursor) => {
  const outcome = pagePosition({ cursor }, list);
  expect(outcome.kind === 'refused' && outcome.errors[0]).toMatchObject({ code: 'INVALID_REQUEST', field: 'pagination.cursor' });
});
