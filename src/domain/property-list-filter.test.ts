import { expect, test } from 'vitest';
import { testProduct } from '../../test/support/desk.ts';
import { onListed } from './property-list-filter.ts';

const at = (publisher_domain: string) => testProduct(publisher_domain, { publisher_properties: [{ publisher_domain, selection_type: 'all' }] });
const SHELF = [at('trail.example'), at('edition.trail.example'), at('lake.example')];

test.each([
  ['a publisher by its domain', 'trail.example', ['trail.example']],
  ['a publisher by a part of its site', 'blog.lake.example', ['lake.example']],
  ['all below a domain and not itself', '*.trail.example', ['trail.example', 'edition.trail.example']],
  ['whatever the case', 'LAKE.example', ['lake.example']],
  ['nobody', 'sea.example', []],
])('a list holds %s', (_what, value, kept) => expect(onListed(SHELF, [{ type: 'domain', value }]).map(({ product_id }) => product_id)).toEqual(kept));

test('an empty list, and one of apps, hold none of our publishers', () => {
  expect([onListed(SHELF, []), onListed(SHELF, [{ type: 'ios_bundle', value: 'trail.example' }])]).toEqual([[], []]);
});
